/** Messages of sms.db: table message with its chats, attachments, edits and reactions. */
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type EvidenceTime,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { HashSet64 } from '../hash-set.ts';
import { writeDetails, type DetailFields } from '../json/details.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import type { DatabaseReader, DatabaseSetting } from '../sqlite/database-format.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import { ItemTimes } from '../time/item-times.ts';
import { readAddressBook } from './address-book.ts';
import { earlierTexts } from './edits.ts';
import { IosPeople, serviceOf } from './people.ts';
import { attributedText, type PackedText } from './typed-stream.ts';

const NOBODY: readonly AccountRef[] = [];
const NO_ATTACHMENTS: readonly AttachmentRecord[] = [];
const MOST_ATTACHMENTS = 1000;
const COLUMNS = [
  'guid',
  'text',
  'attributedBody',
  'subject',
  'handle_id',
  'other_handle',
  'service',
  'account',
  'destination_caller_id',
  'date',
  'date_read',
  'date_delivered',
  'date_edited',
  'date_retracted',
  'message_summary_info',
  'is_from_me',
  'is_read',
  'is_sent',
  'is_delivered',
  'is_audio_message',
  'is_forward',
  'error',
  'item_type',
  'group_title',
  'group_action_type',
  'cache_roomnames',
  'associated_message_guid',
  'associated_message_type',
  'associated_message_emoji',
  'thread_originator_guid',
  'balloon_bundle_id'
];
/** Where an attachment stands in the text. */
const ATTACHMENT_MARK = /\ufffc/g;
/** associated_message_type from here on is a reaction, given or taken back. */
const FIRST_REACTION = 2000;
const LAST_REACTION = 3999;

interface Joined {
  readonly chats: ReadonlyMap<string, string>;
  readonly attachments: ReadonlyMap<string, readonly AttachmentRecord[]>;
  /** Messages in the folder of what was deleted a short while ago. */
  readonly recoverable: ReadonlySet<string>;
}

export class IosReader implements DatabaseReader {
  readonly #setting: DatabaseSetting;
  readonly #people: IosPeople;
  readonly #times: ItemTimes;
  readonly #copies = new HashSet64();
  #messages = 0;
  #isOwnKnown = false;

  constructor(setting: DatabaseSetting) {
    this.#setting = setting;
    this.#people = new IosPeople(setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
  }

  async read(database: SourceDatabase, progress: (share: number) => void): Promise<void> {
    const { signal, sink, tally } = this.#setting;
    await readAddressBook(database, this.#setting, this.#people);
    await this.#people.read(database, signal);
    progress(0.1);
    const joined = await this.#joins(database);
    progress(0.3);
    for await (const rows of database.rows('message', COLUMNS, signal))
      for (const row of rows) this.#message(row, rowPlace(database, 'message', row), joined);
    progress(0.9);
    for (const account of this.#people.owns.values()) {
      sink.seen('account');
      sink.account({
        account,
        isOwner: true,
        place: { path: database.path === '' ? 'chat' : `${database.path}/chat`, offset: 1, unit: 'row' }
      });
    }
    this.#isOwnKnown ||= this.#people.owns.size > 0;
    this.#people.owns.clear();
    for (const table of ['deleted_messages', 'sync_deleted_messages'])
      for await (const rows of database.rows(table, ['guid'], signal))
        tally.add('not-included', 'note', 'sqlite-deleted-marks', null, rows.length);
  }

  questions(): readonly SourceQuestion[] {
    const isKnown = this.#isOwnKnown || this.#messages === 0 || this.#setting.options.owner !== null;
    return isKnown ? [] : [{ kind: 'owner', reason: sentence('sqlite-ask-owner'), candidates: [] }];
  }

  async #joins(database: SourceDatabase): Promise<Joined> {
    const { signal } = this.#setting;
    const chats = new Map<string, string>();
    for await (const rows of database.rows('chat_message_join', ['chat_id', 'message_id'], signal))
      for (const row of rows) if (!chats.has(row.text('message_id'))) chats.set(row.text('message_id'), row.text('chat_id'));
    const recoverable = new Set<string>();
    for await (const rows of database.rows('chat_recoverable_message_join', ['chat_id', 'message_id'], signal))
      for (const row of rows) {
        recoverable.add(row.text('message_id'));
        if (!chats.has(row.text('message_id'))) chats.set(row.text('message_id'), row.text('chat_id'));
      }
    const files = new Map<string, AttachmentRecord>();
    for await (const rows of database.rows('attachment', ['filename', 'mime_type', 'transfer_name', 'total_bytes'], signal))
      for (const row of rows) files.set(String(row.rowId), attachmentOf(row));
    const attachments = new Map<string, AttachmentRecord[]>();
    for await (const rows of database.rows('message_attachment_join', ['message_id', 'attachment_id'], signal))
      for (const row of rows) {
        const file = files.get(row.text('attachment_id')) ?? { name: '' };
        const held = attachments.get(row.text('message_id'));
        if (held === undefined) attachments.set(row.text('message_id'), [file]);
        else if (held.length < MOST_ATTACHMENTS) held.push(file);
      }
    return { chats, attachments, recoverable };
  }

