/** Kik's database on iOS (kik.sqlite): messages, groups, people. Columns and states as the app's own model names them. */
import {
  MessageState,
  type AccountRef,
  type AttachmentRecord,
  type EvidenceTime,
  type MembershipChange,
  type SourcePlace,
  type ThreadRef
} from '../../evidence/records.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceQuestion } from '../contract.ts';
import { writeDetails } from '../json/details.ts';
import { ServiceAccounts } from '../service-accounts.ts';
import { databaseFormat, type DatabaseReader, type DatabaseSetting } from '../sqlite/database-format.ts';
import type { SourceDatabase, SqlRow } from '../sqlite/database.ts';
import { refuseRow, rowConfidence, rowPlace, rowState } from '../sqlite/row-place.ts';
import { ItemTimes } from '../time/item-times.ts';

interface KikUser {
  readonly id: string;
  readonly name: string;
  readonly isGroup: boolean;
}

/** ZTYPE: 1 received, 2 sent; 3 and 4 tell what happened to a group. */
const RECEIVED = '1';
const SENT = '2';

class KikReader implements DatabaseReader {
  readonly #setting: DatabaseSetting;
  readonly #people: ServiceAccounts;
  readonly #times: ItemTimes;
  readonly #users = new Map<string, KikUser>();
  readonly #members = new Map<string, string[]>();
  readonly #threads = new Map<string, ThreadRef>();
  #messages = 0;

  constructor(setting: DatabaseSetting) {
    this.#setting = setting;
    this.#people = new ServiceAccounts('kik', setting.options, setting.file);
    this.#times = new ItemTimes(setting.options, setting.tally);
  }

  async read(database: SourceDatabase, progress: (share: number) => void): Promise<void> {
    await this.#readUsers(database);
    const members = joinTable(database, /^z_\d+members$/);
    if (members !== null)
      await this.#pairs(database, members.table, members.columns, (group, member) => {
        const held = this.#members.get(group);
        if (held === undefined) this.#members.set(group, [member]);
        else held.push(member);
      });
    progress(0.2);
    const { signal } = this.#setting;
    const chatUser = new Map<string, string>();
    for await (const rows of database.rows('ZKIKCHAT', ['ZUSER'], signal))
      for (const row of rows) chatUser.set(String(row.rowId), row.text('ZUSER'));
    /** The other side, or the group, of the chats that a message stands in. */
    const chats = new Map<string, string[]>();
    const links = joinTable(database, /^z_\d+messages$/);
    if (links !== null)
      await this.#pairs(database, links.table, links.columns, (chat, message) => {
        const user = chatUser.get(chat);
        if (user !== undefined) chats.set(message, [...(chats.get(message) ?? []), user]);
      });
    const files = new Map<string, AttachmentRecord[]>();
    for await (const rows of database.rows('ZKIKATTACHMENT', ['ZMESSAGE', 'ZCONTENT'], signal))
      for (const row of rows) {
        const name = row.text('ZCONTENT');
        if (name !== '') files.set(row.text('ZMESSAGE'), [...(files.get(row.text('ZMESSAGE')) ?? []), { name }]);
      }
    progress(0.5);
    const columns = ['ZTYPE', 'ZUSER', 'ZBODY', 'ZTIMESTAMP', 'ZRECEIVEDTIMESTAMP', 'ZSTATE', 'ZSTANZAID'];
    for await (const rows of database.rows('ZKIKMESSAGE', columns, signal))
      for (const row of rows)
        this.#message(database, row, chats.get(String(row.rowId)) ?? [], files.get(String(row.rowId)) ?? []);
    progress(1);
  }

  questions(): readonly SourceQuestion[] {
    if (this.#people.own !== null || this.#messages === 0) return [];
    return [{ kind: 'owner', reason: sentence('sqlite-ask-owner'), candidates: [] }];
  }

  async #readUsers(database: SourceDatabase): Promise<void> {
    const { sink, signal } = this.#setting;
    const columns = ['ZJID', 'ZDISPLAYNAME', 'ZUSERNAME', 'ZEMAIL', 'ZSTATUS'];
    for await (const rows of database.rows('ZKIKUSER', columns, signal))
      for (const row of rows) {
        const id = row.text('ZJID').toLowerCase();
        const name = row.text('ZDISPLAYNAME') || row.text('ZUSERNAME');
        const isGroup = id.endsWith('@groups.kik.com');
        this.#users.set(String(row.rowId), { id, name, isGroup });
        if (isGroup) continue;
        const place = rowPlace(database, 'ZKIKUSER', row);
        if (id === '' && name === '') {
          refuseRow(sink, 'contact', place, '');
          continue;
        }
        const notes = [row.text('ZUSERNAME'), row.text('ZEMAIL'), row.text('ZSTATUS')].filter((text) => text !== '').join('\n');
        sink.seen('contact');
        sink.contact({
          name,
          accounts: [this.#account(String(row.rowId))].filter((ref) => ref !== null),
          ...(notes === '' ? {} : { notes }),
          service: 'kik',
          state: rowState(row),
          confidence: rowConfidence(row),
          place,
          itemId: id
        });
      }
  }

  async #pairs(
    database: SourceDatabase,
    table: string,
    [one, two]: readonly [string, string],
    take: (one: string, two: string) => void
  ): Promise<void> {
    for await (const rows of database.rows(table, [one, two], this.#setting.signal))
      for (const row of rows) take(row.text(one), row.text(two));
  }

  #account(user: string): AccountRef | null {
    const held = this.#users.get(user);
    return held === undefined || held.isGroup || (held.id === '' && held.name === '')
      ? null
      : held.id === ''
        ? this.#people.byName(held.name)
        : this.#people.byId(held.id, held.name);
  }

  /** The chat with a person or of a group; a message that stands in none goes to whom its own row names. */
  #thread(user: string): ThreadRef {
    let thread = this.#threads.get(user);
    if (thread === undefined) {
      const held = this.#users.get(user);
      const members = (held?.isGroup === true ? (this.#members.get(user) ?? []) : [user])
        .map((one) => this.#account(one))
        .filter((ref) => ref !== null);
      const own = this.#people.own;
      thread = {
        service: 'kik',
        key: held?.id || `${this.#setting.file}/${user}`,
        ...(held === undefined || held.name === '' ? {} : { name: held.name }),
        isGroup: held?.isGroup === true,
        members: own === null || members.includes(own) ? members : [...members, own]
      };
      this.#threads.set(user, thread);
    }
    return thread;
  }

  /** Names are those that the address book of the app shows: one that none or several carry dates nobody. */
  #membership(line: string, thread: ThreadRef, time: EvidenceTime, place: SourcePlace): void {
    for (const [change, pattern] of LINES) {
      const { by, who, self } = pattern.exec(line)?.groups ?? {};
      if (who === undefined && self === undefined) continue;
      const names = who === undefined ? [self ?? ''] : who.split(/,\s+(?:and\s+)?|\s+and\s+/);
      const doer = this.#named(by ?? self ?? '');
      for (const name of names) {
        const account = this.#named(name);
        if (account !== null) this.#setting.sink.membership({ thread, account, change, by: doer, time, place });
      }
      return;
    }
  }

  #named(name: string): AccountRef | null {
    if (name === 'You') return this.#people.own;
    const users = [...this.#users].filter(([, held]) => held.name === name && !held.isGroup);
    return users.length === 1 ? this.#account((users[0] as [string, unknown])[0]) : null;
  }

  #message(database: SourceDatabase, row: SqlRow, chats: readonly string[], attachments: readonly AttachmentRecord[]): void {
    const { sink } = this.#setting;
    const place = rowPlace(database, 'ZKIKMESSAGE', row);
    const type = row.text('ZTYPE');
    const user = row.text('ZUSER');
    const body = row.text('ZBODY');
    const stanza = row.text('ZSTANZAID');
    const raw = row.text('ZTIMESTAMP') || row.text('ZRECEIVEDTIMESTAMP');
    if (body === '' && raw === '' && user === '') return refuseRow(sink, 'message', place, stanza);
    // A message can be listed in a group and in the chat with the one who wrote it: its own row says which.
    const chat = chats.find((one) => one === user) ?? chats[0] ?? user;
    const thread = this.#thread(chat);
    const isSystem = type !== RECEIVED && type !== SENT;
    const from = type === SENT ? this.#people.own : type === RECEIVED || isSystem ? this.#account(user) : null;
    const to = type === SENT && !thread.isGroup ? this.#account(chat) : null;
    this.#messages++;
    sink.seen('message');
    sink.message({
      thread,
      from,
      to: to === null ? [] : [to],
      // Of a card or picture the text is the number of its content and nothing else.
      body: attachments.some(({ name }) => name === body) ? '' : body,
      time: this.#times.cocoa(raw, place),
      direction: type === SENT ? 'outgoing' : type === RECEIVED ? 'incoming' : 'unknown',
      state: rowState(row) | (isSystem ? MessageState.system : 0) | (type === SENT ? MessageState.sent : 0),
      confidence: rowConfidence(row),
      attachments,
      place,
      itemId: stanza,
      fold: 'identical'
    });
    if (isSystem && thread.isGroup) this.#membership(body, thread, this.#times.cocoa(raw, place), place);
    const received = row.text('ZRECEIVEDTIMESTAMP');
    const fields: [string, string][] = row.text('ZSTATE') === '' ? [] : [['ZSTATE', row.text('ZSTATE')]];
    if (received !== '' && received !== raw) fields.push(['ZRECEIVEDTIMESTAMP', received]);
    writeDetails(sink, 'message details', [['message', stanza || String(row.rowId)]], fields, place, stanza);
  }
}

