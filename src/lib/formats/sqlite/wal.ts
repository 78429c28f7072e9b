/**
 * The write-ahead log beside a database. A phone keeps its newest messages there until a checkpoint copies them over, so
 * a database without its -wal is missing exactly those. https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 *
 * Only what SQLite itself would take is taken: frames with the salts of the log's header and a checksum that continues
 * from frame to frame, up to the last one that ends a transaction.
 */
import type { RandomBytes } from './bytes.ts';
import { u32 } from './header.ts';

export interface WalSummary {
  /** Frames that belong to finished transactions and are read. */
  readonly committed: number;
  /** Whole frames behind the last finished transaction: begun and not finished, or left over from an earlier round. */
  readonly ignored: number;
  /** Pages of the database whose newest content stands in the log. */
  readonly pages: number;
}

const HEADER_BYTES = 32;
const FRAME_BYTES = 24;

interface WalContent {
  /** Page number to the offset of its newest content in the log. */
  readonly pages: ReadonlyMap<number, number>;
  /** Pages of the database after the last finished transaction; 0 where there was none. */
  readonly pageCount: number;
  readonly summary: WalSummary;
}

/** @returns null where the file is no write-ahead log for a database of this page size. An empty log is one. */
export function readWal(log: RandomBytes, pageSize: number): WalContent | null {
  const none = { pages: new Map<number, number>(), pageCount: 0, summary: { committed: 0, ignored: 0, pages: 0 } };
  if (log.sizeBytes === 0) return none;
  const header = new Uint8Array(HEADER_BYTES);
  log.read(0, header);
  const magic = u32(header, 0);
  // A log that was reset begins with zeros: nothing stands in it.
  if (header.every((byte) => byte === 0)) return none;
  if ((magic !== 0x377f0682 && magic !== 0x377f0683) || u32(header, 8) !== pageSize) return null;
  const isBigEndian = magic === 0x377f0683;
  const sum = new Checksum(isBigEndian);
  sum.add(header.subarray(0, 24));
  if (!sum.is(u32(header, 24), u32(header, 28))) return null;
  const salt1 = u32(header, 16);
  const salt2 = u32(header, 20);
  const frame = new Uint8Array(FRAME_BYTES + pageSize);
  const frames = Math.floor((log.sizeBytes - HEADER_BYTES) / frame.length);
  const pages = new Map<number, number>();
  let pending: [page: number, offset: number][] = [];
  let committed = 0;
  let pageCount = 0;
  for (let n = 0; n < frames; n++) {
    const offset = HEADER_BYTES + n * frame.length;
    log.read(offset, frame);
    if (u32(frame, 8) !== salt1 || u32(frame, 12) !== salt2) break;
    sum.add(frame.subarray(0, 8));
    sum.add(frame.subarray(FRAME_BYTES));
    if (!sum.is(u32(frame, 16), u32(frame, 20))) break;
    const page = u32(frame, 0);
    if (page === 0) break;
    pending.push([page, offset + FRAME_BYTES]);
    const size = u32(frame, 4);
    if (size === 0) continue;
    for (const [number, at] of pending) pages.set(number, at);
    pending = [];
    committed = n + 1;
    pageCount = size;
  }
  return { pages, pageCount, summary: { committed, ignored: frames - committed, pages: pages.size } };
}

/** The running sum of a log: two numbers of 32 bits over pairs of words. */
class Checksum {
  #first = 0;
  #second = 0;
  readonly #isBigEndian: boolean;

  constructor(isBigEndian: boolean) {
    this.#isBigEndian = isBigEndian;
  }

  add(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let first = this.#first;
    let second = this.#second;
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      first = (first + view.getUint32(at, !this.#isBigEndian) + second) >>> 0;
      second = (second + view.getUint32(at + 4, !this.#isBigEndian) + first) >>> 0;
    }
    this.#first = first;
    this.#second = second;
  }

  is(first: number, second: number): boolean {
    return this.#first === first && this.#second === second;
  }
}

/**
 * A database with its log laid over it, as one file. Two bytes of the header are changed on the way: they tell SQLite
 * that a log has to be looked for, and it was.
 */
export class MergedBytes implements RandomBytes {
  readonly sizeBytes: number;
  readonly #base: RandomBytes;
  readonly #log: RandomBytes | null;
  readonly #pages: ReadonlyMap<number, number>;
  readonly #pageSize: number;

  constructor(base: RandomBytes, pageSize: number, log: { readonly bytes: RandomBytes; readonly content: WalContent } | null) {
    this.#base = base;
    this.#log = log?.bytes ?? null;
    this.#pages = log?.content.pages ?? new Map();
    this.#pageSize = pageSize;
    const stated = log?.content.pageCount ?? 0;
    this.sizeBytes = stated > 0 ? stated * pageSize : base.sizeBytes;
  }

  read(offset: number, into: Uint8Array): number {
    let done = 0;
    const end = Math.min(into.length, Math.max(0, this.sizeBytes - offset));
    while (done < end) {
      const at = offset + done;
      const page = Math.floor(at / this.#pageSize) + 1;
      const inPage = at - (page - 1) * this.#pageSize;
      const piece = into.subarray(done, Math.min(end, done + this.#pageSize - inPage));
      const held = this.#pages.get(page);
      if (held === undefined || this.#log === null) this.#base.read(at, piece);
      else this.#log.read(held + inPage, piece);
      done += piece.length;
    }
    into.fill(0, done);
    for (const at of [18, 19]) if (offset <= at && at < offset + done) into[at - offset] = 1;
    return done;
  }
}
