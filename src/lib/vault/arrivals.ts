/**
 * Cases that come out of a file. Blocks are written under a record that is not listed; the last step lists it. Where a
 * crash came between, the next look at the cases takes away what there was of it: the file is still there.
 */
import { BlockStore } from './blocks.ts';
import type { Checkpoint } from './audit/checkpoint.ts';
import { importDataKey, type KeySlot } from './keys.ts';
import { takeLock, waitForLock } from './locks.ts';
import { allRowsOf, lockOf, rangeOf, SCHEMA, type CaseRecord, type VaultDatabase } from './schema.ts';
import { blocksOf, keepCopy, type VaultStorage } from './segments/attached.ts';

/** What is known of the case before its blocks come. */
export interface Arrival {
  readonly label: string;
  readonly createdAtMs: number;
  readonly isSample: boolean;
  readonly slots: readonly KeySlot[];
  /** Id that is bound into the slots' seals. */
  readonly sealedAs: string;
}

export interface Arriving {
  readonly id: string;
  readonly blocks: BlockStore;
  keepCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** Lists the case. */
  keep(): Promise<void>;
  /** Takes away all that came of it. */
  drop(): Promise<void>;
}

/** @param raw the data key; the caller zeroes it afterwards */
export async function receive(
  db: VaultDatabase,
  storage: VaultStorage,
  id: string,
  arrival: Arrival,
  raw: Uint8Array<ArrayBuffer>,
  now: () => number
): Promise<Arriving> {
  const release = await waitForLock(lockOf(id));
  const layout = storage.disk === null ? {} : { layout: 'segments' as const };
  const record: CaseRecord = { id, schema: SCHEMA, ...arrival, ...layout, isArriving: true };
  await db.add('cases', record);
  const port = await blocksOf(db, storage, record, false);
  const blocks = await BlockStore.open(port, id, await importDataKey(raw), { now, isReadOnly: false });
  return {
    id,
    blocks,
    async keepCheckpoint(checkpoint) {
      await db.put('checkpoints', { ...checkpoint, caseId: id });
    },
    async keep() {
      const { isArriving: _, ...listed } = record;
      const transaction = db.transaction('cases', 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.put(listed), transaction.done]);
      await keepCopy(storage, listed);
      port.close();
      release();
    },
    async drop() {
      port.close();
      await dropArrival(db, storage, id);
      release();
    }
  };
}

/** Takes away what a stopped arrival left; one that another window is busy with has that window's lock. */
export async function finishArrivals(db: VaultDatabase, storage: VaultStorage): Promise<void> {
  for (const { id, isArriving } of await db.getAll('cases')) {
    if (isArriving !== true) continue;
    const release = await takeLock(lockOf(id));
    if (release === null) continue;
    try {
      await dropArrival(db, storage, id);
    } finally {
      release();
    }
  }
}

/** Files first: a record without files is dropped again, files without a record would be taken for a case. */
async function dropArrival(db: VaultDatabase, storage: VaultStorage, id: string): Promise<void> {
  await storage.disk?.remove(id);
  await storage.heads.set(id, null);
  const rest = db.transaction(['blocks', 'commits', 'checkpoints', 'cases'], 'readwrite', { durability: 'strict' });
  await Promise.all([
    rest.objectStore('blocks').delete(allRowsOf(id)),
    rest.objectStore('commits').delete(allRowsOf(id)),
    rest.objectStore('checkpoints').delete(rangeOf(id)),
    rest.objectStore('cases').delete(id),
    rest.done
  ]);
}
