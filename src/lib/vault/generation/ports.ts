/**
 * What the generations of a case stand on: the rows of the database and the pointer among them, beside the files of
 * segments/ports.ts. Each call may fail, before or after it did what it was asked. Tests fail every one of them in turn.
 */
import type { BlockPort } from '../block-port.ts';
import type { CaseRecord } from '../schema.ts';
import type { CommitShelf, HeadSlot, SegmentFolder } from '../segments/ports.ts';
import type { Generation } from './generation.ts';

export interface CaseRows {
  /** The case's record, which holds the pointer; undefined where the case is gone. */
  record(): Promise<CaseRecord | undefined>;
  /** Puts the pointer on a generation, in one strict transaction. Rejects where it does not stand on `from`. */
  point(from: number, to: Generation): Promise<void>;
  /** Numbers of all generations that have a row. */
  numbers(): Promise<number[]>;
  /** Blocks and commits that lie in rows. */
  blocks(generation: number): BlockPort;
  /** Commits of blocks that lie in files. */
  commits(generation: number): CommitShelf;
  /** Takes the rows of a generation away, all or none. */
  clear(generation: number): Promise<void>;
}

/** Everything that the blocks of one case may lie in. */
export interface CasePlaces {
  readonly caseId: string;
  /** The case's folder; null where this browser, or this window, has none. */
  readonly folder: SegmentFolder | null;
  readonly rows: CaseRows;
  readonly heads: HeadSlot;
  /** See [Note: Reserve]. */
  readonly reserveBytes?: number;
}
