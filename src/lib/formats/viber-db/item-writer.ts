/** Messages and calls of any of Viber's databases, to records. */
import { told } from '../../evidence/findings.ts';
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type CallOutcome,
  type Direction,
  type EvidenceTime,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { HashSet64 } from '../hash-set.ts';
import { writeDetails, type DetailFields } from '../json/details.ts';
import type { DatabaseSetting } from '../sqlite/database-format.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import { writeSharedPosition, type SharedPosition } from '../sqlite/shared-position.ts';
import { VIBER, type ViberPeople, type ViberPerson } from './people.ts';

const NOBODY: readonly AccountRef[] = [];
/** Kinds told apart in findings; a damaged column has as many as it has rows. */
const MOST_KINDS = 40;
/** Positions are whole numbers of ten-millionths of a degree. */
const POSITION_UNITS_deg = 1e7;

export interface ViberMessage {
  readonly row: SqlRow;
  readonly place: SourcePlace;
  /** The message's token: the same on all devices. '' where there is none. */
  readonly id: string;
  readonly thread: ThreadRef;
  /** Who wrote an incoming message; null where no row says. */
  readonly sender: AccountRef | null;
  readonly direction: Direction;
  readonly time: EvidenceTime;
  readonly body: string;
  readonly state: number;
  readonly attachments: readonly AttachmentRecord[];
  readonly details: DetailFields;
  /** A position that somebody shared. */
  readonly shared: SharedPosition | null;
}

export interface ViberCall {
  readonly row: SqlRow;
  readonly place: SourcePlace;
  readonly id: string;
  readonly other: AccountRef | null;
  readonly direction: Direction;
  readonly time: EvidenceTime;
  readonly duration_s: number | null;
  readonly outcome: CallOutcome;
  readonly isVideo: boolean;
  readonly details: DetailFields;
  /** From a row of a conversation, and not from the list of calls, which may hold the same call. */
  readonly isFromConversation: boolean;
}

export class ItemWriter {
  readonly #setting: DatabaseSetting;
  readonly #people: ViberPeople;
  readonly #copies = new HashSet64();
  readonly #calls = new HashSet64();
  readonly #kinds = new Set<string>();
  /** Messages and calls kept, for the question whose phone it is. */
  items = 0;

  constructor(setting: DatabaseSetting, people: ViberPeople) {
    this.#setting = setting;
    this.#people = people;
  }

