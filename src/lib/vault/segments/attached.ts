/** The place of a case's segments as the vault uses it: which port a case has, and its record's copy kept and brought back. */
import type { BlockPort } from '../block-port.ts';
import { dbRows } from '../generation/db-rows.ts';
import { generationOf } from '../generation/generation.ts';
import { openGeneration } from '../generation/places.ts';
import type { CasePlaces } from '../generation/ports.ts';
import type { CaseRecord, VaultDatabase } from '../schema.ts';
import { DerivedFiles } from './derived-files.ts';
import type { Disk, HeadSlot } from './ports.ts';
import { readRecord, writeRecord } from './record-copy.ts';
import { StagedFiles } from './staged-files.ts';

export interface VaultStorage {
  /** Null where this browser writes no files in place. */
  readonly disk: Disk | null;
  readonly heads: HeadSlot;
}

/** Blocks in the database, no copy beside it. */
export const DATABASE_ALONE: VaultStorage = {
  disk: null,
  heads: { get: () => Promise.resolve(null), set: () => Promise.resolve() }
};

/** Everything that a case's blocks may lie in. Makes the case's folder where there is none. */
export async function placesOf(db: VaultDatabase, { disk, heads }: VaultStorage, caseId: string): Promise<CasePlaces> {
  return { caseId, folder: disk === null ? null : await disk.folder(caseId), rows: dbRows(db, caseId), heads };
}

/** The blocks of the generation that the record points to: see [Note: Generations]. */
export async function blocksOf(
  db: VaultDatabase,
  storage: VaultStorage,
  record: CaseRecord,
  isReadOnly: boolean
): Promise<BlockPort> {
  const generation = generationOf(record);
  // A case in rows has no folder, and needs none.
  if (generation.layout === 'database') return dbRows(db, record.id).blocks(generation.number);
  // A slot that was changed a moment before a crash: the copy is brought up to the record.
  if (!isReadOnly) await keepCopy(storage, record);
  return openGeneration(await placesOf(db, storage, record.id), generation, isReadOnly);
}

/** See [Note: Staged file]; null where the case has no folder. */
export async function stagedFiles({ disk }: VaultStorage, record: CaseRecord, key: CryptoKey): Promise<StagedFiles | null> {
  if (disk === null || record.layout !== 'segments') return null;
  return new StagedFiles(await disk.folder(record.id), record.id, key);
}

/** See [Note: Derived files]; null where the case has no folder. */
export async function derivedFiles(
  { disk }: VaultStorage,
  record: CaseRecord,
  key: CryptoKey,
  isReadOnly: boolean
): Promise<DerivedFiles | null> {
  if (disk === null || record.layout !== 'segments') return null;
  return new DerivedFiles(await disk.folder(record.id), record.id, key, isReadOnly);
}

/** Without room for it the copy lags until the case is next opened; the record itself stands. */
export async function keepCopy({ disk }: VaultStorage, record: CaseRecord): Promise<void> {
  if (disk === null || record.layout !== 'segments') return;
  try {
    await writeRecord(await disk.folder(record.id), record);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Cases that have a folder and no record, since the database was wiped, are put back as their copies say. */
export async function restoreRecords(db: VaultDatabase, { disk }: VaultStorage): Promise<void> {
  for (const id of (await disk?.cases()) ?? []) {
    if ((await db.get('cases', id)) !== undefined || (await db.get('erased', id)) !== undefined) continue;
    const record = await copyOf(disk, id);
    if (record === null) continue;
    const transaction = db.transaction('cases', 'readwrite', { durability: 'strict' });
    // Another window may have put it back meanwhile: `put`, since both say the same.
    await Promise.all([transaction.store.put(record), transaction.done]);
  }
}

/** A folder that cannot be read must not keep the other cases from being listed. */
async function copyOf(disk: Disk | null, id: string): Promise<CaseRecord | null> {
  try {
    return disk === null ? null : await readRecord(await disk.folder(id));
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
