/** Numbers by which Android's own providers (Telephony, CallLog) and backups of them say what a message or call is. */
import { ownTable } from '../evidence/own-table.ts';
import { MessageState, type CallOutcome, type Direction } from '../evidence/records.ts';

/** Telephony.TextBasedSmsColumns: 1 inbox, 2 sent, 3 draft, 4 outbox, 5 failed, 6 queued. */
export function smsDirection(type: string): Direction {
  if (type === '1') return 'incoming';
  return type === '2' || type === '4' || type === '5' || type === '6' ? 'outgoing' : 'unknown';
}

/** Delivery status 0 is complete (TP-Status). */
export function smsState(type: string, status: string, read: string): number {
  let state = 0;
  if (type === '3') state |= MessageState.draft;
  if (type === '2') state |= MessageState.sent | (status === '0' ? MessageState.delivered : 0);
  if (type === '1' && read === '1') state |= MessageState.read;
  return state;
}

/** The boxes of an MMS have the numbers of SMS; a draft is written by the device's owner. */
export function mmsDirection(box: string): Direction {
  return box === '1' ? 'incoming' : box === '2' || box === '4' || box === '3' ? 'outgoing' : 'unknown';
}

export function mmsState(box: string, read: string): number {
  return (
    (box === '3' ? MessageState.draft : 0) |
    (box === '2' ? MessageState.sent : 0) |
    (box === '1' && read === '1' ? MessageState.read : 0)
  );
}

/** CallLog.Calls types, and 1000 and above where makers add their own. */
export const CALL_TYPES: Readonly<Record<string, readonly [Direction, CallOutcome]>> = ownTable({
  '1': ['incoming', 'answered'],
  '2': ['outgoing', 'unknown'],
  '3': ['incoming', 'missed'],
  '4': ['incoming', 'voicemail'],
  '5': ['incoming', 'rejected'],
  '6': ['incoming', 'blocked'],
  '7': ['incoming', 'answered']
});

/** Address types of an MMS: PduHeaders FROM; TO, CC and BCC are 151, 130 and 129. */
export const MMS_FROM = '137';
/** Stands where the network fills the sender in. */
export const ADDRESS_TOKEN = 'insert-address-token';
