/**
 * [Note: Sums of texts]
 * What an index was built from, as sums over the texts themselves: SHA-256, cut to 16 bytes, for each side of 4,096
 * messages in a row. They are held against the case as it was read, so it does not matter how a text came to differ (an
 * import, a translation, a certified text withdrawn, a block that was lost, a crash between two writes): where a sum
 * differs these messages are indexed anew on this side, and where it does not, what stands in the index is what stands
 * in the case.
 */
import { SIDES, type Side } from '../analysis/search/search-index.ts';

export const SUM_MESSAGES = 4096;
export const SUM_BYTES = 16;

/** UTF-8 of one side of a message; null where there is none. */
export type TextBytes = (messageId: number, side: Side) => Uint8Array | null;

/** All zeros: no text at all. */
const NO_TEXTS = new Uint8Array(SUM_BYTES);

/** Sum over the texts of messages from..to on one side. Reads them before it first waits. */
async function sumOf(bytesOf: TextBytes, side: Side, from: number, to: number): Promise<Uint8Array> {
  const texts: Uint8Array[] = [];
  const places: number[] = [];
  let length = 0;
  for (let id = from; id < to; id++) {
    const bytes = bytesOf(id, side);
    if (bytes === null) continue;
    texts.push(bytes);
    places.push(id - from, bytes.length);
    length += bytes.length;
  }
  if (texts.length === 0) return NO_TEXTS;
  // How many, then place and length of each, then the texts: no two lists of texts make the same bytes.
  const head = new Uint32Array(1 + places.length);
  head[0] = texts.length;
  head.set(places, 1);
  const whole = new Uint8Array(head.byteLength + length);
  whole.set(new Uint8Array(head.buffer));
  let at = head.byteLength;
  for (const bytes of texts) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole)).subarray(0, SUM_BYTES);
}

/** Sums of all sides of the messages of one chunk below `end`; in the order of SIDES. */
function sumsOfChunk(bytesOf: TextBytes, chunk: number, end: number): Promise<Uint8Array[]> {
  const from = chunk * SUM_MESSAGES;
  const to = Math.min(end, from + SUM_MESSAGES);
  return Promise.all(SIDES.map((side) => sumOf(bytesOf, side, from, to)));
}

export const chunksOf = (messages: number): number => Math.ceil(messages / SUM_MESSAGES);

/** Sums of one chunk in the order of SIDES; null where it is not known what the index holds. */
export type ChunkSums = readonly (Uint8Array | null)[];

const isSame = (a: Uint8Array, b: Uint8Array | null | undefined): boolean =>
  b !== null && b !== undefined && a.every((byte, i) => byte === b[i]);

/** Sums of what an index holds, kept up with it: what was touched is summed again when it is asked for. */
export class TextSums {
  readonly #bytesOf: TextBytes;
  readonly #sums: (Uint8Array | null)[][] = [];
  /** When each side of a chunk was touched last, by a count of all touches. */
  readonly #touchedAt: number[][] = [];
  #touches = 0;

  constructor(bytesOf: TextBytes) {
    this.#bytesOf = bytesOf;
  }

  /** To be called in the same turn in which a text changes or is indexed. */
  touch(messageId: number, side: Side): void {
    const chunk = Math.floor(messageId / SUM_MESSAGES);
    const at = SIDES.indexOf(side);
    this.#rowOf(this.#sums, chunk, null)[at] = null;
    this.#rowOf(this.#touchedAt, chunk, 0)[at] = ++this.#touches;
  }

  /**
   * Holds a chunk's texts against sums of an index on disk. Calls `accept` with the sides that differ in the turn in
   * which that is sure: a text that changed while sums were taken has them taken again.
   * @param end messages that the index on disk holds
   */
  async compare(chunk: number, end: number, sums: ChunkSums, accept: (differing: Side[]) => void): Promise<void> {
    for (;;) {
      const touches = this.#touches;
      const now = await sumsOfChunk(this.#bytesOf, chunk, end);
      if (touches !== this.#touches) continue;
      const known = this.#rowOf(this.#sums, chunk, null);
      const differing = SIDES.filter((_, at) => !isSame(now[at]!, sums[at]));
      for (const [at, side] of SIDES.entries()) if (!differing.includes(side)) known[at] = now[at]!;
      accept(differing);
      return;
    }
  }

  /** Sums of all texts below `end` as they stand in this turn; null where one changed before its sum was taken. */
  async all(end: number): Promise<ChunkSums[]> {
    const touches = this.#touches;
    const all: ChunkSums[] = [];
    for (let chunk = 0; chunk < chunksOf(end); chunk++) {
      const known = this.#rowOf(this.#sums, chunk, null);
      const touchedAt = this.#rowOf(this.#touchedAt, chunk, 0);
      const now = known.includes(null) ? await sumsOfChunk(this.#bytesOf, chunk, end) : known;
      for (const at of SIDES.keys()) if (touchedAt[at]! <= touches) known[at] = now[at] ?? null;
      all.push(known.map((sum, at) => (touchedAt[at]! <= touches ? sum : null)));
    }
    return all;
  }

  #rowOf<T>(rows: T[][], chunk: number, empty: T): T[] {
    return (rows[chunk] ??= SIDES.map(() => empty));
  }
}
