/** Orders of rows as permutations, and the rows of a set in such an order. */
import { hasBit } from './bits.ts';

/**
 * Rows by time, equal times by row number, rows without a time last. Kept across imports: `extend` sorts the new
 * rows alone and merges them in.
 */
export class TimeOrder {
  #rows: Uint32Array = new Uint32Array();

  /** The permutation: the row at each place. */
  get rows(): Uint32Array {
    return this.#rows;
  }

  /** Takes in the rows from the known length on. A shorter column than before starts anew. */
  extend(utcMs: Float64Array): void {
    const known = this.#rows.length <= utcMs.length ? this.#rows : new Uint32Array();
    const fresh = sortedByTime(utcMs, known.length);
    const merged = new Uint32Array(utcMs.length);
    let i = 0;
    let j = 0;
    for (let at = 0; at < merged.length; at++) {
      const isOld = j === fresh.length || (i < known.length && !isLater(utcMs[known[i]!]!, utcMs[fresh[j]!]!));
      merged[at] = isOld ? known[i++]! : fresh[j++]!;
    }
    this.#rows = merged;
  }
}

/** Whether time `a` comes after `b`; no time comes after every time. */
const isLater = (a: number, b: number): boolean => a > b || (Number.isNaN(a) && !Number.isNaN(b));

const DIGIT_BITS = 16;
const DIGITS = 4;

/**
 * Rows from `from` on by time: a radix sort over the bits of the doubles, which is stable and needs no comparisons.
 * Turned so that all negative numbers come before all positive ones, doubles order as unsigned 64-bit integers.
 */
function sortedByTime(utcMs: Float64Array, from: number): Uint32Array {
  const count = utcMs.length - from;
  let rows = new Uint32Array(count);
  for (let i = 0; i < count; i++) rows[i] = from + i;
  if (isSorted(utcMs, from)) return rows;
  const halves = new Uint32Array(count * 2);
  const double = new Float64Array(1);
  const bits = new Uint32Array(double.buffer);
  // Little-endian is certain: every browser and Node runs so, and typed arrays would show the difference.
  for (let i = 0; i < count; i++) {
    const time = utcMs[from + i]!;
    // -0 and 0 are one time.
    double[0] = Number.isNaN(time) ? Number.POSITIVE_INFINITY : time + 0;
    const isNegative = (bits[1]! & 0x80000000) !== 0;
    halves[i * 2] = isNegative ? ~bits[0]! : bits[0]!;
    halves[i * 2 + 1] = isNegative ? ~bits[1]! : bits[1]! | 0x80000000;
  }
  let next = new Uint32Array(count);
  const counts = new Uint32Array(1 << DIGIT_BITS);
  for (let digit = 0; digit < DIGITS; digit++) {
    const half = digit >> 1;
    const shift = (digit & 1) * DIGIT_BITS;
    counts.fill(0);
    for (let i = 0; i < count; i++) counts[(halves[i * 2 + half]! >>> shift) & 0xffff]!++;
    let sum = 0;
    for (let value = 0; value < counts.length; value++) {
      const n = counts[value]!;
      counts[value] = sum;
      sum += n;
    }
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      next[counts[(halves[(row - from) * 2 + half]! >>> shift) & 0xffff]!++] = row;
    }
    [rows, next] = [next, rows];
  }
  return rows;
}

function isSorted(utcMs: Float64Array, from: number): boolean {
  for (let row = from + 1; row < utcMs.length; row++) if (isLater(utcMs[row - 1]!, utcMs[row]!)) return false;
  return true;
}

/** The members of a set in the order of `order`, or from its end. `total` is the set's size. */
export function setInOrder(bits: Uint32Array, total: number, order: Uint32Array, isReversed = false): Uint32Array {
  const rows = new Uint32Array(total);
  let at = 0;
  for (let i = 0; i < order.length && at < total; i++) {
    const row = order[isReversed ? order.length - 1 - i : i]!;
    if (hasBit(bits, row)) rows[at++] = row;
  }
  return rows.subarray(0, at);
}
