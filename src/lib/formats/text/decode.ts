/**
 * Bytes to text without loss of sight: UTF-8 strictly, UTF-16 by its mark; what is not UTF-8 is read in the code page that
 * its beginning speaks for ([Note: Code pages]), and reported once, by the caller's finding.
 */
import { ASSUMED_PAGE, codePageOf, type CodePage } from './code-page.ts';
import { detectEncoding, type TextEncodingName } from './encoding.ts';

/** Told once per source: at which byte the text stopped being UTF-8, and by which page it is read instead. */
export type NotUtf8 = (byteOffset: number, page: CodePage) => void;

/** How much of a text is looked at for its code page: the same in whatever pieces it comes. */
export const PAGE_HEAD_BYTES = 64 * 1024;

const WINDOW_BYTES = 1 << 20;

/** Chunks of a Blob; abortable. The next piece is fetched while the caller works on this one. */
export async function* blobChunks(blob: Blob, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const fetch = (at: number): Promise<ArrayBuffer> => {
    const piece = blob.slice(at, at + WINDOW_BYTES).arrayBuffer();
    // A caller that stops early never looks at this one; its failure must not become an unhandled one.
    piece.catch(() => undefined);
    return piece;
  };
  let next = fetch(0);
  for (let at = 0; at < blob.size; at += WINDOW_BYTES) {
    const piece = await next;
    signal.throwIfAborted();
    if (at + WINDOW_BYTES < blob.size) next = fetch(at + WINDOW_BYTES);
    yield new Uint8Array(piece);
  }
}

/** The same bytes, the first piece being long enough to recognise an encoding by (or the whole file). */
export async function* withHead(chunks: AsyncIterable<Uint8Array>, headBytes = 256): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = joined(head, chunk);
    if (head.length >= headBytes) {
      yield head;
      head = null;
    }
  }
  if (head !== null && head.length > 0) yield head;
}

/** Two pieces as one; the second itself where the first is empty. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Length of the longest prefix that ends on a whole UTF-8 character (by its lead bytes only). */
export function wholeUtf8Length(bytes: Uint8Array, end = bytes.length): number {
  for (let back = 1; back <= 3 && back <= end; back++) {
    const c = bytes[end - back] as number;
    if (c >= 0xc0) {
      const need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
      return need > back ? end - back : end;
    }
    if (c < 0x80) return end;
  }
  return end;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lax = new TextDecoder('utf-8', { ignoreBOM: true });
const windows1252 = new TextDecoder(ASSUMED_PAGE);

/**
 * Node 20 reads windows-1252 as Latin-1 where all of a text comes at once, so that quotes become control characters; as a
 * stream it reads it right. A page of one byte a character keeps nothing for the next call.
 */
const inPage = (decoder: TextDecoder, bytes: Uint8Array): string =>
  decoder.decode(bytes, { stream: decoder.encoding === ASSUMED_PAGE });

/** Decodes one whole piece: UTF-8, or the other page where it is not. `isUtf8` says which. */
export function decodeStrict(
  bytes: Uint8Array,
  otherwise: TextDecoder = windows1252
): { readonly text: string; readonly isUtf8: boolean } {
  try {
    return { text: strict.decode(bytes), isUtf8: true };
  } catch {
    return { text: inPage(otherwise, bytes), isUtf8: false };
  }
}

/**
 * The code page for what is not UTF-8 in a text that begins so. A text in UTF-8 with some damage is no text of another page.
 * @param head without a byte-order mark
 */
export function pageOfHead(head: Uint8Array): CodePage {
  let odd = 0;
  let sound = 0;
  for (const char of lax.decode(head.subarray(0, wholeUtf8Length(head)))) {
    if (char === '\ufffd') odd++;
    else if (char > '\x7f') sound++;
  }
  return odd > sound ? codePageOf(head) : ASSUMED_PAGE;
}

/** The beginning of a text file as text, for recognition; a character that its end cuts in two is left out. */
export function headText(head: Uint8Array): string {
  const { encoding, bomBytes } = detectEncoding(head);
  const bytes = head.subarray(bomBytes);
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  const { text, isUtf8 } = decodeStrict(bytes.subarray(0, wholeUtf8Length(bytes)));
  return isUtf8 ? text : new TextDecoder(pageOfHead(bytes)).decode(bytes, { stream: true });
}

/**
 * Pieces of text in order, without the byte-order mark. A piece that is not UTF-8 is read in the code page of the text's
 * beginning from there to the end of the file, and `notUtf8` is called once with the piece's offset.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  notUtf8: NotUtf8,
  forced?: TextEncodingName
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let isUtf8 = false;
  let rest: Uint8Array = new Uint8Array(0);
  let offset = 0;
  let page = ASSUMED_PAGE;
  for await (const chunk of withHead(chunks, PAGE_HEAD_BYTES)) {
    let bytes = joined(rest, chunk);
    rest = new Uint8Array(0);
    if (decoder === null) {
      const found = detectEncoding(bytes);
      const encoding = forced ?? found.encoding;
      isUtf8 = encoding === 'utf-8';
      decoder = new TextDecoder(encoding, { ignoreBOM: true });
      bytes = bytes.subarray(found.bomBytes);
      offset = found.bomBytes;
      if (isUtf8) page = pageOfHead(bytes);
    }
    if (!isUtf8) {
      const text = decoder.decode(bytes, { stream: true });
      offset += bytes.length;
      if (text !== '') yield text;
      continue;
    }
    const whole = wholeUtf8Length(bytes);
    rest = bytes.slice(whole);
    const { text, isUtf8: ok } = decodeStrict(bytes.subarray(0, whole));
    if (!ok) {
      notUtf8(offset, page);
      isUtf8 = false;
      decoder = new TextDecoder(page);
      yield decoder.decode(bytes, { stream: true });
      offset += bytes.length;
      rest = new Uint8Array(0);
      continue;
    }
    offset += whole;
    if (text !== '') yield text;
  }
  if (rest.length > 0) {
    const { text, isUtf8: ok } = decodeStrict(rest, new TextDecoder(page));
    if (!ok) notUtf8(offset, page);
    yield text;
  } else if (decoder !== null && !isUtf8) {
    const tail = decoder.decode();
    if (tail !== '') yield tail;
  }
}
