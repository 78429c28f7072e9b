/**
 * A case in files of the browser with a copy of a file laid aside for its import: what is counted and handed out of it before
 * and after, what comes back from its case file, and what its erasure counts and leaves.
 */
import { createSHA256 } from 'hash-wasm';
import { deleteDB } from 'idb';
import { restoreCaseFile, writeCaseFile } from '../../src/lib/vault/backup/case-file.ts';
import { Vault, type UnlockResult } from '../../src/lib/vault/cases.ts';
import { DATABASE_ALONE } from '../../src/lib/vault/segments/attached.ts';
import { opfsDisk } from '../../src/lib/vault/segments/opfs.ts';
import { readSlot } from '../../src/lib/vault/slots.ts';

const FOLDER = `cases-${crypto.randomUUID()}`;
const DATABASE = `vault-${crypto.randomUUID()}`;
const BLOCKS = 3;
const COPY_BYTES = 3_000_000;
const secret = { passphrase: 'correct horse' };

function opened(result: UnlockResult): Extract<UnlockResult, { ok: true }> {
  if (!result.ok) throw new Error(result.message);
  return result;
}

async function story(): Promise<Record<string, unknown>> {
  const disk = await opfsDisk(FOLDER);
  if (disk === null) throw new Error('This browser writes no files in place.');
  const vault = await Vault.open(() => 1_700_000_000_000, DATABASE, { ...DATABASE_ALONE, disk });
  const { id } = await vault.create('Heron', { name: 'DC 4411', ...secret, approvedOnly: true }, false);
  const { blocks, staged, close } = opened(await vault.unlock(id, secret));
  if (staged === null) throw new Error('This case has no folder.');
  for (let i = 0; i < BLOCKS; i++) await blocks.put('messages', crypto.getRandomValues(new Uint8Array(50_000)));
  const counted = async () => {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const [record] = await vault.list();
    const { root, sizeBytes } = await writeCaseFile(
      { write: async (bytes) => void pieces.push(bytes) },
      {
        kind: 'case',
        manifest: { label: 'Heron', createdAtMs: 0, isSample: false },
        blocks: blocks.readAll(),
        checkpoints: [],
        own: { caseId: id, slots: (record?.slots ?? []).map(readSlot), store: blocks },
        passphrase: null,
        nowMs: 0
      },
      () => {}
    );
    return { told: { size: await blocks.size(), root, sizeBytes }, file: new Blob(pieces) };
  };
  const namesOf = async (of: string): Promise<string[]> =>
    (await (await disk.folder(of)).names()).filter((name) => name.startsWith('staged'));

  const before = await counted();
  await staged.look();
  const hash = await createSHA256();
  const sum = { update: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest('hex') };
  const copy = new Blob(Array.from({ length: COPY_BYTES / 50_000 }, () => crypto.getRandomValues(new Uint8Array(50_000))));
  const source = {
    files: [copy],
    sharedAs: null,
    sum,
    noteOf: (sha256Hex: string | null) => ({ name: 'report.xml', sha256Hex })
  };
  await staged.lay(source, new AbortController().signal, () => {});
  const after = await counted();
  const laid = [staged.bytes, (await namesOf(id)).length];
  close();

  const restored = await restoreCaseFile(vault, after.file, { secret, slotId: null }, () => {});
  const comeBack = await namesOf(restored.id);
  await vault.erase(id, 'DI 7');
  const [stub] = await vault.erased();
  const { n } = JSON.parse(stub?.stub?.line ?? '{}') as { readonly n?: number };
  const left = await disk.cases();
  await vault.erase(restored.id, 'DI 7');
  vault.close();
  await deleteDB(DATABASE);
  return { before: before.told, after: after.told, laid, comeBack, erased: n, left: left.filter((one) => one !== restored.id) };
}

postMessage(await story().catch((error: unknown) => ({ failure: String(error) })));
