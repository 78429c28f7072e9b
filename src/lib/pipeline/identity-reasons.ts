/** The kernel's reasons as an officer sees them: labels, files, entries and days in place of numbers. */
import type { IdentityFacts, ReasonAgainst, ReasonFor, Suggestion } from '../analysis/identity/facts.ts';
import { neighboursOf, tieAt, type Neighbours } from '../analysis/identity/neighbours.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { NamedParty, SeenName, SeenReasonAgainst, SeenReasonFor, SeenReasons } from '../records/identity-log.ts';
import { nameForm } from './identity.ts';

const known = (ms: number): number | null => (Number.isNaN(ms) ? null : ms);

export class ReasonSight {
  readonly #store: EvidenceStore;
  readonly #ties: Neighbours;
  /** Entries of address books by account, as numbers of the case's other records. */
  readonly #entries = new Map<number, number[]>();

  constructor(store: EvidenceStore, facts: IdentityFacts) {
    this.#store = store;
    this.#ties = neighboursOf(facts.parties, facts.dyads);
    for (const [record, other] of store.others.entries()) {
      if (other.kind !== 'contact') continue;
      for (const account of other.accounts) {
        const list = this.#entries.get(account);
        if (list === undefined) this.#entries.set(account, [record]);
        else list.push(record);
      }
    }
  }

  of({ a, b, reasonsFor, reasonsAgainst }: Suggestion): SeenReasons {
    return {
      reasonsFor: reasonsFor.map((reason) => this.#for(a, b, reason)),
      reasonsAgainst: reasonsAgainst.map((reason) => this.#against(a, b, reason))
    };
  }

  #for(a: number, b: number, reason: ReasonFor): SeenReasonFor {
    switch (reason.kind) {
      case 'one-entry':
        return { kind: 'one-entry', entry: this.#entry(reason.record) };
      case 'one-device':
        return { kind: 'one-device', file: this.#file(reason.source) };
      case 'said-so':
      case 'number-given':
        return { kind: reason.kind, messageId: reason.message, speaker: this.#named(reason.speaker) };
      case 'one-number':
        return { kind: 'one-number', spellings: [a, b].flatMap((party) => identifiersOf(this.#store, party)) };
      case 'takes-over': {
        const { earlier, later, contacts, of, silentFromMs, firstMs } = reason;
        return {
          kind: 'takes-over',
          earlier: this.#named(earlier),
          later: this.#named(later),
          contacts: contacts.map((contact) => ({
            ...this.#named(contact),
            lastEarlierMs: this.#tied(earlier, contact, this.#ties.lastMs),
            firstLaterMs: this.#tied(later, contact, this.#ties.firstMs)
          })),
          of,
          silentFromMs: known(silentFromMs),
          firstMs: known(firstMs)
        };
      }
      case 'one-name':
        return { kind: 'one-name', names: [a, b].flatMap((party) => this.#names(party, reason.folded, true)) };
      case 'one-shown-name':
        return { kind: 'one-shown-name', names: [a, b].flatMap((party) => this.#names(party, reason.folded, false)) };
      case 'shared-contacts':
        return { kind: 'shared-contacts', contacts: reason.contacts.map((contact) => this.#named(contact)) };
    }
  }

  #against(a: number, b: number, reason: ReasonAgainst): SeenReasonAgainst {
    switch (reason.kind) {
      case 'wrote-to-each-other':
      case 'group-together':
        return reason;
      case 'named-apart': {
        const { source, names } = reason;
        return {
          kind: 'named-apart',
          names: [...this.#names(a, names[0], true, source), ...this.#names(b, names[1], true, source)]
        };
      }
      case 'common-name': {
        const [written] = [...this.#names(a, reason.folded, true), ...this.#names(a, reason.folded, false)];
        return { kind: 'common-name', name: written?.name ?? reason.folded, parties: reason.parties };
      }
    }
  }

  /** Names of a party that are alike, each file's spelling once. */
  #names(party: number, form: string, isContact: boolean, only?: number): SeenName[] {
    const { directory, others } = this.#store;
    const found = new Map<string, SeenName>();
    for (const account of directory.ownAccountsOf(party)) {
      for (const { name, origin, source } of directory.accounts[account]?.names ?? []) {
        if ((origin === 'contact') !== isContact || nameForm(name) !== form || (only ?? source) !== source) continue;
        const key = `${source}\n${name}`;
        if (found.has(key)) continue;
        const record = (isContact ? (this.#entries.get(account) ?? []) : []).find((at) => {
          const entry = others[at];
          return entry?.kind === 'contact' && entry.source === source && entry.name === name;
        });
        const bare = { name, file: this.#file(source), isContact, identifiers: identifiersOf(this.#store, party), place: null };
        found.set(key, record === undefined ? bare : this.#entry(record));
      }
    }
    return [...found.values()];
  }

  #entry(record: number): SeenName {
    const { others, directory } = this.#store;
    const entry = others[record];
    if (entry?.kind !== 'contact') throw new RangeError(`Record ${record} is no entry of an address book.`);
    const identifiers = new Set(entry.accounts.map((account) => identifierOf(directory.accounts[account])));
    return {
      name: entry.name,
      file: this.#file(entry.source),
      isContact: true,
      identifiers: [...identifiers],
      place: entry.place
    };
  }

  #tied(party: number, contact: number, times: Float64Array): number | null {
    const at = tieAt(this.#ties, party, contact);
    return at < 0 ? null : known(times[at]!);
  }

  #named(party: number): NamedParty {
    return { party, label: this.#store.directory.ownLabel(party) };
  }

  #file(source: number): string {
    return this.#store.sources[source]?.name ?? '';
  }
}

/** Numbers and handles of one party, whatever was joined: full numbers, else as the files spell them. */
export function identifiersOf({ directory }: EvidenceStore, party: number): string[] {
  const found = new Set<string>();
  for (const id of directory.ownAccountsOf(party)) {
    const account = directory.accounts[id];
    if (account?.e164 != null) found.add(account.e164);
    else for (const raw of account?.rawIdentifiers ?? []) found.add(raw);
  }
  return [...found];
}

export const identifierOf = (account: EvidenceStore['directory']['accounts'][number] | undefined): string =>
  account === undefined ? '' : (account.e164 ?? account.rawIdentifiers[0] ?? account.identifier);
