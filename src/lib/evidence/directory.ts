/** Accounts, threads and parties of a case: who is there, and what carries the same number. */
import { NONE, accountId, partyId, threadId, type AccountId, type PartyId, type ThreadId } from './ids.ts';
import type { AccountRef, ThreadRef } from './records.ts';

export type NameOrigin = 'contact' | 'shown' | 'officer';

export interface AccountName {
  readonly name: string;
  readonly origin: NameOrigin;
  readonly source: number;
}

export interface Account {
  readonly service: string;
  readonly identifier: string;
  readonly e164: string | null;
  readonly rawIdentifiers: string[];
  readonly names: AccountName[];
  /** Sources that name this account as their device's own. */
  readonly ownerOf: number[];
}

export interface Thread {
  readonly service: string;
  readonly key: string;
  name: string | null;
  readonly isGroup: boolean;
  readonly members: AccountId[];
}

/**
 * Two accounts with one full telephone number are one party: that is the same identifier, not a guess about
 * persons. Anything less certain is a suggestion for an officer and never made here.
 *
 * [Note: Joined parties] Parties that an officer confirmed as one person count as one: the lowest number stands for all,
 * the others keep theirs and are empty, so that no number ever moves. What each account's own party is stays known
 * (`ownPartyOf`), and joining other pairs, or none, is all that it takes to undo.
 */
export class Directory {
  readonly accounts: Account[] = [];
  readonly threads: Thread[] = [];
  readonly #accountByKey = new Map<string, AccountId>();
  #accountByRef = new WeakMap<AccountRef, AccountId>();
  readonly #threadByKey = new Map<string, ThreadId>();
  #threadByRef = new WeakMap<ThreadRef, ThreadId>();
  readonly #partyByNumber = new Map<string, PartyId>();
  readonly #partyOf: PartyId[] = [];
  readonly #parties: AccountId[][] = [];
  /** For each joined party but the lowest of its person: the one that stands for it. */
  readonly #standsFor = new Map<number, PartyId>();
  /** Own parties of each person that has several, by the one that stands for all; ascending. */
  readonly #joined = new Map<number, PartyId[]>();
  #undo: (() => void)[] | null = null;

  /** One more than the highest party number; those that another stands for are among them. */
  get partyCount(): number {
    return this.#parties.length;
  }

  /** Parties that stand for themselves. */
  get standingCount(): number {
    return this.#parties.length - this.#standsFor.size;
  }

  partyOf(account: number): PartyId {
    return account === NONE ? (NONE as PartyId) : this.standing(this.#partyOf[account] as PartyId);
  }

  accountsOf(party: number): readonly AccountId[] {
    if (this.#standsFor.has(party)) return [];
    return this.#joined.get(party)?.flatMap((own) => this.#parties[own] as AccountId[]) ?? this.ownAccountsOf(party);
  }

  /** Party of every account, for kernels that work on parties. */
  partyColumn(): Uint32Array {
    return this.ownPartyColumn().map((party) => this.standing(party));
  }

  // ------------------------------------------------------------------ [Note: Joined parties]
  /** The party as which a party counts. */
  standing(party: number): PartyId {
    return this.#standsFor.get(party) ?? (party as PartyId);
  }

  /** Own parties that count as this one, itself among them. */
  joinedWith(party: number): readonly PartyId[] {
    return this.#joined.get(this.standing(party)) ?? [party as PartyId];
  }

  /** The party of one number or handle, whatever was joined. */
  ownPartyOf(account: number): PartyId {
    return account === NONE ? (NONE as PartyId) : (this.#partyOf[account] as PartyId);
  }

  ownAccountsOf(party: number): readonly AccountId[] {
    return this.#parties[party] ?? [];
  }

  ownPartyColumn(): Uint32Array {
    return Uint32Array.from(this.#partyOf);
  }

  /**
   * Lets the parties of the two accounts in each pair count as one, in place of all that was joined before.
   * @throws RangeError for an account that is not there
   */
  join(pairs: readonly (readonly [account: number, account: number])[]): void {
    const standsFor = new Map<number, PartyId>();
    const rootOf = (party: PartyId): PartyId => {
      const above = standsFor.get(party);
      return above === undefined ? party : rootOf(above);
    };
    for (const [first, second] of pairs) {
      const [a, b] = [this.#partyOf[first], this.#partyOf[second]];
      if (a === undefined || b === undefined) throw new RangeError(`There is no account ${a === undefined ? first : second}.`);
      const [low, high] = [rootOf(a), rootOf(b)].sort((x, y) => x - y) as [PartyId, PartyId];
      if (low !== high) standsFor.set(high, low);
    }
    this.#standsFor.clear();
    this.#joined.clear();
    for (const party of [...standsFor.keys()].sort((x, y) => x - y) as PartyId[]) {
      const root = rootOf(party);
      this.#standsFor.set(party, root);
      const own = this.#joined.get(root);
      if (own === undefined) this.#joined.set(root, [root, party]);
      else own.push(party);
    }
  }

  account(ref: AccountRef, source: number): AccountId {
    const seen = this.#accountByRef.get(ref);
    if (seen !== undefined) return seen;
    const key = `${ref.service}\n${ref.identifier}`;
    let id = this.#accountByKey.get(key);
    if (id === undefined) {
      id = accountId(this.accounts.length);
      this.#insertAccount({
        service: ref.service,
        identifier: ref.identifier,
        e164: ref.e164 ?? null,
        rawIdentifiers: [],
        names: [],
        ownerOf: []
      });
    }
    const account = this.accounts[id] as Account;
    if (!account.rawIdentifiers.includes(ref.rawIdentifier)) this.#push(account.rawIdentifiers, ref.rawIdentifier);
    if (ref.name !== undefined && ref.name !== '') this.addName(id, ref.name, 'shown', source);
    this.#accountByRef.set(ref, id);
    return id;
  }

  addName(id: AccountId, name: string, origin: NameOrigin, source: number): void {
    const { names } = this.accounts[id] as Account;
    if (names.some((known) => known.name === name && known.origin === origin && known.source === source)) return;
    this.#push(names, { name, origin, source });
  }

  setOwner(id: AccountId, source: number): void {
    const { ownerOf } = this.accounts[id] as Account;
    if (!ownerOf.includes(source)) this.#push(ownerOf, source);
  }

  thread(ref: ThreadRef, source: number): ThreadId {
    const seen = this.#threadByRef.get(ref);
    if (seen !== undefined) return seen;
    const members = ref.members.map((member) => this.account(member, source));
    const key = `${ref.service}\n${threadKey(ref)}`;
    let id = this.#threadByKey.get(key);
    if (id === undefined) {
      id = threadId(this.threads.length);
      this.#insertThread({
        service: ref.service,
        key: threadKey(ref),
        name: ref.name ?? null,
        isGroup: ref.isGroup,
        members: [...new Set(members)]
      });
    } else {
      for (const member of members) this.addMember(id, member);
      const thread = this.threads[id] as Thread;
      if (thread.name === null && ref.name !== undefined) {
        thread.name = ref.name;
        this.#undo?.push(() => (thread.name = null));
      }
    }
    this.#threadByRef.set(ref, id);
    return id;
  }

  addMember(id: ThreadId, member: AccountId): void {
    const { members } = this.threads[id] as Thread;
    if (!members.includes(member)) this.#push(members, member);
  }

  /** A label for a party: a name from an address book, else one shown in a chat, else the identifier. */
  label(party: number): string {
    return this.#labelOf(this.accountsOf(party));
  }

  /** The label of one number or handle, whatever was joined. */
  ownLabel(party: number): string {
    return this.#labelOf(this.ownAccountsOf(party));
  }

  #labelOf(accounts: readonly AccountId[]): string {
    let best: string | null = null;
    let bestRank = 3;
    for (const id of accounts) {
      for (const { name, origin } of (this.accounts[id] as Account).names) {
        const rank = origin === 'officer' ? 0 : origin === 'contact' ? 1 : 2;
        if (rank < bestRank) [best, bestRank] = [name, rank];
      }
    }
    if (best !== null) return best;
    const first = this.accounts[accounts[0] ?? -1];
    return first === undefined ? '' : (first.e164 ?? first.rawIdentifiers[0] ?? first.identifier);
  }

