/**
 * Seeded random numbers. Analysis never calls Math.random: the same evidence with the same seed must give the same
 * picture on every machine, so that an officer's screenshot can be made again in court.
 *
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, integer operations only, so every engine
 * agrees bit for bit.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    // Fold the seed's fraction and high bits in as well, so that 1 and 2**32 + 1 differ.
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 0x1_0000_0000) | 0;
    this.#c = 0x9e37_79b9 | 0;
    // The author's advice: twelve rounds until every bit of the seed has reached every bit of the state.
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** Uniform in 0..2^32-1. */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1), 32 bits fine. */
  next(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** Uniform integer in 0..bound-1; the bias of the remainder is below bound / 2^32. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** Standard normal by Box and Muller (1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Fisher-Yates in place. */
  shuffle<A extends Int32Array | Uint32Array>(values: A): A {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = values[i]!;
      values[i] = values[j]!;
      values[j] = kept;
    }
    return values;
  }

  /** `size` distinct integers of 0..bound-1 in ascending order (all of them when size >= bound). */
  sample(bound: number, size: number): Uint32Array {
    const all = new Uint32Array(bound);
    for (let i = 0; i < bound; i++) all[i] = i;
    if (size >= bound) return all;
    for (let i = 0; i < size; i++) {
      const j = i + this.below(bound - i);
      const kept = all[i]!;
      all[i] = all[j]!;
      all[j] = kept;
    }
    return all.slice(0, size).sort();
  }
}
