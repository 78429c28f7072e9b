/** Skype's database up to version 7 (main.db), the same on all systems: messages, calls, people, SMS and files sent. */
import { ownTable } from '../../evidence/own-table.ts';
import {
  MessageState,
  type AccountRef,
  type CallOutcome,
  type MembershipChange,
  type ThreadRef
} from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { detailText, writeDetails } from '../json/details.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { databaseFormat, type DatabaseReader, type DatabaseSetting } from '../sqlite/database-format.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import { ItemTimes } from '../time/item-times.ts';
import { messageText } from './message-text.ts';

/** Messages.type: what people wrote. Others tell of calls, contacts and changes of a conversation. */
const WRITTEN: ReadonlySet<string> = new Set(['60', '61', '64', '68', '201', '253']);
const SMS = '64';
const LEFT = '13';
/** Messages.type of lines about members: taken in, put out, gone. */
const CHANGES: Readonly<Record<string, MembershipChange>> = ownTable({ '10': 'joined', '12': 'left', [LEFT]: 'left' });

interface Conversation {
  readonly identity: string;
  readonly name: string;
  readonly isGroup: boolean;
}

class SkypeReader implements DatabaseReader {
  readonly #setting: DatabaseSetting;
  readonly #people: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #conversations = new Map<string, Conversation>();
  readonly #members = new Map<string, Set<string>>();
  readonly #threads = new Map<string, ThreadRef>();

  constructor(setting: DatabaseSetting) {
    this.#setting = setting;
    this.#people = new ServiceAccounts('skype', setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
  }

