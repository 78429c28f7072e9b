/** A case in files of the browser, made, read beside, damaged, wiped and erased in a worker, which alone may write them. */
import { deleteDB } from 'idb';
import { Vault, type UnlockResult } from '../../src/lib/vault/cases.ts';
import type { BlockStore } from '../../src/lib/vault/blocks.ts';
import { opfsDisk } from '../../src/lib/vault/segments/opfs.ts';
import type { Head, HeadSlot } from '../../src/lib/vault/segments/ports.ts';

const FOLDER = `cases-${crypto.randomUUID()}`;
const DATABASE = `vault-${crypto.randomUUID()}`;
const kept = new Map<string, Head>();
const heads: HeadSlot = {
  get: async (id) => kept.get(id) ?? null,
  async set(id, head) {
    if (head === null) kept.delete(id);
    else kept.set(id, head);
  }
};
const secret = { passphrase: 'correct horse' };

function opened(result: UnlockResult): Extract<UnlockResult, { ok: true }> {
  if (!result.ok) throw new Error(result.message);
  return result;
}

async function texts(blocks: BlockStore): Promise<{ found: string[]; lost: number[] }> {
  const lost: number[] = [];
  const found: string[] = [];
  for await (const { bytes } of blocks.readAll(({ seq }) => lost.push(seq))) found.push(new TextDecoder().decode(bytes));
  return { found, lost };
}

async function story(): Promise<Record<string, unknown>> {
  const disk = await opfsDisk(FOLDER);
  if (disk === null) throw new Error('This browser writes no files in place.');
  const open = (): Promise<Vault> => Vault.open(() => 1_700_000_000_000, DATABASE, { disk, heads });
  let vault = await open();
  const { id } = await vault.create('Heron', { name: 'DC 4411', ...secret, approvedOnly: true }, false);
  const writer = opened(await vault.unlock(id, secret));
  const expected = Array.from({ length: 20 }, (_, i) => `block ${i} ${'canary-'.repeat(200 + i)}`);
  for (const text of expected) await writer.blocks.put('messages', new TextEncoder().encode(text));
  const reader = opened(await vault.unlock(id, secret));
  const besideBefore = await texts(reader.blocks);
  await writer.blocks.put('messages', new TextEncoder().encode('later'));
  const besideAfter = await texts(reader.blocks);
  reader.close();
  writer.close();
  vault.close();

  await deleteDB(DATABASE);
  vault = await open();
  const afterWipe = (await vault.list()).map(({ label }) => label);
  const again = opened(await vault.unlock(id, secret));
  const wiped = await texts(again.blocks);
  again.close();

  const cases = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER);
  const folder = await cases.getDirectoryHandle(id);
  const names: string[] = [];
  let clear = false;
  for await (const [name, handle] of folder.entries()) {
    names.push(name);
    clear ||= (await (await (handle as FileSystemFileHandle).getFile()).text()).includes('canary-');
  }
  await folder.removeEntry('segment-03');
  const mending = opened(await vault.unlock(id, secret));
  const mended = await texts(mending.blocks);
  const mendedSeqs = mending.blocks.mended.map(({ seq }) => seq);
  mending.close();

  await vault.erase(id, 'DI 7');
  const left: string[] = [];
  for await (const [name] of cases.entries()) left.push(name);
  vault.close();
  await deleteDB(DATABASE);
  const afterErasure = (await (await open()).list()).length;
  return {
    expected,
    besideBefore,
    besideAfter,
    afterWipe,
    wiped,
    names: names.sort(),
    clear,
    mended,
    mendedSeqs,
    left,
    heads: kept.size,
    afterErasure
  };
}

postMessage(await story().catch((error: unknown) => ({ failure: String(error) })));
