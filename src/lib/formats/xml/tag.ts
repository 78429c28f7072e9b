/** A start tag: its name and its attributes as byte ranges, decoded when asked for. */
import { sameAscii } from './bytes.ts';
import { attributeValue, type TextFaults } from './text-value.ts';

export const MOST_ATTRIBUTES = 4096;

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
    for (let at = this.ranges[i * 4] as number; at < (this.ranges[i * 4 + 1] as number); at++) text += String.fromCharCode(this.bytes[at] as number);
    // Names beyond ASCII are rare and need the real decoder.
    return /^[\x20-\x7e]*$/.test(text) ? text : new TextDecoder().decode(this.bytes.subarray(this.ranges[i * 4], this.ranges[i * 4 + 1]));
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
    return copy;
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

/**
 * Reads the attributes of a start tag between `at` (behind the name) and `end` (at '>' or '/>') into `tag`.
 * Returns '' or what is wrong with them.
 */
export function readAttributes(tag: XmlTag, bytes: Uint8Array, at: number, end: number): string {
  let i = at;
  let count = 0;
  for (;;) {
    const gap = i;
    while (i < end && isSpace(bytes[i] as number)) i++;
    if (i >= end) break;
    if (i === gap) return 'attributes without a space between them';
    const name = i;
    const afterName = nameEnd(bytes, i, end);
    if (afterName < 0) return 'an attribute without a name';
    i = afterName;
    while (i < end && isSpace(bytes[i] as number)) i++;
    if (bytes[i] !== 61 || i >= end) return 'an attribute without a value';
    i++;
    while (i < end && isSpace(bytes[i] as number)) i++;
    const quote = bytes[i] as number;
    if (i >= end || (quote !== 34 && quote !== 39)) return 'an attribute value without quotes';
    const value = ++i;
    for (; i < end; i++) {
      const c = bytes[i] as number;
      if (c === quote) break;
      if (c === 60) return "a '<' inside an attribute";
    }
    if (i >= end) return 'an attribute value without an end';
    if (count >= MOST_ATTRIBUTES) return 'too many attributes';
    if (count * 4 + 4 > tag.ranges.length) {
      const more = new Int32Array(tag.ranges.length * 2);
      more.set(tag.ranges);
      tag.ranges = more;
    }
    tag.ranges[count * 4] = name;
    tag.ranges[count * 4 + 1] = afterName;
    tag.ranges[count * 4 + 2] = value;
    tag.ranges[count * 4 + 3] = i;
    count++;
    i++;
  }
  tag.count = count;
  tag.bytes = bytes;
  return '';
}
