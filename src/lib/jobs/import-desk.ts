/** Imports of an open case, each with a copy of its file laid aside as long as it runs: see [Note: Staged file]. */
import type { CaseApi, ImportProgress } from '../pipeline/contract.ts';
import { runningSha256 } from '../pipeline/hash.ts';
import { StagedBlob, type StagedFile, type StagedWord } from '../vault/segments/staged-file.ts';

/** An import that ends the worker itself must not do so at every opening. */
const MOST_TRIES = 2;
/** Share of what the browser says is free that a copy may take: the import needs room as well. */
const MOST_SHARE = 0.4;

type Importer = Pick<CaseApi, 'importFile' | 'cancelImport'>;

export class ImportDesk {
  readonly #session: Importer;
  readonly #staged: StagedFile | null;
  readonly #freeBytes: () => Promise<number>;
  #laying: AbortController | null = null;
  #stopped: { readonly word: StagedWord; readonly blob: Blob } | null = null;
  #isRunning = false;

  constructor(session: Importer, staged: StagedFile | null, freeBytes = freeOnDevice) {
    this.#session = session;
    this.#staged = staged;
    this.#freeBytes = freeBytes;
  }

  /** What an import left behind that was stopped before it ended; null where nothing is to be gone on with. */
  async stopped(): Promise<{ readonly word: StagedWord; readonly blob: Blob } | null> {
    // An import that runs has its copy there too, and is not stopped.
    if (this.#isRunning) return null;
    this.#stopped ??= (await this.#staged?.take()) ?? null;
    if (this.#stopped === null || this.#stopped.word.tries <= MOST_TRIES) return this.#stopped;
    this.#stopped = null;
    await this.#staged?.clear();
    return null;
  }

  readonly importFile: CaseApi['importFile'] = async (file, name, formatId, options, onProgress, part) => {
    this.#isRunning = true;
    try {
      // A password stays in memory, a log beside a database is a second file, a folder is many, and of a drop of many sources each would
      // lay the whole of it aside: such imports are not.
      const isWhole = part?.beside === undefined && part?.inside === undefined && part?.folder === undefined;
      const isSimple = isWhole && options.password === undefined;
      const isLaid = file instanceof StagedBlob;
      const sum = isSimple && !isLaid ? await this.#layAside(file, { name, formatId, options }, onProgress) : null;
      const known = sum === null ? part : { ...part, sha256Hex: sum };
      return await this.#session.importFile(file, name, formatId, options, onProgress, known);
    } finally {
      this.#isRunning = false;
      this.#stopped = null;
      // Kept, it would only be imported once more and found to be there.
      await this.#staged?.clear().catch(() => {});
    }
  };

  async cancel(): Promise<void> {
    this.#laying?.abort(new DOMException('The import was cancelled.', 'AbortError'));
    await this.#session.cancelImport();
  }

  /** @returns the file's hash; null where it could not be laid aside */
  async #layAside(
    file: Blob,
    word: Omit<StagedWord, 'tries' | 'sizeBytes' | 'sha256Hex'>,
    onProgress: (progress: ImportProgress) => void
  ): Promise<string | null> {
    if (this.#staged === null || file.size > MOST_SHARE * (await this.#freeBytes())) return null;
    const stop = (this.#laying = new AbortController());
    try {
      const tell = (bytesDone: number): void =>
        onProgress({ stage: 'laying', bytesDone, bytesTotal: file.size, items: 0, itemsPerSecond: 0, left_s: null });
      const sum = await runningSha256();
      return await this.#staged.put(file, { ...word, sizeBytes: file.size, tries: 0 }, sum, stop.signal, tell);
    } catch (error) {
      // Without room for a copy the import runs all the same; a cancel ends it.
      if (stop.signal.aborted) throw error;
      return null;
    } finally {
      this.#laying = null;
    }
  }
}

async function freeOnDevice(): Promise<number> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage;
}
