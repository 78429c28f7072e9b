/**
 * Where the sealed blocks of one case lie. The store above it (blocks.ts) seals, hashes and chains; a port only keeps
 * bytes and says truly when they are on disk. Another place for blocks is another port.
 */
import type { BlockRecord, CommitRecord } from './schema.ts';

export interface BlockPort {
  /** The newest commit; null where nothing was committed. */
  last(): Promise<CommitRecord | null>;
  /** How many newer commits this device once knew of and has no more. */
  readonly beyond: number;
  /** Kinds of all commits, in order; 'unknown' where a commit is lost. */
  kinds(): Promise<string[]>;
  /** What stands under a number; either part is undefined where it is missing. */
  read(seq: number): Promise<{ readonly block: BlockRecord | undefined; readonly commit: CommitRecord | undefined }>;
  /** Resolves once block and commit are on disk, both or none. Rejects where the number is taken: it never overwrites. */
  append(block: BlockRecord, commit: CommitRecord): Promise<void>;
  /** Looks again at what is committed, after an append that failed in a way that left it open. */
  refresh(): Promise<void>;
  /** What a block's ciphertext was, going by what is kept beside it; unproven, and null where nothing is. */
  rebuilt(seq: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Puts a block's ciphertext in the place of one that was damaged, where this window writes. */
  rewrite(seq: number, cipher: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Blocks and bytes at rest. */
  size(): Promise<{ blocks: number; bytes: number }>;
  /** Lets files go. */
  close(): void;
}
