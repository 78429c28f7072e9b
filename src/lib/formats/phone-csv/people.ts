/** Party cells to accounts, and which of them is the phone's own. */
import type { AccountRef } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { AccountBook, accountRef } from '../phone-number.ts';
import type { Party } from './party.ts';

/** Services whose words are handles, the same for everyone: a word there is an identifier and not a name. */
const HANDLE_SERVICES = new Set([
  'telegram',
  'instagram',
  'snapchat',
  'facebook',
  'facebook messenger',
  'twitter',
  'x',
  'tiktok',
  'kik',
  'discord',
  'skype',
  'email',
  'wickr',
  'threema'
]);
/** Short codes and sender words of firms ("VODAFONE", "60777") are the same on every phone. */
const SENDER_WORD = /^(?:\d{3,6}|[A-Z0-9][A-Z0-9.&+-]{2,10})$/;

export class CsvPeople {
  readonly #book: AccountBook;
  readonly #owner: ReadOptions['owner'];
  readonly #ownerIdentifier: string | null;
  readonly #ownerRefs = new Map<string, AccountRef>();
  readonly #words = new Map<string, AccountRef>();
  readonly #rows: string;
  readonly #scope: string;
  /** Accounts that the table itself marks as the owner's ("(owner)"). */
  readonly marked = new Set<AccountRef>();

  /** @param table where a file holds several: rows of each are counted anew. */
  constructor(file: string, options: ReadOptions, table = '') {
    this.#rows = table === '' ? file : `${file}/${table}`;
    this.#book = new AccountBook(options.region);
    this.#owner = options.owner;
    this.#ownerIdentifier =
      options.owner === null ? null : accountRef('phone', options.owner.identifier, options.region).identifier;
    this.#scope = this.#ownerIdentifier ?? file;
  }

  /** The owner's account in a service, as the officer stated it; null where nobody did. */
  owner(service: string): AccountRef | null {
    if (this.#owner === null) return null;
    let ref = this.#ownerRefs.get(service);
    if (ref === undefined) this.#ownerRefs.set(service, (ref = this.#book.of(service, this.#owner.identifier, this.#owner.name)));
    return ref;
  }

  isOwner(ref: AccountRef | null): boolean {
    if (ref === null) return false;
    if (this.#ownerIdentifier !== null)
      return (
        ref.identifier === this.#ownerIdentifier ||
        (this.#owner?.name !== '' && ref.e164 === undefined && ref.name === this.#owner?.name)
      );
    return this.marked.has(ref);
  }

  /**
   * The account of one party. A spoilt number ("4.47E+11") is an account of its own in each row: two people
   * may have been rounded to the same digits, and one account would link them.
   */
  of(service: string, party: Party, row: number, shownName = ''): AccountRef {
    const name = party.name === '' ? shownName : party.name;
    if (party.kind === 'damaged') {
      return {
        service,
        identifier: `damaged:${this.#rows}#${row}/${party.id}`,
        rawIdentifier: party.id,
        ...(name === '' ? {} : { name })
      };
    }
    const ref =
      party.kind === 'word' && !HANDLE_SERVICES.has(service) && !SENDER_WORD.test(party.id)
        ? this.#word(service, party.id)
        : this.#book.of(service, party.id, name);
    if (party.isOwner) this.marked.add(ref);
    return ref;
  }

  #word(service: string, name: string): AccountRef {
    const key = `${service}\n${name}`;
    let ref = this.#words.get(key);
    if (ref === undefined) {
      ref = { service, identifier: `name:${this.#scope}/${name}`, rawIdentifier: name, name };
      this.#words.set(key, ref);
    }
    return ref;
  }
}

export function isDamaged(ref: AccountRef | null): boolean {
  return ref?.identifier.startsWith('damaged:') === true;
}
