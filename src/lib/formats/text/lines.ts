/** Lines of a text with the byte offset of each, streamed. */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { LINE_CAPS } from '../caps.ts';
import { detectEncoding, type TextEncodingName } from './encoding.ts';
import { ASSUMED_PAGE, isPairPage } from './code-page.ts';
import { decodeStrict, PAGE_HEAD_BYTES, pageOfHead, withHead, type NotUtf8 } from './decode.ts';

/** Lines of one piece of the file: parallel arrays. Texts are without their line end (LF or CR LF). */
export interface LineBatch {
  readonly texts: readonly string[];
  /** Byte offset of each line's first byte in the source. */
  readonly offsets: readonly number[];
}

export interface LineOptions {
  /** Name for errors. */
  readonly file: string;
  readonly encoding?: TextEncodingName;
  /** Longer lines stop the file: text that never ends its line is no chat and would stand in memory whole. */
  readonly longestLineBytes?: number;
  /** Called once, with the offset of the first line that is not UTF-8; each such line is read in the page of [Note: Code pages]. */
  readonly notUtf8?: NotUtf8;
}

/**
 * Reads lines in batches, one batch per chunk. A last line without an end counts; an empty file has no lines.
 * @throws SourceError 'too-large' for a line over the longest.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, options: LineOptions): AsyncGenerator<LineBatch> {
  const longest = options.longestLineBytes ?? LINE_CAPS.bytes;
  let encoding: TextEncodingName | null = null;
  let rest: Uint8Array = new Uint8Array(0);
  let base = 0;
  let reported = false;
  let utf16: TextDecoder | null = null;
  let page = ASSUMED_PAGE;
  let paged = new TextDecoder(page);

  const decode = (bytes: Uint8Array, offset: number): string => {
    if (utf16 !== null) return utf16.decode(bytes);
    const { text, isUtf8 } = decodeStrict(bytes, paged);
    if (!isUtf8 && !reported) {
      reported = true;
      options.notUtf8?.(offset, page);
    }
    // Two bytes of such a page may happen to be one character of UTF-8.
    return isUtf8 && isPairPage(page) ? paged.decode(bytes) : text;
  };

  const cut = (bytes: Uint8Array, last: boolean): { batch: LineBatch; used: number } => {
    const texts: string[] = [];
    const offsets: number[] = [];
    const unit = encoding === 'utf-8' ? 1 : 2;
    const low = encoding === 'utf-16be' ? 1 : 0;
    let start = 0;
    let from = 0;
    for (;;) {
      const at = unit === 1 ? bytes.indexOf(10, from) : wideLineEnd(bytes, from, low);
      if (at < 0) break;
      let end = unit === 1 ? at : at & ~1;
      const next = end + unit;
      if (
        unit === 1
          ? bytes[end - 1] === 13 && end > start
          : end - 2 >= start && bytes[end - 2 + low] === 13 && bytes[end - 1 - low] === 0
      )
        end -= unit;
      texts.push(decode(bytes.subarray(start, end), base + start));
      offsets.push(base + start);
      start = from = next;
    }
    if (last && start < bytes.length) {
      let end = bytes.length;
      if (unit === 1 && bytes[end - 1] === 13) end--;
      texts.push(decode(bytes.subarray(start, end), base + start));
      offsets.push(base + start);
      start = bytes.length;
    }
    return { batch: { texts, offsets }, used: start };
  };

  const tooLong = (): SourceError =>
    new SourceError('too-large', sentence('line-too-long', { file: options.file, offset: base, most: longest }), options.file, {
      path: '',
      offset: base,
      unit: 'byte'
    });

  /** Chunks without a line's end, put together once: a long line would be copied anew with each of them. */
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const chunk of withHead(chunks, PAGE_HEAD_BYTES)) {
    if (encoding !== null && !chunk.includes(10)) {
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (rest.length + waitingBytes > longest) throw tooLong();
      continue;
    }
    let bytes = joinedAll([rest, ...waiting, chunk]);
    [waiting, waitingBytes] = [[], 0];
    if (encoding === null) {
      const found = detectEncoding(bytes);
      encoding = options.encoding ?? found.encoding;
      base = found.bomBytes;
      bytes = bytes.subarray(base);
      if (encoding === 'utf-8') paged = new TextDecoder((page = pageOfHead(bytes)));
      else utf16 = new TextDecoder(encoding);
    }
    const { batch, used } = cut(bytes, false);
    rest = bytes.slice(used);
    base += used;
    if (rest.length > longest) throw tooLong();
    if (batch.texts.length > 0) yield batch;
  }
  if (encoding === null) return;
  const { batch } = cut(joinedAll([rest, ...waiting]), true);
  if (batch.texts.length > 0) yield batch;
}

function joinedAll(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** In UTF-16 a byte of 10 is a line end only in a low byte whose high byte is zero. -1 where none is whole. */
function wideLineEnd(bytes: Uint8Array, from: number, low: number): number {
  for (let at = bytes.indexOf(10, from); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (at % 2 === low && (at | 1) < bytes.length && bytes[at ^ 1] === 0) return at;
  }
  return -1;
}
