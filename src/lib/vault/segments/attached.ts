/** The place of a case's segments as the vault uses it: which port a case has, and its record's copy kept and brought back. */
import type { BlockPort } from '../block-port.ts';
import { idbBlocks } from '../idb-blocks.ts';
import type { CaseRecord, VaultDatabase } from '../schema.ts';
import { dbShelf } from './db-shelf.ts';
import { DerivedFiles } from './derived-files.ts';
import type { Disk, HeadSlot } from './ports.ts';
import { readRecord, writeRecord } from './record-copy.ts';
import { SegmentBlocks } from './segment-blocks.ts';
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

/** A case stays where it was made; see [Note: Versions of a case]. */
export async function blocksOf(
  db: VaultDatabase,
  { disk, heads }: VaultStorage,
  record: CaseRecord,
  isReadOnly: boolean
): Promise<BlockPort> {
  if (record.layout !== 'segments') return idbBlocks(db, record.id);
  if (disk === null) throw new Error('This case lies in files that this browser, or this window, does not let Skein open.');
  const folder = await disk.folder(record.id);
  // A slot that was changed a moment before a crash: the copy is brought up to the record.
  if (!isReadOnly) await keepCopy({ disk, heads }, record);
  return SegmentBlocks.open({ caseId: record.id, folder, shelf: dbShelf(db, record.id), heads, isReadOnly });
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