  async read(database: SourceDatabase, progress: (share: number) => void): Promise<void> {
    const { signal } = this.#setting;
    await this.#readAccounts(database);
    await this.#readContacts(database);
    for await (const rows of database.rows('Conversations', ['identity', 'type', 'displayname'], signal))
      for (const row of rows)
        this.#conversations.set(String(row.rowId), {
          identity: row.text('identity'),
          name: row.text('displayname'),
          isGroup: row.text('type') === '2' || row.text('identity').startsWith('#')
        });
    for await (const rows of database.rows('Participants', ['convo_id', 'identity'], signal))
      for (const row of rows) {
        const held = this.#members.get(row.text('convo_id'));
        if (held === undefined) this.#members.set(row.text('convo_id'), new Set([row.text('identity')]));
        else held.add(row.text('identity'));
      }
    progress(0.2);
    const texts = await this.#readSms(database);
    const columns = [
      'convo_id',
      'author',
      'from_dispname',
      'dialog_partner',
      'identities',
      'timestamp',
      'type',
      'body_xml',
      'edited_by',
      'edited_timestamp'
    ];
    for await (const rows of database.rows('Messages', columns, signal))
      for (const row of rows) this.#message(database, row, texts.get(String(row.rowId)));
    progress(0.8);
    await this.#readCalls(database);
    await this.#readTransfers(database);
    progress(1);
  }

  questions(): readonly SourceQuestion[] {
    if (this.#people.own !== null) return [];
    return [{ kind: 'owner', reason: sentence('sqlite-ask-owner'), candidates: this.#people.busiest() }];
  }

  #account(identity: string, name = ''): AccountRef {
    // A number that was called or written to from Skype is no account of Skype's.
    return /^\+\d{5,}$/.test(identity)
      ? this.#people.byNumber(identity, name)
      : this.#people.byId(identity.toLowerCase(), name, identity);
  }

  async #readAccounts(database: SourceDatabase): Promise<void> {
    const { sink, signal } = this.#setting;
    for await (const rows of database.rows('Accounts', ['skypename', 'fullname'], signal))
      for (const row of rows) {
        const identity = row.text('skypename');
        const place = rowPlace(database, 'Accounts', row);
        if (identity === '') {
          refuseRow(sink, 'account', place, '');
          continue;
        }
        const account = this.#account(identity, row.text('fullname'));
        if (this.#people.own === null) this.#people.setOwn(account);
        sink.seen('account');
        sink.account({ account, isOwner: this.#people.isOwn(account), place });
      }
  }

  async #readContacts(database: SourceDatabase): Promise<void> {
    const { sink, signal } = this.#setting;
    const columns = [
      'skypename',
      'pstnnumber',
      'displayname',
      'fullname',
      'given_displayname',
      'phone_mobile',
      'phone_home',
      'phone_office',
      'emails',
      'about'
    ];
    for await (const rows of database.rows('Contacts', columns, signal))
      for (const row of rows) {
        const place = rowPlace(database, 'Contacts', row);
        const identity = row.text('skypename') || row.text('pstnnumber');
        const name = row.text('given_displayname') || row.text('displayname') || row.text('fullname');
        if (identity === '' && name === '') {
          refuseRow(sink, 'contact', place, '');
          continue;
        }
        const numbers = ['phone_mobile', 'phone_home', 'phone_office']
          .map((column) => row.text(column))
          .filter((number) => number !== '');
        const notes = [row.text('emails'), row.text('about')].filter((text) => text !== '').join('\n');
        sink.seen('contact');
        sink.contact({
          name,
          accounts: [
            ...(identity === '' ? [] : [this.#account(identity, name)]),
            ...numbers.map((number) => this.#people.byNumber(number, name))
          ],
          ...(notes === '' ? {} : { notes }),
          service: 'skype',
          state: rowState(row),
          confidence: rowConfidence(row),
          place,
          itemId: identity
        });
      }
  }

  /** Text messages by the message that shows them in a conversation; one that none shows is a message by itself. */
  async #readSms(database: SourceDatabase): Promise<ReadonlyMap<string, SqlRow>> {
    const { signal } = this.#setting;
    const shown = new Set<string>();
    for await (const rows of database.rows('Messages', ['type'], signal)) for (const row of rows) shown.add(String(row.rowId));
    const texts = new Map<string, SqlRow>();
    for await (const rows of database.rows('SMSes', ['timestamp', 'target_numbers', 'body', 'chatmsg_id', 'type'], signal))
      for (const row of rows) {
        if (shown.has(row.text('chatmsg_id')) && !texts.has(row.text('chatmsg_id'))) texts.set(row.text('chatmsg_id'), row);
        else this.#sms(database, row);
      }
    return texts;
  }

  #numbers(row: SqlRow): AccountRef[] {
    return row
      .text('target_numbers')
      .split(/[,;\s]+/)
      .filter((number) => number !== '')
      .map((number) => this.#people.byNumber(number));
  }

  #sms(database: SourceDatabase, row: SqlRow): void {
    const { sink } = this.#setting;
    const place = rowPlace(database, 'SMSes', row);
    const to = this.#numbers(row);
    if (row.text('body') === '' && to.length === 0) return refuseRow(sink, 'message', place, '');
    const own = this.#people.own;
    sink.seen('message');
    sink.message({
      thread: {
        service: 'skype',
        key: to.map((ref) => ref.identifier).join('|') || 'sms',
        isGroup: to.length > 1,
        members: own === null ? to : [own, ...to]
      },
      from: own,
      to,
      body: row.text('body'),
      time: this.#times.unix(row.text('timestamp'), place),
      direction: 'outgoing',
      state: rowState(row),
      confidence: rowConfidence(row),
      attachments: [],
      place,
      itemId: '',
      fold: 'identical'
    });
  }

  #thread(convo: string, partner: string): ThreadRef {
    const key = `${convo}\n${partner}`;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const held = this.#conversations.get(convo);
      const ids = new Set(this.#members.get(convo) ?? []);
      if (ids.size === 0 && partner !== '') ids.add(partner);
      const members = [...ids].filter((id) => id !== '').map((id) => this.#account(id));
      const own = this.#people.own;
      if (own !== null && !members.some((ref) => this.#people.isOwn(ref))) members.push(own);
      thread = {
        service: 'skype',
        key: held?.identity || partner || `conversation ${convo}`,
        ...(held === undefined || held.name === '' ? {} : { name: held.name }),
        isGroup: held?.isGroup === true || members.length > 2,
        members
      };
      this.#threads.set(key, thread);
    }
    return thread;
  }

  #message(database: SourceDatabase, row: SqlRow, sms: SqlRow | undefined): void {
    const { sink } = this.#setting;
    const place = rowPlace(database, 'Messages', row);
    const author = row.text('author');
    const xml = row.text('body_xml');
    const type = row.text('type');
    if (author === '' && xml === '' && row.text('timestamp') === '') return refuseRow(sink, 'message', place, '');
    const from = author === '' ? null : this.#account(author, row.text('from_dispname'));
    if (from !== null) this.#people.wrote(from);
    const isSms = type === SMS && sms !== undefined;
    const to = isSms ? this.#numbers(sms) : [];
    const body = isSms && sms.text('body') !== '' ? sms.text('body') : messageText(xml);
    const stated = this.#times.unix(isSms ? sms.text('timestamp') : row.text('timestamp'), place);
    const isEdited = row.text('edited_by') !== '';
    const state =
      rowState(row) |
      (WRITTEN.has(type) ? 0 : MessageState.system) |
      (isEdited ? (xml === '' ? MessageState.deletedByUser | MessageState.tombstone : MessageState.edited) : 0);
    sink.seen('message');
    const thread = this.#thread(row.text('convo_id'), isSms ? '' : row.text('dialog_partner'));
    sink.message({
      thread,
      from,
      to,
      body,
      time: stated,
      direction: this.#people.directionOf(from),
      state,
      confidence: rowConfidence(row),
      attachments: [],
      place,
      itemId: String(row.rowId),
      fold: 'identical'
    });
    const change = CHANGES[type];
    if (change !== undefined && thread.isGroup) {
      // Whom the line is about stands in it, parted by blanks; who leaves is its author.
      const named = row
        .text('identities')
        .split(/\s+/)
        .filter((id) => id !== '')
        .map((id) => this.#account(id));
      const about = named.length > 0 ? named : type === LEFT && from !== null ? [from] : [];
      for (const account of about) sink.membership({ thread, account, change, by: from, time: stated, place });
    }
    const fields: [string, string][] = [];
    if (type !== '61') fields.push(['type', type]);
    if (body !== xml && xml !== '') fields.push(['body_xml', detailText(xml)]);
    if (isSms && row.text('timestamp') !== sms.text('timestamp'))
      fields.push(['timestamp of the message', row.text('timestamp')]);
    for (const column of ['identities', 'edited_by', 'edited_timestamp'])
      if (row.text(column) !== '') fields.push([column, row.text(column)]);
    writeDetails(sink, 'message details', [['message', String(row.rowId)]], fields, place, String(row.rowId));
  }

  async #readCalls(database: SourceDatabase): Promise<void> {
    const { sink, signal } = this.#setting;
    const members = new Map<string, { ref: AccountRef; duration_s: number | null }[]>();
    for await (const rows of database.rows('CallMembers', ['identity', 'dispname', 'call_db_id', 'call_duration'], signal))
      for (const row of rows) {
        if (row.text('identity') === '') continue;
        const member = {
          ref: this.#account(row.text('identity'), row.text('dispname')),
          duration_s: row.number('call_duration')
        };
        members.set(row.text('call_db_id'), [...(members.get(row.text('call_db_id')) ?? []), member]);
      }
    const columns = ['begin_timestamp', 'duration', 'host_identity', 'is_unseen_missed', 'name', 'video_disabled'];
    for await (const rows of database.rows('Calls', columns, signal))
      for (const row of rows) {
        const place = rowPlace(database, 'Calls', row);
        const host = row.text('host_identity');
        const others = members.get(String(row.rowId)) ?? [];
        if (host === '' && others.length === 0) {
          refuseRow(sink, 'call', place, row.text('name'));
          continue;
        }
        const from = host === '' ? null : this.#account(host);
        const longest = Math.max(row.number('duration') ?? -1, ...others.map(({ duration_s }) => duration_s ?? -1));
        const own = this.#people.own;
        const to = others.map(({ ref }) => ref).filter((ref) => ref.identifier !== from?.identifier);
        if (own !== null && from !== null && !this.#people.isOwn(from) && !to.some((ref) => this.#people.isOwn(ref)))
          to.push(own);
        const outcome: CallOutcome = longest > 0 ? 'answered' : row.flag('is_unseen_missed') ? 'missed' : 'unknown';
        sink.seen('call');
        sink.call({
          service: 'skype',
          from,
          to,
          time: this.#times.unix(row.text('begin_timestamp'), place),
          duration_s: longest < 0 ? null : longest,
          direction: this.#people.directionOf(from),
          outcome,
          isVideo: false,
          state: rowState(row),
          confidence: rowConfidence(row),
          place,
          itemId: row.text('name')
        });
      }
  }

  /** Files that were offered: to whom, which, when, how much of each went over. */
  async #readTransfers(database: SourceDatabase): Promise<void> {
    const { sink, signal } = this.#setting;
    const columns = [
      'type',
      'partner_handle',
      'partner_dispname',
      'status',
      'starttime',
      'finishtime',
      'filepath',
      'filename',
      'filesize',
      'bytestransferred'
    ];
    for await (const rows of database.rows('Transfers', columns, signal))
      for (const row of rows) {
        const place = rowPlace(database, 'Transfers', row);
        const fields = columns.flatMap((column): [string, string][] =>
          row.text(column) === '' ? [] : [[column, row.text(column)]]
        );
        if (fields.length === 0) {
          refuseRow(sink, 'generic', place, '');
          continue;
        }
        sink.seen('generic');
        sink.generic({
          type: 'File transfer',
          fields,
          time: this.#times.unix(row.text('starttime'), place),
          state: rowState(row),
          place,
          itemId: String(row.rowId)
        });
      }
  }
}

export const skypeDb = databaseFormat({
  id: 'skype-db',
  version: 1,
  label: 'Skype (database)',
  entry: /(?:^|[\\/])(?:main|skype_main)\.db$/i,
  rank: (tables) => (['messages', 'conversations', 'participants', 'accounts'].every((name) => tables.has(name)) ? 0 : null),
  open: (setting) => new SkypeReader(setting)
});