  // ------------------------------------------------------------------ one import can be taken back
  begin(): void {
    this.#undo = [];
  }

  commit(): void {
    this.#undo = null;
  }

  rollback(): void {
    for (const undo of (this.#undo ?? []).reverse()) undo();
    this.#undo = null;
    // Remembered references may name rows that are gone and whose numbers will be given again.
    this.#accountByRef = new WeakMap();
    this.#threadByRef = new WeakMap();
  }

  // ------------------------------------------------------------------ at rest
  toJSON(): { accounts: Account[]; threads: Thread[] } {
    return { accounts: this.accounts, threads: this.threads };
  }

  /** Fills an empty directory with what `toJSON` gave, ids unchanged. */
  restore(saved: { accounts: Account[]; threads: Thread[] }): void {
    for (const account of saved.accounts) this.#insertAccount(account);
    for (const thread of saved.threads) this.#insertThread(thread);
  }

  #insertAccount(account: Account): void {
    const id = accountId(this.accounts.length);
    const key = `${account.service}\n${account.identifier}`;
    this.accounts.push(account);
    this.#accountByKey.set(key, id);
    const number = account.e164;
    const known = number === null ? undefined : this.#partyByNumber.get(number);
    const party = known ?? partyId(this.#parties.length);
    if (known === undefined) this.#parties.push([]);
    if (number !== null && known === undefined) this.#partyByNumber.set(number, party);
    (this.#parties[party] as AccountId[]).push(id);
    this.#partyOf.push(party);
    this.#undo?.push(() => {
      this.accounts.pop();
      this.#accountByKey.delete(key);
      this.#partyOf.pop();
      (this.#parties[party] as AccountId[]).pop();
      if (known === undefined) {
        this.#parties.pop();
        if (number !== null) this.#partyByNumber.delete(number);
      }
    });
  }

  #insertThread(thread: Thread): void {
    const key = `${thread.service}\n${thread.key}`;
    this.#threadByKey.set(key, threadId(this.threads.length));
    this.threads.push(thread);
    this.#undo?.push(() => {
      this.threads.pop();
      this.#threadByKey.delete(key);
    });
  }

  #push<T>(list: T[], value: T): void {
    list.push(value);
    this.#undo?.push(() => list.pop());
  }
}

/**
 * A conversation of two is the same thread on both their phones, though each phone files it under the other's
 * number: its key is the pair. Groups keep the service's own key.
 */
function threadKey(ref: ThreadRef): string {
  if (!ref.isGroup) {
    const pair = [...new Set(ref.members.map((member) => member.identifier))].sort();
    if (pair.length === 2) return `pair:${pair.join('|')}`;
  }
  return ref.key;
}
