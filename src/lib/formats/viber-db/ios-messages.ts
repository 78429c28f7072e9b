/**
 * Contacts.data of iOS (Core Data): ZVIBERMESSAGE with its conversation, member, file and place, ZRECENT with the calls.
 *
 * Tables, columns and words of ZSTATE, ZSYSTEMTYPE and ZCALLTYPE as iLEAPP's Viber artifact and the importer of everysaid
 * read them, the tables once more in MVT's module; those of earlier versions (ZPHONENUMBERINDEX, Z_3PHONENUMINDEXES) as in
 * two older public readers. iLEAPP calls ZSTATEDATE the time of creation, the others read ZDATE as the message's time: so
 * is it here, and a ZSTATEDATE that differs stands beside it. "delivered" stands on every message that was sent and says
 * nothing of delivery. The numbers of reactions mean different faces in different sources: they stay numbers.
 * No public source tells how a group's comings and goings are written: nobody is dated.
 */
import { MessageState, type AccountRef, type AttachmentRecord, type Direction, type ThreadRef } from '../../evidence/records.ts';
import { HashSet64 } from '../hash-set.ts';
import type { DetailFields } from '../json/details.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { rowPlace } from '../sqlite/row-place.ts';
import { NO_TIME } from '../time/evidence-time.ts';
import { fileOf } from './item-writer.ts';
import { InfoReader } from './message-info.ts';
import type { ViberPerson } from './people.ts';
import type { ViberParts } from './viber-reader.ts';

const OUTGOING: ReadonlySet<string> = new Set(['send', 'delivered']);
const CALL = /^(incoming|outgoing|missed)(?:_viber)?(_with_video)?$/;
/** ZSYSTEMTYPE of what people send; words that begin with "system" are the app's own lines. */
const SENT: ReadonlySet<string> = new Set(['', 'url', 'formatted', 'customLocation', 'pollMessageInvisible']);
const REMOVED = 'systemGeneralMessageRemoved';
/** A conversation with oneself. */
const NOTES = '5';

const COLUMNS = [
  'ZCONVERSATION',
  'ZPHONENUMINDEX',
  'ZSTATE',
  'ZSYSTEMTYPE',
  'ZCALLTYPE',
  'ZDATE',
  'ZSTATEDATE',
  'ZTOKEN',
  'ZTEXT',
  'ZMETADATA',
  'ZCLIENTMETADATA',
  'ZATTACHMENT',
  'ZLOCATION',
  'ZBEINGDELETED',
  'ZLIKESCOUNT',
  'ZTIMEBOMBDURATION',
  'ZTIMEBOMBTIMESTAMP'
];
const KEPT = ['ZLIKESCOUNT', 'ZTIMEBOMBDURATION', 'ZTIMEBOMBTIMESTAMP'];

interface Recent {
  readonly row: SqlRow;
  readonly line: string;
}

export class IosMessages {
  readonly #parts: ViberParts;
  readonly #database: SourceDatabase;
  readonly #info = new InfoReader();
  readonly #client = new InfoReader();
  readonly #people = new Map<string, ViberPerson>();
  /** Of earlier versions, whose messages name rows of numbers. */
  readonly #numbers = new Map<string, ViberPerson>();
  readonly #members = new Map<string, string[]>();
  readonly #conversations = new Map<string, { groupId: string; name: string; interlocutor: string; isNotes: boolean }>();
  readonly #threads = new Map<string, ThreadRef>();
  readonly #files = new Map<string, { file: AttachmentRecord; type: string }>();
  readonly #places = new Map<string, { latitude_deg: number; longitude_deg: number; label: string }>();
  /** Rows of the list of calls by the message that shows them in a conversation. */
  readonly #recents = new Map<string, Recent>();
  readonly #tokens = new HashSet64();

  constructor(parts: ViberParts, database: SourceDatabase) {
    this.#parts = parts;
    this.#database = database;
  }