  message(item: ViberMessage): void {
    const { sink } = this.#setting;
    const { row, place, id, thread, direction, body } = item;
    sink.seen('message');
    // A copy of the database from an earlier day lies beside it and holds the same messages.
    const isCopy = id !== '' && !this.#copies.add(`${thread.key} ${direction} ${id} ${item.time.raw} `, body);
    if (isCopy) return this.#fold('message', place);
    this.items++;
    const { own } = this.#people;
    const other = thread.isGroup ? null : (thread.members.find((ref) => !this.#people.isOwn(ref)) ?? null);
    const isOut = direction === 'outgoing';
    sink.message({
      thread,
      from: isOut ? own : (item.sender ?? (direction === 'incoming' ? other : null)),
      to: thread.isGroup || direction === 'unknown' ? NOBODY : [isOut ? other : own].filter((ref) => ref !== null),
      body,
      time: item.time,
      direction,
      state: item.state | rowState(row) | (isOut && (item.state & MessageState.system) === 0 ? MessageState.sent : 0),
      confidence: rowConfidence(row),
      attachments: item.attachments,
      place,
      itemId: id,
      fold: 'identical'
    });
    writeDetails(sink, 'viber message details', [['message', id || String(row.rowId)]], item.details, place, id);
    if (item.shared !== null) writeSharedPosition(this.#setting.sink, item, item.shared);
  }

  /** What happened to a message and stands in a row of its own; shown with the message of that token. */
  about(
    what: 'viber edit' | 'viber reaction',
    token: string,
    fields: DetailFields,
    time: EvidenceTime,
    row: SqlRow,
    place: SourcePlace
  ): void {
    const { sink } = this.#setting;
    sink.seen('generic');
    sink.generic({
      type: what,
      fields: [['message', token], ...fields],
      time: time.raw === '' ? null : time,
      state: rowState(row),
      place,
      itemId: ''
    });
  }

  call(item: ViberCall): void {
    const { sink } = this.#setting;
    const { row, place, other, direction, time } = item;
    sink.seen('call');
    if (this.#isTold(item)) return this.#fold('call', place);
    this.items++;
    const { own } = this.#people;
    const isOut = direction === 'outgoing';
    sink.call({
      service: VIBER,
      from: isOut ? own : other,
      to: [isOut ? other : own].filter((ref) => ref !== null),
      time,
      duration_s: item.duration_s,
      direction,
      outcome: item.outcome,
      isVideo: item.isVideo,
      state: rowState(row),
      confidence: rowConfidence(row),
      place,
      itemId: item.id
    });
    writeDetails(sink, 'call details', [['call', item.id || String(row.rowId)]], item.details, place, item.id);
  }

  /** The list of calls and the conversation both tell of one call, each with the clock at its own moment of writing. */
  #isTold({ other, direction, time, isFromConversation }: ViberCall): boolean {
    if (time.utcMs === null || other === null) return false;
    const second = Math.floor(time.utcMs / 1000);
    const key = (at: number): string => `${other.identifier} ${direction} ${at}`;
    if (isFromConversation) return [second - 1, second, second + 1].some((at) => this.#calls.find(key(at)) >= 0);
    this.#calls.put(key(second), 0);
    return false;
  }

  /** A person whom a database of messages lists. */
  person(
    database: SourceDatabase,
    table: string,
    row: SqlRow,
    { number, id, name }: ViberPerson,
    notes: readonly string[]
  ): void {
    const { sink } = this.#setting;
    const place = rowPlace(database, table, row);
    const account = this.#people.account({ number, id, name });
    if (account === null) return refuseRow(sink, 'contact', place, '');
    const more = notes.filter((text) => text !== '' && text !== name);
    sink.seen('contact');
    sink.contact({
      name,
      accounts: [account],
      ...(more.length === 0 ? {} : { notes: more.join('\n') }),
      service: VIBER,
      state: rowState(row),
      confidence: rowConfidence(row),
      place,
      itemId: id
    });
  }

  /** The database tells whose it is: said in a finding, so that an officer can object. */
  owner(
    database: SourceDatabase,
    table: string,
    row: SqlRow,
    account: AccountRef,
    why: 'viber-owner-marked' | 'viber-owner-writes'
  ): void {
    const { sink } = this.#setting;
    const place = rowPlace(database, table, row);
    if (this.#people.takeOwn(account))
      sink.note({
        code: 'header-guessed',
        severity: 'note',
        ...told(sentence(why, { where: database.where, name: account.identifier })),
        place
      });
    sink.seen('account');
    sink.account({ account, isOwner: this.#people.isOwn(account), place });
  }

  /** The row is kept; that its kind says nothing here is told once for each kind. */
  unknownKind(kind: string, place: SourcePlace): void {
    const known = /^[\w.-]{1,40}$/.test(kind) && (this.#kinds.has(kind) || this.#kinds.size < MOST_KINDS);
    if (known) this.#kinds.add(kind);
    this.#setting.tally.add('unknown-type', 'note', 'viber-kind-unknown', place, 1, { kind: known ? kind : '…' });
  }

  refuse(kind: 'message' | 'call', place: SourcePlace, raw: string): void {
    refuseRow(this.#setting.sink, kind, place, raw);
  }

  #fold(kind: 'message' | 'call', place: SourcePlace): void {
    this.#setting.sink.fold(kind, place);
    this.#setting.tally.add('duplicate-folded', 'note', 'sqlite-rows-folded', place);
  }
}

/** A position of whole numbers of ten-millionths of a degree; null where either is missing or both are 0. */
export function positionOf(latitude: number | null, longitude: number | null, label: string): ViberMessage['shared'] {
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null;
  return { latitude_deg: latitude / POSITION_UNITS_deg, longitude_deg: longitude / POSITION_UNITS_deg, label };
}

/** A file by its path on either system, with what the app tells of it. */
export function fileOf(path: string, name: string, type: string, size: number | null): AttachmentRecord {
  return {
    name: name || path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    ...(type === '' ? {} : { contentType: type }),
    ...(size === null || size <= 0 ? {} : { sizeBytes: size }),
    ...(path === '' ? {} : { path })
  };
}
