/** A start tag: its name and its attributes as byte ranges, decoded when asked for. */
import { sameAscii, type ByteInterner } from './bytes.ts';
import { attributeValue, type TextFaults } from './text-value.ts';

const MOST_ATTRIBUTES = 4096;
const NO_WORDS = new Int32Array(0);

export class XmlTag {
  /** Number of the element name in the tokenizer's `names`. */
  nameId = 0;
  selfClosing = false;
  /** What the handler's `classify` made of this tag. */
  role = 0;
  /** Bytes that were left out of one giant attribute, and where in the tag they stood. */
  elidedBytes = 0;
  elidedAt = 0;
  bytes: Uint8Array = new Uint8Array(0);
  /** Four numbers an attribute: start and end of its name, start and end of its value. */
  ranges = new Int32Array(64);
  count = 0;
  /** The bytes as words of four, for kept tags: compared four at a time. */
  words: Int32Array = NO_WORDS;
  readonly #faults: TextFaults;
  /** Values already decoded; only for tags that are kept, since the others' bytes change under them. */
  #values: (string | undefined)[] | null = null;

  constructor(faults: TextFaults) {
    this.#faults = faults;
  }

  /** Value of an attribute by its name as written, references resolved; undefined where it is missing. */
  get(name: string): string | undefined {
    const i = this.#find(name);
    return i < 0 ? undefined : this.value(i);
  }

  /** Length of a value in bytes as the file has it, without decoding it; -1 where the attribute is missing. */
  valueBytes(name: string): number {
    const i = this.#find(name);
    if (i < 0) return -1;
    const start = this.ranges[i * 4 + 2] as number;
    const end = this.ranges[i * 4 + 3] as number;
    return end - start + (this.elidedBytes > 0 && this.elidedAt >= start && this.elidedAt <= end ? this.elidedBytes : 0);
  }

  name(i: number): string {
    let text = '';
    for (let at = this.ranges[i * 4] as number; at < (this.ranges[i * 4 + 1] as number); at++)
      text += String.fromCharCode(this.bytes[at] as number);
    // Names beyond ASCII are rare and need the real decoder.
    return /^[\x20-\x7e]*$/.test(text)
      ? text
      : new TextDecoder().decode(this.bytes.subarray(this.ranges[i * 4], this.ranges[i * 4 + 1]));
  }

  value(i: number): string {
    const kept = this.#values?.[i];
    if (kept !== undefined) return kept;
    const text = attributeValue(this.bytes, this.ranges[i * 4 + 2] as number, this.ranges[i * 4 + 3] as number, this.#faults);
    if (this.#values !== null) this.#values[i] = text;
    return text;
  }

  /** A copy that outlives the buffer. */
  keep(start: number, end: number): XmlTag {
    const copy = new XmlTag(this.#faults);
    copy.nameId = this.nameId;
    copy.selfClosing = this.selfClosing;
    copy.role = this.role;
    copy.bytes = this.bytes.slice(start, end);
    copy.count = this.count;
    copy.ranges = this.ranges.slice(0, this.count * 4).map((at) => at - start);
    copy.#values = [];
    const view = new DataView(copy.bytes.buffer, copy.bytes.byteOffset, copy.bytes.length);
    copy.words = Int32Array.from({ length: copy.bytes.length >> 2 }, (_, i) => view.getInt32(i * 4, true));
    return copy;
  }

  /** True where a kept tag stands at `at` and ends there with its '>'. `view` is over `bytes`. */
  standsAt(bytes: Uint8Array, view: DataView, at: number): boolean {
    const own = this.bytes;
    const size = own.length;
    if (at + size >= bytes.length || bytes[at + size] !== 62) return false;
    const words = this.words;
    for (let i = 0; i < words.length; i++) if (view.getInt32(at + i * 4, true) !== words[i]) return false;
    for (let i = words.length * 4; i < size; i++) if (own[i] !== bytes[at + i]) return false;
    return true;
  }

  /** As `get`, through a table of values that come often; '' where the attribute is missing. */
  often(name: string, interner: ByteInterner): string {
    const i = this.#find(name);
    if (i < 0) return '';
    const start = this.ranges[i * 4 + 2] as number;
    const end = this.ranges[i * 4 + 3] as number;
    for (let at = start; at < end; at++) {
      const c = this.bytes[at] as number;
      if (c === 38 || c < 32 || c >= 128) return this.value(i);
    }
    return interner.text(this.bytes, start, end);
  }

  #find(name: string): number {
    const ranges = this.ranges;
    for (let i = 0; i < this.count; i++) {
      if (sameAscii(this.bytes, ranges[i * 4] as number, ranges[i * 4 + 1] as number, name)) return i;
    }
    return -1;
  }
}

function isSpace(c: number): boolean {
  return c === 32 || c === 9 || c === 10 || c === 13;
}

/** Name characters of XML 1.0 within ASCII; beyond ASCII every byte is taken. */
const NAME = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  const start = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c === 58 || c >= 128;
  NAME[c] = start ? 2 : (c >= 48 && c <= 57) || c === 45 || c === 46 ? 1 : 0;
}

/** End of the name that starts at `at`, or -1 where none does. */
export function nameEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || NAME[bytes[at] as number] !== 2) return -1;
  let i = at + 1;
  while (i < end && NAME[bytes[i] as number] !== 0) i++;
  return i;
}

