/**
 * JSON as it streams, byte by byte, by RFC 8259 to the letter. Written here because a seized export needs what no
 * library gives together: byte offsets, numbers by their digits, keys that stand twice, a cap on every token, and text
 * that is not UTF-8 counted instead of lost.
 *
 * [Note: JSON caps] 512 levels (no export has over twelve), 16 MiB a string: the rest of a longer one is passed over and
 * counted, the document goes on. Numbers end at 4,096 characters.
 */
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { JSON_CAPS } from '../caps.ts';
import { joined } from '../text/decode.ts';
import { ByteInterner } from '../xml/bytes.ts';
import { JsonFault, type JsonFaultKind } from './fault.ts';
import { StringReader, type StringFlaws } from './string-text.ts';

export interface JsonHandler {
  open(isArray: boolean, offset: number): void;
  /** `endOffset` is the first byte behind the container. */
  close(isArray: boolean, endOffset: number): void;
  key(text: string): void;
  string(text: string, offset: number): void;
  /** The digits as they stand in the file. */
  number(text: string, offset: number): void;
  literal(value: boolean | null, offset: number): void;
}

export interface JsonTokenizerOptions {
  /** Values one after another, as in files with one object a line. */
  readonly manyRoots?: boolean;
}

/** What may come next. */
const Want = { value: 0, valueOrEnd: 1, keyOrEnd: 2, key: 3, colon: 4, commaOrEnd: 5, nothing: 6 } as const;
type Want = (typeof Want)[keyof typeof Want];

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LITERALS: readonly (readonly [text: string, value: boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null]
];
const EMPTY = new Uint8Array(0);

export class JsonTokenizer {
  readonly #handler: JsonHandler;
  readonly #manyRoots: boolean;
  readonly #keys = new ByteInterner(10_000);
  readonly #strings = new StringReader();
  /** 1 for an array, 0 for an object, by level. */
  readonly #stack = new Uint8Array(JSON_CAPS.depth);
  #depth = 0;
  #want: Want = Want.value;
  #rest: Uint8Array = EMPTY;
  /** Bytes of `#rest` that were looked at already: a string that spans many chunks is scanned once. */
  #scanned = 0;
  /** Offset in the document of the first byte of `#rest`. */
  #base = 0;
  /** Inside the dropped end of a string over the cap; true where the last byte was a backslash. */
  #passing: 'string' | 'escape' | null = null;
  #started = false;
  #roots = 0;

  constructor(handler: JsonHandler, options: JsonTokenizerOptions = {}) {
    this.#handler = handler;
    this.#manyRoots = options.manyRoots === true;
  }

  get depth(): number {
    return this.#depth;
  }

  /** Counted over the document so far. */
  get flaws(): Readonly<StringFlaws> {
    return this.#strings.flaws;
  }

  /** @throws JsonFault */
  write(chunk: Uint8Array): void {
    this.#run(joined(this.#rest, chunk), false);
  }

