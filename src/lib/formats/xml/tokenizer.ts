/**
 * Streaming XML 1.0 without DTD, over bytes.
 *
 * [Note: XML by bytes] A Cellebrite report spends over nine tenths of its bytes on tags, nearly all of them
 * copies of a few hundred (`<field name="Body" type="String">`). So a tag is looked up whole by its bytes
 * and parsed only when new; text is decoded only where the handler wants it. Measured against saxes on the
 * same report in tests/bench; that it reads the same is the differential test in tokenizer.test.ts.
 *
 * Refused: a DTD with declarations (entity bombs), more than 10,000 levels, tags that do not match. Kept
 * and counted in `faults`: bytes that are no UTF-8, loose ampersands, forbidden characters.
 */
import { sentence } from '../../evidence/wording/sentence.ts';
import { XML_CAPS } from '../caps.ts';
import { ByteInterner } from './bytes.ts';
import { XmlFault, type TokenizerOptions, type XmlHandler } from './events.ts';
import { DECLARES, doctypeEnd, hasReturn, instructionEnd, isBlank, isSpace, safeCut, sectionEnd, startsWith } from './scan.ts';
import { Step, STEP_NUMBERS, Stretches, type XmlStretch } from './stretch.ts';
import { TagCache } from './tag-cache.ts';
import { nameEnd, readTag, TAG_FAULTS, UNFINISHED, XmlTag } from './tag.ts';
import { cdataValue, noFaults, textValue, type TextFaults } from './text-value.ts';

/** A token of this size is given in pieces (text) or has its giant attribute cut (tags). */
const BIG_TOKEN = 1 << 20;
const KEPT_OF_BIG_VALUE = 1 << 16;
const LONGEST_IN_TABLE = 128;
/** Text between two tags that nobody wants and that is still part of a stretch: line breaks and indents. */
const LONGEST_GAP = 24;

export class XmlTokenizer {
  /** Set by the handler at any time: whether text is decoded and given. */
  wantText = false;
  /** Set by the handler beside `wantText` where the text is one of few (a status, a name): looked up, not decoded. */
  textTable: ByteInterner | null = null;
  readonly names = new ByteInterner(1 << 16);
  readonly faults: TextFaults = noFaults();
  readonly #handler: XmlHandler;
  readonly #manyRoots: boolean;
  /** Bytes of an unfinished token, at the start of `#work`. */
  #held = 0;
  #work: Uint8Array = new Uint8Array(1 << 16);
  /** Document offset of the first byte at hand. */
  #base = 0;
  #stack = new Int32Array(64);
  #depth = 0;
  #roots = 0;
  readonly #scratch: XmlTag;
  readonly #cache = new TagCache();
  #view: DataView = new DataView(new ArrayBuffer(0));
  readonly #stretches = new Stretches();
  /** Scan of an unfinished tag: where to go on, and in which quote. */
  #scanned = 0;
  #quote = 0;
  #quoteAt = 0;
  #hash = 0;
  #elidedBytes = 0;
  #elidedAt = 0;
  /** Inside a comment, processing instruction or CDATA section that began in an earlier piece. */
  #inside: 'comment' | 'instruction' | 'cdata' | null = null;
  #first = true;

  constructor(handler: XmlHandler, options: TokenizerOptions = {}) {
    this.#handler = handler;
    this.#manyRoots = options.manyRoots ?? false;
    this.#scratch = new XmlTag(this.faults);
  }

  /** Elements that are open; one that closes itself never counts. */
  get depth(): number {
    return this.#depth;
  }

