/**
 * viber_messages of Android: messages with their conversation, participants and the people behind them.
 *
 * Tables and columns as Autopsy's and ALEAPP's Viber modules join them (msg_date, send_type, unread); those of version 5
 * (date, type, address) as unhure's autopsy_modules and the chapter on Viber of "Learning Android Forensics" give them.
 * The kinds of extra_mime, a number since some years and a word before, are those that Viber DB Viewer shows, calls
 * (1002) as in a public parser of full file systems; they steer what a row becomes, and every one that is not plain text
 * stands with its message. Who came to a group and who left it is nowhere told in columns that two sources explain: nobody
 * is dated. Rows with `deleted` set are hidden by the app, and kept here with that mark.
 */
import { MessageState, type AccountRef, type Direction, type ThreadRef } from '../../evidence/records.ts';
import type { DetailFields } from '../json/details.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { rowPlace } from '../sqlite/row-place.ts';
import { fileOf, positionOf } from './item-writer.ts';
import { InfoReader } from './message-info.ts';
import type { ViberPerson } from './people.ts';
import type { ViberParts } from './viber-reader.ts';

/** participants_info.participant_type of the phone's own account. */
const SELF = '0';
/** conversations.conversation_type: with one other, with several, a community, with oneself. */
const GROUPS: ReadonlySet<string> = new Set(['1', '5']);
const PAIRS: ReadonlySet<string> = new Set(['0', '6']);

const TEXT: ReadonlySet<string> = new Set(['', '0', 'text']);
const CALL: ReadonlySet<string> = new Set(['1002', 'call']);
const LOCATION: ReadonlySet<string> = new Set(['5', 'location']);
const REACTION = '1007';
const DELETED = '1008';
const VOICE = '1009';
/** Pictures, videos, stickers, business messages, links, cards, files, moving pictures, round videos. */
const OTHERS: ReadonlySet<string> = new Set([
  '1',
  '3',
  '4',
  '7',
  '8',
  '9',
  '10',
  '1005',
  '1010',
  'image',
  'video',
  'sticker',
  'audio'
]);

const COLUMNS = [
  'conversation_id',
  'participant_id',
  'address',
  'msg_date',
  'date',
  'send_type',
  'type',
  'body',
  'description',
  'token',
  'unread',
  'deleted',
  'extra_mime',
  'extra_uri',
  'extra_duration',
  'location_lat',
  'location_lng',
  'likes_count',
  'my_reaction',
  'msg_info'
];
/** Kept with the message as they stand, where they say anything. */
const KEPT = ['deleted', 'likes_count', 'my_reaction'];

export class AndroidMessages {
  readonly #parts: ViberParts;
  readonly #database: SourceDatabase;
  readonly #info = new InfoReader();
  /** People by the row of participants_info, and that row by the row of participants. */
  readonly #people = new Map<string, ViberPerson>();
  readonly #infoOf = new Map<string, string>();
  readonly #members = new Map<string, string[]>();
  readonly #threads = new Map<string, ThreadRef>();
  readonly #conversations = new Map<string, { type: string; name: string; groupId: string; recipient: string; first: string }>();
  #self: string | null = null;

  constructor(parts: ViberParts, database: SourceDatabase) {
    this.#parts = parts;
    this.#database = database;
  }

