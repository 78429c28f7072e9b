/**
 * Android's providers of messages and calls: tables sms, pdu with part and addr, threads with canonical_addresses, calls.
 * Columns as in android.provider.Telephony and android.provider.CallLog.
 */
import type { AccountRef, AttachmentRecord, EvidenceTime, SourcePlace } from '../../evidence/records.ts';
import { MessageState } from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { ADDRESS_TOKEN, CALL_TYPES, MMS_FROM, mmsDirection, mmsState, smsDirection, smsState } from '../android-codes.ts';
import type { SourceQuestion } from '../contract.ts';
import { HashSet64 } from '../hash-set.ts';
import { writeDetails, type DetailFields } from '../json/details.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import type { DatabaseReader, DatabaseSetting } from '../sqlite/database-format.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import { ItemTimes } from '../time/item-times.ts';
import { readContacts } from './contacts.ts';
import { AndroidPeople } from './people.ts';

const NOBODY: readonly AccountRef[] = [];
/** Reports about other messages, which carry no words: delivery, read, acknowledgement. */
const REPORT_TYPES: ReadonlySet<string> = new Set(['129', '131', '133', '134', '135', '136']);
/** A message that was announced and not fetched. */
const ANNOUNCED = '130';
const UTF8_CHARSET = '106';
/** A difference between sending and receiving that is worth a word. */
const LATE_MS = 60_000;
const MOST_PARTS = 10_000;

interface Parts {
  readonly texts: string[];
  readonly attachments: AttachmentRecord[];
}

export class AndroidReader implements DatabaseReader {
  readonly #setting: DatabaseSetting;
  readonly #people: AndroidPeople;
  readonly #times: ItemTimes;
  readonly #copies = new HashSet64();

  constructor(setting: DatabaseSetting) {
    this.#setting = setting;
    this.#people = new AndroidPeople(setting.options);
    this.#times = new ItemTimes(setting.options, setting.tally);
  }

