/**
 * Binary property lists, as far as messages use them: https://opensource.apple.com/source/CF/ (CFBinaryPList.c).
 * Small and hostile: values are counted, depth is capped, and a ring of references ends at the cap.
 */

export type PropertyValue =
  null | boolean | number | string | Uint8Array | readonly PropertyValue[] | ReadonlyMap<string, PropertyValue>;

const MOST_DEPTH = 24;
const MOST_VALUES = 20_000;

class ListFault extends Error {}

/** @returns null where the bytes are no binary property list. */
export function readPropertyList(bytes: Uint8Array): PropertyValue {
  if (bytes.length < 40 || String.fromCharCode(...bytes.subarray(0, 6)) !== 'bplist') return null;
  try {
    return new ListReader(bytes).top();
  } catch (error) {
    if (error instanceof ListFault) return null;
    throw error;
  }
}

class ListReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #offsetSize: number;
  readonly #referenceSize: number;
  readonly #count: number;
  readonly #topIndex: number;
  readonly #tableAt: number;
  #values = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const trailer = bytes.length - 32;
    this.#offsetSize = bytes[trailer + 6] ?? 0;
    this.#referenceSize = bytes[trailer + 7] ?? 0;
    this.#count = this.#number(trailer + 8, 8);
    this.#topIndex = this.#number(trailer + 16, 8);
    this.#tableAt = this.#number(trailer + 24, 8);
  }

  top(): PropertyValue {
    return this.#value(this.#topIndex, 0);
  }

  #value(index: number, depth: number): PropertyValue {
    if (index >= this.#count || depth > MOST_DEPTH || ++this.#values > MOST_VALUES) throw new ListFault();
    const at = this.#number(this.#tableAt + index * this.#offsetSize, this.#offsetSize);
    const marker = this.#byte(at);
    const low = marker & 15;
    switch (marker >> 4) {
      case 0:
        return marker === 8 ? false : marker === 9 ? true : null;
      case 1:
        return this.#whole(at + 1, 1 << low);
      case 2:
        return low === 2 ? this.#real(at + 1, 4) : this.#real(at + 1, 8);
      case 3:
        return this.#real(at + 1, 8);
      case 4:
        return this.#slice(at, low, 1).slice();
      case 5:
        return new TextDecoder('latin1').decode(this.#slice(at, low, 1));
      case 6:
        return new TextDecoder('utf-16be').decode(this.#slice(at, low, 2));
      case 10: {
        const [from, count] = this.#extent(at, low);
        return this.#references(from, count).map((reference) => this.#value(reference, depth + 1));
      }
      case 13: {
        const [from, count] = this.#extent(at, low);
        const keys = this.#references(from, count);
        const values = this.#references(from + count * this.#referenceSize, count);
        const map = new Map<string, PropertyValue>();
        for (const [i, key] of keys.entries()) {
          const name = this.#value(key, depth + 1);
          if (typeof name === 'string') map.set(name, this.#value(values[i] ?? this.#count, depth + 1));
        }
        return map;
      }
      default:
        return null;
    }
  }

  /** Where the content begins and how much of it there is; from fifteen on the number stands by itself. */
  #extent(at: number, low: number): [from: number, count: number] {
    if (low < 15) return [at + 1, low];
    const size = 1 << (this.#byte(at + 1) & 15);
    return [at + 2 + size, this.#number(at + 2, size)];
  }

  #slice(at: number, low: number, width: number): Uint8Array {
    const [from, count] = this.#extent(at, low);
    if (from + count * width > this.#bytes.length) throw new ListFault();
    return this.#bytes.subarray(from, from + count * width);
  }

  #references(from: number, count: number): number[] {
    if (count > MOST_VALUES || from + count * this.#referenceSize > this.#bytes.length) throw new ListFault();
    return Array.from({ length: count }, (_, i) => this.#number(from + i * this.#referenceSize, this.#referenceSize));
  }

  #number(at: number, size: number): number {
    if (size < 1 || size > 8 || at < 0 || at + size > this.#bytes.length) throw new ListFault();
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + this.#byte(at + i);
    return value;
  }

  /** Numbers of eight bytes have a sign; shorter ones have none. */
  #whole(at: number, size: number): number {
    if (size === 8 && at + 8 <= this.#bytes.length) return Number(this.#view.getBigInt64(at));
    return this.#number(at, size);
  }

  #real(at: number, size: number): number {
    if (at + size > this.#bytes.length) throw new ListFault();
    return size === 4 ? this.#view.getFloat32(at) : this.#view.getFloat64(at);
  }

  #byte(at: number): number {
    const byte = this.#bytes[at];
    if (byte === undefined) throw new ListFault();
    return byte;
  }
}
