/**
 * A mailbox to its messages, byte by byte: a line that begins with "From " behind an empty line begins the next one
 * (the mbox family). A file without such lines is one message.
 */
import { MAIL_CAPS } from '../caps.ts';

export interface RawMail {
  /** Byte offset of the message's first header. */
  readonly offset: number;
  /** Null where the message is over the cap and was passed over. */
  readonly bytes: Uint8Array | null;
  readonly sizeBytes: number;
}

const FROM = [70, 114, 111, 109, 32];

function isFromLine(bytes: Uint8Array, at: number): boolean {
  return FROM.every((c, i) => bytes[at + i] === c);
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(10, from);
  return at < 0 ? bytes.length : at + 1;
}

/** The mark that programs put before a text line that begins like a separator is taken off again (mboxrd). */
function withoutQuotes(bytes: Uint8Array): Uint8Array {
  let out: Uint8Array | null = null;
  let to = 0;
  let from = 0;
  for (let at = 0; at < bytes.length; at = lineEnd(bytes, at)) {
    if (bytes[at] !== 62) continue;
    let quotes = 1;
    while (bytes[at + quotes] === 62) quotes++;
    if (!isFromLine(bytes, at + quotes)) continue;
    out ??= new Uint8Array(bytes.length);
    out.set(bytes.subarray(from, at), to);
    to += at - from;
    from = at + 1;
  }
  if (out === null) return bytes;
  out.set(bytes.subarray(from), to);
  return out.subarray(0, to + bytes.length - from);
}

/** Bytes that come in pieces and are taken from the front, without a copy for each. */
class ByteQueue {
  bytes: Uint8Array = new Uint8Array(1 << 16);
  /** First byte that was not taken, and the one behind the last. */
  start = 0;
  end = 0;

  add(chunk: Uint8Array): void {
    if (this.end + chunk.length > this.bytes.length) {
      const length = this.end - this.start;
      const isRoomy = (length + chunk.length) * 2 <= this.bytes.length;
      const next = isRoomy ? this.bytes : new Uint8Array(Math.max(this.bytes.length, length + chunk.length) * 2);
      if (isRoomy) next.copyWithin(0, this.start, this.end);
      else next.set(this.bytes.subarray(this.start, this.end));
      this.bytes = next;
      this.start = 0;
      this.end = length;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** What is held, valid until the next `add`. */
  view(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }
}

/** @param mostBytes of one message; larger ones are passed over. */
export async function* mailsOf(
  chunks: AsyncIterable<Uint8Array>,
  mostBytes: number = MAIL_CAPS.messageBytes
): AsyncGenerator<RawMail> {
  const queue = new ByteQueue();
  let isMailbox: boolean | null = null;
  /** Offset in the document of the queue's first byte, which is the current message's while nothing of it was dropped. */
  let base = 0;
  /** Where in the queue the search for the next separator goes on: the start of a line. */
  let at = 0;
  let afterBlank = false;
  /** Bytes of the current message that were dropped because it is over the cap. */
  let dropped = 0;
  const take = (bytes: number): void => {
    queue.start += bytes;
    base += bytes;
  };
  const mailUntil = (held: Uint8Array, end: number): RawMail | null => {
    const start = dropped === 0 && isMailbox === true && isFromLine(held, 0) ? Math.min(end, lineEnd(held, 0)) : 0;
    const sizeBytes = dropped + end - start;
    if (sizeBytes === 0) return null;
    if (dropped > 0 || sizeBytes > mostBytes) return { offset: base - dropped + start, bytes: null, sizeBytes };
    const bytes = held.slice(start, end);
    return { offset: base + start, bytes: isMailbox === true ? withoutQuotes(bytes) : bytes, sizeBytes };
  };
  for await (const chunk of chunks) {
    queue.add(chunk);
    let held = queue.view();
    if (isMailbox === null) {
      if (held.length < FROM.length) continue;
      isMailbox = isFromLine(held, 0);
      at = isMailbox ? lineEnd(held, 0) : held.length;
    }
    for (let end = isMailbox ? held.indexOf(10, at) : -1; end >= 0; end = held.indexOf(10, at)) {
      if (afterBlank && isFromLine(held, at)) {
        const mail = mailUntil(held, at);
        if (mail !== null) yield mail;
        take(at);
        held = held.subarray(at);
        at = end + 1 - at;
        dropped = 0;
        afterBlank = false;
        continue;
      }
      afterBlank = end === at || (end === at + 1 && held[at] === 13);
      at = end + 1;
    }
    if (held.length > mostBytes || dropped > 0) {
      // Of a line whose end is not in sight, only what may yet begin a separator is waited for.
      const isLong = held.length - at > 1000 || !isMailbox;
      const cut = isLong ? held.length : at;
      if (isLong) afterBlank = false;
      dropped += cut;
      take(cut);
      at = 0;
    }
  }
  const held = queue.view();
  const last = mailUntil(held, held.length);
  if (last !== null) yield last;
}
