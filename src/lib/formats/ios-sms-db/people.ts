/** Handles, chats and own accounts of a message database of iOS. */
import type { AccountRef, ThreadRef } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { AccountBook } from '../phone-number.ts';
import type { SourceDatabase } from '../sqlite/database.ts';

interface IosChat {
  readonly thread: ThreadRef;
  readonly own: AccountRef | null;
  /** The other side of a conversation of two. */
  readonly other: AccountRef | null;
}

interface Handle {
  readonly id: string;
  readonly service: string;
}

/** chat.style of a conversation of several. */
const GROUP_STYLE = 43;

export class IosPeople {
  readonly #book: AccountBook;
  readonly #options: ReadOptions;
  readonly #file: string;
  readonly #handles = new Map<string, Handle>();
  readonly #chats = new Map<string, IosChat>();
  readonly #loose = new Map<string, IosChat>();
  /** Names of the address book, by number or address. */
  readonly #names = new Map<string, string>();
  /** Own accounts that the database names, by identifier. */
  readonly owns = new Map<string, AccountRef>();

  constructor(options: ReadOptions, file: string) {
    this.#options = options;
    this.#file = file;
    this.#book = new AccountBook(options.region);
  }

  learn(service: string, value: string, name: string): AccountRef {
    const ref = this.#book.of(service, value);
    if (name !== '' && !this.#names.has(ref.identifier)) this.#names.set(ref.identifier, name);
    return ref;
  }

  account(service: string, id: string): AccountRef {
    const bare = this.#book.of(service, id);
    const name = this.#names.get(bare.identifier);
    return name === undefined ? bare : this.#book.of(service, id, name);
  }

  /** The account behind a handle's row; null for 0 and for rows that are gone. */
  handle(rowId: string, service: string): AccountRef | null {
    const handle = this.#handles.get(rowId);
    return handle === undefined ? null : this.account(service || handle.service, handle.id);
  }

  /**
   * The device's own account: the officer's word, else what the database says ("E:ana@icloud.com", "P:+44...", or a bare
   * address), else nobody.
   */
  own(service: string, stated: string): AccountRef | null {
    const { owner } = this.#options;
    if (owner !== null && owner.identifier !== '') return this.#book.of(service, owner.identifier, owner.name);
    const id = stated.replace(/^[ep]:/i, '').trim();
    if (id === '') return null;
    const ref = this.account(service, id);
    this.owns.set(`${ref.service} ${ref.identifier}`, ref);
    return ref;
  }

  chat(rowId: string): IosChat | undefined {
    return this.#chats.get(rowId);
  }

  /** For a message that stands in no chat: by its room, else by its other side. */
  looseChat(service: string, room: string, other: AccountRef | null, own: AccountRef | null): IosChat {
    const key = room !== '' ? room : (other?.identifier ?? 'unknown');
    const held = this.#loose.get(`${service} ${key}`);
    if (held !== undefined) return held;
    const members = [own, other].filter((ref): ref is AccountRef => ref !== null);
    const isGroup = room !== '';
    const made: IosChat = {
      thread: { service, key, isGroup, members: isGroup ? [] : members },
      own,
      other: isGroup ? null : other
    };
    this.#loose.set(`${service} ${key}`, made);
    return made;
  }

  async read(database: SourceDatabase, signal: AbortSignal): Promise<void> {
    for await (const rows of database.rows('handle', ['ROWID', 'id', 'service'], signal))
      for (const row of rows)
        this.#handles.set(String(row.rowId), { id: row.text('id'), service: serviceOf(row.text('service')) });
    const members = new Map<string, string[]>();
    for await (const rows of database.rows('chat_handle_join', ['chat_id', 'handle_id'], signal))
      for (const row of rows) {
        let held = members.get(row.text('chat_id'));
        if (held === undefined) members.set(row.text('chat_id'), (held = []));
        held.push(row.text('handle_id'));
      }
    const columns = [
      'guid',
      'style',
      'chat_identifier',
      'service_name',
      'display_name',
      'account_login',
      'last_addressed_handle'
    ];
    for await (const rows of database.rows('chat', columns, signal))
      for (const row of rows) {
        const service = serviceOf(row.text('service_name'));
        const own = this.own(service, row.text('last_addressed_handle') || row.text('account_login'));
        const handles = (members.get(String(row.rowId)) ?? [])
          .map((id) => this.handle(id, service))
          .filter((ref): ref is AccountRef => ref !== null);
        const identifier = row.text('chat_identifier');
        const isGroup = row.number('style') === GROUP_STYLE || handles.length > 1;
        const other = isGroup ? null : (handles[0] ?? (identifier === '' ? null : this.account(service, identifier)));
        const key = isGroup
          ? identifier || row.text('guid') || `${this.#file}/chat ${row.rowId}`
          : (other?.identifier ?? 'unknown');
        const name = row.text('display_name');
        const everyone = isGroup ? [own, ...handles] : [own, other];
        const thread: ThreadRef = {
          service,
          key,
          isGroup,
          members: everyone.filter((ref): ref is AccountRef => ref !== null),
          ...(name === '' ? {} : { name })
        };
        this.#chats.set(String(row.rowId), { thread, own, other });
      }
  }
}

/** 'iMessage', 'SMS', 'RCS', 'iMessageLite' (over a satellite). */
export function serviceOf(name: string): string {
  const lower = name.toLowerCase();
  return lower === '' ? 'sms' : lower.startsWith('imessage') ? 'imessage' : lower;
}
