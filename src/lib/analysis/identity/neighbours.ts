/** Direct contacts as compressed rows, with first and last time of each tie. */
import type { Dyads } from './facts.ts';

export interface Neighbours {
  readonly offsets: Uint32Array;
  /** Of party p: ids[offsets[p] .. offsets[p + 1]), ascending. */
  readonly ids: Uint32Array;
  readonly count: Uint32Array;
  readonly firstMs: Float64Array;
  readonly lastMs: Float64Array;
  /** Earliest and latest time of each party over all its ties; NaN where none has a time. */
  readonly partyFirstMs: Float64Array;
  readonly partyLastMs: Float64Array;
}

export function neighboursOf(parties: number, dyads: Dyads): Neighbours {
  const pairs = dyads.a.length;
  const offsets = new Uint32Array(parties + 1);
  for (let i = 0; i < pairs; i++) {
    offsets[dyads.a[i]! + 1]!++;
    offsets[dyads.b[i]! + 1]!++;
  }
  for (let p = 0; p < parties; p++) offsets[p + 1]! += offsets[p]!;
  // By the other end first, so that each row is ascending.
  const order = Uint32Array.from({ length: 2 * pairs }, (_, i) => i);
  const other = (end: number): number => (end & 1 ? dyads.a : dyads.b)[end >>> 1]!;
  order.sort((x, y) => other(x) - other(y));
  const next = offsets.slice();
  const ids = new Uint32Array(2 * pairs);
  const count = new Uint32Array(2 * pairs);
  const firstMs = new Float64Array(2 * pairs);
  const lastMs = new Float64Array(2 * pairs);
  const partyFirstMs = new Float64Array(parties).fill(Number.NaN);
  const partyLastMs = new Float64Array(parties).fill(Number.NaN);
  for (const end of order) {
    const pair = end >>> 1;
    const party = (end & 1 ? dyads.b : dyads.a)[pair]!;
    const at = next[party]!++;
    ids[at] = other(end);
    count[at] = dyads.count[pair]!;
    firstMs[at] = dyads.firstMs[pair]!;
    lastMs[at] = dyads.lastMs[pair]!;
    if (!(partyFirstMs[party]! <= firstMs[at]!) && !Number.isNaN(firstMs[at]!)) partyFirstMs[party] = firstMs[at]!;
    if (!(partyLastMs[party]! >= lastMs[at]!) && !Number.isNaN(lastMs[at]!)) partyLastMs[party] = lastMs[at]!;
  }
  return { offsets, ids, count, firstMs, lastMs, partyFirstMs, partyLastMs };
}

/** Place of `other` in the row of `party`, or -1. */
export function tieAt({ offsets, ids }: Neighbours, party: number, other: number): number {
  let low = offsets[party]!;
  let high = offsets[party + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = ids[middle]!;
    if (found === other) return middle;
    if (found < other) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
