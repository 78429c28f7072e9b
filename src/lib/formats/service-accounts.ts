/**
 * Accounts of one service in one source: by the service's own id where the export has one, else by the name it shows,
 * which means something on this device alone.
 */
import type { AccountRef, Direction } from '../evidence/records.ts';
import type { ReadOptions } from './contract.ts';
import { accountRef, cleanIdentifier, e164Of } from './phone-number.ts';

export class ServiceAccounts {
  readonly service: string;
  readonly #options: ReadOptions;
  readonly #scope: string;
  readonly #refs = new Map<string, AccountRef>();
  readonly #numbers = new Map<string, string>();
  /** Accounts with an id by the name that they show; null where several show it. */
  readonly #idsByName = new Map<string, AccountRef | null>();
  readonly #lines = new Map<string, { readonly ref: AccountRef; lines: number }>();
  readonly #ownerNumber: string | undefined;
  /** Identifier of the device's own account, by the officer's word or by the export's; null while nobody says. */
  #own: string | null = null;
  #ownRef: AccountRef | null = null;

  /** @param file scopes names where no owner is known. */
  constructor(service: string, options: ReadOptions, file: string) {
    this.service = service;
    this.#options = options;
    const { owner } = options;
    const hasId = owner !== null && owner.identifier !== '';
    this.#scope = hasId ? accountRef(service, owner.identifier, options.region).identifier : file;
    this.#ownerNumber = hasId ? e164Of(owner.identifier, options.region) : undefined;
  }

  /** The device's own account where it is known. */
  get own(): AccountRef | null {
    return this.#ownRef;
  }

  /** An account by its id in the service; one object per id and name. `number` is a telephone number stated beside it. */
  byId(id: string, name = '', raw = id, number = ''): AccountRef {
    if (number !== '') {
      const full = this.#full(number);
      if (full !== undefined) this.#numbers.set(id, full);
    }
    const e164 = this.#numbers.get(id);
    const key = `${id}\n${name}\n${e164 ?? ''}`;
    let ref = this.#refs.get(key);
    if (ref === undefined) {
      ref = {
        service: this.service,
        identifier: id,
        rawIdentifier: raw,
        ...(e164 === undefined ? {} : { e164 }),
        ...(name === '' ? {} : { name })
      };
      this.#refs.set(key, ref);
      this.#noteName(ref);
      this.#recogniseOwn(ref);
    }
    return ref;
  }

  /** An account of which the export gives the shown name alone. Names that are numbers are numbers. */
  byName(name: string): AccountRef {
    const clean = cleanIdentifier(name);
    const { owner } = this.#options;
    if (owner !== null && owner.identifier !== '' && clean !== '' && clean === cleanIdentifier(owner.name))
      return this.byId(this.#scope, name, name, owner.identifier);
    if (/^\+\d[\d\s().-]{6,}$/.test(clean)) {
      const e164 = e164Of(clean, this.#options.region);
      if (e164 !== undefined) return this.byId(e164, '', name, e164);
    }
    return this.byId(`name:${this.#scope}/${name}`, name, name);
  }

  /**
   * The one that a line means which gives a shown name alone: the account with an id that shows it, else the name itself.
   * Null where several accounts show it. Right once the whole source was read.
   */
  named(name: string): AccountRef | null {
    const held = this.#idsByName.get(name);
    return held === undefined ? this.byName(name) : held;
  }

  /** A telephone number as an account of this service. */
  byNumber(number: string, name = ''): AccountRef {
    const full = this.#full(number);
    return this.byId(full ?? cleanIdentifier(number), name, number, number);
  }

  /** The export itself says whose it is. */
  setOwn(ref: AccountRef): void {
    this.#own = ref.identifier;
    this.#ownRef = ref;
  }

  directionOf(from: AccountRef | null): Direction {
    if (from === null || this.#own === null) return 'unknown';
    return from.identifier === this.#own ? 'outgoing' : 'incoming';
  }

  isOwn(ref: AccountRef): boolean {
    return this.#own === ref.identifier;
  }

  /** Counts a line of this account, so that the busiest can be offered as owner. */
  wrote(ref: AccountRef): void {
    const held = this.#lines.get(ref.identifier);
    if (held === undefined) this.#lines.set(ref.identifier, { ref, lines: 1 });
    else held.lines++;
  }

  /** Who writes, busiest first. */
  busiest(most = 50): AccountRef[] {
    return [...this.#lines.values()]
      .sort((a, b) => b.lines - a.lines)
      .slice(0, most)
      .map(({ ref }) => ref);
  }

  #noteName(ref: AccountRef): void {
    const { name, identifier } = ref;
    if (name === undefined || identifier.startsWith('name:')) return;
    const held = this.#idsByName.get(name);
    if (held === undefined) this.#idsByName.set(name, ref);
    else if (held !== null && held.identifier !== identifier) this.#idsByName.set(name, null);
  }

  /** Services write numbers in full, with a plus, with zeros before the country, or bare. */
  #full(number: string): string | undefined {
    return e164Of(/^[1-9]\d{10,}$/.test(number) ? `+${number}` : number, this.#options.region);
  }

  #recogniseOwn(ref: AccountRef): void {
    const { owner } = this.#options;
    if (owner === null) return;
    const isOwn =
      (owner.identifier !== '' && (ref.identifier === owner.identifier || ref.rawIdentifier === owner.identifier)) ||
      (this.#ownerNumber !== undefined && ref.e164 === this.#ownerNumber) ||
      (owner.name !== '' && ref.name === owner.name);
    if (isOwn && this.#own === null) this.setOwn(ref);
    else if (this.#own === ref.identifier) this.#ownRef = ref;
  }
}
