/**
 * Bytes to text without loss of sight: UTF-8 strictly, UTF-16 by its mark; what is not UTF-8 is read as
 * windows-1252 (the code page of the programs that write such files) and reported once, by the caller's finding.
 */
import { detectEncoding, type TextEncodingName } from './encoding.ts';

/** Told once per source: at which byte the text stopped being UTF-8. */
export type NotUtf8 = (byteOffset: number) => void;

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
const windows1252 = new TextDecoder('windows-1252');

/** Decodes one whole piece: UTF-8, or windows-1252 where it is not. `isUtf8` says which. */
export function decodeStrict(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  try {
    return { text: strict.decode(bytes), isUtf8: true };
  } catch {
    return { text: windows1252.decode(bytes), isUtf8: false };
  }
}

/**
 * Pieces of text in order, without the byte-order mark. A piece that is not UTF-8 is read as
 * windows-1252 from there to the end of the file, and `notUtf8` is called once with the piece's offset.
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
  for await (const chunk of withHead(chunks)) {
    let bytes = joined(rest, chunk);
    rest = new Uint8Array(0);
    if (decoder === null) {
      const found = detectEncoding(bytes);
      const encoding = forced ?? found.encoding;
      isUtf8 = encoding === 'utf-8';
      decoder = new TextDecoder(encoding, { ignoreBOM: true });
      bytes = bytes.subarray(found.bomBytes);
      offset = found.bomBytes;
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
      notUtf8(offset);
      isUtf8 = false;
      decoder = windows1252;
      yield windows1252.decode(bytes);
      offset += bytes.length;
      rest = new Uint8Array(0);
      continue;
    }
    offset += whole;
    if (text !== '') yield text;
  }
  if (rest.length > 0) {
    const { text, isUtf8: ok } = decodeStrict(rest);
    if (!ok) notUtf8(offset);
    yield text;
  } else if (decoder !== null && !isUtf8) {
    const tail = decoder.decode();
    if (tail !== '') yield tail;
  }
}
