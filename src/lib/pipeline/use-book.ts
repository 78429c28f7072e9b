/** Gathers uses of cards, handsets and accounts from the rows of a case. See [Note: Lanes of use]. */
import { identifiersOfFact, readKey } from '../analysis/crosscase/identifier.ts';
import { cardSerialsOfFact } from '../analysis/identity/card-serial.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { UseLaneKind } from './lanes-contract.ts';

/** A row that is a use: of a table of the store, or of the smaller records. */
export interface UseRow {
  readonly what: 'message' | 'call' | 'record';
  readonly id: number;
}

export interface LaneEntry {
  readonly kind: UseLaneKind;
  readonly text: string;
  /** The number or handle itself, whatever was joined; null for cards and handsets. */
  readonly party: number | null;
  readonly sources: Set<number>;
  readonly ownOf: Set<number>;
  /** What files say of it where they describe their device, word for word. */
  readonly stated: { readonly source: number; readonly words: string }[];
  first: { utcMs: number; row: UseRow } | null;
  last: { utcMs: number; row: UseRow } | null;
  undated: UseRow | null;
}

export class UseBook {
  readonly lanes: LaneEntry[] = [];
  /** Uses as columns: lane and time. */
  readonly lane: number[] = [];
  readonly utcMs: number[] = [];
  /** Pairs of lanes that one row names: number of the pair and time. */
  readonly pairs: (readonly [a: number, b: number])[] = [];
  readonly pair: number[] = [];
  readonly pairUtcMs: number[] = [];
  readonly pairRow: UseRow[] = [];
  /** Files that name both lanes of a pair as their device's own, by number of the pair. */
  readonly pairFiles = new Map<number, Set<number>>();
  readonly #byKey = new Map<string, number>();
  readonly #byPair = new Map<string, number>();
  readonly #store: EvidenceStore;

  constructor(store: EvidenceStore) {
    this.#store = store;
  }

  /** Lane of a number or a handle. */
  ofParty(party: number): number {
    const { directory } = this.#store;
    const accounts = directory.ownAccountsOf(party).map((account) => directory.accounts[account]!);
    const number = accounts.find(({ e164 }) => e164 !== null)?.e164;
    return this.#of(
      `party:${party}`,
      number === undefined || number === null ? 'handle' : 'number',
      number ?? accounts[0]?.identifier ?? '',
      party
    );
  }

  knows(party: number): boolean {
    return this.#byKey.has(`party:${party}`);
  }

  /** Lanes of the cards and handsets that a named text of a record holds. */
  ofFact(name: string, value: string): number[] {
    const known = identifiersOfFact(name, value).map(({ kind, key }) =>
      this.#of(key, kind === 'imei' ? 'handset' : 'sim', readKey(key).text, null)
    );
    return [...known, ...cardSerialsOfFact(name, value).map((serial) => this.#of(`iccid:${serial}`, 'iccid', serial, null))];
  }

  use(lane: number, utcMs: number, source: number, row: UseRow): void {
    const entry = this.lanes[lane]!;
    this.lane.push(lane);
    this.utcMs.push(utcMs);
    entry.sources.add(source);
    if (Number.isNaN(utcMs)) entry.undated ??= row;
    else {
      if (entry.first === null || utcMs < entry.first.utcMs) entry.first = { utcMs, row };
      if (entry.last === null || utcMs >= entry.last.utcMs) entry.last = { utcMs, row };
    }
  }

  /** One row names all of them. */
  together(lanes: readonly number[], utcMs: number, row: UseRow): void {
    eachPair(lanes, (a, b) => {
      this.pair.push(this.#pairOf(a, b));
      this.pairUtcMs.push(utcMs);
      this.pairRow.push(row);
    });
  }

  /** A file names all of them as its device's own, without a time of use. */
  ownTogether(lanes: readonly number[], source: number): void {
    for (const lane of lanes) {
      this.lanes[lane]!.sources.add(source);
      this.lanes[lane]!.ownOf.add(source);
    }
    eachPair(lanes, (a, b) => {
      const pair = this.#pairOf(a, b);
      const files = this.pairFiles.get(pair);
      if (files === undefined) this.pairFiles.set(pair, new Set([source]));
      else files.add(source);
    });
  }

  #of(key: string, kind: UseLaneKind, text: string, party: number | null): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    this.#byKey.set(key, this.lanes.length);
    const files = { sources: new Set<number>(), ownOf: new Set<number>(), stated: [] };
    return this.lanes.push({ kind, text, party, ...files, first: null, last: null, undated: null }) - 1;
  }

  #pairOf(a: number, b: number): number {
    const key = `${a} ${b}`;
    let pair = this.#byPair.get(key);
    if (pair === undefined) this.#byPair.set(key, (pair = this.pairs.push([a, b]) - 1));
    return pair;
  }
}

function eachPair(lanes: readonly number[], visit: (a: number, b: number) => void): void {
  const distinct = [...new Set(lanes)].sort((a, b) => a - b);
  for (let i = 0; i < distinct.length; i++) for (let j = i + 1; j < distinct.length; j++) visit(distinct[i]!, distinct[j]!);
}
