/**
 * [Note: Staged file]
 * A browser forgets a dropped file with its page, so an import that a crash cut off could only be begun again by giving
 * the file again. While it is imported, a file therefore lies in the case's folder too, sealed with the case's key in
 * pieces of a megabyte, and an import that was stopped goes on from there by itself when the case is next opened. It goes
 * when the import ends, however it ends. Where there is no room for it, the import runs without.
 *
 * What is said about it (name, reader, options) is sealed as well and written last: a copy that is not whole has no word
 * about it, and is taken away.
 */
import { randomBytes } from '../keys.ts';
import type { SegmentFile, SegmentFolder } from './ports.ts';

const DATA = 'staged';
const WORD = 'staged-word';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const PIECE_BYTES = 1 << 20;
/** Pieces between two words on how far it is. */
const TELL_EVERY = 16;
const SEALED_BYTES = NONCE_BYTES + PIECE_BYTES + TAG_BYTES;

/** What was hashed of the pieces so far. */
export interface PieceSum {
  update(bytes: Uint8Array): void;
  hex(): string;
}

/** What an import needs beside the bytes of its file. */
export interface StagedWord {
  readonly name: string;
  readonly sizeBytes: number;
  readonly formatId: string;
  /** The reader's options as data: the vault knows no format. */
  readonly options: unknown;
  /** Of the file, taken while it was laid aside: the import, and one that goes on, need not read it once more for that. */
  readonly sha256Hex: string;
  /** How often an import of this copy was begun. */
  readonly tries: number;
}

export class StagedFile {
  readonly #folder: SegmentFolder;
  readonly #caseId: string;
  readonly #key: CryptoKey;

  constructor(folder: SegmentFolder, caseId: string, key: CryptoKey) {
    this.#folder = folder;
    this.#caseId = caseId;
    this.#key = key;
  }

  /**
   * Lays a copy of the file aside and takes its hash on the way. Rejects where there is no room; nothing is left behind then.
   * @param sum of nothing yet
   * @returns the hash, as it stands in the word
   */
  async put(
    blob: Blob,
    word: Omit<StagedWord, 'sha256Hex'>,
    sum: PieceSum,
    signal: AbortSignal,
    onProgress: (bytesDone: number) => void = () => {}
  ): Promise<string> {
    await this.clear();
    const file = await this.#folder.open(DATA);
    try {
      for (let piece = 0; piece * PIECE_BYTES < blob.size; piece++) {
        signal.throwIfAborted();
        const plain = new Uint8Array(await blob.slice(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES).arrayBuffer());
        sum.update(plain);
        await file.write(await this.#seal(plain, `piece ${piece}`), piece * SEALED_BYTES);
        if (piece % TELL_EVERY === 0) onProgress(piece * PIECE_BYTES);
      }
      await file.flush();
      const sha256Hex = sum.hex();
      await this.#write({ ...word, sha256Hex });
      file.close();
      return sha256Hex;
    } catch (error) {
      file.close();
      await this.clear();
      throw error;
    }
  }

  /** The copy that an import left behind, one try more counted; null where there is none that is whole. */
  async take(): Promise<{ readonly word: StagedWord; readonly blob: Blob } | null> {
    const word = await this.#word();
    if (word === null) {
      await this.clear();
      return null;
    }
    const next = { ...word, tries: word.tries + 1 };
    await this.#write(next);
    const file = await this.#folder.peek(DATA);
    if (file === null) return null;
    const pieces = (index: number): Promise<Uint8Array<ArrayBuffer>> => this.#open(file, index);
    return { word: next, blob: new StagedBlob(pieces, 0, word.sizeBytes) };
  }

  async clear(): Promise<void> {
    // The word first: without it the rest counts for nothing.
    await this.#folder.remove(WORD);
    await this.#folder.remove(DATA);
  }

  async #word(): Promise<StagedWord | null> {
    const file = await this.#folder.peek(WORD);
    if (file === null) return null;
    try {
      const plain = await this.#unseal(await file.read(0, await file.size()), 'word');
      return JSON.parse(new TextDecoder().decode(plain)) as StagedWord;
    } catch {
      // Cut off while it was written, or damaged: as good as none.
      return null;
    }
  }

  async #write(word: StagedWord): Promise<void> {
    const sealed = await this.#seal(new TextEncoder().encode(JSON.stringify(word)), 'word');
    const file = await this.#folder.open(WORD);
    try {
      await file.write(sealed, 0);
      await file.truncate(sealed.length);
      await file.flush();
    } finally {
      file.close();
    }
  }

  async #open(file: SegmentFile, piece: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#unseal(await file.read(piece * SEALED_BYTES, SEALED_BYTES), `piece ${piece}`);
  }

  /** Random nonces: at a megabyte a piece, ninety-six bits last for more files than a device ever holds. */
  async #seal(plain: Uint8Array<ArrayBuffer>, what: string): Promise<Uint8Array<ArrayBuffer>> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: this.#context(what) },
      this.#key,
      plain
    );
    const sealed = new Uint8Array(NONCE_BYTES + cipher.byteLength);
    sealed.set(nonce);
    sealed.set(new Uint8Array(cipher), NONCE_BYTES);
    return sealed;
  }

  async #unseal(sealed: Uint8Array<ArrayBuffer>, what: string): Promise<Uint8Array<ArrayBuffer>> {
    const iv = sealed.subarray(0, NONCE_BYTES);
    const cipher = sealed.subarray(NONCE_BYTES);
    const algorithm = { name: 'AES-GCM', iv, additionalData: this.#context(what) };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, this.#key, cipher));
  }

  #context(what: string): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(`skein staged|${this.#caseId}|${what}`);
  }
}

/** The bytes of a staged file, unsealed as they are asked for: they lie nowhere in clear. */
export class StagedBlob extends Blob {
  readonly #pieces: (index: number) => Promise<Uint8Array<ArrayBuffer>>;
  readonly #from: number;
  readonly #to: number;

  constructor(pieces: (index: number) => Promise<Uint8Array<ArrayBuffer>>, from: number, to: number) {
    super();
    this.#pieces = pieces;
    this.#from = from;
    this.#to = Math.max(from, to);
  }

  override get size(): number {
    return this.#to - this.#from;
  }

  override slice(start = 0, end = this.size): Blob {
    const at = (offset: number): number =>
      this.#from + Math.max(0, Math.min(this.size, offset < 0 ? this.size + offset : offset));
    return new StagedBlob(this.#pieces, at(start), at(end));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for await (const part of this.#parts()) {
      whole.set(part, at);
      at += part.length;
    }
    return whole.buffer;
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer());
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const parts = this.#parts();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      }
    });
  }

  async *#parts(): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    for (let at = this.#from; at < this.#to;) {
      const index = Math.floor(at / PIECE_BYTES);
      const piece = await this.#pieces(index);
      const part = piece.subarray(at - index * PIECE_BYTES, Math.min(PIECE_BYTES, this.#to - index * PIECE_BYTES));
      // A piece that is too short would be read for ever.
      if (part.length === 0) throw new RangeError('The staged file is shorter than it says.');
      yield part;
      at += part.length;
    }
  }
}
