/** The first 100 bytes of a database: https://www.sqlite.org/fileformat2.html#the_database_header */
import type { RandomBytes } from './bytes.ts';

export type TextEncodingOfDatabase = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface DatabaseHeader {
  readonly pageSize: number;
  /** Bytes of a page that hold data: the rest is reserved for extensions. */
  readonly usable: number;
  readonly encoding: TextEncodingOfDatabase;
  /** Pages that the file says it has; 0 where it does not say it in a way to be relied on. */
  readonly statedPages: number;
  readonly firstFreelistPage: number;
  /** True where a field had to be guessed, because the header is damaged. */
  readonly isGuessed: boolean;
}

const MAGIC = new TextEncoder().encode('SQLite format 3\0');
const SIZES = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536] as const;

export function looksLikeSqlite(head: Uint8Array): boolean {
  return head.length >= 16 && MAGIC.every((byte, i) => head[i] === byte);
}

/** Big-endian numbers of a page. */
export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
export function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 65536 + u16(bytes, at + 2);
}

/** Reads the header; a page size that cannot be is guessed from the pages. */
export function readHeader(bytes: RandomBytes): DatabaseHeader {
  const head = new Uint8Array(100);
  bytes.read(0, head);
  const stated = u16(head, 16) === 1 ? 65536 : u16(head, 16);
  const isSize = (SIZES as readonly number[]).includes(stated);
  const pageSize = isSize ? stated : guessPageSize(bytes);
  const reserved = head[20] ?? 0;
  // SQLite itself asks for 480 bytes of use at least.
  const usable = pageSize - reserved >= 480 ? pageSize - reserved : pageSize;
  const code = u32(head, 56);
  const encoding = code === 2 ? 'utf-16le' : code === 3 ? 'utf-16be' : 'utf-8';
  // The number of pages holds only where the two change counters agree.
  const statedPages = u32(head, 24) === u32(head, 92) ? u32(head, 28) : 0;
  const isGuessed = !isSize || usable !== pageSize - reserved || !looksLikeSqlite(head);
  return { pageSize, usable, encoding, statedPages, firstFreelistPage: u32(head, 32), isGuessed };
}

/** The size at which most page starts are what a page of a b-tree begins with. */
function guessPageSize(bytes: RandomBytes): number {
  let best: number = 4096;
  let bestShare = 0;
  for (const size of SIZES) {
    const pages = Math.min(200, Math.floor(bytes.sizeBytes / size));
    let fits = 0;
    const start = new Uint8Array(12);
    for (let page = 1; page < pages; page++) {
      bytes.read(page * size, start);
      const isNode = start[0] === 2 || start[0] === 5 || start[0] === 10 || start[0] === 13;
      const content = u16(start, 5);
      if (isNode && u16(start, 3) < size / 2 && (content === 0 || (content <= size && content >= 8 + 2 * u16(start, 3)))) fits++;
    }
    const share = pages > 1 ? fits / (pages - 1) : 0;
    if (share > bestShare) {
      bestShare = share;
      best = size;
    }
  }
  return best;
}
