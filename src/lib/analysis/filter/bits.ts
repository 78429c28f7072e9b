/**
 * Sets of row numbers as bitmaps: bit `row & 31` of word `row >>> 5`. A million rows take 125 kB, and AND, OR and
 * NOT over them take tens of microseconds, so every set of messages in the app has this one form.
 */

/** An empty set that can hold rows 0..rows-1. */
export function emptyBits(rows: number): Uint32Array {
  return new Uint32Array((rows + 31) >>> 5);
}

/** The set of all rows 0..rows-1; bits past the end are clear. */
export function allBits(rows: number): Uint32Array {
  const bits = emptyBits(rows).fill(0xffffffff);
  if ((rows & 31) !== 0) bits[bits.length - 1] = 0xffffffff >>> (32 - (rows & 31));
  return bits;
}

export function bitsOf(rows: number, members: Iterable<number>): Uint32Array {
  const bits = emptyBits(rows);
  for (const row of members) setBit(bits, row);
  return bits;
}

export function hasBit(bits: Uint32Array, row: number): boolean {
  return ((bits[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0;
}

export function setBit(bits: Uint32Array, row: number): void {
  bits[row >>> 5]! |= 1 << (row & 31);
}

/** `target` becomes target AND other; rows that `other` is too short to hold are dropped. */
export function andInto(target: Uint32Array, other: Uint32Array): Uint32Array {
  const shared = Math.min(target.length, other.length);
  for (let i = 0; i < shared; i++) target[i]! &= other[i]!;
  return target.fill(0, shared);
}

/** `target` becomes target OR other, which must not be longer. */
export function orInto(target: Uint32Array, other: Uint32Array): Uint32Array {
  for (let i = 0; i < other.length; i++) target[i]! |= other[i]!;
  return target;
}

/** `target` becomes target AND NOT other. */
export function andNotInto(target: Uint32Array, other: Uint32Array): Uint32Array {
  const shared = Math.min(target.length, other.length);
  for (let i = 0; i < shared; i++) target[i]! &= ~other[i]!;
  return target;
}

function countWord(word: number): number {
  // Bits in a word by parallel sums: Warren, Hacker's Delight, figure 5-2.
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function countBits(bits: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < bits.length; i++) sum += countWord(bits[i]!);
  return sum;
}

/** The members in ascending order. */
export function rowsOf(bits: Uint32Array): Uint32Array {
  const rows = new Uint32Array(countBits(bits));
  let at = 0;
  for (let i = 0; i < bits.length; i++) {
    let word = bits[i]!;
    while (word !== 0) {
      const low = word & -word;
      rows[at++] = i * 32 + (31 - Math.clz32(low));
      word ^= low;
    }
  }
  return rows;
}
