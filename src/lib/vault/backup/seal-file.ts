/** Writes a case file, chunk by chunk, and opens one. See [Note: Case file]. */
import { createSHA256, type IHasher } from 'hash-wasm';
import {
  CHUNK_BYTES,
  chunkNonce,
  fileKeys,
  isEqual,
  packDoor,
  RefusedFile,
  SEALED_BYTES,
  type Door,
  type FileHeader,
  type FileKeys
} from './layout.ts';

/** Where the bytes of a file go, in order. */
export interface ByteSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Chunks that go to the sink in one call: each call is a message to another process. */
const CHUNKS_A_WRITE = 16;

/** Holds one chunk back, since only `end` knows which is the last; memory is that and what waits for its write. */
export class FileSealer {
  readonly #sink: ByteSink;
  readonly #keys: FileKeys;
  readonly #hash: IHasher;
  readonly #chunk = new Uint8Array(CHUNK_BYTES);
  #filled = 0;
  #chunks = 0;
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #sizeBytes = 0;

  private constructor(sink: ByteSink, keys: FileKeys, hash: IHasher) {
    this.#sink = sink;
    this.#keys = keys;
    this.#hash = hash;
  }

  /** Writes the header. @param fileKey 32 random bytes; the caller zeroes them afterwards. */
  static async begin(sink: ByteSink, header: FileHeader, fileKey: Uint8Array<ArrayBuffer>): Promise<FileSealer> {
    const door = await packDoor(header);
    const keys = await fileKeys(fileKey, door);
    const sealer = new FileSealer(sink, keys, await createSHA256());
    await sealer.#put(door);
    await sealer.#put(keys.mac);
    return sealer;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      if (this.#filled === CHUNK_BYTES) await this.#seal(false);
      const part = bytes.subarray(at, at + CHUNK_BYTES - this.#filled);
      this.#chunk.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
    }
  }

  /** Seals the last chunk. @returns size and SHA-256 of the whole file */
  async end(): Promise<{ readonly sizeBytes: number; readonly sha256Hex: string }> {
    await this.#seal(true);
    await this.#flush();
    return { sizeBytes: this.#sizeBytes, sha256Hex: this.#hash.digest('hex') };
  }

  async #seal(isLast: boolean): Promise<void> {
    const iv = chunkNonce(this.#chunks++, isLast);
    const plain = this.#chunk.subarray(0, this.#filled);
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.#keys.chunks, plain));
    this.#filled = 0;
    await this.#put(sealed);
  }

  async #put(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#waiting.push(bytes);
    if (this.#waiting.length >= CHUNKS_A_WRITE) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = new Uint8Array(this.#waiting.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#waiting) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#waiting = [];
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
    await this.#sink.write(bytes);
  }
}

/** A file whose secret was given: its content can be read. */
export class OpenedFile {
  readonly #file: Blob;
  readonly #door: Door;
  readonly #keys: FileKeys;

  private constructor(file: Blob, door: Door, keys: FileKeys) {
    this.#file = file;
    this.#door = door;
    this.#keys = keys;
  }

  /** @throws RefusedFile where the header is not the one that the key was made for */
  static async open(file: Blob, door: Door, fileKey: Uint8Array<ArrayBuffer>): Promise<OpenedFile> {
    const keys = await fileKeys(fileKey, door.bytes);
    if (!isEqual(keys.mac, door.mac)) {
      throw new RefusedFile({ code: 'damaged', part: 'header', chunk: null, byteOffset: door.bytes.length });
    }
    return new OpenedFile(file, door, keys);
  }

  get header(): FileHeader {
    return this.#door.header;
  }

  /** Where a byte of the content stands in the file: its chunk from 1, and where that chunk begins. */
  placeOf(contentOffset: number): { readonly chunk: number; readonly byteOffset: number } {
    const chunk = Math.floor(contentOffset / CHUNK_BYTES);
    return { chunk: chunk + 1, byteOffset: this.#door.chunksAt + chunk * SEALED_BYTES };
  }

  /** The content in order. @throws RefusedFile at the first chunk that is not as it was sealed */
  async *content(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const { chunksAt } = this.#door;
    const { size } = this.#file;
    const stride = SEALED_BYTES * CHUNKS_A_WRITE;
    if (size === chunksAt) throw new RefusedFile({ code: 'damaged', part: 'end', chunk: 1, byteOffset: size });
    for (let from = chunksAt; from < size; from += stride) {
      const window = new Uint8Array(await this.#file.slice(from, from + stride).arrayBuffer());
      for (let at = 0; at < window.length; at += SEALED_BYTES) {
        const byteOffset = from + at;
        const chunk = (byteOffset - chunksAt) / SEALED_BYTES;
        const isLast = byteOffset + SEALED_BYTES >= size;
        yield await this.#unseal(window.subarray(at, at + SEALED_BYTES), chunk, isLast, byteOffset);
      }
    }
  }

  async #unseal(
    sealed: Uint8Array<ArrayBuffer>,
    chunk: number,
    isLast: boolean,
    byteOffset: number
  ): Promise<Uint8Array<ArrayBuffer>> {
    const plain = await this.#tried(sealed, chunk, isLast);
    if (plain !== null) return plain;
    // A whole chunk with the other mark: the file ends too early, or goes on after its end.
    const isOther = (await this.#tried(sealed, chunk, !isLast)) !== null;
    const place = isOther
      ? ({ part: 'end', chunk: chunk + 1, byteOffset: byteOffset + sealed.length } as const)
      : ({ part: 'chunk', chunk: chunk + 1, byteOffset } as const);
    throw new RefusedFile({ code: 'damaged', ...place });
  }

  async #tried(sealed: Uint8Array<ArrayBuffer>, chunk: number, isLast: boolean): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const iv = chunkNonce(chunk, isLast);
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.#keys.chunks, sealed));
    } catch {
      return null;
    }
  }
}
