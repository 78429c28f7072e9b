/**
 * A case as the first version wrote it, in a database of the first version, moved into files of the browser beside a window
 * that reads it; then read again, wiped and erased. In a worker, which alone may write such files.
 */
import { deleteDB, openDB } from 'idb';
import { BlockStore } from '../../src/lib/vault/blocks.ts';
import { Vault, type UnlockResult } from '../../src/lib/vault/cases.ts';
import { idbBlocks } from '../../src/lib/vault/idb-blocks.ts';
import { importDataKey } from '../../src/lib/vault/keys.ts';
import { takeLock } from '../../src/lib/vault/locks.ts';
import { lockOf, openDatabase, type VaultDatabase } from '../../src/lib/vault/schema.ts';
import { opfsDisk } from '../../src/lib/vault/segments/opfs.ts';
import type { Head, HeadSlot } from '../../src/lib/vault/segments/ports.ts';
import { openSlots, readSlot } from '../../src/lib/vault/slots.ts';
import { FIRST, FIRST_CASE, FIRST_PASSPHRASE, FIRST_ROWS, FIRST_TEXT } from '../fixtures/first-version.ts';

const FOLDER = `cases-${crypto.randomUUID()}`;
const DATABASE = `vault-${crypto.randomUUID()}`;
const BLOCKS = 40;
const kept = new Map<string, Head>();
const heads: HeadSlot = {
  get: async (id) => kept.get(id) ?? null,
  async set(id, head) {
    if (head === null) kept.delete(id);
    else kept.set(id, head);
  }
};
const secret = { passphrase: FIRST_PASSPHRASE };
const clock = (): number => 1_700_000_000_000;

function opened(result: UnlockResult): Extract<UnlockResult, { ok: true }> {
  if (!result.ok) throw new Error(result.message);
  return result;
}

async function texts(blocks: BlockStore): Promise<string[]> {
  const found: string[] = [];
  for await (const { bytes } of blocks.readAll()) found.push(new TextDecoder().decode(bytes));
  return found;
}

/** @returns what its blocks hold: the first is of that version's own code, the others are put behind it in its rows */
async function caseOfFirstVersion(): Promise<string[]> {
  const first = await openDB(DATABASE, 1, {
    upgrade(db) {
      db.createObjectStore('cases', { keyPath: 'id' });
      db.createObjectStore('blocks', { keyPath: ['caseId', 'seq'] });
      db.createObjectStore('commits', { keyPath: ['caseId', 'seq'] });
      db.createObjectStore('erased', { keyPath: 'id' });
    }
  });
  await first.put('cases', { id: FIRST_CASE, label: 'Heron', createdAtMs: 1, isSample: false, schema: 1, slots: FIRST });
  await first.put('blocks', FIRST_ROWS.block);
  await first.put('commits', FIRST_ROWS.commit);
  const key = await openSlots(FIRST.map(readSlot), secret, FIRST_CASE, null);
  if (key === null) throw new Error('The first version has another passphrase.');
  // Only the stores that were there from the beginning are asked.
  const port = idbBlocks(first as unknown as VaultDatabase, FIRST_CASE);
  const access = { now: clock, isReadOnly: false };
  const store = await BlockStore.open(port, FIRST_CASE, await importDataKey(key.raw), access);
  const more = Array.from({ length: BLOCKS - 1 }, (_, i) => `block ${i} ${'canary-'.repeat(200 + i)}`);
  for (const [i, text] of more.entries()) await store.put(i % 4 === 0 ? 'audit' : 'messages', new TextEncoder().encode(text));
  first.close();
  return [FIRST_TEXT, ...more];
}

async function story(): Promise<Record<string, unknown>> {
  const disk = await opfsDisk(FOLDER);
  if (disk === null) throw new Error('This browser writes no files in place.');
  const expected = await caseOfFirstVersion();
  const id = FIRST_CASE;
  const open = (): Promise<Vault> => Vault.open(clock, DATABASE, { disk, heads });
  const rowsOfBlocks = async (): Promise<number> => {
    const db = await openDatabase(DATABASE);
    const count = await db.count('blocks');
    db.close();
    return count;
  };
  const namesOf = async (): Promise<string[]> => (await (await disk.folder(id)).names()).sort();
  let vault = await open();

  // A window that reads, since another has the lock at that moment.
  const other = await takeLock(lockOf(id));
  const reader = opened(await vault.unlock(id, secret));
  other?.();
  const unmoved = opened(await vault.unlock(id, secret));
  const stayed = [unmoved.isReadOnly, unmoved.isInFiles];
  unmoved.close();

  const told: number[] = [];
  const writer = opened(await vault.unlock(id, secret, null, ({ done }) => told.push(done)));
  const { moved, stays } = writer.migration;
  const afterMove = await texts(writer.blocks);
  await writer.blocks.put('messages', new TextEncoder().encode('later'));
  await writer.retireOlder();
  const keptRows = await rowsOfBlocks();
  const beside = await texts(reader.blocks);
  writer.close();

  const next = opened(await vault.unlock(id, secret, null, () => told.push(-1)));
  const afterReopening = await texts(next.blocks);
  await next.retireOlder();
  const rowsWhileRead = await rowsOfBlocks();
  reader.close();
  // The browser gives a lock on a moment after it was let go.
  for (let i = 0; i < 100 && (await rowsOfBlocks()) > 0; i++) await next.retireOlder();
  const rowsAfter = await rowsOfBlocks();
  const [{ schema, generation, layout, slots } = { slots: [] }] = await vault.list();
  next.close();
  vault.close();

  await deleteDB(DATABASE);
  vault = await open();
  const again = opened(await vault.unlock(id, secret, null, () => told.push(-2)));
  const wiped = await texts(again.blocks);
  again.close();
  const names = await namesOf();

  await vault.erase(id, 'DI 7');
  const db = await openDatabase(DATABASE);
  const leftRows = (await db.count('blocks')) + (await db.count('commits'));
  db.close();
  const leftFolders = await disk.cases();
  vault.close();
  await deleteDB(DATABASE);
  return {
    expected,
    stayed,
    told,
    moved: [moved?.number, moved?.blocks, stays],
    afterMove,
    keptRows,
    beside,
    afterReopening,
    rowsWhileRead,
    rowsAfter,
    record: [schema, generation, layout, slots.map((slot) => 'version' in slot)],
    wiped,
    names,
    leftRows,
    leftFolders,
    heads: kept.size
  };
}

postMessage(await story().catch((error: unknown) => ({ failure: String(error) })));
