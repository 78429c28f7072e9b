/** What a facet shows: its greatest counts, and the buckets of its time line. */
import type { HistogramSpan } from './filter.ts';

/**
 * The `n` values with the greatest counts, greatest first, equal ones by value; values without a row are left out
 * unless `always` names them, so that a chosen value is seen even at nought.
 */
export function topValues(
  counts: Uint32Array,
  n: number,
  always: readonly number[] = []
): { readonly value: number; readonly count: number }[] {
  // A heap of the n best keeps this linear for the tens of thousands of parties of a large case.
  const heap: number[] = [];
  const isWorse = (a: number, b: number): boolean => counts[a]! < counts[b]! || (counts[a] === counts[b] && a > b);
  const sink = (from: number): void => {
    for (let at = from; ;) {
      const child = at * 2 + 1;
      if (child >= heap.length) return;
      const worst = child + 1 < heap.length && isWorse(heap[child + 1]!, heap[child]!) ? child + 1 : child;
      if (!isWorse(heap[worst]!, heap[at]!)) return;
      [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
      at = worst;
    }
  };
  for (let value = 0; value < counts.length; value++) {
    if (counts[value] === 0) continue;
    if (heap.length < n) {
      heap.push(value);
      if (heap.length === n) for (let i = n >> 1; i >= 0; i--) sink(i);
    } else if (n > 0 && isWorse(heap[0]!, value)) {
      heap[0] = value;
      sink(0);
    }
  }
  const shown = new Set(heap);
  for (const value of always) if (value < counts.length) shown.add(value);
  return [...shown].sort((a, b) => counts[b]! - counts[a]! || a - b).map((value) => ({ value, count: counts[value]! }));
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Widths that people read: to the hour below a day, whole days and weeks above. */
const BUCKETS_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
  14 * DAY_MS,
  28 * DAY_MS,
  56 * DAY_MS,
  91 * DAY_MS,
  182 * DAY_MS,
  364 * DAY_MS
];
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const MONDAY_MS = 4 * DAY_MS;

/**
 * Buckets that cover all times: the narrowest readable width that needs at most `most` of them, begun at a multiple
 * of that width (UTC; weeks on Monday). No buckets where no row has a time. A single absurd time (a phone that says
 * 2099) widens the buckets rather than being left out.
 */
export function histogramSpan(utcMs: Float64Array, most = 240): HistogramSpan {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const time of utcMs) {
    if (time < least) least = time;
    if (time > greatest) greatest = time;
  }
  if (least > greatest) return { fromMs: 0, bucketMs: DAY_MS, buckets: 0 };
  const widest = BUCKETS_MS[BUCKETS_MS.length - 1] as number;
  const spanOf = (bucketMs: number): HistogramSpan => {
    const origin = bucketMs >= 7 * DAY_MS ? MONDAY_MS : 0;
    const fromMs = Math.floor((least - origin) / bucketMs) * bucketMs + origin;
    return { fromMs, bucketMs, buckets: Math.floor((greatest - fromMs) / bucketMs) + 1 };
  };
  for (const bucketMs of BUCKETS_MS) {
    const span = spanOf(bucketMs);
    if (span.buckets <= most) return span;
  }
  return spanOf(widest * Math.ceil(spanOf(widest).buckets / Math.max(1, most - 1)));
}
