/**
 * [Note: Staged file]
 * A browser forgets dropped files with its page, so what a crash cut off could only be imported by giving the files again.
 * From the moment at which they are confirmed until their import has ended, however it ends, files therefore lie in the
 * case's folder too, sealed with the case's key, and imports that were stopped, or had not had their turn, go on from there
 * by themselves when the case is next opened. What there is no room for is imported without.
 *
 * There are three kinds of files, each written once and never changed, so that a stop half-way through one costs that one:
 * - a copy: the bytes of a source, one file of it after the other, in pieces of a megabyte; sources of one zip share one;
 * - an entry: what its import needs beside the bytes (name, reader, options, and a password where there is one). It is
 *   written once its copy is whole, and goes first: a copy counts for nothing without it. Its number is its turn;
 * - a mark for each time that its import began, with how many sources the case had then: by that an import that was stopped
 *   before its last block is told from one that was stopped after it, and one that stops the worker is not tried for ever.
 *
 * Whatever no whole entry names is taken away when the case is next opened. Cases of earlier versions have one copy and a
 * word about it that was written anew at each beginning: that is entry 0.
 */
import { toHex } from '../audit/merkle.ts';
import { randomBytes } from '../keys.ts';
import type { SegmentFolder } from './ports.ts';
import { PIECE_BYTES, StagedBlob } from './staged-blob.ts';

const OURS = 'staged';
const COPY = 'staged-copy-';
const ENTRY = 'staged-entry-';
const MARK = 'staged-begun-';
/** Of earlier versions. */
const OLDER_ENTRY = 'staged-word';
const OLDER_COPY = 'staged';
const COPY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_BYTES = NONCE_BYTES + PIECE_BYTES + TAG_BYTES;
/** Pieces between two words on how far it is. */
const TELL_EVERY = 16;
/** Of a mark that cannot be read: no case has so many sources. */
const UNKNOWN = -1;

/** What was hashed of the pieces so far. */
export interface PieceSum {
  update(bytes: Uint8Array): void;
  hex(): string;
}

export interface StagedCopy {
  readonly file: string;
  /** Bytes of each file in it, in their order. */
  readonly sizes: readonly number[];
  /** By what others know it that share it: the hash of a zip; null where nothing shares it. */
  readonly sharedAs: string | null;
}

/** An import that has not ended. */
export interface StagedEntry {
  readonly number: number;
  /** What the caller says of it, as data: the vault knows no format. */
  readonly note: unknown;
  readonly copy: StagedCopy;
  /** How many sources the case had at each of its beginnings. */
  readonly begun: readonly number[];
}

/** What is to be laid aside. */
export interface StagedSource {
  readonly files: readonly Blob[];
  readonly sharedAs: string | null;
  /** Of nothing yet: it takes the first file on the way; null where its hash is not wanted. */
  readonly sum: PieceSum | null;
  noteOf(sha256Hex: string | null): unknown;
}

type Written = Pick<StagedEntry, 'note' | 'copy'>;

export class StagedFiles {
  readonly #folder: SegmentFolder;
  readonly #caseId: string;
  readonly #key: CryptoKey;
  #entries: readonly StagedEntry[] = [];
  #next = 1;

  constructor(folder: SegmentFolder, caseId: string, key: CryptoKey) {
    this.#folder = folder;
    this.#caseId = caseId;
    this.#key = key;
  }

  /** In the order of their turns. */
  get entries(): readonly StagedEntry[] {
    return this.#entries;
  }

