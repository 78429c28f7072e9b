/**
 * [Note: Reading ahead]
 * Files that were dropped together are imported one after the other, since a case has one writer and what folds into what
 * depends on the order. Reading them does not: it is most of the work, and knows nothing of the case. So while one file is
 * taken in, the next ones are read side by side, each in a worker of its own, to tapes ([Note: Sink tape]); the import of
 * a file then tells its tape to the case. The case that results is the same as without, whatever the workers' pace:
 * `read-ahead.test.ts` asks that byte by byte.
 *
 * What waits in memory has a limit. A file beyond it, or whose tape grows beyond its share, is not read ahead but in its
 * turn, by the case's own worker, in a stream.
 */
import type { ReadOptions } from '../formats/contract.ts';
import { tapeBytes, type TapeBlock } from '../evidence/sink-tape.ts';
import type { ImportProgress, SourcePart } from './contract.ts';
import type { AheadFile, ReadAheadApi } from './read-ahead-contract.ts';
import type { AsideEnd, AsideFile, WholeReading } from './read-aside.ts';

/** Reads one file at a time; whoever made it ends it. */
export interface AsideReader {
  /** Rejects where the file cannot be read at all, the reader died, or it was ended. */
  read(file: AsideFile, emit: (block: TapeBlock) => void, onProgress: (progress: ImportProgress) => void): Promise<AsideEnd>;
  /** Ends whatever it does. */
  end(): void;
}

export interface ReadAheadLimits {
  /** Files that are read side by side. */
  readonly readers: number;
  /** Bytes of files and tapes that may wait in all. */
  readonly waitingBytes: number;
}

interface Entry {
  readonly file: AheadFile;
  readonly onProgress: (progress: ImportProgress) => void;
  state: 'waiting' | 'reading' | 'read' | 'left';
  blocks: TapeBlock[];
  tapeBytes: number;
  /** Null where it is to be read in its turn. */
  readonly whole: Promise<WholeReading | null>;
  settle(whole: WholeReading | null): void;
  reader: AsideReader | null;
}

export class ReadAhead implements ReadAheadApi {
  readonly #makeReader: () => AsideReader;
  readonly #limits: ReadAheadLimits;
  /** In the order of their imports; one that was taken or stopped is gone. */
  readonly #entries = new Map<number, Entry>();
  #idle: AsideReader[] = [];

  constructor(makeReader: () => AsideReader, limits: ReadAheadLimits) {
    this.#makeReader = makeReader;
    this.#limits = limits;
  }

  readAhead(files: readonly AheadFile[], onProgress: (ahead: number, progress: ImportProgress) => void): Promise<void> {
    for (const file of files) {
      if (this.#entries.has(file.ahead)) continue;
      let settle: Entry['settle'] = () => {};
      const whole = new Promise<WholeReading | null>((resolve) => (settle = resolve));
      const tell = (progress: ImportProgress): void => onProgress(file.ahead, progress);
      const entry: Entry = { file, onProgress: tell, state: 'waiting', blocks: [], tapeBytes: 0, whole, settle, reader: null };
      this.#entries.set(file.ahead, entry);
    }
    this.#go();
    return Promise.resolve();
  }

  stopReadingAhead(ahead: number): Promise<void> {
    const entry = this.#entries.get(ahead);
    if (entry !== undefined) {
      this.#entries.delete(ahead);
      this.#leave(entry);
    }
    this.#go();
    return Promise.resolve();
  }

  /**
   * The reading of a file whose import begins; waits for one that is under way. Null where it is to be read now: it was not
   * begun, was too much to wait, failed in an unforeseen way, or was read with other answers than the import has.
   * @throws the signal's reason on abort; the reading is then ended.
   */
  async take(
    part: SourcePart | undefined,
    formatId: string,
    options: ReadOptions,
    signal: AbortSignal
  ): Promise<WholeReading | null> {
    const entry = part?.ahead === undefined ? undefined : this.#entries.get(part.ahead);
    if (entry === undefined) return null;
    const isSame = entry.file.formatId === formatId && JSON.stringify(entry.file.options) === JSON.stringify(options);
    if (!isSame || entry.state === 'waiting') {
      await this.stopReadingAhead(entry.file.ahead);
      return null;
    }
    const stop = (): void => void this.stopReadingAhead(entry.file.ahead);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const whole = await entry.whole;
      signal.throwIfAborted();
      return whole;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#entries.delete(entry.file.ahead);
      this.#go();
    }
  }

  /** Ends all readers and forgets all files. */
  close(): void {
    for (const entry of this.#entries.values()) this.#leave(entry);
    this.#entries.clear();
    this.#dismiss();
  }

  #leave(entry: Entry): void {
    entry.state = 'left';
    entry.blocks = [];
    entry.reader?.end();
    entry.reader = null;
    entry.settle(null);
  }

  /** Begins what may be begun; the order of imports is the order of beginnings. */
  #go(): void {
    let reading = 0;
    let bytes = 0;
    for (const entry of this.#entries.values()) {
      if (entry.state === 'reading') reading++;
      if (entry.state === 'reading' || entry.state === 'read') bytes += entry.file.sizeBytes + entry.tapeBytes;
    }
    for (const entry of this.#entries.values()) {
      if (reading >= this.#limits.readers) return;
      if (entry.state !== 'waiting') continue;
      const { sizeBytes: size } = entry.file;
      if (bytes + size > this.#limits.waitingBytes) {
        // One too large for itself holds up no other; one that only has to wait keeps its place.
        if (size > this.#limits.waitingBytes) continue;
        return;
      }
      reading++;
      bytes += size;
      void this.#read(entry);
    }
    if (reading === 0) this.#dismiss();
  }

  async #read(entry: Entry): Promise<void> {
    const reader = this.#idle.pop() ?? this.#makeReader();
    entry.state = 'reading';
    entry.reader = reader;
    const most = this.#limits.waitingBytes / this.#limits.readers;
    const emit = (block: TapeBlock): void => {
      if (entry.state !== 'reading') return;
      entry.tapeBytes += tapeBytes(block);
      entry.blocks.push(block);
      if (entry.tapeBytes > most) this.#leave(entry);
    };
    try {
      const { ahead: _, sizeBytes: __, ...file } = entry.file;
      const end = await reader.read(file, emit, entry.onProgress);
      if (entry.state === 'reading') {
        entry.state = 'read';
        entry.reader = null;
        this.#idle.push(reader);
        entry.settle({ ...end, blocks: entry.blocks });
      }
    } catch {
      // Whatever it is, the import reads the file itself and says so in its own words.
      if (entry.state === 'reading') this.#leave(entry);
    }
    this.#go();
  }

  #dismiss(): void {
    for (const reader of this.#idle) reader.end();
    this.#idle = [];
  }
}
