/** The evidence as the network kernels want it: party columns for messages and calls, thread members as rows. */
import { aggregate, hyperEdges, type EventColumns, type HyperEdge, type PairList } from '../analysis/network/events.ts';
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';

/** Event columns of a whole case. Messages come first, then calls: the event of call c is `messages + c`. */
export interface TieEvents {
  readonly parties: number;
  readonly messages: number;
  readonly from: Uint32Array;
  readonly thread: Uint32Array;
  readonly isCall: Uint8Array;
  readonly members: { readonly offsets: Uint32Array; readonly ids: Uint32Array };
}

/**
 * A call has no thread in the evidence; here the people of a call make one, so that a call between two weighs like a
 * message between two and a conference call is shared like a group message.
 */
export function tieEvents(store: EvidenceStore): TieEvents {
  const { messages, calls, directory, committed } = store;
  const partyOf = directory.partyColumn();
  const count = committed.messages + committed.calls;
  const from = new Uint32Array(count);
  const thread = new Uint32Array(count);
  const isCall = new Uint8Array(count);
  const senders = messages.from.view(0, committed.messages);
  for (let i = 0; i < senders.length; i++) from[i] = senders[i] === NONE ? NONE : (partyOf[senders[i] as number] as number);
  thread.set(messages.thread.view(0, committed.messages));
  const members = directory.threads.map((t) => t.members.map((account) => partyOf[account] as number));
  const callThreads = new Map<string, number>();
  for (let c = 0; c < committed.calls; c++) {
    const caller = calls.from.at(c);
    const people = [caller, ...calls.to.at(c)].filter((account) => account !== NONE).map((account) => partyOf[account] as number);
    const key = [...new Set(people)].sort((a, b) => a - b).join(',');
    let number = callThreads.get(key);
    if (number === undefined) {
      number = members.length;
      callThreads.set(key, number);
      members.push(people);
    }
    from[committed.messages + c] = caller === NONE ? NONE : (partyOf[caller] as number);
    thread[committed.messages + c] = number;
    isCall[committed.messages + c] = 1;
  }
  return { parties: directory.partyCount, messages: committed.messages, from, thread, isCall, members: toRows(members) };
}

/** Ties over the given messages and calls. */
export function ties(events: TieEvents, messageIds: Uint32Array, callIds: Uint32Array): PairList {
  return aggregate(events.parties, columnsOf(events), events.members, { rows: rowsOf(events, messageIds, callIds) });
}

/** The groups among the given messages and calls, each as one edge over all of its people. */
export function groupTies(events: TieEvents, messageIds: Uint32Array, callIds: Uint32Array): HyperEdge[] {
  return hyperEdges(events.parties, columnsOf(events), events.members, rowsOf(events, messageIds, callIds));
}

const columnsOf = ({ from, thread, isCall }: TieEvents): EventColumns => ({ count: from.length, from, thread, isCall });

function rowsOf(events: TieEvents, messageIds: Uint32Array, callIds: Uint32Array): Uint32Array {
  const rows = new Uint32Array(messageIds.length + callIds.length);
  rows.set(messageIds);
  for (let i = 0; i < callIds.length; i++) rows[messageIds.length + i] = events.messages + (callIds[i] as number);
  return rows;
}

function toRows(lists: readonly (readonly number[])[]): { offsets: Uint32Array; ids: Uint32Array } {
  const offsets = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) offsets[i + 1] = (offsets[i] as number) + list.length;
  const ids = new Uint32Array(offsets[lists.length] as number);
  for (const [i, list] of lists.entries()) ids.set(list, offsets[i]);
  return { offsets, ids };
}