/** Kik's own lines about members, in English: the database keeps their words and nothing else. */
const LINES: readonly (readonly [MembershipChange, RegExp])[] = [
  ['joined', /^(?<by>.{1,80}) (?:have|has) added (?<who>.{1,2000}) to the (?:chat|group)\.?$/],
  ['left', /^(?<by>.{1,80}) (?:have|has) removed (?<who>.{1,2000}) from the (?:chat|group)\.?$/],
  ['joined', /^(?<who>.{1,80}) (?:have|has) joined the (?:chat|group), invited by (?<by>.{1,80}?)\.?$/],
  ['left', /^(?<who>.{1,80}) (?:have|has) been removed from the (?:chat|group)\.?$/],
  ['joined', /^(?<self>.{1,80}) (?:(?:have|has) joined the (?:chat|group)|started a group)\.?$/],
  ['left', /^(?<self>.{1,80}) (?:have|has) left the (?:chat|group)\.?$/]
];

/** A table of pairs whose name holds the number of an entity, which differs between versions of the app. */
function joinTable(database: SourceDatabase, name: RegExp): { table: string; columns: readonly [string, string] } | null {
  const table = [...database.tableNames].find((one) => name.test(one));
  const [one, two] = table === undefined ? [] : database.columnsOf(table);
  return table === undefined || one === undefined || two === undefined ? null : { table, columns: [one, two] };
}

export const kikDb = databaseFormat({
  id: 'kik-db',
  version: 1,
  label: 'Kik (database)',
  entry: /(?:^|[\\/])kik\.sqlite$/i,
  rank: (tables) => (tables.has('zkikmessage') && tables.has('zkikuser') ? 0 : null),
  open: (setting) => new KikReader(setting)
});
