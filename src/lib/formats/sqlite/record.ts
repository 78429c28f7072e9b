/** Records of a table as they lie on a page: https://www.sqlite.org/fileformat2.html#record_format */
import type { TextEncodingOfDatabase } from './header.ts';

/** Whole numbers over 2^53 are bigint, so that no digit is lost. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** Texts over this many bytes are cut. */
const MOST_TEXT_BYTES = 2 ** 20;

/** A number of one to nine bytes. `at` moves behind it; the value is inexact over 2^53. */
export class VarintReader {
  at = 0;

  read(bytes: Uint8Array): number {
    let value = 0;
    for (let i = 0; i < 8; i++) {
      const byte = bytes[this.at++] ?? 0;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    return value * 256 + (bytes[this.at++] ?? 0);
  }
}

/** A row id is a signed number of 64 bits; one beyond 2^53 is given inexactly. */
export function signedRowId(value: number): number {
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}

/** Bytes of a value by its serial type; NaN for the two types that no file may use. */
export function sizeOfType(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, NaN, NaN][type] ?? NaN;
}

interface RecordCounts {
  /** Texts that are not valid in the database's encoding and were read with marks in their place. */
  invalidTexts: number;
  /** Texts over a mebibyte, cut there. */
  cutTexts: number;
}

export class TextDecoding {
  readonly counts: RecordCounts = { invalidTexts: 0, cutTexts: 0 };
  readonly #strict: TextDecoder;
  readonly #lenient: TextDecoder;
  readonly #isUtf8: boolean;

  constructor(encoding: TextEncodingOfDatabase) {
    this.#isUtf8 = encoding === 'utf-8';
    this.#strict = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    this.#lenient = new TextDecoder(encoding, { ignoreBOM: true });
  }

  text(bytes: Uint8Array): string {
    let whole = bytes;
    if (bytes.length > MOST_TEXT_BYTES) {
      this.counts.cutTexts++;
      let end = MOST_TEXT_BYTES;
      // Not in the middle of a character.
      while (this.#isUtf8 && end > MOST_TEXT_BYTES - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
      whole = bytes.subarray(0, end);
    }
    try {
      return this.#strict.decode(whole);
    } catch {
      this.counts.invalidTexts++;
      return this.#lenient.decode(whole);
    }
  }
}

/**
 * The values of a record. @returns null where the bytes are no record: a header beyond the record, a type that cannot be,
 * values beyond its end.
 */
export function readRecord(payload: Uint8Array, mostColumns: number, decoding: TextDecoding): SqlValue[] | null {
  const types = recordTypes(payload, mostColumns);
  if (types === null) return null;
  const values: SqlValue[] = [];
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  let at = types.bodyAt;
  for (const type of types.types) {
    const size = sizeOfType(type);
    values.push(valueOf(payload, view, at, type, size, decoding));
    at += size;
  }
  return values;
}

/** Serial types of a record and where its values begin; null where the bytes are no record. */
export function recordTypes(payload: Uint8Array, mostColumns: number): { types: number[]; bodyAt: number } | null {
  const varint = new VarintReader();
  const headerBytes = varint.read(payload);
  if (headerBytes < 1 || headerBytes > payload.length) return null;
  const types: number[] = [];
  let bytes = 0;
  while (varint.at < headerBytes) {
    const type = varint.read(payload);
    const size = sizeOfType(type);
    if (Number.isNaN(size) || types.length >= mostColumns) return null;
    bytes += size;
    types.push(type);
  }
  if (varint.at !== headerBytes || headerBytes + bytes > payload.length) return null;
  return { types, bodyAt: headerBytes };
}

function valueOf(payload: Uint8Array, view: DataView, at: number, type: number, size: number, decoding: TextDecoding): SqlValue {
  switch (type) {
    case 0:
      return null;
    case 1:
      return view.getInt8(at);
    case 2:
      return view.getInt16(at);
    case 3:
      return view.getInt8(at) * 65536 + view.getUint16(at + 1);
    case 4:
      return view.getInt32(at);
    case 5:
      return view.getInt16(at) * 2 ** 32 + view.getUint32(at + 2);
    case 6:
      return asNumber(view.getBigInt64(at));
    case 7:
      return view.getFloat64(at);
    case 8:
      return 0;
    case 9:
      return 1;
    default: {
      const bytes = payload.subarray(at, at + size);
      return type % 2 === 1 ? decoding.text(bytes) : bytes.slice();
    }
  }
}

export function asNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
