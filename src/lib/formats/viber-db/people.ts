/** Accounts of Viber's databases: by number where one is known, else by the service's own id of a member, else by name. */
import type { AccountRef, ThreadRef } from '../../evidence/records.ts';
import type { ReadOptions } from '../contract.ts';
import { ServiceAccounts } from '../service-accounts.ts';

export const VIBER = 'viber';

/** What a row tells of a person; '' where it is silent. */
export interface ViberPerson {
  /** As the app writes it, mostly in full with a plus. */
  readonly number: string;
  /** The service's id of a member, the same on all devices. */
  readonly id: string;
  readonly name: string;
}

export interface Conversation {
  /** The service's id of a group; '' where it is none or has none. */
  readonly groupId: string;
  readonly isGroup: boolean;
  readonly name: string;
  readonly members: readonly AccountRef[];
  /** Tells conversations without an id apart inside the source. */
  readonly localKey: string;
}

/** A number by its look: Viber writes words ("owner") and ids ("em:…") into the same column. */
const NUMBER = /^\+?[\d\s().-]{5,20}$/;

export class ViberPeople {
  readonly #accounts: ServiceAccounts;
  /** Names of the phone's address book by full number. */
  readonly #names = new Map<string, string>();

  constructor(options: ReadOptions, file: string) {
    this.#accounts = new ServiceAccounts(VIBER, options, file);
    const { owner } = options;
    // The officer's word: no row need name the phone's own number.
    if (owner !== null && owner.identifier !== '') this.byNumber(owner.identifier, owner.name);
  }

  get own(): AccountRef | null {
    return this.#accounts.own;
  }

  /** The database says whose it is; the officer's word goes before it. True where it is news. */
  takeOwn(ref: AccountRef): boolean {
    if (this.#accounts.own !== null) return false;
    this.#accounts.setOwn(ref);
    return true;
  }

  isOwn(ref: AccountRef): boolean {
    return this.#accounts.isOwn(ref);
  }

  learn(number: string, name: string): void {
    if (number !== '' && name !== '') this.#names.set(this.#accounts.byNumber(number).identifier, name);
  }

  byNumber(number: string, name = ''): AccountRef {
    const bare = this.#accounts.byNumber(number);
    const shown = name || (this.#names.get(bare.identifier) ?? '');
    return shown === '' ? bare : this.#accounts.byNumber(number, shown);
  }

  /** Null for a row that names nobody. */
  account({ number, id, name }: ViberPerson): AccountRef | null {
    if (NUMBER.test(number)) return this.byNumber(number, name);
    const held = id || number;
    if (held !== '') return this.#accounts.byId(held, name);
    return name === '' ? null : this.#accounts.byName(name);
  }

  /** Groups under their id, a conversation of two under its other side, so that both phones' copies meet. */
  thread({ groupId, isGroup, name, members, localKey }: Conversation): ThreadRef {
    const { own } = this;
    const others = members.filter((ref) => !this.isOwn(ref));
    const key = isGroup ? groupId || localKey : (others[0]?.identifier ?? localKey);
    return {
      service: VIBER,
      key,
      ...(name === '' ? {} : { name }),
      isGroup,
      members: own === null ? others : [own, ...others]
    };
  }
}
