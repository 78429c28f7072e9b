/** Distinct terms with dense numbers, by open addressing over typed arrays: no string is made for a known term. */
export class TermTable {
  count = 0;
  /** Units of term i: units[start[i] .. start[i + 1]). */
  units = new Uint16Array(1 << 14);
  start = new Uint32Array(1 << 11);
  #hashes = new Int32Array(1 << 11);
  #slots = new Int32Array(1 << 12).fill(-1);

  /** Number of the term units[at .. at + length) whose FNV-1a hash is `hash`; a new one is added. */
  number(units: Uint16Array, at: number, length: number, hash: number): number {
    // FNV's low bits are its weakest; the address takes high ones in.
    const mixed = hash ^ (hash >>> 15);
    const mask = this.#slots.length - 1;
    let slot = mixed & mask;
    for (;;) {
      const known = this.#slots[slot]!;
      if (known < 0) break;
      if (this.#hashes[known] === mixed && this.#equals(known, units, at, length)) return known;
      slot = (slot + 1) & mask;
    }
    return this.#insert(slot, units, at, length, mixed);
  }

  /** Term numbers in ascending order of their units. */
  sorted(): Uint32Array {
    const { units, start } = this;
    // The first three units as one exact number decide nearly every comparison.
    const heads = new Float64Array(this.count);
    for (let i = 0; i < this.count; i++) {
      const at = start[i]!;
      const length = start[i + 1]! - at;
      heads[i] =
        (units[at]! + 1) * 0x1_0000_0000 + (length > 1 ? units[at + 1]! + 1 : 0) * 0x1_0000 + (length > 2 ? units[at + 2]! : 0);
    }
    const order = new Uint32Array(this.count);
    for (let i = 0; i < order.length; i++) order[i] = i;
    return order.sort(
      (a, b) => heads[a]! - heads[b]! || compareUnits(units, start[a]!, start[a + 1]!, units, start[b]!, start[b + 1]!)
    );
  }

  #equals(term: number, units: Uint16Array, at: number, length: number): boolean {
    const start = this.start[term]!;
    if (this.start[term + 1]! - start !== length) return false;
    for (let k = 0; k < length; k++) if (this.units[start + k] !== units[at + k]) return false;
    return true;
  }

  #insert(slot: number, units: Uint16Array, at: number, length: number, mixed: number): number {
    const term = this.count++;
    this.#slots[slot] = term;
    if (term + 2 > this.start.length) {
      this.start = grown(this.start, new Uint32Array(this.start.length * 2));
      this.#hashes = grown(this.#hashes, new Int32Array(this.#hashes.length * 2));
    }
    const from = this.start[term]!;
    if (from + length > this.units.length) this.units = grown(this.units, new Uint16Array((from + length) * 2));
    for (let k = 0; k < length; k++) this.units[from + k] = units[at + k]!;
    this.start[term + 1] = from + length;
    this.#hashes[term] = mixed;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return term;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let term = 0; term < this.count; term++) {
      let slot = this.#hashes[term]! & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = term;
    }
    this.#slots = slots;
  }
}

function grown<A extends Uint16Array | Uint32Array | Int32Array>(old: A, next: A): A {
  next.set(old);
  return next;
}

/** Order by units, a shorter term before those that it begins. */
export function compareUnits(a: Uint16Array, aFrom: number, aTo: number, b: Uint16Array, bFrom: number, bTo: number): number {
  const shared = Math.min(aTo - aFrom, bTo - bFrom);
  for (let k = 0; k < shared; k++) {
    const difference = a[aFrom + k]! - b[bFrom + k]!;
    if (difference !== 0) return difference;
  }
  return aTo - aFrom - (bTo - bFrom);
}
