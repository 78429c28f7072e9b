/** Rows in order of time, found once for a case: windows of a filtered set are cut from it. */

/**
 * Row numbers by time, ties by row; rows without a time come last, in row order.
 * Least significant digit radix sort on the times as 48-bit whole milliseconds: 1M rows take some tens of ms, a
 * comparator over a second.
 */
export function timeOrder(utcMs: Float64Array): Uint32Array {
  const rows = utcMs.length;
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let timed = 0;
  for (const ms of utcMs) {
    if (Number.isNaN(ms)) continue;
    timed++;
    if (ms < least) least = ms;
    if (ms > greatest) greatest = ms;
  }
  const keys = new Float64Array(rows);
  let order = new Uint32Array(rows);
  let next = new Uint32Array(rows);
  let at = 0;
  let last = timed;
  for (let row = 0; row < rows; row++) {
    if (Number.isNaN(utcMs[row]!)) order[last++] = row;
    else {
      keys[row] = Math.floor(utcMs[row]! - least);
      order[at++] = row;
    }
  }
  const span = timed === 0 ? 0 : greatest - least;
  const count = new Uint32Array(1 << DIGIT_BITS);
  for (let scale = 1; scale <= span; scale *= 1 << DIGIT_BITS) {
    count.fill(0);
    for (let i = 0; i < timed; i++) count[digit(keys[order[i]!]!, scale)]!++;
    let sum = 0;
    for (let d = 0; d < count.length; d++) {
      const here = count[d]!;
      count[d] = sum;
      sum += here;
    }
    for (let i = 0; i < timed; i++) {
      const row = order[i]!;
      next[count[digit(keys[row]!, scale)]!++] = row;
    }
    next.set(order.subarray(timed), timed);
    [order, next] = [next, order];
  }
  return order;
}

const DIGIT_BITS = 16;
const digit = (key: number, scale: number): number => Math.floor(key / scale) % (1 << DIGIT_BITS);
