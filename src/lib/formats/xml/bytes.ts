/** Short byte strings to text, once each. */

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8 without mercy for shape: bytes that are none become U+FFFD. */
export function utf8Text(bytes: Uint8Array, start: number, end: number): string {
  return start === end ? '' : utf8.decode(bytes.subarray(start, end));
}

/** True where the bytes are the ASCII text. */
export function sameAscii(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  const length = end - start;
  if (length !== text.length) return false;
  for (let i = 0; i < length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

function sameBytes(bytes: Uint8Array, start: number, other: Uint8Array): boolean {
  for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false;
  return true;
}

/**
 * Numbers equal byte strings and keeps their text, so that a name that comes a million times is decoded
 * once. Holds at most `most` strings; later ones are decoded and not kept (number -1).
 */
export class ByteInterner {
  readonly #most: number;
  #slots = new Int32Array(1024).fill(-1);
  readonly #bytes: Uint8Array[] = [];
  readonly #hashes: number[] = [];
  readonly #texts: string[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** The number of these bytes: 0 and up in order of first sight, -1 where the table is full. */
  number(bytes: Uint8Array, start: number, end: number): number {
    let hash = end - start;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const at = this.#slots[slot] as number;
      if (at < 0) break;
      const held = this.#bytes[at] as Uint8Array;
      if (this.#hashes[at] === hash && held.length === end - start && sameBytes(bytes, start, held)) return at;
      slot = (slot + 1) & mask;
    }
    if (this.#bytes.length >= this.#most) return -1;
    const at = this.#bytes.length;
    this.#bytes.push(bytes.slice(start, end));
    this.#hashes.push(hash);
    this.#texts.push(utf8Text(bytes, start, end));
    this.#slots[slot] = at;
    if (this.#bytes.length * 2 > this.#slots.length) this.#grow();
    return at;
  }

  /** The text of these bytes. */
  text(bytes: Uint8Array, start: number, end: number): string {
    const at = this.number(bytes, start, end);
    return at < 0 ? utf8Text(bytes, start, end) : (this.#texts[at] as string);
  }

  textOf(number: number): string {
    return this.#texts[number] as string;
  }

  bytesOf(number: number): Uint8Array {
    return this.#bytes[number] as Uint8Array;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let at = 0; at < this.#hashes.length; at++) {
      const hash = this.#hashes[at] as number;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = at;
    }
    this.#slots = slots;
  }
}
