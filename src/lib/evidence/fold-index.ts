/**
 * Finds copies: an open-addressing table from a 32-bit hash to row numbers. A hash never decides: the caller
 * compares the candidate's fields, since folding two different messages would hide evidence.
 */
const EMPTY = 0xffff_ffff;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export class FoldIndex {
  #rows: Uint32Array;
  #hashes: Uint32Array;
  #mask: number;
  #count = 0;
  /** Where `first` and `next` stand. */
  #slot = 0;

  constructor(capacity = 1 << 12) {
    this.#rows = new Uint32Array(capacity).fill(EMPTY);
    this.#hashes = new Uint32Array(capacity);
    this.#mask = capacity - 1;
  }

  get sizeBytes(): number {
    return this.#rows.byteLength + this.#hashes.byteLength;
  }

  /** The first row under `hash` that `isSame` accepts, or -1. */
  find(hash: number, isSame: (row: number) => boolean): number {
    let row = this.first(hash);
    while (row >= 0 && !isSame(row)) row = this.next(hash);
    return row;
  }

  /** The first row under `hash`, or -1; `next` gives the further ones. For millions of calls: makes no closure. */
  first(hash: number): number {
    this.#slot = hash & this.#mask;
    return this.#at(hash);
  }

  /** The next row under the hash that `first` was asked for, or -1. */
  next(hash: number): number {
    this.#slot = (this.#slot + 1) & this.#mask;
    return this.#at(hash);
  }

  #at(hash: number): number {
    for (let row; (row = this.#rows[this.#slot] as number) !== EMPTY; this.#slot = (this.#slot + 1) & this.#mask) {
      if (this.#hashes[this.#slot] === hash) return row;
    }
    return -1;
  }

  add(hash: number, row: number): void {
    if ((this.#count + 1) * 2 > this.#rows.length) this.#grow();
    this.#put(hash, row);
    this.#count++;
  }

  /** Forgets rows from `length` on: for taking an import back, so a rebuild is fine. */
  truncate(length: number): void {
    const rows = this.#rows;
    const hashes = this.#hashes;
    this.#rows = new Uint32Array(rows.length).fill(EMPTY);
    this.#hashes = new Uint32Array(rows.length);
    this.#count = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      if (row === EMPTY || row >= length) continue;
      this.#put(hashes[i] as number, row);
      this.#count++;
    }
  }

  #put(hash: number, row: number): void {
    let slot = hash & this.#mask;
    while (this.#rows[slot] !== EMPTY) slot = (slot + 1) & this.#mask;
    this.#rows[slot] = row;
    this.#hashes[slot] = hash;
  }

  #grow(): void {
    const rows = this.#rows;
    const hashes = this.#hashes;
    this.#rows = new Uint32Array(rows.length * 2).fill(EMPTY);
    this.#hashes = new Uint32Array(rows.length * 2);
    this.#mask = this.#rows.length - 1;
    for (let i = 0; i < rows.length; i++) if (rows[i] !== EMPTY) this.#put(hashes[i] as number, rows[i] as number);
  }
}

/** 32-bit hash of a text's UTF-16 units (FNV-1a with a final mix by Murmur3's constants), unsigned. */
export function hashText(text: string, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** `hashText` of a text that stands in UTF-8. */
export function hashUtf8(bytes: Uint8Array, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte >= 128) return hashText(utf8.decode(bytes), seed);
    h = Math.imul(h ^ byte, 0x01000193);
  }
  return mix(h);
}

/** Spreads an integer over 32 bits, unsigned. */
export function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