  async read(database: SourceDatabase, progress: (share: number) => void): Promise<void> {
    await readContacts(database, this.#setting, this.#people);
    progress(0.2);
    await this.#calls(database);
    progress(0.4);
    await this.#people.readThreads(database, this.#setting.signal);
    await this.#texts(database);
    progress(0.7);
    await this.#mms(database);
    progress(1);
  }

  questions(): readonly SourceQuestion[] {
    // No table of these holds the phone's own number.
    return this.#setting.options.owner === null ? [{ kind: 'owner', reason: sentence('sqlite-ask-owner'), candidates: [] }] : [];
  }

  async #texts(database: SourceDatabase): Promise<void> {
    const columns = ['thread_id', 'address', 'date', 'date_sent', 'read', 'status', 'type', 'subject', 'body', 'service_center'];
    for await (const rows of database.rows('sms', [...columns, 'error_code'], this.#setting.signal))
      for (const row of rows) this.#text(row, rowPlace(database, 'sms', row));
  }

  #text(row: SqlRow, place: SourcePlace): void {
    const { sink } = this.#setting;
    const address = row.text('address');
    const date = row.text('date');
    const body = row.text('body');
    const subject = row.text('subject');
    const type = row.text('type');
    if (date === '' && address === '' && body === '') return refuseRow(sink, 'message', place, type);
    if (this.#isCopy('message', `sms ${date} ${address} ${type} ${body} ${row.text('thread_id')}`, place)) return;
    const direction = type === '3' ? 'outgoing' : smsDirection(type);
    const listed = this.#people.ofThread(row.text('thread_id'));
    const other = this.#people.byAddress(address) ?? (listed.length === 1 ? (listed[0] ?? null) : null);
    const own = this.#people.own;
    const isGroup = listed.length > 1;
    sink.seen('message');
    sink.message({
      thread: this.#people.thread(isGroup ? listed : other === null ? NOBODY : [other]),
      from: direction === 'incoming' ? other : direction === 'outgoing' ? own : null,
      to: direction === 'incoming' ? (own === null ? NOBODY : [own]) : isGroup ? listed : other === null ? NOBODY : [other],
      body: subject === '' ? body : `${subject}\n\n${body}`,
      time: this.#times.unix(date, place),
      direction,
      state: smsState(type, row.text('status'), row.text('read')) | rowState(row),
      confidence: rowConfidence(row),
      attachments: [],
      place,
      itemId: '',
      fold: 'identical'
    });
    this.#details(row, place, Number(date));
  }

  /** What the tables of messages have no column for, and a person may ask about. */
  #details(row: SqlRow, place: SourcePlace, dateMs: number): void {
    const fields: DetailFields = [];
    const sent = row.number('date_sent') ?? 0;
    const sentMs = sent < 1e11 ? sent * 1000 : sent;
    if (sent > 0 && Math.abs(sentMs - dateMs) > LATE_MS) {
      fields.push(['date_sent', row.text('date_sent')]);
      if (row.text('service_center') !== '') fields.push(['service_center', row.text('service_center')]);
    }
    if (row.flag('error_code')) fields.push(['error_code', row.text('error_code')]);
    writeDetails(this.#setting.sink, 'sms details', [['row', String(row.rowId)]], fields, place, '');
  }

  async #mms(database: SourceDatabase): Promise<void> {
    if (!database.has('pdu')) return;
    const parts = await this.#parts(database);
    const addresses = await this.#addresses(database);
    const columns = ['_id', 'thread_id', 'date', 'date_sent', 'msg_box', 'read', 'm_id', 'sub', 'sub_cs', 'm_type', 'tr_id'];
    for await (const rows of database.rows('pdu', columns, this.#setting.signal))
      for (const row of rows) {
        const id = row.text('_id');
        this.#mmsOf(
          row,
          parts.get(id) ?? { texts: [], attachments: [] },
          addresses.get(id) ?? [],
          rowPlace(database, 'pdu', row)
        );
      }
  }

  #mmsOf(row: SqlRow, parts: Parts, addresses: readonly (readonly [type: string, address: string])[], place: SourcePlace): void {
    const { sink } = this.#setting;
    const date = row.text('date');
    const box = row.text('msg_box');
    const subject = subjectOf(row);
    const text = parts.texts.join('\n');
    const body = subject === '' ? text : text === '' ? subject : `${subject}\n\n${text}`;
    if (date === '' && addresses.length === 0 && body === '' && parts.attachments.length === 0)
      return refuseRow(sink, 'message', place, row.text('m_id'));
    const files = parts.attachments.map((part) => part.path ?? part.name).join(' ');
    if (this.#isCopy('message', `mms ${date} ${box} ${row.text('thread_id')} ${row.text('tr_id')} ${body} ${files}`, place))
      return;
    const direction = mmsDirection(box);
    const own = this.#people.own;
    const known = addresses.filter(([, address]) => address !== '' && address !== ADDRESS_TOKEN);
    let from: AccountRef | null = null;
    const to: AccountRef[] = [];
    for (const [type, address] of known) {
      const ref = this.#people.byAddress(address);
      if (ref === null) continue;
      if (type === MMS_FROM) from ??= ref;
      else if (!to.some((held) => held.identifier === ref.identifier)) to.push(ref);
    }
    const listed = this.#people.ofThread(row.text('thread_id'));
    if (direction === 'outgoing') {
      from = own;
      if (to.length === 0) to.push(...listed);
    } else if (from === null && listed.length === 1) from = listed[0] ?? null;
    const sides = [from, ...to].filter((ref): ref is AccountRef => ref !== null && ref.identifier !== own?.identifier);
    const type = row.text('m_type');
    sink.seen('message');
    sink.message({
      thread: this.#people.thread(listed.length > 0 ? listed : sides),
      from,
      to: to.length === 0 && direction === 'incoming' && own !== null ? [own] : to,
      body,
      // Seconds in this table, milliseconds in the other: told apart by size.
      time: this.#times.unix(date, place),
      direction,
      state:
        mmsState(box, row.text('read')) |
        rowState(row) |
        (REPORT_TYPES.has(type) ? MessageState.system : 0) |
        (type === ANNOUNCED ? MessageState.mediaOmitted : 0),
      confidence: rowConfidence(row),
      attachments: parts.attachments,
      place,
      itemId: row.text('m_id') || row.text('tr_id'),
      fold: 'identical'
    });
  }

  async #parts(database: SourceDatabase): Promise<ReadonlyMap<string, Parts>> {
    const parts = new Map<string, Parts>();
    const columns = ['mid', 'ct', 'name', 'fn', 'cl', '_data', 'text'];
    for await (const rows of database.rows('part', columns, this.#setting.signal))
      for (const row of rows) {
        const type = row.text('ct');
        if (type === 'application/smil') continue;
        let held = parts.get(row.text('mid'));
        if (held === undefined) parts.set(row.text('mid'), (held = { texts: [], attachments: [] }));
        if (held.texts.length + held.attachments.length >= MOST_PARTS) continue;
        const text = row.text('text');
        if (type.startsWith('text/plain') && text !== '') held.texts.push(text);
        else held.attachments.push(attachmentOf(row, type));
      }
    return parts;
  }

  async #addresses(database: SourceDatabase): Promise<ReadonlyMap<string, (readonly [string, string])[]>> {
    const addresses = new Map<string, (readonly [string, string])[]>();
    for await (const rows of database.rows('addr', ['msg_id', 'address', 'type'], this.#setting.signal))
      for (const row of rows) {
        let held = addresses.get(row.text('msg_id'));
        if (held === undefined) addresses.set(row.text('msg_id'), (held = []));
        if (held.length < MOST_PARTS) held.push([row.text('type'), row.text('address')]);
      }
    return addresses;
  }

  async #calls(database: SourceDatabase): Promise<void> {
    const columns = ['number', 'date', 'duration', 'type', 'name', 'features'];
    for await (const rows of database.rows('calls', columns, this.#setting.signal))
      for (const row of rows) this.#call(row, rowPlace(database, 'calls', row));
  }

  #call(row: SqlRow, place: SourcePlace): void {
    const { sink } = this.#setting;
    const number = row.text('number');
    const date = row.text('date');
    const type = row.text('type');
    if (number === '' && date === '') return refuseRow(sink, 'call', place, type);
    if (this.#isCopy('call', `${date} ${number} ${type} ${row.text('duration')}`, place)) return;
    const [direction, outcome] = CALL_TYPES[type] ?? ['unknown', 'unknown'];
    const duration_s = row.number('duration');
    // A withheld number is written as -1, -2 or nothing.
    const other = /^(?:-\d)?$/.test(number) ? null : this.#people.caller(number, row.text('name'));
    const own = this.#people.ownCaller;
    const time: EvidenceTime = this.#times.unix(date, place);
    sink.seen('call');
    sink.call({
      service: 'phone',
      from: direction === 'incoming' ? other : direction === 'outgoing' ? own : null,
      to: direction === 'incoming' ? (own === null ? NOBODY : [own]) : other === null ? NOBODY : [other],
      time,
      duration_s,
      direction,
      outcome: outcome === 'unknown' && (duration_s ?? 0) > 0 ? 'answered' : outcome,
      // CallLog.Calls.FEATURES_VIDEO
      isVideo: ((row.number('features') ?? 0) & 1) !== 0,
      state: rowState(row),
      confidence: rowConfidence(row),
      place,
      itemId: ''
    });
  }

  /** The same row in two databases of one source: calls stand in contacts2.db and in calllog.db. */
  #isCopy(kind: 'message' | 'call', content: string, place: SourcePlace): boolean {
    if (this.#copies.add(`${kind} ${content}`)) return false;
    const { sink, tally } = this.#setting;
    sink.seen(kind);
    sink.fold(kind, place);
    tally.add('duplicate-folded', 'note', 'sqlite-rows-folded', place);
    return true;
  }
}

/** The provider writes the bytes of a UTF-8 subject as if they were Latin-1. */
function subjectOf(row: SqlRow): string {
  const subject = row.text('sub');
  const codes = Array.from(subject, (character) => character.charCodeAt(0));
  if (row.text('sub_cs') !== UTF8_CHARSET || codes.some((code) => code > 0xff)) return subject;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(codes));
  } catch {
    return subject;
  }
}

function attachmentOf(row: SqlRow, type: string): AttachmentRecord {
  const path = row.text('_data');
  return {
    name:
      [row.text('name'), row.text('cl'), row.text('fn'), path.slice(path.lastIndexOf('/') + 1)].find((one) => one !== '') ?? '',
    ...(type === '' ? {} : { contentType: type }),
    ...(path === '' ? {} : { path })
  };
}
