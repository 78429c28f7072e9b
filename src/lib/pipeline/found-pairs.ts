/** Pairs of people with what was found for each, and where a smaller record of the case stands. */
import type { EvidenceStore, OtherRecord } from '../evidence/store.ts';
import type { Provenance } from './contract.ts';

export class PairsFound<Found> {
  readonly #byPair = new Map<string, { readonly a: number; readonly b: number; readonly found: Found }>();
  readonly #begin: () => Found;

  constructor(begin: () => Found) {
    this.#begin = begin;
  }

  /** What is known of the two, whichever is named first. */
  at(one: number, other: number): Found {
    const [a, b] = one < other ? [one, other] : [other, one];
    const key = `${a} ${b}`;
    let pair = this.#byPair.get(key);
    if (pair === undefined) this.#byPair.set(key, (pair = { a, b, found: this.#begin() }));
    return pair.found;
  }

  /** The lower number first in each; in the order in which they were found. */
  all(): { readonly a: number; readonly b: number; readonly found: Found }[] {
    return [...this.#byPair.values()];
  }
}

export function recordProvenance(store: EvidenceStore, record: Exclude<OtherRecord, { kind: 'account' }>): Provenance {
  const file = store.sources[record.source];
  const { path, offset, unit } = record.place;
  return {
    sourceId: record.source,
    fileName: file?.name ?? '',
    sha256Hex: file?.sha256Hex ?? '',
    formatId: file?.formatId ?? '',
    formatVersion: file?.formatVersion ?? 0,
    path,
    offset,
    unit,
    itemId: record.itemId
  };
}
