/** The characters of one JSON string: escapes, UTF-8, and what is neither, counted and kept visible. */
import { sentence } from '../../evidence/wording/sentence.ts';
import { JsonFault } from './fault.ts';

export interface StringFlaws {
  /** Strings with bytes that are no UTF-8; they show U+FFFD. */
  notUtf8: number;
  /** Escapes of half a character (lone surrogates); they stay as the six characters written. */
  halves: number;
  /** Strings over the cap, of which the rest was passed over. */
  cut: number;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
/** Up to here one call with the codes is faster than the decoder. */
const SHORT = 24;
/** The character of each one-letter escape, by the letter's code; 0 for letters that are none. */
const SIMPLE = new Uint8Array(256);
for (const pair of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) SIMPLE[pair.charCodeAt(0)] = pair.charCodeAt(1);

export class StringReader {
  readonly flaws: StringFlaws = { notUtf8: 0, halves: 0, cut: 0 };
  #scratch = new Uint8Array(256);

  /**
   * Text of the bytes between the quotes.
   * @param base offset of `bytes` in the document, for faults.
   * @throws JsonFault for an escape that JSON does not know.
   */
  text(bytes: Uint8Array, start: number, end: number, base: number): string {
    if (start === end) return '';
    let high = 0;
    let escaped = false;
    for (let i = start; i < end; i++) {
      const c = bytes[i] as number;
      high |= c;
      if (c === 92) {
        escaped = true;
        break;
      }
    }
    if (escaped) return this.#unescape(bytes, start, end, base);
    if (high < 128 && end - start <= SHORT)
      return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
    return this.#decode(bytes, start, end);
  }

  #decode(bytes: Uint8Array, start: number, end: number): string {
    const piece = bytes.subarray(start, end);
    const text = utf8.decode(piece);
    // U+FFFD may also stand in the file itself: only then is the strict decoder asked.
    if (text.includes('\ufffd') && !isUtf8(piece)) this.flaws.notUtf8++;
    return text;
  }

  /** Escapes become UTF-8 beside the plain bytes, and all of it is decoded at once: no escape is shorter than its character. */
  #unescape(bytes: Uint8Array, start: number, end: number, base: number): string {
    if (this.#scratch.length < end - start) this.#scratch = new Uint8Array(Math.max(end - start, this.#scratch.length * 2));
    const out = this.#scratch;
    let to = 0;
    for (let i = start; i < end; i++) {
      const c = bytes[i] as number;
      if (c !== 92) {
        out[to++] = c;
        continue;
      }
      const kind = i + 1 < end ? (bytes[i + 1] as number) : 0;
      if (kind !== 117) {
        const simple = SIMPLE[kind] as number;
        if (simple === 0) throw new JsonFault('damaged', sentence('json-bad-escape'), base + i);
        out[to++] = simple;
        i++;
        continue;
      }
      const code = hex4(bytes, i + 2, end);
      if (code < 0) throw new JsonFault('damaged', sentence('json-bad-escape'), base + i);
      if (code < 0x80) out[to++] = code;
      else if (code < 0x800) {
        out[to++] = 0xc0 | (code >> 6);
        out[to++] = 0x80 | (code & 63);
      } else if (code < 0xd800 || code > 0xdfff) {
        out[to++] = 0xe0 | (code >> 12);
        out[to++] = 0x80 | ((code >> 6) & 63);
        out[to++] = 0x80 | (code & 63);
      } else {
        const isPair = code < 0xdc00 && i + 7 < end && bytes[i + 6] === 92 && bytes[i + 7] === 117;
        const low = isPair ? hex4(bytes, i + 8, end) : -1;
        if (low >= 0xdc00 && low <= 0xdfff) {
          const whole = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          out[to++] = 0xf0 | (whole >> 18);
          out[to++] = 0x80 | ((whole >> 12) & 63);
          out[to++] = 0x80 | ((whole >> 6) & 63);
          out[to++] = 0x80 | (whole & 63);
          i += 6;
        } else {
          for (let k = 0; k < 6; k++) out[to++] = bytes[i + k] as number;
          this.flaws.halves++;
        }
      }
      i += 5;
    }
    return this.#decode(out, 0, to);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Four hexadecimal digits, -1 where they are none or run over the end. */
function hex4(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1;
  let code = 0;
  for (let i = at; i < at + 4; i++) {
    const c = bytes[i] as number;
    const digit = c >= 48 && c <= 57 ? c - 48 : c >= 97 && c <= 102 ? c - 87 : c >= 65 && c <= 70 ? c - 55 : -1;
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}
