/**
 * What the segments of a case stand on: files that can be flushed, a shelf of commit records, and a slot for heads. Each
 * call may fail at any time (no room, an abort, something unknown), before or after it did what it was asked; whoever
 * calls must leave a case that reads to its last commit. Tests fail every one of them in turn.
 */
import type { SegmentCommit } from './commit.ts';

export interface SegmentFile {
  size(): Promise<number>;
  /** `length` bytes from `at`; fewer where the file ends before. */
  read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** All of it, or a rejection; what stands there then is unknown until it is written again. */
  write(bytes: Uint8Array, at: number): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Resolves once what was written is on disk. */
  flush(): Promise<void>;
  close(): void;
}

/** The folder of one case. */
export interface SegmentFolder {
  /** For writing; made where there is none. One holder at a time. */
  open(name: string): Promise<SegmentFile>;
  /** For reading, whoever else holds it; null where there is no such file. */
  peek(name: string): Promise<SegmentFile | null>;
  remove(name: string): Promise<void>;
  /** Of all its files, in no order. */
  names(): Promise<string[]>;
}

export interface CommitShelf {
  /** All commits of the case, in order. */
  all(): Promise<SegmentCommit[]>;
  /** On disk once it resolves, all or none. Rejects where a number is taken. */
  add(commits: readonly SegmentCommit[]): Promise<void>;
}

/** Number and root of the last commit. */
export interface Head {
  readonly seq: number;
  readonly root: string;
}

/** A third witness, kept apart from files and database. */
export interface HeadSlot {
  get(caseId: string): Promise<Head | null>;
  /** @param head null forgets the case */
  set(caseId: string, head: Head | null): Promise<void>;
}

/** Where the folders of cases lie. */
export interface Disk {
  folder(caseId: string): Promise<SegmentFolder>;
  /** Ids of all cases that have a folder. */
  cases(): Promise<string[]>;
  /** Takes a case's folder away, with all that stands in it. */
  remove(caseId: string): Promise<void>;
}