  async read(): Promise<void> {
    await this.#readPeople();
    await this.#each('participants', ['conversation_id', 'participant_info_id'], (row) => {
      const info = row.text('participant_info_id');
      this.#infoOf.set(String(row.rowId), info);
      const held = this.#members.get(row.text('conversation_id'));
      if (held === undefined) this.#members.set(row.text('conversation_id'), [info]);
      else held.push(info);
    });
    const columns = ['conversation_type', 'name', 'group_id', 'recipient_number', 'participant_id_1'];
    await this.#each('conversations', columns, (row) =>
      this.#conversations.set(String(row.rowId), {
        type: row.text('conversation_type'),
        name: row.text('name'),
        groupId: row.flag('group_id') ? row.text('group_id') : '',
        recipient: row.text('recipient_number'),
        first: row.text('participant_id_1')
      })
    );
    await this.#each('messages', COLUMNS, (row) => this.#row(row));
  }

  async #each(table: string, columns: readonly string[], take: (row: SqlRow) => void): Promise<void> {
    for await (const rows of this.#database.rows(table, columns, this.#parts.setting.signal)) for (const row of rows) take(row);
  }

  async #readPeople(): Promise<void> {
    const { people, writer } = this.#parts;
    const columns = ['number', 'member_id', 'contact_name', 'display_name', 'viber_name', 'participant_type'];
    const table = 'participants_info';
    await this.#each(table, columns, (row) => {
      const [number, id] = [row.text('number'), row.text('member_id')];
      const names = ['contact_name', 'display_name', 'viber_name'].map((column) => row.text(column));
      const person = { number, id, name: names.find((name) => name !== '') ?? '' };
      this.#people.set(String(row.rowId), person);
      const account = row.text('participant_type') === SELF ? people.account(person) : null;
      if (account === null) return writer.person(this.#database, table, row, person, names);
      this.#self = String(row.rowId);
      writer.owner(this.#database, table, row, account, 'viber-owner-marked');
    });
  }

  #account(info: string | undefined): AccountRef | null {
    const held = info === undefined ? undefined : this.#people.get(info);
    return held === undefined ? null : this.#parts.people.account(held);
  }

  #thread(conversation: string, sender: AccountRef | null, address: string): ThreadRef {
    const key = `${conversation}\n${this.#conversations.has(conversation) ? '' : (sender?.identifier ?? address)}`;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const { people, setting } = this.#parts;
      const held = this.#conversations.get(conversation);
      const listed = (this.#members.get(conversation) ?? []).filter((info) => info !== this.#self);
      const members = listed.map((info) => this.#account(info)).filter((ref) => ref !== null);
      if (members.length === 0) {
        const number = held?.recipient || address;
        const other = this.#account(held?.first) ?? (number === '' ? sender : people.account({ number, id: '', name: '' }));
        if (other !== null) members.push(other);
      }
      const others = members.filter((ref) => !people.isOwn(ref)).length;
      const type = held?.type ?? '';
      thread = people.thread({
        groupId: held?.groupId ?? '',
        isGroup: GROUPS.has(type) || (!PAIRS.has(type) && others > 1),
        name: held?.name ?? '',
        members,
        localKey: `${setting.file}/${conversation}`
      });
      this.#threads.set(key, thread);
    }
    return thread;
  }

  #row(row: SqlRow): void {
    const { times, writer, people } = this.#parts;
    const place = rowPlace(this.#database, 'messages', row);
    const [conversation, address, mime] = [row.text('conversation_id'), row.text('address'), row.text('extra_mime')];
    const raw = row.text('msg_date') || row.text('date');
    const info = this.#infoOf.get(row.text('participant_id'));
    const named = this.#account(info);
    if (conversation === '' && raw === '' && row.text('body') === '' && named === null && address === '')
      return writer.refuse('message', place, row.text('token'));
    const sender = named ?? (address === '' ? null : people.account({ number: address, id: '', name: '' }));
    const way = row.text('send_type') || row.text('type');
    const direction: Direction = way === '1' ? 'outgoing' : way === '0' ? 'incoming' : 'unknown';
    const thread = this.#thread(conversation, direction === 'outgoing' ? null : sender, address);
    if (CALL.has(mime)) return this.#call(row, direction, thread, sender);
    const told = this.#info.read('msg_info', row.text('msg_info'));
    const details: DetailFields = [...told.details];
    for (const column of KEPT) if (row.flag(column)) details.push([column, row.text(column)]);
    if (!TEXT.has(mime)) details.unshift(['extra_mime', mime]);
    const isLocation = LOCATION.has(mime);
    const shared = isLocation ? positionOf(row.number('location_lat'), row.number('location_lng'), told.address) : null;
    // Before, every message could say where its sender was.
    if (!isLocation && (row.flag('location_lat') || row.flag('location_lng')))
      details.push(['location_lat', row.text('location_lat')], ['location_lng', row.text('location_lng')]);
    const isKnown = TEXT.has(mime) || isLocation || OTHERS.has(mime) || [REACTION, DELETED, VOICE].includes(mime);
    if (!isKnown) writer.unknownKind(mime, place);
    const uri = row.text('extra_uri');
    const [body, description] = [row.text('body'), row.text('description')];
    if (body !== '' && description !== '') details.push(['description', description]);
    const isRead = direction === 'incoming' && row.text('unread') === '0';
    writer.message({
      row,
      place,
      id: row.flag('token') ? row.text('token') : '',
      thread,
      sender: direction === 'outgoing' ? null : sender,
      direction,
      time: times.unix(raw === '0' ? '' : raw, place),
      body: body || description,
      state:
        (isRead ? MessageState.read : 0) |
        (row.flag('deleted') ? MessageState.deletedByUser : 0) |
        (mime === REACTION ? MessageState.reaction : 0) |
        (mime === DELETED ? MessageState.tombstone | MessageState.deletedByUser : 0) |
        (mime === VOICE || mime === 'audio' || told.isVoice ? MessageState.voiceNote : 0) |
        (told.isForwarded ? MessageState.forwarded : 0) |
        (told.isEdited || told.editOf !== '' ? MessageState.edited : 0),
      attachments:
        uri === '' && (told.file?.name ?? '') === ''
          ? []
          : [fileOf(uri, told.file?.name ?? '', told.file?.type ?? '', told.file?.size ?? null)],
      details,
      shared
    });
  }

  /** The text of such a row is a word of the app: incoming_call, outgoing_call_video, missed_call. */
  #call(row: SqlRow, direction: Direction, thread: ThreadRef, sender: AccountRef | null): void {
    const { times, writer, people } = this.#parts;
    const place = rowPlace(this.#database, 'messages', row);
    const word = row.text('body');
    const isMissed = word.startsWith('missed_call');
    const duration_s = row.number('extra_duration');
    const other = thread.isGroup ? sender : (thread.members.find((ref) => !people.isOwn(ref)) ?? sender);
    writer.call({
      row,
      place,
      id: row.flag('token') ? row.text('token') : '',
      other,
      direction: word.startsWith('outgoing_call')
        ? 'outgoing'
        : isMissed || word.startsWith('incoming_call')
          ? 'incoming'
          : direction,
      time: times.unix(row.text('msg_date') || row.text('date'), place),
      duration_s,
      outcome: isMissed ? 'missed' : (duration_s ?? 0) > 0 ? 'answered' : 'unknown',
      isVideo: word.endsWith('_video'),
      details: word === '' ? [] : [['body', word]],
      isFromConversation: true
    });
  }
}
