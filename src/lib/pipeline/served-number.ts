/** Whose handset and card a row of call-data records names: that of the number which the network served in it. */
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore, StoredGeneric } from '../evidence/store.ts';
import { columnsOf } from '../formats/cdr-csv/columns.ts';
import { recordType } from '../formats/cdr-csv/record-type.ts';
import { tailOf, tailsOf } from './number-tails.ts';

const FORMAT = 'cdr-csv';
/** Headers that say themselves that handset and card are the caller's. */
const OF_CALLER = /^(?:a|a party|calling) im[es]i/iu;

/**
 * The number of a row as a party of its own, or null where the row does not say. A call made is served to A and one that
 * was received to B; which of the two a row is stands in its type. Of a row whose call was folded into another leg's
 * nothing is said: its numbers stand with that leg.
 */
export class ServedNumbers {
  readonly #partyOf: Uint32Array;
  readonly #tails: ReadonlyMap<string, number>;
  /** Ends of the call or text of a row: [from, first of to], as accounts, by source and row. */
  readonly #ends = new Map<string, readonly [number, number]>();
  readonly #isRecords: readonly boolean[];

  constructor(store: EvidenceStore, partyOf: Uint32Array) {
    this.#partyOf = partyOf;
    this.#tails = tailsOf(store, (account) => partyOf[account]!);
    this.#isRecords = store.sources.map(({ formatId }) => formatId === FORMAT);
    if (!this.#isRecords.includes(true)) return;
    const { calls, messages, committed } = store;
    this.#note(calls, committed.calls);
    this.#note(messages, committed.messages);
  }

  of({ source, place, fields }: StoredGeneric): number | null {
    if (this.#isRecords[source] !== true) return null;
    const columns = columnsOf(fields.map(([name]) => name));
    const cell = (role: 'type' | 'a'): string => fields[columns.get(role) ?? -1]?.[1] ?? '';
    const named = cell('a');
    // A session has no other end: its number stands among the fields.
    if (named !== '') return this.#tails.get(tailOf(named)) ?? null;
    const [from, to] = this.#ends.get(keyOf(source, place.offset)) ?? [NONE, NONE];
    const { leg } = recordType(cell('type'));
    const isOfCaller = fields.some(([name]) => OF_CALLER.test(name));
    const served = isOfCaller || leg === 'made' ? from : leg === 'received' ? to : NONE;
    return served === NONE ? null : this.#partyOf[served]!;
  }

  #note({ place, from, to }: Pick<EvidenceStore['calls'], 'place' | 'from' | 'to'>, rows: number): void {
    const sources = place.source.view(0, rows);
    for (let row = 0; row < rows; row++) {
      const source = sources[row]!;
      if (this.#isRecords[source] !== true) continue;
      this.#ends.set(keyOf(source, place.at(row).place.offset), [from.at(row), to.at(row)[0] ?? NONE]);
    }
  }
}

const keyOf = (source: number, offset: number): string => `${source} ${offset}`;
