/**
 * [Note: One pass]
 * A filter is evaluated and all its facets are counted in one pass over the columns. A facet's own choice must not
 * hide its other values (else one could never add a second person), so a row counts for facet d when it meets
 * everything but d's own choice. Each row therefore needs only the number of choices that it fails: none, and it is
 * in the set and counts everywhere; exactly one, and it counts for that facet alone.
 */
import { emptyBits, hasBit, setBit } from './bits.ts';

/** One dimension that can be chosen from: a small number a row, below `size`. */
export interface Dimension {
  readonly values: Uint8Array | Uint16Array | Uint32Array;
  readonly size: number;
  /** 1 for chosen values; null when nothing is chosen. */
  readonly chosen: Uint8Array | null;
  /** 1 for excluded values; null when none is. */
  readonly excluded: Uint8Array | null;
}

export interface FilterColumns {
  readonly rows: number;
  readonly dimensions: readonly Dimension[];
  /** Bit flags a row; counted bit by bit. */
  readonly flags: { readonly values: Uint16Array; readonly anyOf: number; readonly noneOf: number };
  /** Milliseconds; NaN where unknown. */
  readonly utcMs: Float64Array;
  /** From inclusive, to exclusive; null leaves that end open. Rows without a time meet no bounded time. */
  readonly time: { readonly fromMs: number | null; readonly toMs: number | null } | null;
  /** Rows must be in all of these sets and in none of `outside`. */
  readonly inside: readonly Uint32Array[];
  readonly outside: readonly Uint32Array[];
  /** Equal buckets for the time brush, which ignores the time choice as a facet does. */
  readonly buckets: { readonly fromMs: number; readonly widthMs: number; readonly count: number };
}

export interface Filtered {
  readonly bits: Uint32Array;
  readonly total: number;
  /** For each dimension the count of each value. */
  readonly counts: readonly Uint32Array[];
  /** Rows with flag bit b set. */
  readonly flagCounts: Uint32Array;
  readonly histogram: Uint32Array;
  /** Rows that meet everything but the time choice and have no time. */
  readonly untimed: number;
}

const FLAG_BITS = 16;

export function evaluate(columns: FilterColumns): Filtered {
  const { rows, dimensions, flags, utcMs, time, inside, outside, buckets } = columns;
  const bits = emptyBits(rows);
  const counts = dimensions.map(({ size }) => new Uint32Array(size));
  const flagCounts = new Uint32Array(FLAG_BITS);
  const histogram = new Uint32Array(buckets.count);
  const n = dimensions.length;
  const values = dimensions.map((dimension) => dimension.values);
  // Only dimensions with a choice are looked at in the test; all of them in the count.
  const choices: { at: number; values: Dimension['values']; chosen: Uint8Array }[] = [];
  const bans: { values: Dimension['values']; excluded: Uint8Array }[] = [];
  dimensions.forEach((dimension, at) => {
    if (dimension.chosen !== null) choices.push({ at, values: dimension.values, chosen: dimension.chosen });
    if (dimension.excluded !== null) bans.push({ values: dimension.values, excluded: dimension.excluded });
  });
  const flagValues = flags.values;
  const { anyOf, noneOf } = flags;
  const fromMs = time?.fromMs ?? Number.NEGATIVE_INFINITY;
  const toMs = time?.toMs ?? Number.POSITIVE_INFINITY;
  const isTimed = time !== null && (time.fromMs !== null || time.toMs !== null);
  const TIME = n;
  const FLAGS = n + 1;
  let total = 0;
  let untimed = 0;
  rows: for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inside.length; i++) if (!hasBit(inside[i]!, row)) continue rows;
    for (let i = 0; i < outside.length; i++) if (hasBit(outside[i]!, row)) continue rows;
    for (let i = 0; i < bans.length; i++) if (bans[i]!.excluded[bans[i]!.values[row]!] === 1) continue rows;
    const flag = flagValues[row]!;
    if ((flag & noneOf) !== 0) continue;
    let failed = -1;
    if (anyOf !== 0 && (flag & anyOf) === 0) failed = FLAGS;
    const ms = utcMs[row]!;
    if (isTimed && !(ms >= fromMs && ms < toMs)) {
      if (failed >= 0) continue;
      failed = TIME;
    }
    for (let i = 0; i < choices.length; i++) {
      const choice = choices[i]!;
      if (choice.chosen[choice.values[row]!] === 1) continue;
      if (failed >= 0) continue rows;
      failed = choice.at;
    }
    if (failed >= 0 && failed < TIME) {
      counts[failed]![values[failed]![row]!]!++;
      continue;
    }
    if (failed < 0 || failed === TIME) {
      if (Number.isNaN(ms)) untimed++;
      else {
        const bucket = Math.floor((ms - buckets.fromMs) / buckets.widthMs);
        if (bucket >= 0 && bucket < buckets.count) histogram[bucket]!++;
      }
      if (failed === TIME) continue;
    }
    for (let rest = flag; rest !== 0; rest &= rest - 1) flagCounts[31 - Math.clz32(rest & -rest)]!++;
    if (failed === FLAGS) continue;
    for (let d = 0; d < n; d++) counts[d]![values[d]![row]!]!++;
    setBit(bits, row);
    total++;
  }
  return { bits, total, counts, flagCounts, histogram, untimed };
}

/**
 * The greatest values of a dimension with a count above 0: value numbers, most rows first, ties by number. What
 * `always` marks stays in sight even where it is not among the greatest, or at nought.
 */
export function topValues(counts: Uint32Array, limit: number, always: Uint8Array | null = null): Uint32Array {
  const isBefore = (a: number, b: number): boolean => counts[a]! > counts[b]! || (counts[a] === counts[b] && a < b);
  // A heap with the least of the best on top: a case may have a hundred thousand parties and shows fifty.
  const heap: number[] = [];
  const sink = (from: number): void => {
    let at = from;
    for (let child = at * 2 + 1; child < heap.length; child = at * 2 + 1) {
      const next = child + 1 < heap.length && isBefore(heap[child]!, heap[child + 1]!) ? child + 1 : child;
      if (!isBefore(heap[at]!, heap[next]!)) return;
      [heap[at], heap[next]] = [heap[next]!, heap[at]!];
      at = next;
    }
  };
  for (let value = 0; value < counts.length; value++) {
    if (counts[value] === 0 || limit === 0) continue;
    if (heap.length < limit) {
      heap.push(value);
      if (heap.length === limit) for (let i = limit >> 1; i >= 0; i--) sink(i);
    } else if (isBefore(value, heap[0]!)) {
      heap[0] = value;
      sink(0);
    }
  }
  const byCount = (a: number, b: number): number => counts[b]! - counts[a]! || a - b;
  const top = new Set(heap.sort(byCount));
  const kept: number[] = [];
  if (always !== null)
    for (let value = 0; value < counts.length; value++) if (always[value] === 1 && !top.has(value)) kept.push(value);
  return Uint32Array.from([...heap, ...kept.sort(byCount)]);
}
