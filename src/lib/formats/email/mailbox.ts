/**
 * A mailbox to its messages, byte by byte: a line that begins with "From " behind an empty line begins the next one
 * (the mbox family). A file without such lines is one message.
 */
import { joined } from '../text/decode.ts';

export interface RawMail {
  /** Byte offset of the message's first header. */
  readonly offset: number;
  /** Null where the message is over the cap and was passed over. */
  readonly bytes: Uint8Array | null;
  readonly sizeBytes: number;
}

/** [Note: Mail caps] One message may have 64 MiB: servers take 25 to 50. It stands in memory while it is taken apart. */
export const MAIL_CAPS = { messageBytes: 64 * 2 ** 20 } as const;

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

export async function* mailsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RawMail> {
  let isMailbox: boolean | null = null;
  /** Bytes not yet given, from the start of the current message. */
  let held: Uint8Array = new Uint8Array(0);
  let base = 0;
  /** Where in `held` the search for the next separator goes on: the start of a line. */
  let at = 0;
  let afterBlank = true;
  /** Bytes of the current message that were dropped because it is over the cap. */
  let dropped = 0;
  const give = (end: number): RawMail | null => {
    const start = dropped === 0 && isMailbox === true && isFromLine(held, 0) ? lineEnd(held, 0) : 0;
    const sizeBytes = dropped + end - Math.min(start, end);
    if (sizeBytes === 0) return null;
    if (dropped > 0 || sizeBytes > MAIL_CAPS.messageBytes) return { offset: base - dropped + start, bytes: null, sizeBytes };
    const bytes = held.slice(start, end);
    return { offset: base + start, bytes: isMailbox === true ? withoutQuotes(bytes) : bytes, sizeBytes };
  };
  for await (const chunk of chunks) {
    held = joined(held, chunk);
    if (isMailbox === null) {
      if (held.length < FROM.length) continue;
      isMailbox = isFromLine(held, 0);
      at = isMailbox ? lineEnd(held, 0) : held.length;
      afterBlank = false;
    }
    while (isMailbox && at < held.length) {
      const end = held.indexOf(10, at);
      if (end < 0) break;
      if (afterBlank && isFromLine(held, at)) {
        const mail = give(at);
        if (mail !== null) yield mail;
        base += at;
        held = held.slice(at);
        at = lineEnd(held, 0);
        dropped = 0;
        afterBlank = false;
        continue;
      }
      afterBlank = end === at || (end === at + 1 && held[at] === 13);
      at = end + 1;
    }
    if (held.length > MAIL_CAPS.messageBytes) {
      const cut = isMailbox ? at : held.length;
      dropped += cut;
      base += cut;
      held = held.slice(cut);
      at = 0;
    }
  }
  const last = give(held.length);
  if (last !== null) yield last;
}