  /** @throws JsonFault 'cut' where the document is not finished. */
  end(): void {
    this.#run(this.#rest, true);
    const at = this.#base + this.#rest.length;
    if (this.#passing !== null || this.#rest.length > 0) throw this.#fault('cut', sentence('json-ends-in-token'), at);
    if (this.#depth > 0) throw this.#fault('cut', sentence('json-ends-inside'), at);
    if (this.#roots === 0 || (this.#want !== Want.nothing && !this.#manyRoots))
      throw this.#fault('cut', sentence('json-no-value'), at);
  }

  #run(bytes: Uint8Array, isLast: boolean): void {
    let at = 0;
    if (!this.#started) {
      if (bytes.length < 3 && !isLast) {
        this.#rest = bytes;
        return;
      }
      this.#started = true;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3;
    }
    if (this.#passing !== null) at = this.#passOver(bytes, at);
    while (at < bytes.length) {
      const c = bytes[at] as number;
      if (c === 32 || c === 10 || c === 13 || c === 9) {
        at++;
        continue;
      }
      const next = this.#token(bytes, at, c, isLast);
      if (next < 0) break;
      at = next;
    }
    this.#base += at;
    // A copy: the chunk itself may be reused or be a large one of which little is left.
    this.#rest = at === bytes.length ? EMPTY : bytes.slice(at);
  }

  /** Reads one token; the place behind it, or -1 where more bytes are needed. */
  #token(bytes: Uint8Array, at: number, c: number, isLast: boolean): number {
    switch (this.#want) {
      case Want.colon:
        if (c !== 58) throw this.#odd(c, at);
        this.#want = Want.value;
        return at + 1;
      case Want.commaOrEnd:
        if (c === 44) {
          this.#want = this.#stack[this.#depth - 1] === 1 ? Want.value : Want.key;
          return at + 1;
        }
        return this.#close(c, at);
      case Want.keyOrEnd:
      case Want.key:
        if (c === 34) return this.#string(bytes, at, true);
        if (this.#want === Want.keyOrEnd && c === 125) return this.#close(c, at);
        throw this.#odd(c, at);
      case Want.nothing:
        if (!this.#manyRoots) throw this.#fault('damaged', sentence('json-behind-end'), this.#base + at);
        this.#want = Want.value;
        return at;
      case Want.valueOrEnd:
        if (c === 93) return this.#close(c, at);
        return this.#value(bytes, at, c, isLast);
      default:
        return this.#value(bytes, at, c, isLast);
    }
  }

  #value(bytes: Uint8Array, at: number, c: number, isLast: boolean): number {
    if (c === 34) return this.#string(bytes, at, false);
    if (c === 123 || c === 91) return this.#open(c === 91, at);
    if (c === 45 || (c >= 48 && c <= 57)) return this.#number(bytes, at, isLast);
    for (const [text, value] of LITERALS) {
      if (c !== text.charCodeAt(0)) continue;
      for (let i = 1; i < text.length; i++) {
        if (at + i >= bytes.length) {
          if (isLast) throw this.#fault('cut', sentence('json-ends-in-token'), this.#base + at);
          return -1;
        }
        if (bytes[at + i] !== text.charCodeAt(i)) throw this.#odd(bytes[at + i] as number, at + i);
      }
      this.#handler.literal(value, this.#base + at);
      this.#ended();
      return at + text.length;
    }
    throw this.#odd(c, at);
  }

  #open(isArray: boolean, at: number): number {
    if (this.#depth >= JSON_CAPS.depth)
      throw this.#fault('depth', sentence('json-too-deep', { most: JSON_CAPS.depth }), this.#base + at);
    this.#stack[this.#depth++] = isArray ? 1 : 0;
    this.#want = isArray ? Want.valueOrEnd : Want.keyOrEnd;
    this.#handler.open(isArray, this.#base + at);
    return at + 1;
  }

  #close(c: number, at: number): number {
    const isArray = this.#stack[this.#depth - 1] === 1;
    if (c !== (isArray ? 93 : 125)) throw this.#odd(c, at);
    this.#depth--;
    this.#handler.close(isArray, this.#base + at + 1);
    this.#ended();
    return at + 1;
  }

  /** A value is complete. */
  #ended(): void {
    if (this.#depth > 0) this.#want = Want.commaOrEnd;
    else {
      this.#roots++;
      this.#want = Want.nothing;
    }
  }

  #number(bytes: Uint8Array, at: number, isLast: boolean): number {
    let end = at + 1;
    while (end < bytes.length) {
      const c = bytes[end] as number;
      if (!((c >= 48 && c <= 57) || c === 46 || c === 43 || c === 45 || c === 69 || c === 101)) break;
      end++;
    }
    if (end - at > JSON_CAPS.numberBytes)
      throw this.#fault('big', sentence('json-giant-number', { most: JSON_CAPS.numberBytes }), this.#base + at);
    if (end === bytes.length && !isLast) return -1;
    let text = '';
    for (let i = at; i < end; i++) text += String.fromCharCode(bytes[i] as number);
    if (!NUMBER.test(text)) throw this.#fault('damaged', sentence('json-bad-number'), this.#base + at);
    this.#handler.number(text, this.#base + at);
    this.#ended();
    return end;
  }

  #string(bytes: Uint8Array, at: number, isKey: boolean): number {
    const start = at + 1;
    // Only the token that was left over can have been scanned before, and it stands at the start.
    let i = at === 0 && this.#scanned > 0 ? this.#scanned : start;
    this.#scanned = 0;
    for (;;) {
      if (i >= bytes.length) {
        if (bytes.length - start > JSON_CAPS.stringBytes) return this.#cutString(bytes, at, isKey);
        this.#scanned = Math.min(i, bytes.length) - at;
        return -1;
      }
      const c = bytes[i] as number;
      if (c === 34) break;
      if (c < 32) throw this.#fault('damaged', sentence('json-control-in-string'), this.#base + i);
      if (c === 92 && i + 1 >= bytes.length) {
        this.#scanned = i - at;
        return -1;
      }
      i += c === 92 ? 2 : 1;
    }
    if (i - start > JSON_CAPS.stringBytes) return this.#cutString(bytes, at, isKey);
    this.#give(bytes, start, i, at, isKey);
    return i + 1;
  }

