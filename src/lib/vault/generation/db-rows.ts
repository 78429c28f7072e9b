/** Rows of a case's generations in IndexedDB, and the pointer in its record. */
import { idbBlocks } from '../idb-blocks.ts';
import { allRowsOf, generationOfRows, rangeOf, rowsOf, type VaultDatabase } from '../schema.ts';
import { dbShelf } from '../segments/db-shelf.ts';
import { generationOf, pointedTo } from './generation.ts';
import type { CaseRows } from './ports.ts';

export function dbRows(db: VaultDatabase, caseId: string): CaseRows {
  return {
    record: () => db.get('cases', caseId),
    async point(from, to) {
      const transaction = db.transaction('cases', 'readwrite', { durability: 'strict' });
      // Read again: a slot may have been changed while the blocks were written.
      const record = await transaction.store.get(caseId);
      if (record === undefined || generationOf(record).number !== from) {
        await transaction.done;
        throw new Error('The blocks of this case were moved by another window.');
      }
      try {
        await Promise.all([transaction.store.put(pointedTo(record, to)), transaction.done]);
      } catch (error) {
        throw transaction.error ?? error;
      }
    },
    async numbers() {
      const found = new Set<number>();
      for (const name of ['blocks', 'commits'] as const) {
        let cursor = await db.transaction(name).store.openKeyCursor(allRowsOf(caseId));
        while (cursor !== null) {
          const [rows] = cursor.key;
          found.add(generationOfRows(caseId, rows));
          cursor = await cursor.continue([rows, Number.MAX_SAFE_INTEGER]);
        }
      }
      return [...found];
    },
    blocks: (generation) => idbBlocks(db, rowsOf(caseId, generation)),
    commits: (generation) => dbShelf(db, caseId, generation),
    async clear(generation) {
      const range = rangeOf(rowsOf(caseId, generation));
      const transaction = db.transaction(['blocks', 'commits'], 'readwrite', { durability: 'strict' });
      await Promise.all([
        transaction.objectStore('blocks').delete(range),
        transaction.objectStore('commits').delete(range),
        transaction.done
      ]);
    }
  };
}
