/** Most files are small, and a drop may hold thousands of them. */
const FIRST_SLOTS = 1 << 8;

/**
 * A set of texts by 64-bit hash, eight bytes each: for telling copies among millions of items. Two different
 * texts share a hash with odds of n squared over 2^65 (a million texts: 3 in 10^8).
 */
export class HashSet64 {
  #low = new Int32Array(FIRST_SLOTS);
  #high = new Int32Array(FIRST_SLOTS);
  /** Row number of a text plus one; 0 is an empty slot. */
  #rows = new Int32Array(FIRST_SLOTS);
  #size = 0;
  #h1 = 0;
  #h2 = 0;

  get size(): number {
    return this.#size;
  }

  /** Row of the text in order of first sight; -1 where it was not seen. */
  find(text: string): number {
    this.#hash(text);
    return (this.#rows[this.#slot(this.#h1, this.#h2)] as number) - 1;
  }

  /** Adds a text given in parts, which are not joined for it; true if it is new. */
  add(first: string, second = '', third = ''): boolean {
    this.#start();
    this.#mixIn(first);
    this.#mixIn(second);
    this.#mixIn(third);
    this.#finish();
    return this.#insert(this.#size);
  }

  /** Adds the text under a row of the caller's choice; false (and nothing changed) where it is there already. */
  put(text: string, row: number): boolean {
    this.#hash(text);
    return this.#insert(row);
  }

  #insert(row: number): boolean {
    const slot = this.#slot(this.#h1, this.#h2);
    if (this.#rows[slot] !== 0) return false;
    this.#low[slot] = this.#h1;
    this.#high[slot] = this.#h2;
    this.#rows[slot] = row + 1;
    this.#size++;
    if (this.#size * 2 > this.#rows.length) this.#grow();
    return true;
  }

  #hash(text: string): void {
    this.#start();
    this.#mixIn(text);
    this.#finish();
  }

  #start(): void {
    this.#h1 = 0x811c9dc5 | 0;
    this.#h2 = 0x9e3779b9 | 0;
  }

  /** Two FNV-like lanes with different primes; the length keeps 'ab' + 'c' apart from 'a' + 'bc'. */
  #mixIn(text: string): void {
    let a = this.#h1 ^ text.length;
    let b = this.#h2 ^ Math.imul(text.length, 0xc2b2ae35);
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b ^ c, 0x85ebca6b) + (a >>> 15);
    }
    this.#h1 = Math.imul(a, 0x01000193);
    this.#h2 = Math.imul(b, 0x85ebca6b);
  }

  /** The finisher of MurmurHash3. */
  #finish(): void {
    this.#h1 = mix(this.#h1);
    this.#h2 = mix(this.#h2);
  }

  #slot(h1: number, h2: number): number {
    const mask = this.#rows.length - 1;
    let slot = (h1 ^ h2) & mask;
    while (this.#rows[slot] !== 0 && !(this.#low[slot] === h1 && this.#high[slot] === h2)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [low, high, rows] = [this.#low, this.#high, this.#rows];
    const length = rows.length * 2;
    this.#low = new Int32Array(length);
    this.#high = new Int32Array(length);
    this.#rows = new Int32Array(length);
    for (let i = 0; i < rows.length; i++) {
      if (rows[i] === 0) continue;
      const slot = this.#slot(low[i] as number, high[i] as number);
      this.#low[slot] = low[i] as number;
      this.#high[slot] = high[i] as number;
      this.#rows[slot] = rows[i] as number;
    }
  }
}

function mix(h: number): number {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
