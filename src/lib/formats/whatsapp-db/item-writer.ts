/** Messages and calls of any of WhatsApp's databases, to records. */
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type CallOutcome,
  type EvidenceTime,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import { HashSet64 } from '../hash-set.ts';
import { writeDetails, type DetailFields } from '../json/details.ts';
import type { SqlRow } from '../sqlite/database.ts';
import type { DatabaseSetting } from '../sqlite/database-format.ts';
import { refuseRow, rowConfidence, rowState } from '../sqlite/row-place.ts';
import { writeSharedPosition, type SharedPosition } from '../sqlite/shared-position.ts';
import type { GroupChange } from './group-changes.ts';
import type { WhatsAppPeople } from './people.ts';

const NOBODY: readonly AccountRef[] = [];

export interface WhatsAppMessage {
  readonly row: SqlRow;
  readonly place: SourcePlace;
  /** The stanza's own id: the same on both phones. */
  readonly id: string;
  readonly chat: string;
  readonly isFromMe: boolean;
  /** Who wrote in a group; '' where the chat says it. */
  readonly sender: string;
  readonly time: EvidenceTime;
  readonly body: string;
  readonly state: number;
  readonly attachments: readonly AttachmentRecord[];
  readonly details: DetailFields;
  /** Who came to the group or left it by this row. */
  readonly changes?: readonly GroupChange[];
  readonly location: SharedPosition | null;
}

interface WhatsAppCall {
  readonly row: SqlRow;
  readonly place: SourcePlace;
  readonly id: string;
  readonly isFromMe: boolean;
  readonly others: readonly string[];
  readonly time: EvidenceTime;
  readonly duration_s: number | null;
  readonly outcome: CallOutcome;
  readonly isVideo: boolean;
  readonly details: DetailFields;
}

export class ItemWriter {
  readonly #setting: DatabaseSetting;
  readonly #people: WhatsAppPeople;
  readonly #copies = new HashSet64();
  messages = 0;

  constructor(setting: DatabaseSetting, people: WhatsAppPeople) {
    this.#setting = setting;
    this.#people = people;
  }

  message(item: WhatsAppMessage): void {
    const { sink } = this.#setting;
    const { row, place, id, body, isFromMe } = item;
    if (item.chat === '' && id === '' && item.time.raw === '' && body === '') return refuseRow(sink, 'message', place, '');
    sink.seen('message');
    // Backups of earlier days lie beside the database of the phone and hold the same messages.
    const key = `message ${item.chat} ${isFromMe} ${id} ${item.time.raw} ${id === '' ? `${place.path} ${row.rowId}` : body}`;
    if (!this.#copies.add(key)) return this.#fold('message', place);
    this.messages++;
    const { own } = this.#people;
    const thread = this.#people.thread(item.chat);
    const other = thread.isGroup || item.chat === '' ? null : this.#people.account(item.chat);
    const sender = item.sender === '' ? other : this.#people.account(item.sender);
    sink.message({
      thread,
      from: isFromMe ? own : sender,
      to: thread.isGroup ? NOBODY : isFromMe ? (other === null ? NOBODY : [other]) : own === null ? NOBODY : [own],
      body,
      time: item.time,
      direction: isFromMe ? 'outgoing' : 'incoming',
      state: item.state | rowState(row),
      confidence: rowConfidence(row),
      attachments: item.attachments,
      place,
      itemId: id,
      fold: 'identical'
    });
    if (thread.isGroup && item.changes !== undefined) this.#changes(item.changes, thread, item.time, place);
    const name = id === '' ? String(row.rowId) : id;
    writeDetails(sink, 'whatsapp message details', [['message', name]], item.details, place, id);
    if (item.location !== null) writeSharedPosition(this.#setting.sink, item, item.location);
  }

  /** A member whose own account the database does not tell is dated by nothing. */
  #changes(changes: readonly GroupChange[], thread: ThreadRef, time: EvidenceTime, place: SourcePlace): void {
    const refOf = (jid: string | null): AccountRef | null => (jid === null ? this.#people.own : this.#people.account(jid));
    for (const { change, who, by } of changes) {
      const account = refOf(who);
      if (account === null) continue;
      this.#setting.sink.membership({ thread, account, change, by: by === undefined ? null : refOf(by), time, place });
    }
  }

  call(item: WhatsAppCall): void {
    const { sink } = this.#setting;
    const { row, place, id, isFromMe } = item;
    if (item.others.length === 0 && item.time.raw === '') return refuseRow(sink, 'call', place, id);
    sink.seen('call');
    const key = `call ${id} ${item.time.raw} ${isFromMe} ${item.others.join(' ')}`;
    if (!this.#copies.add(key)) return this.#fold('call', place);
    const others = item.others.map((jid) => this.#people.account(jid));
    const { own } = this.#people;
    const first = others[0] ?? null;
    sink.call({
      service: 'whatsapp',
      from: isFromMe ? own : first,
      // Of a call of several: everyone but who rang.
      to: isFromMe ? others : [...(own === null ? NOBODY : [own]), ...others.slice(1)],
      time: item.time,
      duration_s: item.duration_s,
      direction: isFromMe ? 'outgoing' : 'incoming',
      outcome: item.outcome,
      isVideo: item.isVideo,
      state: rowState(row),
      confidence: rowConfidence(row),
      place,
      itemId: id
    });
    writeDetails(sink, 'whatsapp call details', [['call', id || String(row.rowId)]], item.details, place, id);
  }

  #fold(kind: 'message' | 'call', place: SourcePlace): void {
    this.#setting.sink.fold(kind, place);
    this.#setting.tally.add('duplicate-folded', 'note', 'sqlite-rows-folded', place);
  }
}

/** A file of a message by what the database tells of it. */
export function mediaRecord(
  path: string,
  name: string,
  type: string,
  size: number | null,
  sha256Base64: string
): AttachmentRecord {
  const hash = hexOfBase64(sha256Base64);
  return {
    name: name || path.slice(path.lastIndexOf('/') + 1),
    ...(type === '' ? {} : { contentType: type }),
    ...(size === null || size <= 0 ? {} : { sizeBytes: size }),
    ...(hash === '' ? {} : { sha256Hex: hash }),
    ...(path === '' ? {} : { path })
  };
}

/** 32 bytes in base64; '' for anything else. */
function hexOfBase64(text: string): string {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return '';
  return Array.from(atob(text), (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** Android's numbers for what a message carries; iOS has others. */
export const ANDROID_TYPES = {
  voice: 2,
  contact: 4,
  location: 5,
  system: 7,
  contacts: 14,
  revoked: 15,
  live: 16,
  byAdmin: 64,
  call: 90
} as const;
const ANDROID_MEDIA: ReadonlySet<number> = new Set([1, 2, 3, 9, 13, 20, 23, 25, 26, 42, 43, 62, 63, 81, 82]);

export function isMediaType(type: number): boolean {
  return ANDROID_MEDIA.has(type);
}

/** Status of an own message on Android: 4 at the server, 5 delivered, 8 played, 13 read. */
export function androidState(isFromMe: boolean, status: number): number {
  if (status === 6) return MessageState.system;
  if (!isFromMe) return 0;
  if (status === 13 || status === 8) return MessageState.sent | MessageState.delivered | MessageState.read;
  if (status === 5) return MessageState.sent | MessageState.delivered;
  return status === 4 ? MessageState.sent : 0;
}
