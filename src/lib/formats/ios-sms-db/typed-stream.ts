/**
 * The text of an NSAttributedString as NSArchiver packs it ("streamtyped"), where iOS has kept the words of messages
 * since iOS 16. Only the way to the text is followed; what comes behind it (fonts, links, mentions) is not unpacked.
 *
 * A stream is a row of values behind texts that name their types. A byte 0x84 begins something new, 0x85 is nothing,
 * and 0x92 and above name again what came before: texts and objects are counted apart, classes with the objects.
 */

const START = [4, 11, 0x73, 0x74, 0x72, 0x65, 0x61, 0x6d, 0x74, 0x79, 0x70, 0x65, 0x64] as const;
const NEW = 0x84;
const NOTHING = 0x85;
const END = 0x86;
const FIRST_REFERENCE = 0x92;
const MOST_CLASSES = 64;

class StreamFault extends Error {}

/** A text with a length that leads beyond the stream is taken up to the mark that ends an object. */
export interface PackedText {
  readonly text: string;
  /** True where the length was wrong. */
  readonly isDamaged: boolean;
}

/** @returns null where the bytes are no such stream. */
export function attributedText(bytes: Uint8Array): PackedText | null {
  if (!START.every((byte, i) => bytes[i] === byte)) return null;
  try {
    return new TypedStream(bytes).text();
  } catch (error) {
    if (error instanceof StreamFault) return null;
    throw error;
  }
}

class TypedStream {
  readonly #bytes: Uint8Array;
  #at: number = START.length;
  readonly #types: string[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  text(): PackedText {
    // The version of the system that wrote it.
    this.#number();
    this.#object();
    // The attributed string begins with its string; a plain string stands by itself.
    const type = this.#type();
    if (type === '@') {
      this.#object();
      if (this.#type() !== '+') throw new StreamFault();
    } else if (type !== '+') throw new StreamFault();
    const from = this.#at;
    const length = this.#number();
    if (this.#at + length <= this.#bytes.length) {
      this.#at = from;
      return { text: this.#words(), isDamaged: false };
    }
    const end = this.#bytes.findIndex((byte, at) => at >= this.#at && byte === END && this.#bytes[at + 1] === NEW);
    if (end < 0) throw new StreamFault();
    return { text: decoded(this.#bytes.subarray(this.#at, end)), isDamaged: true };
  }

  /** Begins an object: the type that announces it where none was read yet, then its class. */
  #object(): void {
    if (this.#types.length === 0 && this.#type() !== '@') throw new StreamFault();
    if (this.#byte() !== NEW) throw new StreamFault();
    this.#classes();
  }

  #classes(): void {
    for (let depth = 0; depth < MOST_CLASSES; depth++) {
      const tag = this.#byte();
      if (tag === NOTHING || tag >= FIRST_REFERENCE) return;
      if (tag !== NEW) throw new StreamFault();
      this.#type();
      this.#number();
    }
    throw new StreamFault();
  }

  #type(): string {
    const tag = this.#byte();
    if (tag >= FIRST_REFERENCE) {
      const held = this.#types[tag - FIRST_REFERENCE];
      if (held === undefined) throw new StreamFault();
      return held;
    }
    if (tag !== NEW) throw new StreamFault();
    const type = this.#words();
    this.#types.push(type);
    return type;
  }

  #words(): string {
    const length = this.#number();
    if (length < 0 || this.#at + length > this.#bytes.length) throw new StreamFault();
    const words = decoded(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return words;
  }

  /** One byte, or two or four behind 0x81 and 0x82, little end first. */
  #number(): number {
    const byte = this.#byte();
    const size = byte === 0x81 ? 2 : byte === 0x82 ? 4 : 0;
    if (size === 0) return byte;
    let value = 0;
    for (let i = 0; i < size; i++) value += this.#byte() * 256 ** i;
    return value;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new StreamFault();
    return byte;
  }
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