/** What is wrong with the tag that `readTag` refused. */
export const TAG_FAULTS = [
  'xml-no-tag',
  'xml-tag-unspaced',
  'xml-tag-nameless',
  'xml-tag-valueless',
  'xml-tag-unquoted',
  'xml-tag-less-than',
  'xml-tag-crowded'
] as const;

/** The tag does not end in these bytes. */
export const UNFINISHED = -1;

/**
 * Reads the attributes of a start tag from `at` (behind its name) to its '>' into `tag`. Returns the place of
 * the '>', or UNFINISHED, or a number below it whose distance is the index of TAG_FAULTS.
 */
export function readTag(tag: XmlTag, bytes: Uint8Array, at: number): number {
  const end = bytes.length;
  let ranges = tag.ranges;
  let i = at;
  let count = 0;
  for (;;) {
    const gap = i;
    while (i < end && isSpace(bytes[i] as number)) i++;
    if (i >= end) return UNFINISHED;
    const first = bytes[i] as number;
    if (first === 62) {
      tag.selfClosing = false;
      break;
    }
    if (first === 47) {
      if (i + 1 >= end) return UNFINISHED;
      if (bytes[i + 1] !== 62) return UNFINISHED - 2;
      i++;
      tag.selfClosing = true;
      break;
    }
    if (i === gap) return UNFINISHED - 1;
    const name = i;
    if (NAME[first] !== 2) return UNFINISHED - 2;
    while (++i < end && NAME[bytes[i] as number] !== 0);
    const afterName = i;
    while (i < end && isSpace(bytes[i] as number)) i++;
    if (i >= end) return UNFINISHED;
    if (bytes[i] !== 61) return UNFINISHED - 3;
    i++;
    while (i < end && isSpace(bytes[i] as number)) i++;
    if (i >= end) return UNFINISHED;
    const quote = bytes[i] as number;
    if (quote !== 34 && quote !== 39) return UNFINISHED - 4;
    const value = ++i;
    for (; i < end; i++) {
      const c = bytes[i] as number;
      if (c === quote) break;
      if (c === 60) return UNFINISHED - 5;
    }
    if (i >= end) return UNFINISHED;
    if (count >= MOST_ATTRIBUTES) return UNFINISHED - 6;
    if (count * 4 + 4 > ranges.length) {
      const more = new Int32Array(ranges.length * 2);
      more.set(ranges);
      tag.ranges = ranges = more;
    }
    ranges[count * 4] = name;
    ranges[count * 4 + 1] = afterName;
    ranges[count * 4 + 2] = value;
    ranges[count * 4 + 3] = i;
    count++;
    i++;
  }
  tag.count = count;
  tag.bytes = bytes;
  return i;
}