  async read(): Promise<void> {
    await this.#readPeople();
    await this.#readBeside();
    await this.#each('ZVIBERMESSAGE', ['ZTOKEN'], (row) => {
      if (row.flag('ZTOKEN')) this.#tokens.put(row.text('ZTOKEN'), 0);
    });
    await this.#each('ZVIBERMESSAGE', COLUMNS, (row) => this.#row(row));
    for (const recent of this.#recents.values()) this.#remnant(recent);
    await this.#readLikes();
  }

  async #each(table: string, columns: readonly string[], take: (row: SqlRow) => void): Promise<void> {
    for await (const rows of this.#database.rows(table, columns, this.#parts.setting.signal)) for (const row of rows) take(row);
  }

  async #readPeople(): Promise<void> {
    const numbers = new Map<string, string>();
    await this.#each('ZPHONENUMBER', ['ZMEMBER', 'ZCANONIZEDPHONENUM', 'ZPHONE'], (row) => {
      const number = row.text('ZCANONIZEDPHONENUM') || row.text('ZPHONE');
      if (number === '') return;
      if (!numbers.has(row.text('ZMEMBER'))) numbers.set(row.text('ZMEMBER'), number);
      this.#numbers.set(String(row.rowId), { number, id: '', name: '' });
    });
    await this.#each('ZPHONENUMBERINDEX', ['ZPHONENUM'], (row) =>
      this.#numbers.set(String(row.rowId), { number: row.text('ZPHONENUM'), id: '', name: '' })
    );
    const columns = ['ZMEMBERID', 'ZDISPLAYFULLNAME', 'ZDISPLAYSHORTNAME', 'ZNAME'];
    await this.#each('ZMEMBER', columns, (row) => {
      const names = ['ZDISPLAYFULLNAME', 'ZNAME', 'ZDISPLAYSHORTNAME'].map((column) => row.text(column));
      const id = String(row.rowId);
      const person = {
        number: numbers.get(id) ?? '',
        id: row.text('ZMEMBERID'),
        name: names.find((name) => name !== '') ?? ''
      };
      this.#people.set(id, person);
      this.#parts.writer.person(this.#database, 'ZMEMBER', row, person, names);
    });
  }

  async #readBeside(): Promise<void> {
    const pairs = [...this.#database.tableNames].find((name) => /^z_\d+phonenumindexes$/.test(name));
    const columns = pairs === undefined ? [] : this.#database.columnsOf(pairs);
    const of = columns.find((column) => /conversations$/i.test(column));
    const who = columns.find((column) => /phonenumindexes$/i.test(column));
    if (pairs !== undefined && of !== undefined && who !== undefined)
      await this.#each(pairs, [of, who], (row) => {
        const held = this.#members.get(row.text(of));
        if (held === undefined) this.#members.set(row.text(of), [row.text(who)]);
        else held.push(row.text(who));
      });
    await this.#each('ZCONVERSATION', ['ZGROUPID', 'ZNAME', 'ZINTERLOCUTOR', 'ZSUBTYPE'], (row) =>
      this.#conversations.set(String(row.rowId), {
        groupId: row.text('ZGROUPID') === '0' ? '' : row.text('ZGROUPID'),
        name: row.text('ZNAME'),
        interlocutor: row.text('ZINTERLOCUTOR'),
        isNotes: row.text('ZSUBTYPE') === NOTES
      })
    );
    await this.#each('ZATTACHMENT', ['ZNAME', 'ZTYPE', 'ZFILESIZE'], (row) =>
      this.#files.set(String(row.rowId), {
        file: fileOf('', row.text('ZNAME'), '', row.number('ZFILESIZE')),
        type: row.text('ZTYPE')
      })
    );
    await this.#each('ZVIBERLOCATION', ['ZLATITUDE', 'ZLONGITUDE', 'ZADDRESS'], (row) => {
      const [latitude_deg, longitude_deg] = [row.number('ZLATITUDE'), row.number('ZLONGITUDE')];
      if (latitude_deg === null || longitude_deg === null) return;
      this.#places.set(String(row.rowId), { latitude_deg, longitude_deg, label: row.text('ZADDRESS') });
    });
    const lines = new Map<string, string>();
    await this.#each('ZRECENTSLINE', ['ZPHONENUMBER'], (row) => lines.set(String(row.rowId), row.text('ZPHONENUMBER')));
    await this.#each('ZRECENT', ['ZDATE', 'ZCALLTYPE', 'ZDURATION', 'ZCALLLOGMESSAGE', 'ZRECENTSLINE'], (row) => {
      const line = lines.get(row.text('ZRECENTSLINE')) ?? '';
      const message = row.text('ZCALLLOGMESSAGE');
      // A second row of one message is a call of its own.
      const key = message === '' || this.#recents.has(message) ? `row ${row.rowId}` : message;
      this.#recents.set(key, { row, line });
    });
  }

  #account(key: string): AccountRef | null {
    const held = this.#people.get(key) ?? this.#numbers.get(key);
    return held === undefined ? null : this.#parts.people.account(held);
  }

  #thread(conversation: string, sender: AccountRef | null): ThreadRef {
    const held = this.#conversations.get(conversation);
    const key = held === undefined ? `${conversation}\n${sender?.identifier ?? ''}` : conversation;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const { people, setting } = this.#parts;
      const members = (this.#members.get(conversation) ?? []).map((one) => this.#account(one)).filter((ref) => ref !== null);
      const other = held === undefined || members.length > 0 ? null : this.#account(held.interlocutor);
      if (other !== null) members.push(other);
      else if (held === undefined && sender !== null) members.push(sender);
      const others = members.filter((ref) => !people.isOwn(ref)).length;
      thread = people.thread({
        groupId: held?.groupId ?? '',
        isGroup: held !== undefined && !held.isNotes && (held.groupId !== '' || others > 1),
        name: held?.name ?? '',
        members,
        localKey: `${setting.file}/${conversation}`
      });
      this.#threads.set(key, thread);
    }
    return thread;
  }

  #row(row: SqlRow): void {
    const { times, writer } = this.#parts;
    const place = rowPlace(this.#database, 'ZVIBERMESSAGE', row);
    const [conversation, raw, body] = [row.text('ZCONVERSATION'), row.text('ZDATE'), row.text('ZTEXT')];
    const sender = this.#account(row.text('ZPHONENUMINDEX'));
    if (conversation === '' && raw === '' && body === '' && sender === null)
      return writer.refuse('message', place, row.text('ZTOKEN'));
    const state = row.text('ZSTATE');
    const direction: Direction = OUTGOING.has(state)
      ? 'outgoing'
      : state === 'received' || (state === '' && sender !== null)
        ? 'incoming'
        : 'unknown';
    const thread = this.#thread(conversation, direction === 'outgoing' ? null : sender);
    const system = row.text('ZSYSTEMTYPE');
    const call = CALL.exec(row.text('ZCALLTYPE'));
    if (call !== null || system === 'systemCallLog') return this.#call(row, direction, thread, sender);
    const told = this.#info.read('ZMETADATA', row.text('ZMETADATA'));
    const client = this.#client.read('ZCLIENTMETADATA', row.text('ZCLIENTMETADATA'));
    const time = times.cocoa(raw, place);
    // The row of an edit stands beside the message that it is about, which the app shows alone.
    if (told.editOf !== '' && this.#tokens.find(told.editOf) >= 0)
      return writer.about(
        'viber edit',
        told.editOf,
        [
          ['edited text', body],
          ['edited at', time.raw]
        ],
        time,
        row,
        place
      );
    const details: DetailFields = [...told.details, ...client.details];
    if (system !== '') details.unshift(['ZSYSTEMTYPE', system]);
    if (row.flag('ZSTATEDATE') && row.text('ZSTATEDATE') !== raw) details.push(['ZSTATEDATE', row.text('ZSTATEDATE')]);
    for (const column of KEPT) if (row.flag(column)) details.push([column, row.text(column)]);
    const isOfApp = system.startsWith('system');
    if (!isOfApp && !SENT.has(system)) writer.unknownKind(system, place);
    const key = row.text('ZATTACHMENT');
    const held = this.#files.get(key);
    if (held !== undefined && held.type !== '') details.push(['attachment type', held.type]);
    const position = this.#places.get(row.text('ZLOCATION')) ?? null;
    // Before, every message could say where its sender was.
    const shared = body === '' || system === 'customLocation' ? position : null;
    if (position !== null && shared === null)
      details.push(['ZLATITUDE', String(position.latitude_deg)], ['ZLONGITUDE', String(position.longitude_deg)]);
    const isRemoved = system === REMOVED;
    writer.message({
      row,
      place,
      id: row.flag('ZTOKEN') ? row.text('ZTOKEN') : '',
      thread,
      sender: direction === 'outgoing' ? null : sender,
      direction,
      time,
      body,
      state:
        (isOfApp && !isRemoved ? MessageState.system : 0) |
        (isRemoved ? MessageState.tombstone | MessageState.deletedByUser : 0) |
        (row.flag('ZBEINGDELETED') ? MessageState.deletedByUser : 0) |
        (told.isForwarded ? MessageState.forwarded : 0) |
        (client.isEdited || told.editOf !== '' ? MessageState.edited : 0) |
        (held?.type === 'audio' || told.isVoice ? MessageState.voiceNote : 0) |
        (key !== '' && key !== '0' && held === undefined ? MessageState.mediaOmitted : 0),
      attachments:
        held !== undefined
          ? [typed(held.file, told.file)]
          : told.file === null
            ? []
            : [fileOf('', told.file.name, told.file.type, told.file.size)],
      details,
      shared
    });
  }

  #call(row: SqlRow, direction: Direction, thread: ThreadRef, sender: AccountRef | null): void {
    const { people, times, writer } = this.#parts;
    const place = rowPlace(this.#database, 'ZVIBERMESSAGE', row);
    const recent = this.#recents.get(String(row.rowId));
    this.#recents.delete(String(row.rowId));
    const word = row.text('ZCALLTYPE') || (recent?.row.text('ZCALLTYPE') ?? '');
    writer.call({
      row,
      place,
      id: row.flag('ZTOKEN') ? row.text('ZTOKEN') : '',
      other: thread.isGroup ? sender : (thread.members.find((ref) => !people.isOwn(ref)) ?? sender),
      ...outcomeOf(word, recent?.row.number('ZDURATION') ?? null, direction),
      time: times.cocoa(row.text('ZDATE'), place),
      details: [
        ...(word === '' ? [] : [['ZCALLTYPE', word] as [string, string]]),
        ...(row.text('ZTEXT') === '' ? [] : [['ZTEXT', row.text('ZTEXT')] as [string, string]])
      ],
      isFromConversation: false
    });
  }

  /** A call that no message shows any more: its conversation was deleted, or the line of it. */
  #remnant({ row, line }: Recent): void {
    const { people, times, writer } = this.#parts;
    const place = rowPlace(this.#database, 'ZRECENT', row);
    const word = row.text('ZCALLTYPE');
    if (word === '' && row.text('ZDATE') === '') return writer.refuse('call', place, '');
    writer.call({
      row,
      place,
      id: '',
      other: this.#account(line) ?? (line === '' ? null : people.account({ number: line, id: '', name: '' })),
      ...outcomeOf(word, row.number('ZDURATION'), 'unknown'),
      time: times.cocoa(row.text('ZDATE'), place),
      details: [['no message shows this call', '1'], ...(word === '' ? [] : [['ZCALLTYPE', word] as [string, string]])],
      isFromConversation: false
    });
  }

  /** Reactions, one row for each person and message; a value of 0 takes one back. */
  async #readLikes(): Promise<void> {
    await this.#each('ZLIKE', ['ZMESSAGETOKEN', 'ZSENDER', 'ZLIKEVALUE', 'ZUNICODEREACTION'], (row) => {
      const from = this.#account(row.text('ZSENDER')) ?? (row.text('ZSENDER') === '' ? this.#parts.people.own : null);
      const fields: DetailFields = [
        ['reaction', row.text('ZUNICODEREACTION') || row.text('ZLIKEVALUE')],
        ['from', from?.name ?? from?.identifier ?? row.text('ZSENDER')]
      ];
      const place = rowPlace(this.#database, 'ZLIKE', row);
      this.#parts.writer.about('viber reaction', row.text('ZMESSAGETOKEN'), fields, NO_TIME, row, place);
    });
  }
}

/** The app's word for a call: incoming, outgoing_viber, missed_with_video. */
function outcomeOf(word: string, duration_s: number | null, direction: Direction) {
  const [, what, video] = CALL.exec(word) ?? [];
  return {
    direction: what === 'outgoing' ? ('outgoing' as const) : what === undefined ? direction : ('incoming' as const),
    outcome: what === 'missed' ? ('missed' as const) : (duration_s ?? 0) > 0 ? ('answered' as const) : ('unknown' as const),
    duration_s,
    isVideo: video !== undefined
  };
}

/** What the message says of its file beside what the table of files says. */
function typed(
  file: AttachmentRecord,
  told: { readonly name: string; readonly type: string; readonly size: number | null } | null
): AttachmentRecord {
  if (told === null) return file;
  return fileOf('', file.name || told.name, told.type, file.sizeBytes ?? told.size);
}
