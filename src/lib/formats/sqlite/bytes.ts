/**
 * Bytes of a database at any place, at once. SQLite and the page reader ask for a page in the middle of their own loops,
 * so a read cannot be a promise.
 *
 * [Note: Memory of a database] In a worker the browser's FileReaderSync reads slices, and 16 MiB of blocks are kept; the
 * file never stands in memory. Node and a page have no such reader, and a file that lies sealed (an import that goes on after
 * a stop) cannot be read by it: there the file is loaded whole, up to 2 GiB.
 */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';

export interface RandomBytes {
  readonly sizeBytes: number;
  /** Fills `into` from `offset` on; what lies behind the end is zero. Returns how many bytes the file really gave. */
  read(offset: number, into: Uint8Array): number;
}

/** What a worker's global scope offers; the DOM's types do not list it beside a window. */
interface SyncReader {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

const BLOCK_BYTES = 256 * 1024;
const MOST_BLOCKS = 64;
const MOST_LOADED_BYTES = 2 ** 31;

/** @throws SourceError 'too-large' where the file would have to be loaded whole and is over 2 GiB. */
export async function openBytes(blob: Blob, file: string): Promise<RandomBytes> {
  const { FileReaderSync } = globalThis as { FileReaderSync?: new () => SyncReader };
  if (FileReaderSync !== undefined && isNative(blob)) return new BlobBytes(blob, new FileReaderSync());
  if (blob.size > MOST_LOADED_BYTES)
    throw new SourceError('too-large', sentence('sqlite-too-large', { where: file, most: MOST_LOADED_BYTES }), file);
  return new LoadedBytes(new Uint8Array(await blob.arrayBuffer()));
}

/** A blob of our own gives its bytes by promise alone; the browser's reader would find none in it. */
const isNative = (blob: Blob): boolean => [Blob.prototype, File.prototype].includes(Object.getPrototypeOf(blob) as Blob & File);

export class LoadedBytes implements RandomBytes {
  readonly sizeBytes: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.sizeBytes = bytes.length;
  }

  read(offset: number, into: Uint8Array): number {
    const piece = this.#bytes.subarray(offset, offset + into.length);
    into.set(piece);
    into.fill(0, piece.length);
    return piece.length;
  }
}

/** Slices of a Blob, read when they are asked for; the blocks used last are kept. */
class BlobBytes implements RandomBytes {
  readonly sizeBytes: number;
  readonly #blob: Blob;
  readonly #reader: SyncReader;
  /** In the order of their last use. */
  readonly #blocks = new Map<number, Uint8Array>();

  constructor(blob: Blob, reader: SyncReader) {
    this.#blob = blob;
    this.#reader = reader;
    this.sizeBytes = blob.size;
  }

  read(offset: number, into: Uint8Array): number {
    let done = 0;
    while (done < into.length) {
      const at = offset + done;
      if (at >= this.sizeBytes) break;
      const index = Math.floor(at / BLOCK_BYTES);
      const block = this.#block(index);
      const piece = block.subarray(at - index * BLOCK_BYTES, at - index * BLOCK_BYTES + into.length - done);
      if (piece.length === 0) break;
      into.set(piece, done);
      done += piece.length;
    }
    into.fill(0, done);
    return done;
  }

  #block(index: number): Uint8Array {
    let block = this.#blocks.get(index);
    if (block === undefined) {
      const start = index * BLOCK_BYTES;
      block = new Uint8Array(this.#reader.readAsArrayBuffer(this.#blob.slice(start, start + BLOCK_BYTES)));
      const oldest = this.#blocks.keys().next();
      if (this.#blocks.size >= MOST_BLOCKS && oldest.done !== true) this.#blocks.delete(oldest.value);
    } else this.#blocks.delete(index);
    this.#blocks.set(index, block);
    return block;
  }
}
