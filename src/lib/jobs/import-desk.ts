/** Imports of an open case, each with a copy of its file laid aside until it has ended: see [Note: Staged file]. */
import type { CaseApi, ImportProgress, ImportReport } from '../pipeline/contract.ts';
import { runningSha256 } from '../pipeline/hash.ts';
import type { AheadFile } from '../pipeline/read-ahead-contract.ts';
import type { StagedEntry, StagedFiles } from '../vault/segments/staged-files.ts';
import type { StoppedImports } from './case.contract.ts';
import { copiesThatFit, filesToCopy, sharedAs, type CopyRoom } from './copy-room.ts';
import { isSourceAt, noteOf, sourceOf, type StagedImport } from './staged-import.ts';

/** An import that ends the worker itself must not do so at every opening. */
const MOST_TRIES = 2;
/** Share of what the browser says is free that copies may take: the imports need room as well. */
const MOST_SHARE = 0.4;
const NO_ROOM: CopyRoom = { bytes: 0, held: [] };

type Importer = Pick<CaseApi, 'importFile' | 'cancelImport'> & {
  readonly store: { readonly sources: Parameters<typeof isSourceAt>[0] };
};

/** A file that the page gave in this sitting. */
interface Waiting {
  readonly stop: AbortController;
  /** Null until it is laid aside, and where it is not. */
  entry: StagedEntry | null;
}

export class ImportDesk {
  readonly #session: Importer;
  readonly #freeBytes: () => Promise<number>;
  /** Once what was left behind has been looked at; null where nothing is laid aside. */
  readonly #staged: Promise<StagedFiles | null>;
  /** By the number under which the import will name it. */
  readonly #waiting = new Map<number, Waiting>();
  /** What was given so far lies aside, or does not. */
  #laid: Promise<void> = Promise.resolve();
  /** Told of an import that waits for that. */
  #tell: (bytesDone: number, bytesTotal: number) => void = () => {};
  #stopped: readonly StagedEntry[] = [];
  #givenUp: readonly string[] = [];
  readonly #resumed = new WeakMap<Blob, StagedEntry>();
  #current: { readonly stop: AbortController; readonly entry: StagedEntry | null } | null = null;

  constructor(session: Importer, staged: StagedFiles | null, freeBytes = freeOnDevice) {
    this.#session = session;
    this.#freeBytes = freeBytes;
    // Where it cannot be looked at now, it is at the next opening, and nothing may be written over it.
    this.#staged = staged === null ? Promise.resolve(null) : this.#look(staged).catch(() => null);
  }

