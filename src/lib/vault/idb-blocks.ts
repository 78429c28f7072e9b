/**
 * Blocks in IndexedDB: block and commit of one number in one strict transaction. For browsers without files that can be
 * written in place, and for cases that were made before there were segments.
 */
import type { BlockPort } from './block-port.ts';
import { rangeOf, type VaultDatabase } from './schema.ts';

export function idbBlocks(db: VaultDatabase, caseId: string): BlockPort {
  return {
    beyond: 0,
    async last() {
      const cursor = await db.transaction('commits').store.openCursor(rangeOf(caseId), 'prev');
      return cursor?.value ?? null;
    },
    async kinds() {
      return (await db.getAll('commits', rangeOf(caseId))).map(({ kind }) => kind);
    },
    async read(seq) {
      const transaction = db.transaction(['blocks', 'commits']);
      const [block, commit] = await Promise.all([
        transaction.objectStore('blocks').get([caseId, seq]),
        transaction.objectStore('commits').get([caseId, seq])
      ]);
      return { block, commit };
    },
    async append(block, commit) {
      const transaction = db.transaction(['blocks', 'commits'], 'readwrite', { durability: 'strict' });
      // `add` and not `put`: a second writer that got past the lock must fail, not overwrite.
      await Promise.all([
        transaction.objectStore('blocks').add(block),
        transaction.objectStore('commits').add(commit),
        transaction.done
      ]);
    },
    // Every answer comes from the database itself, and nothing is kept beside it.
    refresh: () => Promise.resolve(),
    rebuilt: () => Promise.resolve(null),
    rewrite: () => Promise.resolve(),
    close: () => {},
    async size() {
      let blocks = 0;
      let bytes = 0;
      for (
        let cursor = await db.transaction('blocks').store.openCursor(rangeOf(caseId));
        cursor !== null;
        cursor = await cursor.continue()
      ) {
        blocks++;
        bytes += cursor.value.cipher.byteLength;
      }
      return { blocks, bytes };
    }
  };
}