  #message(row: SqlRow, place: SourcePlace, joined: Joined): void {
    const { sink, tally } = this.#setting;
    const id = String(row.rowId);
    const guid = row.text('guid');
    const attachments = joined.attachments.get(id) ?? NO_ATTACHMENTS;
    const isFromMe = row.flag('is_from_me');
    const chat = this.#people.chat(joined.chats.get(id) ?? '');
    const service = row.text('service') === '' ? (chat?.thread.service ?? 'sms') : serviceOf(row.text('service'));
    const handle = this.#people.handle(row.text('handle_id'), service);
    const { text: body, isDamaged } = this.#body(row);
    if (row.text('date') === '' && guid === '' && handle === null && body === '')
      return refuseRow(sink, 'message', place, row.text('service'));
    sink.seen('message');
    if (guid !== '' && !this.#copies.add(`${guid} ${body}`)) {
      sink.fold('message', place);
      tally.add('duplicate-folded', 'note', 'sqlite-rows-folded', place);
      return;
    }
    this.#messages++;
    const own = chat?.own ?? this.#people.own(service, row.text('destination_caller_id') || row.text('account'));
    const { thread, other } = chat ?? this.#people.looseChat(service, row.text('cache_roomnames'), handle, own);
    const from = isFromMe ? own : (handle ?? other);
    const time = this.#times.cocoa(row.text('date'), place);
    sink.message({
      thread,
      from,
      to: thread.isGroup ? NOBODY : isFromMe ? (other === null ? NOBODY : [other]) : own === null ? NOBODY : [own],
      body,
      time,
      direction: isFromMe ? 'outgoing' : 'incoming',
      state:
        stateOf(row) | (isDamaged ? MessageState.partial : 0) | (joined.recoverable.has(id) ? MessageState.deletedByUser : 0),
      confidence: rowConfidence(row),
      attachments,
      place,
      itemId: guid,
      fold: 'identical'
    });
    if (thread.isGroup) this.#membership(row, thread, from, service, time, place);
    writeDetails(sink, 'message details', [['message', guid || id]], this.#details(row), place, guid);
  }

  /** item_type 1: somebody was added (action 0) or put out (1); 3 with action 0: the sender left. */
  #membership(
    row: SqlRow,
    thread: ThreadRef,
    by: AccountRef | null,
    service: string,
    time: EvidenceTime,
    place: SourcePlace
  ): void {
    const type = row.number('item_type') ?? 0;
    const action = row.number('group_action_type') ?? 0;
    const isChange = type === 1 && (action === 0 || action === 1);
    const account = isChange ? this.#people.handle(row.text('other_handle'), service) : type === 3 && action === 0 ? by : null;
    if (account === null) return;
    const change = isChange && action === 0 ? 'joined' : 'left';
    this.#setting.sink.membership({ thread, account, change, by, time, place });
  }

  /** The text; since iOS 16 it stands in attributedBody alone. What happened to a group is told in the table's own fields. */
  #body(row: SqlRow): PackedText {
    let text = row.text('text');
    let isDamaged = false;
    const packed = row.blob('attributedBody');
    if (text === '' && packed !== null && packed.length > 0) {
      const unpacked = attributedText(packed);
      if (unpacked === null) this.#setting.tally.add('item-unreadable', 'warning', 'sqlite-bodies-unread', null);
      else ({ text, isDamaged } = unpacked);
    }
    const words = text.replace(ATTACHMENT_MARK, '');
    const type = row.number('item_type') ?? 0;
    if (type !== 0 && words === '') {
      const who = this.#people.handle(row.text('other_handle'), '')?.rawIdentifier ?? '';
      const about = [row.text('group_title'), who].filter((part) => part !== '').join(', ');
      const what = `item_type ${type}, group_action_type ${row.number('group_action_type') ?? 0}`;
      return { text: about === '' ? what : `${what}: ${about}`, isDamaged };
    }
    const subject = row.text('subject');
    return { text: subject === '' ? words : `${subject}\n\n${words}`, isDamaged };
  }

  #details(row: SqlRow): DetailFields {
    const fields: DetailFields = [];
    const add = (name: string, value: string): void => {
      if (value !== '' && value !== '0') fields.push([name, value]);
    };
    add('in reply to', row.text('thread_originator_guid'));
    add('reaction to', row.text('associated_message_guid'));
    add('associated_message_type', row.text('associated_message_type'));
    add('associated_message_emoji', row.text('associated_message_emoji'));
    add('balloon_bundle_id', row.text('balloon_bundle_id'));
    add('error', row.text('error'));
    add('date_edited', row.text('date_edited'));
    add('date_retracted', row.text('date_retracted'));
    const summary = row.blob('message_summary_info');
    if (summary !== null) fields.push(...earlierTexts(summary));
    return fields;
  }
}

function stateOf(row: SqlRow): number {
  const isFromMe = row.flag('is_from_me');
  const kind = row.number('associated_message_type') ?? 0;
  let state = rowState(row);
  if (isFromMe) {
    if (row.flag('is_sent')) state |= MessageState.sent;
    if (row.flag('is_delivered') || row.flag('date_delivered')) state |= MessageState.delivered;
    if (row.flag('date_read')) state |= MessageState.read;
  } else if (row.flag('is_read')) state |= MessageState.read;
  if (row.flag('is_forward')) state |= MessageState.forwarded;
  if (row.flag('is_audio_message')) state |= MessageState.voiceNote;
  if (row.flag('date_edited')) state |= MessageState.edited;
  if (row.flag('date_retracted')) state |= MessageState.tombstone | MessageState.deletedByUser;
  if (row.flag('item_type')) state |= MessageState.system;
  if (kind >= FIRST_REACTION && kind <= LAST_REACTION) state |= MessageState.reaction;
  return state;
}

function attachmentOf(row: SqlRow): AttachmentRecord {
  const path = row.text('filename');
  const type = row.text('mime_type');
  const size = row.number('total_bytes');
  return {
    name: row.text('transfer_name') || path.slice(path.lastIndexOf('/') + 1),
    ...(type === '' ? {} : { contentType: type }),
    ...(size === null || size < 0 ? {} : { sizeBytes: size }),
    ...(path === '' ? {} : { path })
  };
}