  /** What an earlier sitting left behind. */
  async stopped(): Promise<StoppedImports> {
    await this.#staged;
    const waiting = this.#stopped.map(({ number, note }) => {
      const { name, sizeBytes } = note as StagedImport;
      return { number, name, sizeBytes };
    });
    return { waiting, givenUp: this.#givenUp };
  }

  /** @param ask the question of any import, which comes back here. Null where there is no such import any more. */
  async resume(
    number: number,
    ask: CaseApi['importFile'],
    onProgress: (progress: ImportProgress) => void
  ): Promise<ImportReport | null> {
    const staged = await this.#staged;
    const entry = this.#stopped.find((one) => one.number === number);
    if (staged === null || entry === undefined) return null;
    const blobs = await staged.open(entry.copy);
    // Left meanwhile.
    if (blobs === null || !this.#stopped.includes(entry)) return null;
    const note = entry.note as StagedImport;
    const { file, part } = sourceOf(note, blobs);
    this.#resumed.set(file, entry);
    return ask(file, note.name, note.formatId, note.options, onProgress, part);
  }

  /** An import of an earlier sitting that is not to go on; one that goes on already is cancelled. */
  async leaveStopped(number: number): Promise<void> {
    if (this.#current?.entry?.number === number) return this.cancel();
    const entry = this.#stopped.find((one) => one.number === number);
    this.#stopped = this.#stopped.filter((one) => one !== entry);
    if (entry !== undefined) await (await this.#staged)?.leave(entry);
  }

  async roomForCopies(): Promise<CopyRoom> {
    const staged = await this.#staged;
    if (staged === null) return NO_ROOM;
    const { bytes } = staged;
    const held = staged.entries.flatMap(({ copy }) => (copy.sharedAs === null ? [] : [copy.sharedAs]));
    return { bytes: MOST_SHARE * ((await this.#freeBytes()) + bytes) - bytes, held };
  }

  /** Copies, in the order of the imports. @returns the numbers of those that lie nowhere aside */
  layAside(files: readonly AheadFile[]): Promise<readonly number[]> {
    for (const { ahead } of files) this.#waiting.set(ahead, { stop: new AbortController(), entry: null });
    const work = this.#laid.then(() => this.#layAll(files));
    this.#laid = work.then(
      () => {},
      () => {}
    );
    return work;
  }

  /** A file that will not be imported after all. */
  async leave(ahead: number): Promise<void> {
    const waiting = this.#waiting.get(ahead);
    this.#waiting.delete(ahead);
    waiting?.stop.abort();
    if (waiting !== undefined && waiting.entry !== null) await (await this.#staged)?.leave(waiting.entry);
  }

  readonly importFile: CaseApi['importFile'] = async (file, name, formatId, options, onProgress, part) => {
    const stop = new AbortController();
    let entry = this.#resumed.get(file) ?? null;
    this.#stopped = this.#stopped.filter((one) => one !== entry);
    this.#current = { stop, entry };
    const staged = await this.#staged;
    try {
      if (entry === null && part?.ahead !== undefined) entry = await this.#entryOf(part.ahead, onProgress, stop.signal);
      if (entry !== null) await staged?.begin(entry, this.#session.store.sources.length);
      stop.signal.throwIfAborted();
      const sum = entry === null ? null : (entry.note as StagedImport).sha256Hex;
      const known = sum === null ? part : { ...part, sha256Hex: sum };
      return await this.#session.importFile(file, name, formatId, options, onProgress, known);
    } finally {
      this.#current = null;
      // Kept, it would only be imported once more and found to be there.
      if (part?.ahead !== undefined) await this.leave(part.ahead).catch(() => {});
      if (entry !== null) await staged?.leave(entry).catch(() => {});
    }
  };

  async cancel(): Promise<void> {
    this.#current?.stop.abort(new DOMException('The import was cancelled.', 'AbortError'));
    await this.#session.cancelImport();
  }

  async #look(staged: StagedFiles): Promise<StagedFiles> {
    await staged.look();
    const { sources } = this.#session.store;
    for (const entry of staged.entries) {
      const note = entry.note as StagedImport;
      const isOften = entry.begun.length > MOST_TRIES;
      // The stop came between its last block and the removal of its copy.
      const isIn = entry.begun.some((at) => isSourceAt(sources, at, note));
      if (isIn || isOften) await staged.leave(entry);
      else this.#stopped = [...this.#stopped, entry];
      if (isOften && !isIn) this.#givenUp = [...this.#givenUp, note.name];
    }
    return staged;
  }

  async #layAll(files: readonly AheadFile[]): Promise<readonly number[]> {
    const staged = await this.#staged;
    if (staged === null) return files.map(({ ahead }) => ahead);
    const sizes = copiesThatFit(files, await this.roomForCopies());
    const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    const without: number[] = [];
    let done = 0;
    for (const [i, file] of files.entries()) {
      const waiting = this.#waiting.get(file.ahead);
      const size = sizes[i] ?? null;
      // Left meanwhile.
      if (waiting === undefined) continue;
      const isLaid = size !== null && (await this.#lay(staged, file, waiting, (bytes) => this.#tell(done + bytes, total)));
      if (!isLaid) without.push(file.ahead);
      done += size ?? 0;
    }
    return without;
  }

  async #lay(staged: StagedFiles, file: AheadFile, waiting: Waiting, tell: (bytesDone: number) => void): Promise<boolean> {
    const isWholeFile = file.part?.inside === undefined && file.part?.folder === undefined;
    const source = {
      files: filesToCopy(file),
      sharedAs: sharedAs(file.part),
      sum: isWholeFile ? await runningSha256() : null,
      noteOf: (sha256Hex: string | null) => noteOf(file, sha256Hex)
    };
    try {
      const entry = await staged.lay(source, waiting.stop.signal, tell);
      if (waiting.stop.signal.aborted) await staged.leave(entry);
      else waiting.entry = entry;
      return true;
    } catch {
      // No room for it after all, a file that cannot be read, a cancel: whatever it is, its import runs without and says so.
      return false;
    }
  }

  /** What lies aside for an import that begins, once everything does that was given before it. */
  async #entryOf(
    ahead: number,
    onProgress: (progress: ImportProgress) => void,
    signal: AbortSignal
  ): Promise<StagedEntry | null> {
    this.#tell = (bytesDone, bytesTotal) =>
      onProgress({ stage: 'laying', bytesDone, bytesTotal, items: 0, itemsPerSecond: 0, left_s: null });
    try {
      await Promise.race([this.#laid, whenAborted(signal)]);
      return this.#waiting.get(ahead)?.entry ?? null;
    } finally {
      this.#tell = () => {};
    }
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}

async function freeOnDevice(): Promise<number> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage;
}
