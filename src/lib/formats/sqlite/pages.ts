/**
 * The b-trees of a database, page by page, without SQLite: what a damaged file still holds, and which tables a file has.
 *
 * [Note: Salvage] A tree is walked from its root; each page is visited once in the life of a reader, so that no ring or
 * doubled pointer gives a row twice. Where a page on the way cannot be read, its part of the row ids is lost with it:
 * leaves that no tree reaches any more, that are not on the list of free pages, and whose row ids and number of columns
 * fit the lost part of one table alone, are given as that table's rows. Nothing is searched for in free pages, free
 * blocks or between cells: a deleted row is never claimed.
 */
import { DATABASE_CAPS } from '../caps.ts';
import { type RandomBytes } from './bytes.ts';
import { u16, u32, type DatabaseHeader } from './header.ts';
import { signedRowId, VarintReader } from './record.ts';

/** Row ids from `above` (exclusive) to `upTo` (inclusive) that stood on pages which cannot be read. */
export interface LostRange {
  readonly above: number;
  readonly upTo: number;
}

export interface TableCell {
  readonly rowId: number;
  /** Page of the file, from 1. */
  readonly page: number;
  /** The whole record, put together from its pages; null where a part of it cannot be read. */
  readonly payload: Uint8Array | null;
}

const LEAF = 13;
const INNER = 5;

interface TreePage {
  readonly bytes: Uint8Array;
  /** 100 on page 1, behind the header of the file; else 0. */
  readonly at: number;
  readonly isLeaf: boolean;
  readonly cells: number;
}

export class PageFile {
  readonly header: DatabaseHeader;
  /** Pages that the bytes really hold, a last cut one included. */
  readonly pageCount: number;
  readonly #bytes: RandomBytes;
  #free: Set<number> | null = null;
  /** Bytes of long records that may still be put together: a ring of pages named by every cell would go on for ever. */
  #overflowLeft: number;

  constructor(bytes: RandomBytes, header: DatabaseHeader) {
    this.#bytes = bytes;
    this.header = header;
    this.#overflowLeft = 8 * bytes.sizeBytes;
    this.pageCount = Math.ceil(bytes.sizeBytes / header.pageSize);
  }

  get sizeBytes(): number {
    return this.#bytes.sizeBytes;
  }
  get bytes(): RandomBytes {
    return this.#bytes;
  }

  /** A page; null where there is none of that number. What is cut off is zero. */
  page(number: number): Uint8Array | null {
    if (number < 1 || number > this.pageCount) return null;
    const page = new Uint8Array(this.header.pageSize);
    this.#bytes.read((number - 1) * this.header.pageSize, page);
    return page;
  }

  /** A page of a table's b-tree; null for any other. */
  treePage(number: number): TreePage | null {
    const bytes = this.page(number);
    if (bytes === null) return null;
    const at = number === 1 ? 100 : 0;
    const kind = bytes[at];
    if (kind !== LEAF && kind !== INNER) return null;
    const cells = u16(bytes, at + 3);
    const arrayAt = at + (kind === LEAF ? 8 : 12);
    if (arrayAt + 2 * cells > this.header.usable) return null;
    return { bytes, at, isLeaf: kind === LEAF, cells };
  }

  /** Where a cell of a page begins; 0 where its pointer leads nowhere. */
  cellAt(page: TreePage, n: number): number {
    const arrayAt = page.at + (page.isLeaf ? 8 : 12);
    const at = u16(page.bytes, arrayAt + 2 * n);
    return at >= arrayAt + 2 * page.cells && at + 4 <= this.header.usable ? at : 0;
  }

  /** Left child and key of a cell of an inner page. */
  innerCell(page: TreePage, at: number): { child: number; key: number } {
    const varint = new VarintReader();
    varint.at = at + 4;
    return { child: u32(page.bytes, at), key: signedRowId(varint.read(page.bytes)) };
  }

