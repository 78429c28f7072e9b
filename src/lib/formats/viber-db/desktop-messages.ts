/**
 * viber.db of the desktop, in clear: Events with their Messages, Contact, ChatInfo and ChatRelation. Newer versions encrypt
 * the file: what comes here is an older one, or a decrypted copy.
 *
 * Tables and columns as Viber DB Viewer, viberkit, ViberExtractor and the importer of everysaid read them: TimeStamp in
 * milliseconds, Direction 0 in and 1 out, ContactID the author. Messages.Type by Viber DB Viewer and everysaid; 72 is what
 * is left of a message that its sender took back. Edits and reactions are events of their own and stand with the message
 * that they are about. The numbers of reactions mean different faces in different sources: they stay numbers. Comings and
 * goings of a group are nowhere explained: nobody is dated.
 */
import { MessageState, type AccountRef, type Direction, type ThreadRef } from '../../evidence/records.ts';
import { HashSet64 } from '../hash-set.ts';
import { detailText, type DetailFields } from '../json/details.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { rowPlace, rowState } from '../sqlite/row-place.ts';
import { fileOf, positionOf } from './item-writer.ts';
import { InfoReader, type MessageInfo } from './message-info.ts';
import type { ViberPerson } from './people.ts';
import type { ViberParts } from './viber-reader.ts';

const OUT = '1';
const IN = '0';
/** Messages.Type: of a position, of a voice note, of what was taken back. */
const POSITION = '5';
const VOICE = '6';
const TAKEN_BACK = '72';
/** Pictures, videos, files: what their path leads to may have been left on the phone. */
const MEDIA: ReadonlySet<string> = new Set(['2', '3', '11']);
/** Texts, media, stickers, positions, business messages, links, cards, pins. */
const KNOWN: ReadonlySet<string> = new Set(['', '0', '1', '2', '3', '4', '5', '6', '8', '9', '10', '11', '15', TAKEN_BACK]);
const PLAIN: ReadonlySet<string> = new Set(['', '1']);
/** Events.Type of the app's own lines. */
const SYSTEM_EVENT = '3';
/** ChatInfo.Flags: the conversation with oneself. */
const NOTES_FLAG = 1 << 19;

const EVENT_COLUMNS = [
  'TimeStamp',
  'Direction',
  'Type',
  'ChatID',
  'ContactID',
  'Token',
  'IsRead',
  'ContactLatitude',
  'ContactLongitude'
];
const MESSAGE_COLUMNS = [
  'EventID',
  'Type',
  'Subject',
  'Body',
  'PayloadPath',
  'ThumbnailPath',
  'StickerID',
  'Duration',
  'Info',
  'PGIsLiked',
  'PGLikeCount',
  'SelfReaction',
  'MembersReactions',
  'AdminsReactions'
];
/** Kept with the message as they stand, where they say anything. */
const KEPT = ['StickerID', 'Duration', 'PGIsLiked', 'PGLikeCount', 'SelfReaction', 'MembersReactions', 'AdminsReactions'];

export class DesktopMessages {
  readonly #parts: ViberParts;
  readonly #database: SourceDatabase;
  readonly #info = new InfoReader();
  readonly #people = new Map<string, ViberPerson>();
  readonly #members = new Map<string, string[]>();
  readonly #chats = new Map<string, { name: string; token: string; isNotes: boolean }>();
  readonly #threads = new Map<string, ThreadRef>();
  /** Events that no message was read for yet. */
  readonly #events = new Map<string, SqlRow>();
  /** Token of the message that a reaction is about, by its own event. */
  readonly #reactions = new Map<string, string>();
  readonly #tokens = new HashSet64();

  constructor(parts: ViberParts, database: SourceDatabase) {
    this.#parts = parts;
    this.#database = database;
  }

