import { deleteDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { signCheckpoint } from '../audit/checkpoint.ts';
import { Vault, type Opener, type UnlockResult } from '../cases.ts';
import { passkeyInput, randomBytes } from '../keys.ts';
import { readSlot } from '../slots.ts';
import { openDatabase, SCHEMA } from '../schema.ts';
import { ContentRoot } from './case-content.ts';
import { restoreCaseFile, verifyWritten, writeCaseFile, type FilePassphrase } from './case-file.ts';

const names: string[] = [];
afterEach(async () => {
  for (const name of names.splice(0)) await deleteDB(name).catch(() => {});
});

async function freshVault(): Promise<{ vault: Vault; name: string }> {
  const name = `restore-test-${crypto.randomUUID()}`;
  names.push(name);
  return { vault: await Vault.open(() => 1_700_000_000_000, name), name };
}

const officer = (name: string, passphrase: string): FilePassphrase => ({ name, passphrase, approvedOnly: true });
const by = (passphrase: string): Opener => ({ secret: { passphrase }, slotId: null });

function opened(result: UnlockResult): Extract<UnlockResult, { ok: true }> {
  if (!result.ok) throw new Error(result.message);
  return result;
}

async function rootOf(vault: Vault, id: string, passphrase: string): Promise<string> {
  const { blocks, close } = opened(await vault.unlock(id, { passphrase }));
  const root = new ContentRoot();
  for await (const block of blocks.readAll()) await root.add(block);
  close();
  return (await root.sum()).root;
}

/** A case of three blocks and a signed root, and a file of it. */
async function caseWithFile(passphrase: FilePassphrase | null = null) {
  const { vault, name } = await freshVault();
  const { id, recoveryKey } = await vault.create('Heron', officer('DC 4411', 'kettle'), false);
  const { blocks, close } = opened(await vault.unlock(id, { passphrase: 'kettle' }));
  for (const kind of ['messages', 'directory', 'audit']) await blocks.put(kind, randomBytes(50_000));
  const of = { size: 1, root: 'aa', t: '2026-03-02T09:00:00.000Z', build: 'test' };
  await vault.keepCheckpoint(id, await signCheckpoint(await vault.installKey(), of));
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const record = (await vault.list())[0]!;
  const written = await writeCaseFile(
    { write: async (bytes) => void pieces.push(bytes) },
    {
      kind: 'case',
      manifest: { label: 'Heron', createdAtMs: record.createdAtMs, isSample: false },
      blocks: blocks.readAll(),
      checkpoints: await vault.checkpoints(id),
      own: { caseId: id, slots: record.slots.map(readSlot), store: blocks },
      passphrase,
      nowMs: 0
    },
    () => {}
  );
  const file = new Blob(pieces);
  await verifyWritten(file, written, () => {});
  close();
  return { vault, name, id, recoveryKey, file, root: written.root };
}

describe('a case out of a case file', () => {
  it('stands beside the one that is here, with the same root, slots and signed roots', async () => {
    const { vault, id, recoveryKey, file, root } = await caseWithFile();
    const restored = await restoreCaseFile(vault, file, by('kettle'), () => {});
    expect(restored).toMatchObject({ label: 'Heron', root, blocks: 3, recoveryKey: null });
    expect(restored.id).not.toBe(id);
    expect((await vault.list()).map((one) => one.id).sort()).toEqual([id, restored.id].sort());
    expect(await rootOf(vault, restored.id, 'kettle')).toBe(root);
    expect(await rootOf(vault, id, 'kettle')).toBe(root);
    expect(await vault.checkpoints(restored.id)).toEqual(await vault.checkpoints(id));
    // The printed key of the first case opens it as well, and its slots can be changed.
    opened(await vault.unlock(restored.id, { recoveryKey })).close();
    const change = { kind: 'add', slot: 'passphrase', ...officer('DC 5522', 'violin') } as const;
    expect(await vault.changeSlots(restored.id, by('kettle'), change)).toMatchObject({ ok: true });
    opened(await vault.unlock(restored.id, { passphrase: 'violin' })).close();
    expect(await vault.unlock(id, { passphrase: 'violin' })).toMatchObject({ ok: false });
    vault.close();
  });

  it('goes to another device, where its own passphrase makes a slot and a recovery key of its own', async () => {
    const { vault, file, root } = await caseWithFile(officer('DC 7788', 'saddle'));
    const { vault: other } = await freshVault();
    const restored = await restoreCaseFile(other, file, by('saddle'), () => {});
    expect(restored.root).toBe(root);
    expect(await rootOf(other, restored.id, 'saddle')).toBe(root);
    expect((await other.slots(restored.id)).map(({ kind, name }) => [kind, name])).toEqual([
      ['passphrase', 'DC 7788'],
      ['recovery', '']
    ]);
    expect(await other.unlock(restored.id, { passphrase: 'kettle' })).toMatchObject({ ok: false });
    opened(await other.unlock(restored.id, { recoveryKey: restored.recoveryKey ?? '' })).close();
    other.close();
    vault.close();
  });

  it('leaves nothing where the file is refused', async () => {
    const { vault, file } = await caseWithFile();
    const { vault: other, name } = await freshVault();
    await expect(restoreCaseFile(other, file, by('wrong'), () => {})).rejects.toMatchObject({ fault: { code: 'wrong-secret' } });
    const bytes = new Uint8Array(await file.arrayBuffer());
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
    const damaged = restoreCaseFile(other, new Blob([bytes]), by('kettle'), () => {});
    await expect(damaged).rejects.toMatchObject({ fault: { code: 'damaged', part: 'chunk', chunk: 3 } });
    expect(await other.list()).toEqual([]);
    other.close();
    const db = await openDatabase(name);
    expect([await db.count('blocks'), await db.count('cases')]).toEqual([0, 0]);
    db.close();
    vault.close();
  });

  it('is taken away by the next look at the cases where it was stopped half way', async () => {
    const { vault, name } = await freshVault();
    const arrival = { label: 'Kite', createdAtMs: 1, isSample: false, slots: [], sealedAs: 'elsewhere' };
    const { blocks } = await vault.receive(arrival, randomBytes(32));
    await blocks.put('messages', randomBytes(10));
    expect(await vault.list()).toEqual([]);
    // The window that receives it is alive and has its lock: another one leaves it alone.
    const meanwhile = await Vault.open(() => 0, name);
    meanwhile.close();
    const db = await openDatabase(name);
    expect(await db.count('blocks')).toBe(1);
    const [record] = await db.getAll('cases');
    // As it stands on the disk after a crash: no lock is held for it.
    await db.add('cases', { ...record!, id: 'crashed', schema: SCHEMA });
    (await Vault.open(() => 0, name)).close();
    expect((await db.getAllKeys('cases')).includes('crashed')).toBe(false);
    db.close();
    vault.close();
  });
});

describe('a passkey slot', () => {
  const credential = randomBytes(16);

  it('opens its case by what the authenticator makes of its question, and never stays alone', async () => {
    const { vault } = await freshVault();
    const { id } = await vault.create('Heron', officer('DC 4411', 'kettle'), false);
    const made = randomBytes(32);
    const change = { kind: 'add-passkey', slotId: 'key', name: 'DC 4411', credential, made } as const;
    const answer = await vault.changeSlots(id, by('kettle'), change);
    expect(answer).toMatchObject({ ok: true });
    const listed = (await vault.slots(id)).find(({ kind }) => kind === 'passkey');
    expect(listed).toMatchObject({ id: 'key', name: 'DC 4411', passkey: { credential, input: passkeyInput(id, 'key') } });
    const byKey = opened(await vault.unlock(id, { passkey: made }, 'key'));
    expect(byKey.slot).toEqual({ id: 'key', kind: 'passkey', name: 'DC 4411' });
    byKey.close();
    expect(await vault.unlock(id, { passkey: randomBytes(32) }, 'key')).toMatchObject({ ok: false, reason: 'wrong-passphrase' });
    const passphraseSlot = (await vault.slots(id)).find(({ kind }) => kind === 'passphrase')!;
    const removal = { kind: 'remove', slotId: passphraseSlot.id } as const;
    expect(await vault.changeSlots(id, by('kettle'), removal)).toEqual({ ok: false, fault: 'last-passphrase' });
    expect(await vault.changeSlots(id, by('kettle'), { kind: 'remove', slotId: 'key' })).toMatchObject({ ok: true });
    vault.close();
  });
});
