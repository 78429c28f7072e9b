/**
 * Accounts and conversations of WhatsApp's databases, by their ids ("447700900012@s.whatsapp.net", "...@g.us").
 *
 * Since 2023 many people stand under a private id ("...@lid") that says nothing of their number; where a database maps it
 * to a number, that number is the account, so that a person is one account in groups and in private.
 */
import type { AccountRef, ThreadRef } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { AccountBook, isGroupId } from '../phone-number.ts';

const SERVICE = 'whatsapp';

export class WhatsAppPeople {
  readonly #book: AccountBook;
  /** Private ids to ids of numbers. */
  readonly #numbers = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #threads = new Map<string, ThreadRef>();
  readonly #members = new Map<string, AccountRef[]>();
  readonly #titles = new Map<string, string>();
  #own: AccountRef | null;

  constructor(options: ReadOptions) {
    this.#book = new AccountBook(options.region);
    const { owner } = options;
    this.#own = owner === null || owner.identifier === '' ? null : this.#book.of(SERVICE, owner.identifier, owner.name);
  }

  get own(): AccountRef | null {
    return this.#own;
  }

  /** The database says which account is the device's; the officer's word goes before it. */
  takeOwn(jid: string): AccountRef | null {
    if (this.#own !== null) return null;
    this.#own = this.account(jid);
    return this.#own;
  }

  mapPrivate(lid: string, jid: string): void {
    if (lid !== '' && jid !== '') this.#numbers.set(lid, jid);
  }

  /** Remembers a name for an id; the first one stays, so address books are read before the names that people give themselves. */
  learn(jid: string, name: string): void {
    const { identifier } = this.#book.of(SERVICE, this.#numberOf(jid));
    if (jid !== '' && name !== '' && !this.#names.has(identifier)) this.#names.set(identifier, name);
  }

  account(jid: string): AccountRef {
    const raw = this.#numberOf(jid);
    const bare = this.#book.of(SERVICE, raw);
    if (bare.identifier === this.#own?.identifier) return this.#own;
    const name = this.#names.get(bare.identifier);
    return name === undefined ? bare : this.#book.of(SERVICE, raw, name);
  }

  /** A number of the address book, which may not be on WhatsApp. */
  byNumber(number: string, name: string): AccountRef {
    return this.#book.of('phone', number, name);
  }

  addMember(group: string, jid: string): void {
    if (group === '' || jid === '') return;
    let held = this.#members.get(group);
    if (held === undefined) this.#members.set(group, (held = []));
    held.push(this.account(jid));
  }

  title(jid: string, name: string): void {
    if (name !== '') this.#titles.set(jid, name);
  }

  /** Groups, broadcasts and channels under their id, a conversation of two under its other side. */
  thread(jid: string): ThreadRef {
    const held = this.#threads.get(jid);
    if (held !== undefined) return held;
    const own = this.#own;
    let made: ThreadRef;
    if (isGroupId(jid)) {
      const members = this.#members.get(jid) ?? [];
      const name = this.#titles.get(jid);
      made = {
        service: SERVICE,
        key: jid.toLowerCase(),
        isGroup: true,
        members: own === null || members.some((ref) => ref.identifier === own.identifier) ? members : [own, ...members],
        ...(name === undefined ? {} : { name })
      };
    } else {
      const other = jid === '' ? null : this.account(jid);
      const members = [own, other].filter((ref): ref is AccountRef => ref !== null);
      made = { service: SERVICE, key: other?.identifier ?? 'unknown', isGroup: false, members };
    }
    this.#threads.set(jid, made);
    return made;
  }

  /** Marks of a device behind the number (":12") are no other account. */
  #numberOf(jid: string): string {
    const bare = jid.replace(/[:.]\d+@/, '@');
    return this.#numbers.get(bare) ?? bare;
  }
}