  async read(): Promise<void> {
    await this.#readEvents();
    await this.#readPeople();
    await this.#each('ChatInfo', ['Name', 'Token', 'Flags'], (row) =>
      this.#chats.set(String(row.rowId), {
        name: row.text('Name'),
        token: row.text('Token'),
        isNotes: ((row.number('Flags') ?? 0) & NOTES_FLAG) !== 0
      })
    );
    await this.#each('ChatRelation', ['ChatID', 'ContactID'], (row) => {
      const held = this.#members.get(row.text('ChatID'));
      if (held === undefined) this.#members.set(row.text('ChatID'), [row.text('ContactID')]);
      else held.push(row.text('ContactID'));
    });
    await this.#each('LikeRelation', ['MessageToken', 'LikeEventID'], (row) =>
      this.#reactions.set(row.text('LikeEventID'), row.text('MessageToken'))
    );
    await this.#each('Messages', MESSAGE_COLUMNS, (row) => this.#row(row));
    for (const [id, event] of this.#events) this.#bare(id, event);
  }

  async #each(table: string, columns: readonly string[], take: (row: SqlRow) => void): Promise<void> {
    for await (const rows of this.#database.rows(table, columns, this.#parts.setting.signal)) for (const row of rows) take(row);
  }

  async #readEvents(): Promise<void> {
    await this.#each('Events', EVENT_COLUMNS, (row) => {
      this.#events.set(String(row.rowId), row);
      if (row.flag('Token')) this.#tokens.put(row.text('Token'), 0);
    });
  }

  /** The contact that all outgoing messages are by, and no incoming one; '' where there is none such. */
  #writer(): string {
    const out = new Set<string>();
    const incoming = new Set<string>();
    for (const event of this.#events.values()) {
      const who = event.text('ContactID');
      if (who === '' || who === '0') continue;
      if (event.text('Direction') === OUT) out.add(who);
      else incoming.add(who);
    }
    const [one] = out;
    return out.size === 1 && one !== undefined && !incoming.has(one) ? one : '';
  }

  async #readPeople(): Promise<void> {
    const { people, writer } = this.#parts;
    const own = this.#writer();
    await this.#each('Contact', ['Name', 'ClientName', 'Number', 'MID'], (row) => {
      const names = [row.text('Name'), row.text('ClientName')];
      const person = { number: row.text('Number'), id: row.text('MID'), name: names.find((name) => name !== '') ?? '' };
      this.#people.set(String(row.rowId), person);
      const account = String(row.rowId) === own ? people.account(person) : null;
      if (account === null) writer.person(this.#database, 'Contact', row, person, names);
      else writer.owner(this.#database, 'Contact', row, account, 'viber-owner-writes');
    });
  }

  #account(key: string): AccountRef | null {
    const held = this.#people.get(key);
    return held === undefined ? null : this.#parts.people.account(held);
  }

  #thread(chat: string, sender: AccountRef | null): ThreadRef {
    const held = this.#chats.get(chat);
    const listed = this.#members.get(chat) ?? [];
    const isAlone = held === undefined || listed.length === 0;
    const key = isAlone ? `${chat}\n${sender?.identifier ?? ''}` : chat;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const { people, setting } = this.#parts;
      const members = listed.map((one) => this.#account(one)).filter((ref) => ref !== null);
      if (members.length === 0 && sender !== null) members.push(sender);
      const others = members.filter((ref) => !people.isOwn(ref)).length;
      const token = held?.token === '0' ? '' : (held?.token ?? '');
      thread = people.thread({
        groupId: token,
        isGroup: held?.isNotes !== true && (token !== '' || others > 1),
        name: held?.name ?? '',
        members,
        localKey: `${setting.file}/${chat}`
      });
      this.#threads.set(key, thread);
    }
    return thread;
  }

  #row(row: SqlRow): void {
    const { times, writer } = this.#parts;
    const id = row.text('EventID') || String(row.rowId);
    const event = this.#events.get(id);
    this.#events.delete(id);
    const place = rowPlace(this.#database, 'Messages', row);
    const told = this.#info.read('Info', row.text('Info'));
    const text = row.text('Body') || row.text('Subject');
    const raw = event?.text('TimeStamp') ?? '';
    const time = times.unix(raw === '0' ? '' : raw, place);
    if (event === undefined && text === '' && told.details.length === 0 && row.text('PayloadPath') === '')
      return writer.refuse('message', place, id);
    const way = event?.text('Direction') ?? '';
    const direction: Direction = way === OUT ? 'outgoing' : way === IN ? 'incoming' : 'unknown';
    const author = direction === 'outgoing' ? null : this.#account(event?.text('ContactID') ?? '');
    const target = this.#reactions.get(id);
    if (target !== undefined) {
      const who = direction === 'outgoing' ? this.#parts.people.own : author;
      const fields: DetailFields = [
        ['reaction', row.text('SelfReaction') || row.text('PGIsLiked')],
        ['from', who?.name ?? who?.identifier ?? event?.text('ContactID') ?? '']
      ];
      return writer.about('viber reaction', target, fields, time, row, place);
    }
    // The message itself has the last wording; these rows are how it came to it.
    if (told.editOf !== '' && this.#tokens.find(told.editOf) >= 0)
      return writer.about(
        'viber edit',
        told.editOf,
        [
          ['edited text', text],
          ['edited at', raw]
        ],
        time,
        row,
        place
      );
    this.#message({ row, event, told, direction, author, text, time });
  }

  #message(item: {
    readonly row: SqlRow;
    readonly event: SqlRow | undefined;
    readonly told: MessageInfo;
    readonly direction: Direction;
    readonly author: AccountRef | null;
    readonly text: string;
    readonly time: ReturnType<ViberParts['times']['unix']>;
  }): void {
    const { row, event, told, direction } = item;
    const { writer } = this.#parts;
    const place = rowPlace(this.#database, 'Messages', row);
    const type = row.text('Type');
    if (!KNOWN.has(type)) writer.unknownKind(type, place);
    const details: DetailFields = [...told.details];
    if (!PLAIN.has(type)) details.unshift(['Type', type]);
    for (const column of KEPT) {
      const value = row.text(column);
      if (value !== '' && value !== '0' && value !== '{}') details.push([column, detailText(value)]);
    }
    if (row.text('Body') !== '' && row.text('Subject') !== '') details.push(['Subject', row.text('Subject')]);
    const position = positionOf(
      event?.number('ContactLatitude') ?? null,
      event?.number('ContactLongitude') ?? null,
      told.address
    );
    // Before, every message could say where its sender was.
    if (position !== null && type !== POSITION)
      details.push(
        ['ContactLatitude', event?.text('ContactLatitude') ?? ''],
        ['ContactLongitude', event?.text('ContactLongitude') ?? '']
      );
    const path = row.text('PayloadPath');
    const name = told.file?.name ?? '';
    const isSystem = event?.text('Type') === SYSTEM_EVENT;
    const isRead = direction === 'incoming' && event?.flag('IsRead') === true;
    writer.message({
      row,
      place,
      id: event?.flag('Token') === true ? event.text('Token') : '',
      thread: this.#thread(event?.text('ChatID') ?? '', item.author),
      sender: item.author,
      direction,
      time: item.time,
      body: item.text,
      state:
        (event === undefined ? 0 : rowState(event)) |
        (isRead ? MessageState.read : 0) |
        (isSystem ? MessageState.system : 0) |
        (type === TAKEN_BACK ? MessageState.tombstone | MessageState.deletedByUser : 0) |
        (told.isForwarded ? MessageState.forwarded : 0) |
        (told.isEdited || told.editOf !== '' ? MessageState.edited : 0) |
        (type === VOICE || told.isVoice ? MessageState.voiceNote : 0) |
        (MEDIA.has(type) && path === '' ? MessageState.mediaOmitted : 0),
      attachments: path === '' && name === '' ? [] : [fileOf(path, name, told.file?.type ?? '', told.file?.size ?? null)],
      details,
      shared: type === POSITION ? position : null
    });
  }

  /** An event without a message: kept as it stands. */
  #bare(id: string, event: SqlRow): void {
    const { setting, times } = this.#parts;
    const place = rowPlace(this.#database, 'Events', event);
    const fields = EVENT_COLUMNS.flatMap((column): [string, string][] =>
      event.text(column) === '' ? [] : [[column, event.text(column)]]
    );
    const raw = event.text('TimeStamp');
    setting.sink.seen('generic');
    setting.sink.generic({
      type: 'viber event',
      fields: [['event', id], ...fields],
      time: times.unix(raw === '0' ? '' : raw, place),
      state: rowState(event),
      place,
      itemId: id
    });
  }
}
