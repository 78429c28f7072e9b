/**
 * Blocks in IndexedDB: block and commit of one number in one strict transaction. For browsers without files that can be
 * written in place, and for cases that were made before there were segments and have not moved yet.
 */
import type { BlockPort } from './block-port.ts';
import { rangeOf, type VaultDatabase } from './schema.ts';

/** @param rows the first key of its rows: see `rowsOf` */
export function idbBlocks(db: VaultDatabase, rows: string): BlockPort {
  return {
    beyond: 0,
    async last() {
      const cursor = await db.transaction('commits').store.openCursor(rangeOf(rows), 'prev');
      return cursor?.value ?? null;
    },
    async kinds() {
      return (await db.getAll('commits', rangeOf(rows))).map(({ kind }) => kind);
    },
    async read(seq) {
      const transaction = db.transaction(['blocks', 'commits']);
      const [block, commit] = await Promise.all([
        transaction.objectStore('blocks').get([rows, seq]),
        transaction.objectStore('commits').get([rows, seq])
      ]);
      return { block, commit };
    },
    async append(block, commit) {
      const transaction = db.transaction(['blocks', 'commits'], 'readwrite', { durability: 'strict' });
      // `add` and not `put`: a second writer that got past the lock must fail, not overwrite.
      await Promise.all([
        transaction.objectStore('blocks').add({ ...block, caseId: rows }),
        transaction.objectStore('commits').add({ ...commit, caseId: rows }),
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
        let cursor = await db.transaction('blocks').store.openCursor(rangeOf(rows));
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
