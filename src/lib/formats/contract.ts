/**
 * The contract of a format reader. One folder a format, listed in registry.ts; see README.md here.
 */
import type { EvidenceSink } from '../evidence/sink.ts';
import type { AccountRef } from '../evidence/records.ts';
import type { Sentence } from '../evidence/wording/sentence.ts';

/** A file or a container entry: random access by slices, so that nothing has to stand in memory whole. */
export interface SourceInput {
  readonly name: string;
  readonly sizeBytes: number;
  /** A Blob in the browser and in Node (src/cli/disk-blob.ts) alike: slice() and stream() never load it whole. */
  readonly blob: Blob;
  /** Files that lie beside it and are part of it: the write-ahead log of a database. */
  readonly beside?: readonly { readonly name: string; readonly blob: Blob }[];
  /** Of the blob, 64 hex digits, where it was taken on the way here; else whoever keeps the source takes it. */
  readonly sha256Hex?: string;
  /** Set where it was taken out of a container that holds more: see drop/route.ts. */
  readonly inside?: InsideOrigin;
  /** Set where it is a folder, packed to be read: see [Note: Folders]. */
  readonly folder?: FolderOrigin;
  /** Entries of this zip that belong to the source; absent where all do. */
  readonly shows?: (entry: string) => boolean;
}

/** A file of a folder whose documents are read together. */
export interface FolderFile {
  /** From the folder on. */
  readonly path: string;
  readonly blob: Blob;
  /** False for what lies beside the documents and is known by its size alone. */
  readonly isDocument: boolean;
}

export interface FolderOrigin {
  /** Of the list of the documents' own hashes. */
  readonly sha256Hex: string;
  readonly documents: readonly { readonly path: string; readonly sha256Hex: string }[];
}

/** Where a source stood in what was dropped. */
export interface InsideOrigin {
  /** Of the container as it was dropped: 64 hex digits. */
  readonly sha256Hex: string;
  /** Path of the source in it: a file, or the folder of an export; '' for its root. */
  readonly path: string;
  /** Stands before the places that a reader gives, so that they count from the container. */
  readonly placesFrom: string;
}

/** First bytes for recognition, with what is known of the container around them. */
export interface SniffHead {
  readonly name: string;
  readonly sizeBytes: number;
  /** Up to 64 KiB from the start. */
  readonly bytes: Uint8Array;
  /** Entry names when the file is a readable zip, else undefined. */
  readonly entries?: readonly string[];
  /** Of a zip: the first bytes of some entries that may be documents of an export, by their names' endings. */
  readonly inside?: readonly SniffHead[];
  /** The file lies in a container, and `name` is its path there. */
  readonly isInside?: boolean;
  /** Of a database: the names of its tables, in lower case. */
  readonly tables?: ReadonlySet<string>;
}

/** What the officer decided for one source; every field is recorded with the source. */
export interface ReadOptions {
  /** IANA zone for stamps without an offset; null leaves their UTC time unknown. */
  readonly zone: string | null;
  /** Region for numbers in national form, ISO 3166 alpha-2. */
  readonly region: string;
  /** Whose device this is: a number or handle, and the name that the export uses for them. */
  readonly owner: { readonly identifier: string; readonly name: string } | null;
  /** Day/month order where the file leaves it open. */
  readonly dateOrder?: 'dmy' | 'mdy' | 'ymd';
  /** Password of an encrypted zip. */
  readonly password?: string;
  /** Column mapping of a row format: see phone-csv/recipe.ts. */
  readonly recipe?: unknown;
}

/** A question that must be answered before the file is imported, with the reader's best guess. */
export type SourceQuestion =
  | { readonly kind: 'zone'; readonly reason: Sentence; readonly assumed: string }
  | { readonly kind: 'owner'; readonly reason: Sentence; readonly candidates: readonly AccountRef[] }
  | {
      readonly kind: 'dateOrder';
      readonly reason: Sentence;
      readonly options: readonly ('dmy' | 'mdy' | 'ymd')[];
      readonly examples: readonly string[];
    }
  | { readonly kind: 'password'; readonly reason: Sentence }
  | { readonly kind: 'recipe'; readonly reason: Sentence; readonly proposal: unknown };

/** What a reader can tell before reading all of it. Nothing is written by it. */
export interface SourceProbe {
  readonly questions: readonly SourceQuestion[];
  /** Plain facts for the preview: 'Cellebrite report 2.0, 2 extractions', 'UTF-16 LE', ... */
  readonly facts: readonly Sentence[];
}

export interface Gathering {
  /** Entries that the reader opens, by name. */
  takes(name: string): boolean;
  /** A document that is no export by itself and that the reader uses beside others (names of channels, of people). */
  joins?(head: SniffHead): boolean;
}

export interface Format {
  /** Stable id as in the design table: 'ufed-xml', 'whatsapp-text', ... */
  readonly id: string;
  /** Raised whenever the same bytes would give other records. */
  readonly version: number;
  /** Plain name for the screen. */
  readonly label: string;
  /** Of a zip that is one source whatever else lies in it, and is not opened for the formats of its parts. */
  readonly isContainer?: true;
  /** Of a format whose documents lie together in one export: what one reading takes from a container. */
  readonly gathers?: Gathering;
  /** 0 (not this) to 1 (certain); must be cheap and must not throw on any bytes. */
  sniff(head: SniffHead): number;
  /** Looks at as much of the file as it needs to ask its questions. */
  probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe>;
  /**
   * Reads everything into the sink. Rejects with SourceError when the file as a whole cannot be read
   * (what was read before stays counted and kept) and with the signal's reason on abort.
   */
  read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void>;
}
