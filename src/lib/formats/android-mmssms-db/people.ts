/** Accounts and conversations of Android's databases: addresses, threads and the names of the address book. */
import type { AccountRef, ThreadRef } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { AccountBook } from '../phone-number.ts';
import type { SourceDatabase } from '../sqlite/database.ts';

const NOBODY: readonly AccountRef[] = [];
const MOST_RECIPIENTS = 1000;

export class AndroidPeople {
  readonly #book: AccountBook;
  readonly #options: ReadOptions;
  readonly #threads = new Map<string, ThreadRef>();
  /** Names of the address book, by identifier. */
  readonly #names = new Map<string, string>();
  #recipients: ReadonlyMap<string, readonly AccountRef[]> = new Map();

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#book = new AccountBook(options.region);
  }

  get own(): AccountRef | null {
    return this.#ownAs('sms');
  }
  get ownCaller(): AccountRef | null {
    return this.#ownAs('phone');
  }

  /** Remembers a name of the address book. */
  learn(number: string, name: string): AccountRef {
    const ref = this.#book.of('phone', number);
    if (name !== '' && !this.#names.has(ref.identifier)) this.#names.set(ref.identifier, name);
    return ref;
  }

  caller(number: string, name: string): AccountRef {
    return this.#named('phone', number, name);
  }

  byAddress(address: string): AccountRef | null {
    return address === '' ? null : this.#named('sms', address, '');
  }

  /** Everyone but the phone itself that a thread is with; nobody where the table does not say. */
  ofThread(id: string): readonly AccountRef[] {
    return this.#recipients.get(id) ?? NOBODY;
  }

  /** The key is that of backups of the same phone, so that both meet in one conversation. */
  thread(others: readonly AccountRef[]): ThreadRef {
    const keys = [...new Set(others.map((ref) => ref.identifier))].sort();
    const key = keys.length === 0 ? 'unknown' : keys.join(' ');
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      const { own } = this;
      const members = others.filter((ref, i) => others.findIndex((other) => other.identifier === ref.identifier) === i);
      thread = { service: 'sms', key, isGroup: keys.length > 1, members: own === null ? members : [own, ...members] };
      this.#threads.set(key, thread);
    }
    return thread;
  }

  async readThreads(database: SourceDatabase, signal: AbortSignal): Promise<void> {
    if (!database.has('threads')) return;
    const addresses = new Map<string, string>();
    for await (const rows of database.rows('canonical_addresses', ['_id', 'address'], signal))
      for (const row of rows) addresses.set(row.text('_id'), row.text('address'));
    const recipients = new Map<string, readonly AccountRef[]>();
    for await (const rows of database.rows('threads', ['_id', 'recipient_ids'], signal))
      for (const row of rows) {
        const ids = row.text('recipient_ids').split(' ').slice(0, MOST_RECIPIENTS);
        const refs = ids.map((id) => this.byAddress(addresses.get(id) ?? '')).filter((ref) => ref !== null);
        if (refs.length > 0) recipients.set(row.text('_id'), refs);
      }
    this.#recipients = recipients;
  }

  #named(service: string, raw: string, name: string): AccountRef {
    if (name !== '') return this.#book.of(service, raw, name);
    const known = this.#names.size === 0 ? undefined : this.#names.get(this.#book.of(service, raw).identifier);
    return this.#book.of(service, raw, known ?? '');
  }

  #ownAs(service: string): AccountRef | null {
    const { owner } = this.#options;
    return owner === null || owner.identifier === '' ? null : this.#book.of(service, owner.identifier, owner.name);
  }
}