  /** Gives a string that is too long as far as the cap goes; the rest is passed over. */
  #cutString(bytes: Uint8Array, at: number, isKey: boolean): number {
    if (isKey) throw this.#fault('big', sentence('json-giant-key', { most: JSON_CAPS.stringBytes }), this.#base + at);
    let end = at + 1 + JSON_CAPS.stringBytes;
    // Neither inside an escape (six characters at most) nor inside a character.
    for (let back = 1; back <= 6; back++) {
      if (bytes[end - back] === 92) {
        let slashes = 1;
        while (bytes[end - back - slashes] === 92) slashes++;
        end -= back + slashes - 1;
        break;
      }
    }
    while (((bytes[end] as number) & 0xc0) === 0x80) end--;
    this.#strings.flaws.cut++;
    this.#passing = 'string';
    this.#give(bytes, at + 1, end, at, false);
    return this.#passOver(bytes, end);
  }

  #passOver(bytes: Uint8Array, from: number): number {
    for (let i = from; i < bytes.length; i++) {
      const c = bytes[i] as number;
      if (this.#passing === 'escape') this.#passing = 'string';
      else if (c === 92) this.#passing = 'escape';
      else if (c === 34) {
        this.#passing = null;
        return i + 1;
      }
    }
    return bytes.length;
  }

  #give(bytes: Uint8Array, start: number, end: number, at: number, isKey: boolean): void {
    const offset = this.#base + at;
    if (isKey) {
      const isPlain = end - start <= 200 && bytes.subarray(start, end).indexOf(92) < 0 && !hasHigh(bytes, start, end);
      const key = isPlain ? this.#keys.text(bytes, start, end) : this.#strings.text(bytes, start, end, this.#base);
      this.#want = Want.colon;
      this.#handler.key(key);
      return;
    }
    const text = this.#strings.text(bytes, start, end, this.#base);
    this.#handler.string(text, offset);
    this.#ended();
  }

  #odd(c: number, at: number): JsonFault {
    const what = c > 32 && c < 127 ? `'${String.fromCharCode(c)}'` : `0x${c.toString(16).padStart(2, '0')}`;
    return this.#fault('damaged', sentence('json-unexpected', { what }), this.#base + at);
  }

  #fault(kind: JsonFaultKind, fault: Sentence, offset: number): JsonFault {
    return new JsonFault(kind, fault, offset);
  }
}

function hasHigh(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) >= 128) return true;
  return false;
}
