/** Units of a term that the radix sort looks at: with six few terms are left to be compared in full. */
const HEAD_UNITS = 6;

/**
 * Distinct terms with dense numbers, by open addressing over typed arrays: no string is made for a known term. A slot
 * is the term's hash and its number + 1 side by side, so that most look-ups touch one line of the cache.
 */
export class TermTable {
  count = 0;
  /** Units of term i: units[start[i] .. start[i + 1]). */
  units = new Uint16Array(1 << 14);
  start = new Uint32Array(1 << 11);
  #slots: Int32Array<ArrayBuffer>;

  /** @param expected terms that are likely to come: a table that need not grow is filled faster. */
  constructor(expected = 0) {
    let slots = 1 << 13;
    while (slots < expected * 4) slots *= 2;
    this.#slots = new Int32Array(slots);
  }

  /** Number of the term units[at .. at + length) whose FNV-1a hash is `hash`; a new one is added. */
  number(units: Uint16Array, at: number, length: number, hash: number): number {
    // FNV's low bits are its weakest; the address takes high ones in.
    const mixed = hash ^ (hash >>> 15);
    const slots = this.#slots;
    const mask = (slots.length >> 1) - 1;
    let slot = mixed & mask;
    for (;;) {
      const known = slots[slot * 2 + 1]! - 1;
      if (known < 0) return this.#insert(slot, units, at, length, mixed);
      if (slots[slot * 2] === mixed && this.#equals(known, units, at, length)) return known;
      slot = (slot + 1) & mask;
    }
  }

  /** Term numbers in ascending order of their units. */
  sorted(): Uint32Array {
    const { units, start, count } = this;
    let order = new Uint32Array(count);
    for (let term = 0; term < count; term++) order[term] = term;
    // A pass of a radix sort for each unit of the head; equal heads, which are few, are compared in full.
    let next = new Uint32Array(count);
    const digits = new Uint16Array(count);
    for (let unit = HEAD_UNITS - 1; unit >= 0; unit--) {
      const at = new Uint32Array(65537);
      for (let term = 0; term < count; term++) {
        const place = start[term]! + unit;
        // No unit of a term is 0, so that a term sorts before those that it begins.
        const digit = place < start[term + 1]! ? units[place]! : 0;
        digits[term] = digit;
        at[digit + 1]!++;
      }
      for (let digit = 0; digit < 65536; digit++) at[digit + 1]! += at[digit]!;
      for (const term of order) next[at[digits[term]!]!++] = term;
      [order, next] = [next, order];
    }
    const compare = (a: number, b: number): number =>
      compareUnits(units, start[a]!, start[a + 1]!, units, start[b]!, start[b + 1]!);
    for (let from = 0; from < count;) {
      let to = from + 1;
      while (to < count && this.#hasSameHead(order[from]!, order[to]!)) to++;
      if (to - from > 1) order.subarray(from, to).sort(compare);
      from = to;
    }
    return order;
  }

  #hasSameHead(a: number, b: number): boolean {
    const { units, start } = this;
    for (let unit = 0; unit < HEAD_UNITS; unit++) {
      const [atA, atB] = [start[a]! + unit, start[b]! + unit];
      const isEndA = atA >= start[a + 1]!;
      if (isEndA || atB >= start[b + 1]!) return isEndA && atB >= start[b + 1]!;
      if (units[atA] !== units[atB]) return false;
    }
    return true;
  }

  #equals(term: number, units: Uint16Array, at: number, length: number): boolean {
    const start = this.start[term]!;
    if (this.start[term + 1]! - start !== length) return false;
    for (let k = 0; k < length; k++) if (this.units[start + k] !== units[at + k]) return false;
    return true;
  }

  #insert(slot: number, units: Uint16Array, at: number, length: number, mixed: number): number {
    const term = this.count++;
    this.#slots[slot * 2] = mixed;
    this.#slots[slot * 2 + 1] = term + 1;
    if (term + 2 > this.start.length) this.start = grown(this.start, new Uint32Array(this.start.length * 2));
    const from = this.start[term]!;
    if (from + length > this.units.length) this.units = grown(this.units, new Uint16Array((from + length) * 2));
    for (let k = 0; k < length; k++) this.units[from + k] = units[at + k]!;
    this.start[term + 1] = from + length;
    // At most half of the slots are taken.
    if (this.count * 4 > this.#slots.length) this.#rehash();
    return term;
  }

  #rehash(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    const mask = (slots.length >> 1) - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      let slot = old[i]! & mask;
      while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      slots[slot * 2] = old[i]!;
      slots[slot * 2 + 1] = old[i + 1]!;
    }
    this.#slots = slots;
  }
}

function grown<A extends Uint16Array | Uint32Array>(old: A, next: A): A {
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
