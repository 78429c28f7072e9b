/**
 * Zip files as hostile input, over Blob slices: the file never stands in memory, and neither does an entry.
 *
 * [Note: Zip caps] Everything a zip declares may be a lie, so the caps count what really comes out:
 * 2,000,000 entries, names of 4,096 bytes, 2 GiB of text an entry, 1,000 bytes out for each byte in
 * (DEFLATE itself ends at 1,032), two levels of zip in zip. Entry names are text for the screen and never
 * become paths on a disk, so odd names ("../x", drive letters, other names at the entry itself) are listed
 * and not refused.
 *
 * Reading is 'strict' first (nothing that two programs could read differently). What strict refuses is read
 * as 'balanced' (bytes before or behind the zip, names that disagree), and `notes` says so.
 */
import {
  BlobReader,
  ERR_ABORTED,
  ERR_ENCRYPTED,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_EOCDR_NOT_FOUND,
  ERR_INVALID_AUTHENTICATION_CODE,
  ERR_INVALID_CRC32,
  ERR_INVALID_PASSWORD,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  Reader,
  ZipReader,
  configure,
  type CreateReadableOptions,
  type FileEntry
} from '@zip.js/zip.js';
import { createCRC32, type IHasher } from 'hash-wasm';
import { SourceError, told, type Finding, type FindingCode } from '../../evidence/findings.ts';
import { asWritten, sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { ZIP_CAPS } from '../caps.ts';
import type { SourceInput } from '../contract.ts';
import { Outflow } from './outflow.ts';

/**
 * Packed bytes that go to the inflater in one piece. It gives out all that is in them before anybody can say stop, and
 * that may be a thousand times as much.
 */
const INFLATED_AT_ONCE = 16 * 1024;
/** Read from the disk in one piece, and given out by the inflater in one. */
const WINDOW_BYTES = 256 * 1024;

// zip.js would start workers of its own from blob: addresses; the reader already runs in one. Browsers inflate
// natively (zip.js's WebAssembly would be fetched from a data: address, which our policy blocks); Node's native
// stream moves 16 KiB at a time, and there the WebAssembly gives over twice the bytes a second.
const runsInNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
configure({ useWebWorkers: false, useCompressionStream: !runsInNode, chunkSize: WINDOW_BYTES });

export interface ZipEntry {
  /** Name as decoded; text only, never a path to write to. */
  readonly name: string;
  /** Declared, hence a hint and no more. */
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly isDirectory: boolean;
  readonly isEncrypted: boolean;
}

export interface ZipOpenOptions {
  readonly signal: AbortSignal;
  readonly password?: string;
  /** Entries that will be read. The others are listed only: a phone's zip has hundreds of thousands. */
  readonly wanted?: (name: string) => boolean;
  /** How many zips this one lies in; `ZIP_CAPS.depth` at most. */
  readonly depth?: number;
  /** `ZIP_CAPS.entries` where nobody says less. */
  readonly mostEntries?: number;
}

type Note = Omit<Finding, 'file'>;

/** Hashers that no entry is read with: making one compiles and starts a program, which costs more than a small entry. */
const spareSums: IHasher[] = [];

/**
 * Reads the file in larger pieces than it hands out.
 *
 * zip.js knows one size for what goes into the inflater and for what comes out of it, and of a Blob it would take pieces of
 * the platform's own size, 64 KiB or more. Out of the inflater large pieces are best: each of them is copied once, and
 * passes half a dozen streams. What goes in is cut smaller here, by the way of readers that have no stream of their own.
 */
class WindowReader extends BlobReader {
  readonly #blob: Blob;
  #from = 0;
  #window = new Uint8Array();

  constructor(blob: Blob) {
    super(blob);
    this.#blob = blob;
  }

  override createReadable(part: CreateReadableOptions = {}): ReadableStream<Uint8Array> {
    return Reader.prototype.createReadable.call(this, { ...part, chunkSize: INFLATED_AT_ONCE });
  }

  override async readUint8Array(from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (length >= WINDOW_BYTES) return super.readUint8Array(from, length) as Promise<Uint8Array<ArrayBuffer>>;
    let [start, window] = [this.#from, this.#window];
    if (from < start || from + length > start + window.length) {
      start = from;
      window = new Uint8Array(await this.#blob.slice(from, from + WINDOW_BYTES).arrayBuffer());
      // Another entry may have moved the window meanwhile: this one goes by its own.
      [this.#from, this.#window] = [start, window];
    }
    return window.slice(from - start, from - start + length);
  }
}

/** First four bytes of a zip with entries, of an empty one, or of a split one. */
export function looksLikeZip(head: Uint8Array): boolean {
  return (
    head[0] === 0x50 &&
    head[1] === 0x4b &&
    ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6) || (head[2] === 7 && head[3] === 8))
  );
}

export class ZipContainer {
  readonly file: string;
  /** In the order of the zip's own list. */
  readonly entries: readonly ZipEntry[];
  /** What the file as a whole needs said: read as 'balanced', entries left out. */
  readonly notes: readonly Note[];
  readonly #readable: ReadonlyMap<ZipEntry, FileEntry>;
  readonly #reader: ZipReader<unknown>;
  readonly #password: string | undefined;
  readonly #depth: number;

  private constructor(file: string, listed: Listed, password: string | undefined, depth: number) {
    this.file = file;
    this.entries = listed.entries;
    this.notes = listed.notes;
    this.#readable = listed.readable;
    this.#reader = listed.reader;
    this.#password = password;
    this.#depth = depth;
  }

  /**
   * Reads the list of entries.
   * @throws SourceError 'damaged-container' (cut, no zip, list unreadable), 'too-many-entries', 'nested-too-deep',
   * 'encrypted-without-key' (the list itself is encrypted).
   */
  static async open(input: SourceInput, options: ZipOpenOptions): Promise<ZipContainer> {
    const depth = options.depth ?? 1;
    if (depth > ZIP_CAPS.depth) {
      throw new SourceError('nested-too-deep', sentence('zip-too-deep', { file: input.name, most: ZIP_CAPS.depth }), input.name);
    }
    const password = options.password === undefined || options.password === '' ? undefined : options.password;
    try {
      return new ZipContainer(input.name, await list(input, 'strict', options, []), password, depth);
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof SourceError) throw error;
      const refused = messageOf(error);
      try {
        const note: Note = {
          code: 'damaged-container',
          severity: 'warning',
          ...told(sentence('zip-tolerant', { file: input.name, reason: refused })),
          place: null
        };
        return new ZipContainer(input.name, await list(input, 'balanced', options, [note]), password, depth);
      } catch (second) {
        throw asSourceError(second, input, '', password !== undefined, options.signal);
      }
    }
  }

  find(wanted: (name: string) => boolean): ZipEntry | undefined {
    return this.entries.find((entry) => !entry.isDirectory && wanted(entry.name));
  }

  /** True where an entry can only be read with a password and none was given. */
  needsPassword(entry: ZipEntry): boolean {
    return entry.isEncrypted && this.#password === undefined;
  }

  /**
   * The bytes of one entry in chunks; checks the CRC at the end.
   * @param lends each chunk is good until the next is asked for, which spares its copy: for who keeps none of them.
   * @throws SourceError 'wrong-password', 'encrypted-without-key', 'too-large', 'ratio-too-high',
   * 'damaged-container' (naming the entry and the byte reached). Rejects with the signal's reason on abort.
   */
  async *read(
    entry: ZipEntry,
    signal: AbortSignal,
    capBytes: number = ZIP_CAPS.textBytes,
    lends = false
  ): AsyncGenerator<Uint8Array> {
    const source = this.#readable.get(entry);
    if (source === undefined) throw new Error(`entry not kept by 'wanted': ${entry.name}`);
    if (this.needsPassword(entry)) {
      throw new SourceError(
        'encrypted-without-key',
        sentence('zip-entry-locked', { where: entryIn(this.file, entry.name) }),
        this.file,
        { path: entry.name, offset: 0, unit: 'byte' }
      );
    }
    const stop = new AbortController();
    const forward = () => stop.abort(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', forward, { once: true });
    let failure: unknown = null;
    let consumed = 0;
    let out = 0;
    const crc: IHasher | null = entry.isEncrypted ? null : (spareSums.pop() ?? (await createCRC32())).init();
    const refuse = (code: 'too-large' | 'ratio-too-high', said: Sentence, offset: number): never => {
      throw (failure = new SourceError(code, said, this.file, { path: entry.name, offset, unit: 'byte' }));
    };
    const where = entryIn(this.file, entry.name);
    const flow = new Outflow((part) => {
      out += part.length;
      if (out > capBytes) refuse('too-large', sentence('zip-entry-too-large', { where, most: capBytes }), capBytes);
      // Of what went in so far, and not of what is declared: a bomb is stopped where it goes off.
      if (out > Math.max(ZIP_CAPS.ratioFromBytes, consumed * ZIP_CAPS.ratio))
        refuse('ratio-too-high', sentence('zip-bomb', { where, ratio: ZIP_CAPS.ratio }), out);
      crc?.update(part);
    }, lends);
    const done = source
      .getData(flow.writable, {
        signal: stop.signal,
        // Ours is five times as fast; an encrypted entry may hold no CRC, which zip.js knows.
        checkCrc32: entry.isEncrypted,
        onprogress: async (bytes) => void (consumed = bytes),
        ...(this.#password === undefined ? {} : { password: this.#password })
      })
      .catch((error: unknown) => void (failure ??= error))
      // What fails before its first byte leaves the stream open, and a reader would wait for ever.
      .finally(() => flow.end());
    try {
      for (;;) {
        const piece = await flow.next();
        signal.throwIfAborted();
        if (piece.length === 0) break;
        yield piece;
      }
      if (failure === null) await done;
      if (failure !== null) throw failure;
      if (crc !== null && parseInt(crc.digest('hex'), 16) !== (source.crc32 ?? 0) >>> 0) throw new Error(ERR_INVALID_CRC32);
    } catch (error) {
      signal.throwIfAborted();
      throw asSourceError(failure ?? error, this, entry.name, this.#password !== undefined, signal, out);
    } finally {
      signal.removeEventListener('abort', forward);
      stop.abort();
      flow.end();
      if (crc !== null) spareSums.push(crc);
    }
  }

  /**
   * A zip inside this zip, unpacked into a Blob (which the browser may put on disk) and opened one level deeper.
   * @throws as `read` and `open`.
   */
  async openNested(entry: ZipEntry, options: Omit<ZipOpenOptions, 'depth'>): Promise<ZipContainer> {
    const name = `${this.file}/${entry.name}`;
    if (this.#depth >= ZIP_CAPS.depth) {
      throw new SourceError('nested-too-deep', sentence('zip-too-deep', { file: name, most: ZIP_CAPS.depth }), this.file);
    }
    const parts: BlobPart[] = [];
    for await (const chunk of this.read(entry, options.signal)) parts.push(new Uint8Array(chunk));
    const blob = new Blob(parts);
    return ZipContainer.open({ name, sizeBytes: blob.size, blob }, { ...options, depth: this.#depth + 1 });
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }
}

interface Listed {
  readonly reader: ZipReader<unknown>;
  readonly entries: ZipEntry[];
  readonly readable: Map<ZipEntry, FileEntry>;
  readonly notes: Note[];
}

async function list(
  input: SourceInput,
  strictness: 'strict' | 'balanced',
  options: ZipOpenOptions,
  notes: Note[]
): Promise<Listed> {
  const reader = new ZipReader(new WindowReader(input.blob), {
    strictness,
    filenameValidation: 'tolerant',
    checkLocalFilename: false,
    signal: options.signal
  });
  const entries: ZipEntry[] = [];
  const readable = new Map<ZipEntry, FileEntry>();
  const { mostEntries = ZIP_CAPS.entries } = options;
  let longNames = 0;
  for await (const raw of reader.getEntriesGenerator()) {
    options.signal.throwIfAborted();
    if (entries.length >= mostEntries) {
      throw new SourceError(
        'too-many-entries',
        sentence('zip-too-many-entries', { file: input.name, most: mostEntries }),
        input.name
      );
    }
    if (input.shows?.(raw.filename) === false) continue;
    if (raw.rawFilename.length > ZIP_CAPS.nameBytes) {
      longNames++;
      continue;
    }
    const entry: ZipEntry = {
      name: raw.filename,
      sizeBytes: raw.uncompressedSize,
      compressedBytes: raw.compressedSize,
      isDirectory: raw.directory,
      isEncrypted: raw.encrypted
    };
    entries.push(entry);
    if (!raw.directory && (options.wanted === undefined || options.wanted(raw.filename))) readable.set(entry, raw);
  }
  const all = [...notes];
  if (longNames > 0) {
    all.push({
      code: 'entry-skipped',
      severity: 'warning',
      ...told(sentence('zip-long-names', { file: input.name, count: longNames, most: ZIP_CAPS.nameBytes })),
      place: null
    });
  }
  return { reader, entries, readable, notes: all };
}

function entryIn(file: string, entry: string): Sentence {
  return sentence('entry-in', { file, entry });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Turns what zip.js or the inflater threw into one sentence with a code. Aborts pass through unchanged. */
function asSourceError(
  error: unknown,
  source: { readonly name: string } | { readonly file: string },
  entry: string,
  hadPassword: boolean,
  signal: AbortSignal,
  reached = 0
): unknown {
  if (error instanceof SourceError) return error;
  signal.throwIfAborted();
  const file = 'file' in source ? source.file : source.name;
  const message = messageOf(error);
  const place = entry === '' ? null : { path: entry, offset: reached, unit: 'byte' as const };
  const where = entry === '' ? asWritten(file) : entryIn(file, entry);
  const make = (code: FindingCode, said: Sentence) => new SourceError(code, said, file, place);
  switch (message) {
    case ERR_INVALID_PASSWORD:
      return make('wrong-password', sentence('zip-wrong-password', { where }));
    case ERR_ENCRYPTED:
      return hadPassword
        ? make('wrong-password', sentence('zip-wrong-password', { where }))
        : make('encrypted-without-key', sentence('zip-entry-locked', { where }));
    case ERR_ENCRYPTED_CENTRAL_DIRECTORY:
    case ERR_UNSUPPORTED_ENCRYPTION:
      return make('encrypted-without-key', sentence('zip-locked-otherwise', { where }));
    case ERR_EOCDR_NOT_FOUND:
      return make('damaged-container', sentence('zip-cut', { where }));
    case ERR_SPLIT_ZIP_FILE:
      return make('damaged-container', sentence('zip-split', { where }));
    case ERR_UNSUPPORTED_COMPRESSION:
      return make('damaged-container', sentence('zip-packing-unknown', { where }));
    case ERR_INVALID_AUTHENTICATION_CODE:
    case ERR_INVALID_CRC32:
      return make('damaged-container', sentence('zip-checksum', { where, reached }));
    case ERR_ABORTED:
      return error;
    default:
      return make('damaged-container', sentence('zip-damaged', { where, reached, reason: message }));
  }
}