  /** Of all copies, in clear. */
  get bytes(): number {
    const copies = new Map(this.#entries.map(({ copy }) => [copy.file, copy.sizes]));
    return [...copies.values()].flat().reduce((sum, size) => sum + size, 0);
  }

  /**
   * Reads what an earlier opening of the case left behind, and takes away what counts for nothing. To be called first, once;
   * where it rejects nothing was changed, and nothing may be laid aside.
   */
  async look(): Promise<void> {
    const names = (await this.#folder.names()).filter((name) => name.startsWith(OURS));
    const all = new Set(names);
    const found: StagedEntry[] = [];
    let highest = 0;
    for (const name of names) {
      const number = numberOf(name);
      if (number === null) continue;
      // Those of marks that could not be taken away too: they are none of a later entry's.
      highest = Math.max(highest, number);
      const entry = name === nameOf(number) ? await this.#entry(number, all) : null;
      if (entry !== null && all.has(entry.copy.file)) found.push(entry);
    }
    this.#entries = found.sort((a, b) => a.number - b.number);
    this.#next = highest + 1;
    const kept = new Set(found.flatMap(({ number, copy, begun }) => [...filesOf(number, begun.length), copy.file]));
    for (const name of names) if (!kept.has(name)) await this.#remove(name);
  }

  /** True where there is a copy that sources of this zip share. */
  holds(sharedAs: string | null): boolean {
    return this.#shared(sharedAs) !== null;
  }

  /**
   * Puts an import at the end of the queue: its copy, where no other has it already, then its entry. Rejects where there is no
   * room, and with the signal's reason on abort; nothing is left behind then.
   */
  async lay(
    { files, sharedAs, sum, noteOf }: StagedSource,
    signal: AbortSignal,
    onProgress: (bytesDone: number) => void
  ): Promise<StagedEntry> {
    const copy = this.#shared(sharedAs) ?? (await this.#copy(files, sharedAs, sum, signal, onProgress));
    const entry: StagedEntry = { number: this.#next++, note: noteOf(sum?.hex() ?? null), copy, begun: [] };
    // Before it is written: whoever leaves meanwhile must not take the copy along.
    this.#entries = [...this.#entries, entry];
    try {
      await this.#write(nameOf(entry.number), JSON.stringify({ note: entry.note, copy }));
      signal.throwIfAborted();
      return entry;
    } catch (error) {
      await this.leave(entry);
      throw error;
    }
  }

  /** Notes that its import begins, in a case of so many sources. Without room for that it begins without. */
  async begin({ number }: StagedEntry, sources: number): Promise<void> {
    const entry = this.#entries.find((one) => one.number === number);
    if (entry === undefined) return;
    const begun = [...entry.begun, sources];
    this.#entries = this.#entries.map((one) => (one === entry ? { ...entry, begun } : one));
    await this.#write(markOf(number, begun.length), String(sources)).catch(unlessNoRoom);
  }

  /** Its import has ended. The copy goes with the last one that shares it. */
  async leave({ number }: Pick<StagedEntry, 'number'>): Promise<void> {
    const entry = this.#entries.find((one) => one.number === number);
    if (entry === undefined) return;
    this.#entries = this.#entries.filter((one) => one !== entry);
    for (const name of filesOf(number, entry.begun.length)) await this.#remove(name);
    if (!this.#entries.some(({ copy }) => copy.file === entry.copy.file)) await this.#remove(entry.copy.file);
  }

  /** The files of a copy, unsealed as they are read: they lie nowhere in clear. Null where it is gone. */
  async open({ file, sizes }: StagedCopy): Promise<Blob[] | null> {
    const held = await this.#folder.peek(file);
    if (held === null) return null;
    const what = file === OLDER_COPY ? 'piece' : `${file}|piece`;
    const pieces = async (index: number): Promise<Uint8Array<ArrayBuffer>> =>
      this.#unseal(await held.read(index * SEALED_BYTES, SEALED_BYTES), `${what} ${index}`);
    let from = 0;
    return sizes.map((size) => new StagedBlob(pieces, from, (from += size)));
  }

  #shared(sharedAs: string | null): StagedCopy | null {
    return this.#entries.find(({ copy }) => sharedAs !== null && copy.sharedAs === sharedAs)?.copy ?? null;
  }

  async #copy(
    files: readonly Blob[],
    sharedAs: string | null,
    sum: PieceSum | null,
    signal: AbortSignal,
    onProgress: (bytesDone: number) => void
  ): Promise<StagedCopy> {
    const name = `${COPY}${toHex(randomBytes(COPY_ID_BYTES))}`;
    const sizes = files.map(({ size }) => size);
    const [first = 0] = sizes;
    const total = sizes.reduce((all, size) => all + size, 0);
    const file = await this.#folder.open(name);
    try {
      for (let piece = 0; piece * PIECE_BYTES < total; piece++) {
        signal.throwIfAborted();
        const at = piece * PIECE_BYTES;
        const plain = await bytesOf(files, at, Math.min(total, at + PIECE_BYTES));
        if (at < first) sum?.update(plain.subarray(0, first - at));
        await file.write(await this.#seal(plain, `${name}|piece ${piece}`), piece * SEALED_BYTES);
        if (piece % TELL_EVERY === 0) onProgress(at);
      }
      await file.flush();
      file.close();
    } catch (error) {
      file.close();
      await this.#remove(name);
      throw error;
    }
    return { file: name, sizes, sharedAs };
  }

  /** Null where it was cut off while it was written, or is damaged. @param all the names that are there */
  async #entry(number: number, all: ReadonlySet<string>): Promise<StagedEntry | null> {
    const text = await this.#read(nameOf(number));
    if (text === null) return null;
    const entry = number === 0 ? olderEntry(text) : { ...(JSON.parse(text) as Written), begun: [] };
    const begun = [...entry.begun];
    while (all.has(markOf(number, begun.length + 1)))
      begun.push(Number((await this.#read(markOf(number, begun.length + 1))) ?? UNKNOWN));
    return { ...entry, number, begun };
  }

  /** Null where it does not open. Rejects where it cannot be read at all, which may pass. */
  async #read(name: string): Promise<string | null> {
    const file = await this.#folder.peek(name);
    if (file === null) return null;
    const sealed = await file.read(0, await file.size());
    try {
      return new TextDecoder().decode(await this.#unseal(sealed, contextOf(name)));
    } catch {
      return null;
    }
  }

  async #write(name: string, text: string): Promise<void> {
    const sealed = await this.#seal(new TextEncoder().encode(text), contextOf(name));
    const file = await this.#folder.open(name);
    try {
      await file.write(sealed, 0);
      await file.truncate(sealed.length);
      await file.flush();
    } finally {
      file.close();
    }
  }

  /** What cannot be taken away now is when the case is next opened: nothing names it any more. */
  async #remove(name: string): Promise<void> {
    await this.#folder.remove(name).catch(unlessNoRoom);
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

/** Of an entry or one of its marks; null of anything else. */
function numberOf(name: string): number | null {
  const number = /^staged-(?:entry|begun)-(\d+)/.exec(name)?.[1];
  return name === OLDER_ENTRY ? 0 : number === undefined ? null : Number(number);
}

/** The one entry of an earlier version, which counted its beginnings after the first in its word. */
function olderEntry(text: string): Omit<StagedEntry, 'number'> {
  const word = JSON.parse(text) as { readonly sizeBytes: number; readonly tries: number };
  const begun = Array.from({ length: word.tries + 1 }, () => UNKNOWN);
  return { note: word, copy: { file: OLDER_COPY, sizes: [word.sizeBytes], sharedAs: null }, begun };
}

const nameOf = (number: number): string => (number === 0 ? OLDER_ENTRY : `${ENTRY}${number}`);
const markOf = (number: number, beginning: number): string => `${MARK}${number}-${beginning}`;
const contextOf = (name: string): string => (name === OLDER_ENTRY ? 'word' : name);

/** An entry and its marks, in the order in which they go. */
function filesOf(number: number, beginnings: number): string[] {
  return [nameOf(number), ...Array.from({ length: beginnings }, (_, i) => markOf(number, i + 1))];
}

/** Bytes of files that are thought of as one after the other. */
async function bytesOf(files: readonly Blob[], from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(to - from);
  let start = 0;
  for (const file of files) {
    const [first, end] = [Math.max(from, start), Math.min(to, start + file.size)];
    if (first < end) whole.set(new Uint8Array(await file.slice(first - start, end - start).arrayBuffer()), first - from);
    start += file.size;
  }
  return whole;
}

/** Anything a disk says by its own kind of error is an answer here. */
function unlessNoRoom(error: unknown): void {
  if (!(error instanceof DOMException)) throw error;
}
