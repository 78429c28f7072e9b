/**
 * Where the sealed blocks of one case lie. The store above it (blocks.ts) seals, hashes and chains; a port only keeps
 * bytes and says truly when they are on disk. Another place for blocks is another port.
 */
import type { BlockRecord, CommitRecord } from './schema.ts';

export interface BlockPort {
  /** The newest commit; null where nothing was committed. */
  last(): Promise<CommitRecord | null>;
  /** Kinds of all commits, in order. */
  kinds(): Promise<string[]>;
  /** What stands under a number; either part is undefined where it is missing. */
  read(seq: number): Promise<{ readonly block: BlockRecord | undefined; readonly commit: CommitRecord | undefined }>;
  /** Resolves once block and commit are on disk, both or none. Rejects where the number is taken: it never overwrites. */
  append(block: BlockRecord, commit: CommitRecord): Promise<void>;
  /** Blocks and bytes at rest. */
  size(): Promise<{ blocks: number; bytes: number }>;
}
