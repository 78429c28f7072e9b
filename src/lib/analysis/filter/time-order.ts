/** Rows in order of time, found once for a case: windows of a filtered set are cut from it. */

import { countBits } from './bits.ts';

const DIGIT_BITS = 16;
const DIGIT_MASK = 0xffff;
const HALF = 0x1_0000_0000;

/**
 * Row numbers by time, ties by row; rows without a time come last, in row order. Times are whole milliseconds.
 * Least significant digit radix sort on the milliseconds since the earliest, sixteen bits a pass: a year takes three.
 */
export function timeOrder(utcMs: Float64Array): Uint32Array {
  const rows = utcMs.length;
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let timed = 0;
  let isSorted = true;
  for (let row = 0; row < rows; row++) {
    const ms = utcMs[row]!;
    if (Number.isNaN(ms)) continue;
    if (ms < greatest) isSorted = false;
    else greatest = ms;
    if (ms < least) least = ms;
    timed++;
  }
  const low = new Uint32Array(rows);
  const high = new Uint32Array(rows);
  const order = new Uint32Array(rows);
  let at = 0;
  let last = timed;
  for (let row = 0; row < rows; row++) {
    const ms = utcMs[row]!;
    if (Number.isNaN(ms)) order[last++] = row;
    else {
      const since = ms - least;
      high[row] = Math.floor(since / HALF);
      low[row] = since - high[row]! * HALF;
      order[at++] = row;
    }
  }
  if (isSorted) return order;
  const span = greatest - least;
  let from = order.subarray(0, timed);
  let to = new Uint32Array(timed);
  for (let digit = 0; span >= 2 ** (digit * DIGIT_BITS); digit++) {
    sortByDigit(from, to, digit < 2 ? low : high, (digit & 1) * DIGIT_BITS);
    [from, to] = [to, from];
  }
  order.set(from);
  return order;
}

/** The rows of a set, in the order of `order`. */
export function rowsInOrder(order: Uint32Array, bits: Uint32Array): Uint32Array {
  const rows = new Uint32Array(countBits(bits));
  let at = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    // Written at every step and kept only where the row is in the set: no branch to guess wrong.
    rows[at] = row;
    at += (bits[row >>> 5]! >>> (row & 31)) & 1;
  }
  return rows;
}

/** One stable pass: `to` gets the rows of `from` by sixteen bits of their keys. */
function sortByDigit(from: Uint32Array, to: Uint32Array, keys: Uint32Array, shift: number): void {
  const start = new Uint32Array(DIGIT_MASK + 2);
  const rows = from.length;
  // Loops by number: this runs once, at the opening of a case, before an iterator would be compiled away.
  for (let i = 0; i < rows; i++) start[((keys[from[i]!]! >>> shift) & DIGIT_MASK) + 1]!++;
  for (let d = 0; d <= DIGIT_MASK; d++) start[d + 1]! += start[d]!;
  for (let i = 0; i < rows; i++) {
    const row = from[i]!;
    to[start[(keys[row]! >>> shift) & DIGIT_MASK]!++] = row;
  }
}
