/** Commit records in IndexedDB, where they always lay; see [Note: Segments]. */
import { rangeOf, rowsOf, type VaultDatabase } from '../schema.ts';
import { isSegmentCommit } from './commit.ts';
import type { CommitShelf } from './ports.ts';

/** @param generation of the case's blocks: see [Note: Generations] */
export function dbShelf(db: VaultDatabase, caseId: string, generation: number): CommitShelf {
  const rows = rowsOf(caseId, generation);
  return {
    async all() {
      return (await db.getAll('commits', rangeOf(rows))).filter(isSegmentCommit).map((commit) => ({ ...commit, caseId }));
    },
    async add(commits) {
      const transaction = db.transaction('commits', 'readwrite', { durability: 'strict' });
      try {
        // `add` and not `put`: a second writer that got past the lock must fail, not overwrite.
        await Promise.all([...commits.map((commit) => transaction.store.add({ ...commit, caseId: rows })), transaction.done]);
      } catch (error) {
        // A request that fails for want of room says so itself; a transaction may only say that it was aborted.
        throw transaction.error ?? error;
      }
    }
  };
}
