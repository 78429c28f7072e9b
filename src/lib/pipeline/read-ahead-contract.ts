/** Files that wait for their import and are read meanwhile, in workers of their own; see [Note: Reading ahead]. */
import type { ReadOptions } from '../formats/contract.ts';
import type { ImportProgress, SourcePart } from './contract.ts';

/** One file as `importFile` will be asked for it. */
export interface AheadFile {
  /** The caller's number for it, which `importFile` names in its part. */
  readonly ahead: number;
  readonly file: Blob;
  readonly name: string;
  /** Of the source: unpacked, where it lies in a container. */
  readonly sizeBytes: number;
  readonly formatId: string;
  readonly options: ReadOptions;
  readonly part?: SourcePart;
}

export interface ReadAheadApi {
  /**
   * Begins to read files that will be imported in this order; nothing of them enters the case before its import.
   * Resolves at once. Files that it cannot take (too large for what may wait in memory) are read in their turn.
   */
  readAhead(files: readonly AheadFile[], onProgress: (ahead: number, progress: ImportProgress) => void): Promise<void>;
  /** A file that will not be imported after all. */
  stopReadingAhead(ahead: number): Promise<void>;
}