  /** Takes the next bytes. The chunk may be reused by the caller afterwards. @throws XmlFault */
  write(chunk: Uint8Array): void {
    let bytes = chunk;
    const held = this.#held;
    if (held > 0) {
      // What is left of the chunk before stands at the start of one buffer that is used again and again.
      if (this.#work.length < held + chunk.length) {
        const more = new Uint8Array((held + chunk.length) * 2);
        more.set(this.#work.subarray(0, held));
        this.#work = more;
      }
      this.#work.set(chunk, held);
      bytes = this.#work.subarray(0, held + chunk.length);
    }
    if (this.#first && bytes.length < 3 && bytes[0] === 0xef) {
      this.#hold(bytes, 0, bytes.length);
      return;
    }
    let at = 0;
    if (this.#first) {
      this.#first = false;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3;
    }
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const used = this.#run(bytes, at);
    this.#base += used;
    this.#hold(bytes, used, this.#cutAt >= 0 ? this.#cutAt : bytes.length);
    this.#cutAt = -1;
  }

  #hold(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length > this.#work.length) this.#work = new Uint8Array(length * 2);
    if (bytes.buffer === this.#work.buffer) this.#work.copyWithin(0, from, to);
    else this.#work.set(bytes.subarray(from, to));
    this.#held = length;
  }

  /** Ends the document. @throws XmlFault 'cut' where elements are open or a token is unfinished. */
  end(): void {
    const offset = this.#base + this.#held;
    if (this.#inside !== null || this.#held > 0) {
      if (this.#inside === null && this.#depth === 0 && this.#roots > 0 && isBlank(this.#work, 0, this.#held)) return;
      throw new XmlFault('cut', sentence('xml-ends-in-token'), offset);
    }
    if (this.#depth > 0)
      throw new XmlFault(
        'cut',
        sentence('xml-ends-inside', { element: this.names.textOf(this.#stack[this.#depth - 1] as number) }),
        offset
      );
    if (this.#roots === 0) throw new XmlFault('cut', sentence('xml-no-element'), offset);
  }

  /** Runs over the bytes; returns how many are done with. */
  #run(bytes: Uint8Array, from: number): number {
    const end = bytes.length;
    const stretches = this.#stretches;
    stretches.drop();
    let i = from;
    while (i < end) {
      if (this.#inside !== null) {
        const next = this.#leave(bytes, i);
        if (next < 0) return this.#insideUsed;
        i = next;
        continue;
      }
      if (bytes[i] !== 60) {
        const wanted = this.wantText;
        const next = this.#text(bytes, i);
        if (next === i) return i;
        if (wanted || next - i > LONGEST_GAP) stretches.keep(bytes);
        i = next;
        continue;
      }
      if (!stretches.isOpen && this.#scanned === 0 && this.#depth > 0) {
        const met = stretches.after.next(bytes, this.#view, i);
        if (met !== null && this.#depth + met.opens <= XML_CAPS.depth) {
          const next = this.#again(met, i);
          if (next > i) {
            i = next;
            continue;
          }
        }
        stretches.begin(i);
      }
      if (i + 1 >= end) return i;
      const c = bytes[i + 1];
      let next: number;
      if (c === 47) next = this.#closeTag(bytes, i);
      else if (c === 33) next = this.#declaration(bytes, i);
      else if (c === 63) {
        this.#inside = 'instruction';
        stretches.keep(bytes);
        next = i + 2;
      } else next = this.#openTag(bytes, i);
      if (next < 0) return i;
      i = next;
    }
    return end;
  }

  /** Takes the steps of a stretch that stands at `i`. Returns where it got to. */
  #again(met: XmlStretch, i: number): number {
    const { steps, tags } = met;
    const base = this.#base + i;
    if (this.#depth + met.opens > this.#stack.length) this.#growStack(this.#depth + met.opens);
    const stack = this.#stack;
    let tag = 0;
    let from = 0;
    for (let at = 0; at < steps.length; at += STEP_NUMBERS) {
      const nameId = steps[at + 1] as number;
      const end = steps[at + 3] as number;
      switch (steps[at]) {
        case Step.open:
          stack[this.#depth++] = nameId;
          this.#handler.open(tags[tag++] as XmlTag, base + (steps[at + 2] as number));
          break;
        case Step.empty:
          this.#handler.open(tags[tag++] as XmlTag, base + (steps[at + 2] as number));
          this.#handler.close(nameId, base + end);
          break;
        case Step.close:
          // A wrong end is told by the one who reads single tags; outside of all elements there are rules of their own.
          if (this.#depth < 2 || stack[this.#depth - 1] !== nameId) {
            this.#stretches.after = met.beyond;
            return i + from;
          }
          this.#depth--;
          this.#handler.close(nameId, base + end);
          break;
        default:
          this.#inside = 'cdata';
      }
      if (this.wantText !== (steps[at + 4] === 1)) {
        this.#stretches.after = met.beyond;
        return i + end;
      }
      from = end;
    }
    this.#stretches.after = met;
    return i + from;
  }

  #growStack(needed: number): void {
    const more = new Int32Array(Math.max(needed, this.#stack.length * 2));
    more.set(this.#stack);
    this.#stack = more;
  }

  /** Text up to the next '<'. Returns where it got to; `i` itself where the text must wait for more bytes. */
  #text(bytes: Uint8Array, i: number): number {
    const length = bytes.length;
    let end = i;
    if (!this.wantText) {
      while (end < length && bytes[end] !== 60) end++;
      if (this.#depth === 0 && !isBlank(bytes, i, end)) throw new XmlFault('damaged', sentence('xml-loose-text'), this.#base + i);
      return end;
    }
    let plain = true;
    for (; end < length; end++) {
      const c = bytes[end] as number;
      if (c === 60) break;
      if (c === 38 || c === 13) plain = false;
    }
    if (end === length) {
      // Unfinished: short texts wait, long ones are given up to a safe cut.
      if (end - i < KEPT_OF_BIG_VALUE) return i;
      end = safeCut(bytes, i, end);
    }
    if (this.#depth === 0) {
      if (!isBlank(bytes, i, end)) throw new XmlFault('damaged', sentence('xml-loose-text'), this.#base + i);
    } else if (plain && this.textTable !== null && end - i < LONGEST_IN_TABLE)
      this.#handler.text(this.textTable.text(bytes, i, end));
    else this.#handler.text(textValue(bytes, i, end, plain, this.faults));
    return end;
  }

  #insideUsed = 0;

  /** Looks for the end of what we are inside of. -1: not in these bytes (`#insideUsed` says how many are done). */
  #leave(bytes: Uint8Array, i: number): number {
    const length = bytes.length;
    const kind = this.#inside;
    if (kind === 'instruction') {
      const end = instructionEnd(bytes, i);
      if (end >= 0) {
        this.#inside = null;
        return end;
      }
      this.#insideUsed = Math.max(i, length - 1);
      return -1;
    }
    const end = sectionEnd(bytes, i, kind === 'comment' ? 45 : 93);
    if (end >= 0) {
      this.#inside = null;
      if (kind === 'cdata' && this.wantText && this.#depth > 0) {
        const table = this.textTable;
        const isShort = table !== null && end - i <= LONGEST_IN_TABLE && !hasReturn(bytes, i, end);
        this.#handler.text(isShort ? table.text(bytes, i, end - 3) : cdataValue(bytes, i, end - 3, this.faults));
      }
      return end;
    }
    this.#insideUsed = Math.max(i, length - 2);
    if (kind === 'cdata' && this.wantText) {
      if (length - i < KEPT_OF_BIG_VALUE) this.#insideUsed = i;
      else {
        const cut = safeCut(bytes, i, length - 2);
        this.#handler.text(cdataValue(bytes, i, cut, this.faults));
        this.#insideUsed = cut;
      }
    }
    return -1;
  }

  #closeTag(bytes: Uint8Array, i: number): number {
    const depth = this.#depth;
    if (depth === 0) {
      if (bytes.indexOf(62, i) < 0 && bytes.length - i < BIG_TOKEN) return -1;
      throw new XmlFault('damaged', sentence('xml-end-without-start'), this.#base + i);
    }
    const id = this.#stack[depth - 1] as number;
    const name = this.names.bytesOf(id);
    let at = i + 2;
    if (at + name.length >= bytes.length && bytes.indexOf(62, i) < 0) return -1;
    for (let k = 0; k < name.length; k++, at++)
      if (bytes[at] !== name[k])
        throw new XmlFault('damaged', sentence('xml-wrong-end', { element: this.names.textOf(id) }), this.#base + i);
    while (at < bytes.length && isSpace(bytes[at] as number)) at++;
    if (at >= bytes.length) {
      if (at - i > BIG_TOKEN) throw new XmlFault('big', sentence('xml-end-unended'), this.#base + i);
      return -1;
    }
    if (bytes[at] !== 62)
      throw new XmlFault('damaged', sentence('xml-wrong-end', { element: this.names.textOf(id) }), this.#base + i);
    this.#depth = depth - 1;
    this.#handler.close(id, this.#base + at + 1);
    this.#stretches.add(bytes, Step.close, id, i, at + 1, this.wantText, null, depth === 1);
    return at + 1;
  }

  #declaration(bytes: Uint8Array, i: number): number {
    if (bytes.length - i < 9 && bytes.indexOf(62, i) < 0) return -1;
    if (bytes[i + 2] === 45 && bytes[i + 3] === 45) {
      this.#inside = 'comment';
      this.#stretches.keep(bytes);
      return i + 4;
    }
    if (startsWith(bytes, i, '<![CDATA[')) {
      if (this.#depth === 0) throw new XmlFault('damaged', sentence('xml-loose-text'), this.#base + i);
      this.#inside = 'cdata';
      this.#stretches.add(bytes, Step.cdata, 0, i, i + 9, this.wantText, null, true);
      return i + 9;
    }
    if (!startsWith(bytes, i, '<!DOCTYPE')) throw new XmlFault('damaged', sentence('xml-odd-bang'), this.#base + i);
    // A bare document type says nothing; one with declarations could say anything, and is refused unread.
    const end = doctypeEnd(bytes, i + 9);
    if (end === DECLARES) throw new XmlFault('dtd', sentence('xml-dtd'), this.#base + i);
    if (end >= 0) return end;
    if (bytes.length - i > BIG_TOKEN) throw new XmlFault('big', sentence('xml-dtd-unended'), this.#base + i);
    return -1;
  }

  #openTag(bytes: Uint8Array, i: number): number {
    const length = bytes.length;
    const afterName = this.#scanned === 0 ? nameEnd(bytes, i + 1, length) : 0;
    if (afterName > 0 && afterName < length) {
      const nameId = this.#number(bytes, i, afterName);
      if (this.#cache.isOneOfAKind(nameId)) {
        const end = this.#parse(bytes, i, afterName, nameId);
        if (end >= 0) {
          this.#scratch.role = this.#handler.classify(this.#scratch);
          return this.#opened(bytes, this.#scratch, i, end, 0);
        }
      }
    }
    let at = i + 1;
    let quote = 0;
    let hash = 0;
    if (this.#scanned > 0) {
      at = i + this.#scanned;
      quote = this.#quote;
      hash = this.#hash;
    }
    for (; at < length; at++) {
      const c = bytes[at] as number;
      hash = (Math.imul(hash, 31) + c) | 0;
      if (quote === 0) {
        if (c === 62) break;
        if (c === 34 || c === 39) {
          quote = c;
          this.#quoteAt = at - i;
        } else if (c === 60) throw new XmlFault('damaged', sentence('xml-less-than-in-tag'), this.#base + i);
      } else if (c === quote) quote = 0;
    }
    if (at >= length) {
      this.#scanned = at - i;
      this.#quote = quote;
      this.#hash = hash;
      if (length - i > BIG_TOKEN) this.#elide(bytes, i);
      return -1;
    }
    const elidedBytes = this.#elidedBytes;
    this.#scanned = 0;
    this.#elidedBytes = 0;
    let tag = elidedBytes === 0 ? this.#cache.find(bytes, this.#view, i, at, hash) : null;
    if (tag === null) {
      const nameAt = nameEnd(bytes, i + 1, at);
      if (nameAt < 0) throw new XmlFault('damaged', sentence('xml-no-tag'), this.#base + i);
      const nameId = this.#number(bytes, i, nameAt);
      tag = this.#scratch;
      if (this.#parse(bytes, i, nameAt, nameId) !== at) throw new XmlFault('damaged', sentence('xml-odd-quotes'), this.#base + i);
      tag.elidedBytes = elidedBytes;
      tag.elidedAt = i + this.#elidedAt;
      tag.role = this.#handler.classify(tag);
      if (elidedBytes === 0) tag = this.#cache.keep(tag, i, at, hash);
    }
    return this.#opened(bytes, tag, i, at, elidedBytes);
  }

  #opened(bytes: Uint8Array, tag: XmlTag, i: number, at: number, elidedBytes: number): number {
    const stretches = this.#stretches;
    if (tag === this.#scratch) {
      stretches.keep(bytes);
      stretches.after = stretches.after.beyond;
    }
    if (this.#depth === 0 && ++this.#roots > 1 && !this.#manyRoots)
      throw new XmlFault('damaged', sentence('xml-second-root'), this.#base + i);
    const offset = this.#base + i;
    // Bytes that were left out still count for the places of what follows.
    this.#base += elidedBytes;
    const { nameId, selfClosing } = tag;
    if (!selfClosing) {
      if (this.#depth >= XML_CAPS.depth) throw new XmlFault('depth', sentence('xml-too-deep', { most: XML_CAPS.depth }), offset);
      if (this.#depth === this.#stack.length) this.#growStack(this.#depth + 1);
      this.#stack[this.#depth++] = nameId;
    }
    this.#handler.open(tag, offset);
    if (selfClosing) this.#handler.close(nameId, this.#base + at + 1);
    stretches.add(bytes, selfClosing ? Step.empty : Step.open, nameId, i, at + 1, this.wantText, tag);
    tag.elidedBytes = 0;
    return at + 1;
  }

  /** Drops the middle of a giant attribute (a picture as base64), so that the tag fits into memory. */
  #elide(bytes: Uint8Array, i: number): void {
    const keepTo = i + this.#quoteAt + 1 + KEPT_OF_BIG_VALUE;
    if (this.#quote === 0 || keepTo >= bytes.length) {
      if (bytes.length - i > 16 * BIG_TOKEN) throw new XmlFault('big', sentence('xml-tag-unended'), this.#base + i);
      return;
    }
    if (this.#elidedBytes > 0 && this.#elidedAt !== this.#quoteAt + 1 + KEPT_OF_BIG_VALUE) {
      // A second giant attribute in one tag: both are kept as they are, up to the limit above.
      if (bytes.length - i > 16 * BIG_TOKEN) throw new XmlFault('big', sentence('xml-giant-attributes'), this.#base + i);
      return;
    }
    this.#elidedAt = keepTo - i;
    this.#elidedBytes += bytes.length - keepTo;
    this.#scanned = keepTo - i;
    this.#cutAt = keepTo;
  }

  #cutAt = -1;

  #number(bytes: Uint8Array, i: number, afterName: number): number {
    const nameId = this.names.number(bytes, i + 1, afterName);
    if (nameId < 0) throw new XmlFault('big', sentence('xml-too-many-names', { most: 65_536 }), this.#base + i);
    return nameId;
  }

  /** Reads the tag into the scratch tag. Returns the place of its '>', or -1 where it is not in these bytes. */
  #parse(bytes: Uint8Array, i: number, afterName: number, nameId: number): number {
    const end = readTag(this.#scratch, bytes, afterName);
    if (end < UNFINISHED) throw new XmlFault('damaged', sentence(TAG_FAULTS[UNFINISHED - end] ?? 'xml-no-tag'), this.#base + i);
    this.#scratch.nameId = nameId;
    return end;
  }
}
