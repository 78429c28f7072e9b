/** Accounts as the artifacts of a tool spell them: ids, numbers, names with an id in brackets, and "Local User". */
import type { AccountRef, Direction } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { AccountBook } from '../phone-number.ts';

/** What modules write for the device itself where the app keeps no id of it. */
const LOCAL = /^(?:local user|local account|me|this device|device owner|owner)$/i;
/** "Telegram (777000)": a name, and the id behind it. */
const NAME_WITH_ID = /^(.*\S)\s*\((\+?\d[\d\s-]{3,})\)$/;
/** "+447700900123 (Ana)": a number, and the name behind it. */
const ID_WITH_NAME = /^(\+?\d[\d\s-]{3,})\s*\((.+)\)$/;

export class LeappPeople {
  readonly #book: AccountBook;
  readonly #options: ReadOptions;
  readonly #own = new Map<string, AccountRef>();
  readonly #ownIds = new Set<string>();
  readonly #counts = new Map<string, { readonly ref: AccountRef; rows: number }>();

  constructor(options: ReadOptions) {
    this.#book = new AccountBook(options.region);
    this.#options = options;
  }

  isLocal(raw: string): boolean {
    return LOCAL.test(raw);
  }

  isOwn(ref: AccountRef): boolean {
    return this.#ownIds.has(ref.identifier);
  }

  /** The device's own account: by the officer's word, else as the row states it ("P:+447700900118"). */
  own(service: string, stated: string): AccountRef | null {
    const { owner } = this.#options;
    const raw = owner !== null && owner.identifier !== '' ? owner.identifier : stated.replace(/^[EP]:/i, '').trim();
    if (raw === '' || LOCAL.test(raw)) return null;
    const key = `${service}\n${raw}`;
    let ref = this.#own.get(key);
    if (ref === undefined) {
      this.#own.set(key, (ref = this.#book.of(service, raw, owner?.name ?? '')));
      this.#ownIds.add(ref.identifier);
    }
    return ref;
  }

  /** An id that a row gives to the device itself: from here on it is known as such. */
  local(service: string, raw: string): AccountRef | null {
    if (raw === '') return this.own(service, '');
    const ref = this.#book.of(service, raw);
    this.#ownIds.add(ref.identifier);
    return ref;
  }

  /** As the row states it, else by whose the ends are. */
  directionOf(stated: Direction, from: AccountRef | null, to: readonly AccountRef[]): Direction {
    if (stated !== 'unknown') return stated;
    if (from !== null && this.isOwn(from)) return 'outgoing';
    return to.some((ref) => this.isOwn(ref)) ? 'incoming' : 'unknown';
  }

  account(service: string, raw: string, name: string): AccountRef | null {
    if (raw === '' && name === '') return null;
    const withId = NAME_WITH_ID.exec(raw);
    const withName = ID_WITH_NAME.exec(raw);
    const id = withId?.[2] ?? withName?.[1] ?? (raw === '' ? name : raw);
    const ref = this.#book.of(service, id, name !== '' && name !== id ? name : (withId?.[1] ?? withName?.[2] ?? ''));
    const held = this.#counts.get(ref.identifier);
    if (held !== undefined) held.rows++;
    else this.#counts.set(ref.identifier, { ref, rows: 1 });
    return ref;
  }

  /** Who is on the most rows, for the question whose device it is. */
  busiest(): AccountRef[] {
    return [...this.#counts.values()]
      .sort((a, b) => b.rows - a.rows)
      .slice(0, 20)
      .map(({ ref }) => ref);
  }
}
