/**
 * [Note: Erasure]
 * A case goes in two steps. First its key slots, with a stub written in the same transaction: from that moment every
 * block is unreadable for good, on this device. The copy of the slots beside the segments goes before them: it would be
 * put back where a wiped database is made anew. Then the blocks; where a crash came between, the next look at the cases
 * finishes it, of all generations. The stubs are a log of their own, chained like an audit log, and each holds the last checkpoint of the
 * case's log: which says that there was a log of that size and root, and not what stood in it. Copies kept elsewhere
 * are not reached.
 */
import { BUILD_ID } from '../evidence/build-id.ts';
import { bareCheckpoint } from './audit/checkpoint.ts';
import type { Operation } from './audit/line.ts';
import { AuditLog } from './audit/log.ts';
import { rowsOfRecord } from './generation/generation.ts';
import { waitForLock } from './locks.ts';
import type { VaultStorage } from './segments/attached.ts';
import { forgetRecord } from './segments/record-copy.ts';
import { allRowsOf, rangeOf, type ErasedRecord, type ErasureStub, type VaultDatabase } from './schema.ts';

const LOCK = 'skein.erasures';
const OPERATION: Operation = 'erasure';

/** Stubs in the order of their chain; those of version 1 have no line and are not among them. */
export async function erasures(db: VaultDatabase): Promise<(ErasedRecord & { readonly stub: ErasureStub })[]> {
  const all = await db.getAll('erased');
  const seqOf = (stub: ErasureStub): number => (JSON.parse(stub.line) as { readonly seq: number }).seq;
  return all
    .filter((one): one is ErasedRecord & { readonly stub: ErasureStub } => one.stub !== undefined)
    .sort((a, b) => seqOf(a.stub) - seqOf(b.stub));
}

/** Both steps. @param who in the officer's own words: a locked case cannot say whose slot it would have been. */
export async function eraseCase(db: VaultDatabase, storage: VaultStorage, id: string, who: string, nowMs: number): Promise<void> {
  const release = await waitForLock(LOCK);
  try {
    const record = await db.get('cases', id);
    if (record === undefined) return;
    const log = await AuditLog.from((await erasures(db)).map(({ stub }) => stub.line));
    const newest = await db.transaction('checkpoints').store.openCursor(rangeOf(id), 'prev');
    const last = newest === null ? null : bareCheckpoint(newest.value);
    const blocks = await db.count('commits', rangeOf(rowsOfRecord(record)));
    const came = last === null ? 'no checkpoint' : `${last.size} lines with root ${last.root}`;
    const line = log.next({
      t: new Date(nowMs).toISOString(),
      op: OPERATION,
      who,
      what: `case ${id}; audit log: ${came}`,
      n: blocks,
      build: BUILD_ID
    });
    // Also of a case in rows: a move that was stopped may have left a copy.
    if (storage.disk !== null) await forgetRecord(await storage.disk.folder(id));
    const keys = db.transaction(['cases', 'erased'], 'readwrite', { durability: 'strict' });
    await Promise.all([
      keys.objectStore('cases').delete(id),
      keys.objectStore('erased').put({ id, erasedAtMs: nowMs, stub: { line, checkpoint: last, isFinished: false } }),
      keys.done
    ]);
  } finally {
    release();
  }
  await finishErasures(db, storage);
}

/** The second step of every erasure that has not come to it. */
export async function finishErasures(db: VaultDatabase, storage: VaultStorage): Promise<void> {
  for (const { stub, ...record } of await erasures(db)) {
    if (stub.isFinished) continue;
    await storage.disk?.remove(record.id);
    await storage.heads.set(record.id, null);
    const rest = db.transaction(['blocks', 'commits', 'checkpoints', 'erased'], 'readwrite', { durability: 'strict' });
    await Promise.all([
      rest.objectStore('blocks').delete(allRowsOf(record.id)),
      rest.objectStore('commits').delete(allRowsOf(record.id)),
      rest.objectStore('checkpoints').delete(rangeOf(record.id)),
      rest.objectStore('erased').put({ ...record, stub: { ...stub, isFinished: true } }),
      rest.done
    ]);
  }
}