  leafCell(page: TreePage, at: number, number: number): TableCell {
    const varint = new VarintReader();
    varint.at = at;
    const size = varint.read(page.bytes);
    const rowId = signedRowId(varint.read(page.bytes));
    return { rowId, page: number, payload: this.#payload(page.bytes, varint.at, size) };
  }

  /** Numbers of free pages, as far as their list can be followed. */
  get freePages(): ReadonlySet<number> {
    if (this.#free !== null) return this.#free;
    const free = new Set<number>();
    let trunk = this.header.firstFreelistPage;
    while (trunk !== 0 && !free.has(trunk) && free.size < DATABASE_CAPS.freePages) {
      const page = this.page(trunk);
      if (page === null) break;
      free.add(trunk);
      const count = Math.min(u32(page, 4), Math.floor(this.header.usable / 4) - 2);
      for (let i = 0; i < count; i++) free.add(u32(page, 8 + 4 * i));
      trunk = u32(page, 0);
    }
    return (this.#free = free);
  }

  /** A record, from its page and the pages that it runs over to. */
  #payload(page: Uint8Array, at: number, size: number): Uint8Array | null {
    const { usable } = this.header;
    if (!(size >= 1 && size <= DATABASE_CAPS.recordBytes) || size > this.#bytes.sizeBytes) return null;
    const mostLocal = usable - 35;
    if (size <= mostLocal) return at + size <= usable ? page.subarray(at, at + size) : null;
    const leastLocal = Math.floor(((usable - 12) * 32) / 255) - 23;
    const wanted = leastLocal + ((size - leastLocal) % (usable - 4));
    const local = wanted <= mostLocal ? wanted : leastLocal;
    if (at + local + 4 > usable || size > this.#overflowLeft) return null;
    this.#overflowLeft -= size;
    const payload = new Uint8Array(size);
    payload.set(page.subarray(at, at + local));
    let done = local;
    let next = u32(page, at + local);
    // A chain of pages of this length cannot be a ring that is followed for ever.
    while (done < size) {
      const over = next === 0 ? null : this.page(next);
      if (over === null) return null;
      const piece = over.subarray(4, Math.min(usable, 4 + size - done));
      payload.set(piece, done);
      done += piece.length;
      next = u32(over, 0);
    }
    return payload;
  }
}

export interface WalkCounts {
  /** Pages of the tree that cannot be read, or lie in two trees. */
  lostPages: number;
  /** Rows of readable pages whose place or record cannot be read. */
  lostRows: number;
}

/** One walk over the tree of one table. */
export class TableWalk {
  readonly counts: WalkCounts = { lostPages: 0, lostRows: 0 };
  readonly lost: LostRange[] = [];
  readonly #file: PageFile;
  /** Pages that any walk of this reader has come to. */
  readonly #visited: Set<number>;
  readonly #skipsRows: boolean;

  /** @param skipsRows where only the pages matter. */
  constructor(file: PageFile, visited: Set<number>, skipsRows = false) {
    this.#file = file;
    this.#visited = visited;
    this.#skipsRows = skipsRows;
  }

  *cells(root: number): Generator<TableCell> {
    yield* this.#walk(root, -Infinity, Infinity, 0);
  }

  /** Cells of a leaf that belongs to no tree any more. */
  *leaf(number: number): Generator<TableCell> {
    const page = this.#file.treePage(number);
    if (page !== null && page.isLeaf) yield* this.#leaf(page, number);
  }

  *#walk(number: number, above: number, upTo: number, depth: number): Generator<TableCell> {
    const page = this.#visited.has(number) || depth > DATABASE_CAPS.depth ? null : this.#file.treePage(number);
    if (page === null) {
      this.counts.lostPages++;
      this.lost.push({ above, upTo });
      return;
    }
    this.#visited.add(number);
    if (page.isLeaf) {
      if (!this.#skipsRows) yield* this.#leaf(page, number);
      return;
    }
    let low = above;
    for (let n = 0; n < page.cells; n++) {
      const at = this.#file.cellAt(page, n);
      if (at === 0) {
        this.counts.lostPages++;
        // How far the lost child reached, the next cell no longer says.
        this.lost.push({ above: low, upTo });
        continue;
      }
      const { child, key } = this.#file.innerCell(page, at);
      yield* this.#walk(child, low, key, depth + 1);
      low = key;
    }
    yield* this.#walk(u32(page.bytes, page.at + 8), low, upTo, depth + 1);
  }

  *#leaf(page: TreePage, number: number): Generator<TableCell> {
    const seen = new Set<number>();
    for (let n = 0; n < page.cells; n++) {
      const at = this.#file.cellAt(page, n);
      // Two pointers to one cell are one row.
      if (at === 0 || seen.has(at)) this.counts.lostRows++;
      else yield this.#file.leafCell(page, at, number);
      seen.add(at);
    }
  }
}
