/**
 * Seeded randomness for the sample case.
 *
 * Every decision draws from a stream named by strings (seed, thread, purpose), so that one
 * decision never shifts another: changing the words of a thread cannot change who writes when.
 * That is what lets the fairness test swap names and languages and compare structure.
 */

/** 32-bit FNV-1a over the UTF-16 units of the joined parts. */
export function hashOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = String(part);
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    }
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash >>> 0;
}

/** A deterministic stream of numbers (mulberry32). */
export class Stream {
  #state: number;

  constructor(...name: readonly (string | number)[]) {
    this.#state = hashOf(...name);
  }

  /** Next number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** True with probability p. */
  chance(p: number): boolean {
    return this.next() < p;
  }

  /** Integer in [low, high], both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)];
    if (item === undefined) throw new Error('pick from an empty list');
    return item;
  }

  /** One key of [key, weight] pairs, in proportion to the weights. */
  weighted<T>(pairs: readonly (readonly [T, number])[]): T {
    let total = 0;
    for (const [, weight] of pairs) total += weight;
    let left = this.next() * total;
    for (const [key, weight] of pairs) {
      left -= weight;
      if (left < 0) return key;
    }
    const last = pairs[pairs.length - 1];
    if (last === undefined) throw new Error('weighted choice from an empty list');
    return last[0];
  }

  /** Hexadecimal digits, upper case. */
  hex(length: number): string {
    let out = '';
    while (out.length < length) {
      out += Math.floor(this.next() * 0x10000)
        .toString(16)
        .padStart(4, '0');
    }
    return out.slice(0, length).toUpperCase();
  }
}

const HEX = Array.from({ length: 65536 }, (_, i) => i.toString(16).padStart(4, '0'));

/** A UUID-shaped id from a running number: unique within a report, cheap at a million items. */
export function uuidOf(seed: number, serial: number): string {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(serial + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  const hi = (h >>> 16) & 0xffff;
  const lo = h & 0xffff;
  const s0 = (serial >>> 16) & 0xffff;
  const s1 = serial & 0xffff;
  return `${HEX[hi]}${HEX[lo]}-${HEX[s0 ^ 0x5a5a]}-4${(HEX[hi ^ lo] ?? '').slice(1)}-a${(HEX[lo] ?? '').slice(1)}-${HEX[s1]}${HEX[hi ^ 0x3c3c]}${HEX[s0]}`;
}
