/** Commit records in IndexedDB, where they always lay; see [Note: Segments]. */
import { rangeOf, type VaultDatabase } from '../schema.ts';
import { isSegmentCommit } from './commit.ts';
import type { CommitShelf } from './ports.ts';

export function dbShelf(db: VaultDatabase, caseId: string): CommitShelf {
  return {
    async all() {
      return (await db.getAll('commits', rangeOf(caseId))).filter(isSegmentCommit);
    },
    async add(commits) {
      const transaction = db.transaction('commits', 'readwrite', { durability: 'strict' });
      try {
        // `add` and not `put`: a second writer that got past the lock must fail, not overwrite.
        await Promise.all([...commits.map((commit) => transaction.store.add(commit)), transaction.done]);
      } catch (error) {
        // A request that fails for want of room says so itself; a transaction may only say that it was aborted.
        throw transaction.error ?? error;
      }
    }
  };
}
