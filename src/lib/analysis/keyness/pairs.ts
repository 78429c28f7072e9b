/**
 * Counts of word pairs that stand side by side, by message. Most pairs of a case stand in one message only; a sketch
 * of how often each hash was seen keeps those out of the table, so that a million messages need tens of megabytes.
 */
import { hasBit } from '../filter/bits.ts';
import type { Pace } from '../pace.ts';
import type { TokenRows } from './token-rows.ts';

/** Buckets of the sketch, a byte each: about as many as a case has pairs, within these bounds. */
const LEAST_BUCKETS = 1 << 12;
const MOST_BUCKETS = 1 << 23;
/** Rows between two looks at the clock. */
const STRIDE = 4096;

/** Pairs by number 0, 1, 2 ...; words are numbers of TokenRows. */
export class PairTable {
  count = 0;
  first = new Uint32Array(1 << 12);
  second = new Uint32Array(1 << 12);
  inside = new Uint32Array(1 << 12);
  outside = new Uint32Array(1 << 12);
  /** Row that counted last, + 1: a message counts once. */
  #last = new Uint32Array(1 << 12);
  #slots = new Int32Array(1 << 13).fill(-1);

  /** Number of a pair, or -1. */
  find(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = mix(first, second) & mask; ; slot = (slot + 1) & mask) {
      const pair = this.#slots[slot]!;
      if (pair < 0 || (this.first[pair] === first && this.second[pair] === second)) return pair;
    }
  }

  addInside(first: number, second: number, row: number): void {
    let pair = this.find(first, second);
    if (pair < 0) pair = this.#insert(first, second);
    if (this.#last[pair] === row + 1) return;
    this.#last[pair] = row + 1;
    this.inside[pair]!++;
  }

  /** Counts a pair of the rest, where the set has it at all. */
  addOutside(first: number, second: number, row: number): void {
    const pair = this.find(first, second);
    if (pair < 0 || this.#last[pair] === row + 1) return;
    this.#last[pair] = row + 1;
    this.outside[pair]!++;
  }

  #insert(first: number, second: number): number {
    if (this.count === this.first.length) this.#grow();
    const pair = this.count++;
    this.first[pair] = first;
    this.second[pair] = second;
    this.#place(pair);
    return pair;
  }

  #place(pair: number): void {
    const mask = this.#slots.length - 1;
    let slot = mix(this.first[pair]!, this.second[pair]!) & mask;
    while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = pair;
  }

  #grow(): void {
    const size = this.first.length * 2;
    const grown = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const next = new Uint32Array(size);
      next.set(old);
      return next;
    };
    this.first = grown(this.first);
    this.second = grown(this.second);
    this.inside = grown(this.inside);
    this.outside = grown(this.outside);
    this.#last = grown(this.#last);
    // At most half of the slots are taken.
    this.#slots = new Int32Array(size * 2).fill(-1);
    for (let pair = 0; pair < this.count; pair++) this.#place(pair);
  }
}

/** Two rounds of Murmur3's finaliser: neighbours among word numbers must not be neighbours among slots. */
function mix(first: number, second: number): number {
  let h = Math.imul(first, 0x9e37_79b1) ^ second;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Counts the pairs that at least `least` messages of the set may hold.
 * @param set messages of the set, as bits
 */
export async function countPairs(rows: TokenRows, set: Uint32Array, least: number, pace: Pace): Promise<PairTable> {
  const { messages, starts, words } = rows;
  const table = new PairTable();
  let buckets = LEAST_BUCKETS;
  while (buckets < words.length && buckets < MOST_BUCKETS) buckets *= 2;
  const seen = new Uint8Array(buckets);
  const bound = Math.min(least, 255);
  const passes = [
    (first: number, second: number): void => {
      const bucket = mix(first, second) & (buckets - 1);
      if (seen[bucket]! < 255) seen[bucket]!++;
    },
    (first: number, second: number, row: number): void => {
      if (seen[mix(first, second) & (buckets - 1)]! >= bound) table.addInside(first, second, row);
    },
    (first: number, second: number, row: number): void => table.addOutside(first, second, row)
  ];
  for (const [p, pass] of passes.entries()) {
    const wantsInside = p < 2;
    for (let row = 0; row < messages.length; row++) {
      if (row % STRIDE === 0 && pace.due()) await pace.breathe(0.5 + (0.4 * (p + row / messages.length)) / passes.length);
      if (hasBit(set, messages[row]!) !== wantsInside) continue;
      let before = 0;
      for (let at = starts[row]!; at < starts[row + 1]!; at++) {
        const word = words[at]!;
        if (before !== 0 && word !== 0) pass(before, word, row);
        before = word;
      }
    }
  }
  return table;
}
