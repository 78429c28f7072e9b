import { afterEach, describe, expect, it } from 'vitest';
import { deleteDB, openDB } from 'idb';
import { signCheckpoint } from './audit/checkpoint.ts';
import type { AuditLine } from './audit/line.ts';
import { leafHash, toHex } from './audit/merkle.ts';
import { DamagedBlock, type BlockStore } from './blocks.ts';
import { Vault, type UnlockResult } from './cases.ts';
import { openDatabase } from './schema.ts';

const names: string[] = [];

async function freshVault(): Promise<{ vault: Vault; name: string }> {
  const name = `vault-test-${crypto.randomUUID()}`;
  names.push(name);
  return { vault: await Vault.open(() => 1_700_000_000_000, name), name };
}

afterEach(async () => {
  for (const name of names.splice(0)) await deleteDB(name).catch(() => {});
});

/** The approved derivation takes a third of the time of the other, which keys.test.ts runs. */
const officer = (passphrase: string) => ({ name: 'DC 4411', passphrase, approvedOnly: true });
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const CANARY = 'canary-7f3a-trimite-banii-azi';

function opened(result: UnlockResult): { blocks: BlockStore; isReadOnly: boolean; close(): void } {
  if (!result.ok) throw new Error(result.message);
  return result;
}

async function all(blocks: BlockStore): Promise<string[]> {
  const found: string[] = [];
  for await (const block of blocks.readAll()) found.push(`${block.kind}:${new TextDecoder().decode(block.bytes)}`);
  return found;
}

describe('the vault', () => {
  it('gives back what was put, by passphrase and by recovery key, after closing', async () => {
    const { vault, name } = await freshVault();
    const { id, recoveryKey } = await vault.create('Heron', officer('correct horse battery'), false);
    const first = opened(await vault.unlock(id, { passphrase: 'correct horse battery' }));
    await first.blocks.put('messages', text(CANARY.repeat(50)));
    await first.blocks.put('directory', text('{}'));
    first.close();
    vault.close();

    const again = await Vault.open(() => 0, name);
    expect(await again.list()).toMatchObject([{ id, label: 'Heron', isSample: false }]);
    const byPhrase = opened(await again.unlock(id, { passphrase: 'correct horse battery' }));
    expect(await all(byPhrase.blocks)).toEqual([`messages:${CANARY.repeat(50)}`, 'directory:{}']);
    byPhrase.close();
    const typed = recoveryKey.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    const byPaper = opened(await again.unlock(id, { recoveryKey: typed }));
    expect((await all(byPaper.blocks)).length).toBe(2);
    byPaper.close();
    again.close();
  });

  it('refuses a wrong passphrase and a wrong recovery key in words', async () => {
    const { vault } = await freshVault();
    const { id } = await vault.create('Heron', officer('correct horse battery'), false);
    expect(await vault.unlock(id, { passphrase: 'correct horse' })).toMatchObject({ ok: false, reason: 'wrong-passphrase' });
    const mistyped = await vault.unlock(id, { recoveryKey: 'AAAA-BBBB' });
    expect(mistyped).toMatchObject({
      ok: false,
      reason: 'wrong-passphrase',
      message: expect.stringContaining('mistyped') as string
    });
    const { recoveryKey: another } = await vault.create('Kite', officer('x'), false);
    const wrong = await vault.unlock(id, { recoveryKey: another });
    expect(wrong).toMatchObject({ ok: false, reason: 'wrong-passphrase', message: 'That does not open this case.' });
    expect(await vault.unlock('nowhere', { passphrase: 'x' })).toMatchObject({ ok: false, reason: 'not-found' });
    vault.close();
  });

  it('leaves no evidence in clear in the database', async () => {
    const { vault, name } = await freshVault();
    const { id } = await vault.create('Heron', officer('correct horse battery'), false);
    const { blocks, close } = opened(await vault.unlock(id, { passphrase: 'correct horse battery' }));
    await blocks.put('messages', text(CANARY));
    close();
    vault.close();
    const db = await openDatabase(name);
    let dump = '';
    for (const store of ['cases', 'blocks', 'commits', 'erased'] as const) {
      for (const value of await db.getAll(store)) {
        dump += JSON.stringify(value, (_key, part: unknown) =>
          part instanceof Uint8Array ? String.fromCharCode(...part) : part
        );
      }
    }
    db.close();
    expect(dump.length).toBeGreaterThan(200);
    expect(dump).toContain('Heron');
    expect(dump).not.toContain(CANARY.slice(0, 10));
    expect(dump).not.toContain('correct horse');
  });

  it('names the block that was changed, taken out or put elsewhere', async () => {
    const { vault, name } = await freshVault();
    const { id } = await vault.create('Heron', officer('pass'), false);
    const { blocks, close } = opened(await vault.unlock(id, { passphrase: 'pass' }));
    for (const word of ['one', 'two', 'three']) await blocks.put('messages', text(word));
    close();
    const db = await openDatabase(name);
    const second = await db.get('blocks', [id, 2]);
    const third = await db.get('blocks', [id, 3]);
    const commit = await db.get('commits', [id, 2]);
    if (second === undefined || third === undefined || commit === undefined) throw new Error('blocks were not written');

    const reread = async (): Promise<string[]> => {
      const session = opened(await vault.unlock(id, { passphrase: 'pass' }));
      try {
        return await all(session.blocks);
      } finally {
        session.close();
      }
    };
    const changed = second.cipher.slice();
    changed[0] = (changed[0] as number) ^ 1;
    await db.put('blocks', { ...second, cipher: changed });
    await expect(reread()).rejects.toMatchObject({ name: 'DamagedBlock', seq: 2 });
    // The third block's bytes under the second's number, its hash made to fit: the seal still knows its place.
    await db.put('blocks', { ...third, seq: 2 });
    await db.put('commits', { ...commit, sha256Hex: (await db.get('commits', [id, 3]))?.sha256Hex ?? '' });
    await expect(reread()).rejects.toBeInstanceOf(DamagedBlock);
    await db.put('commits', commit);
    await db.delete('blocks', [id, 2]);
    await expect(reread()).rejects.toThrow(/Block 2 .* is missing/);
    await db.put('blocks', second);
    expect(await reread()).toEqual(['messages:one', 'messages:two', 'messages:three']);
    db.close();
    vault.close();
  });

  it('keeps what was committed when a later write fails, and goes on after it', async () => {
    const { vault, name } = await freshVault();
    const { id } = await vault.create('Heron', officer('pass'), false);
    const session = opened(await vault.unlock(id, { passphrase: 'pass' }));
    await session.blocks.put('messages', text('kept'));
    const db = await openDatabase(name);
    await db.add('blocks', {
      caseId: id,
      seq: 2,
      kind: 'x',
      nonce: new Uint8Array(12),
      isDeflated: false,
      cipher: new Uint8Array(4)
    });
    await expect(session.blocks.put('messages', text('collides'))).rejects.toThrow();
    await db.delete('blocks', [id, 2]);
    await session.blocks.put('messages', text('after'));
    expect(await all(session.blocks)).toEqual(['messages:kept', 'messages:after']);
    session.close();
    db.close();
    vault.close();
  });

  it('lets one window write and the others read', async () => {
    const { vault } = await freshVault();
    const { id } = await vault.create('Heron', officer('pass'), false);
    const writer = opened(await vault.unlock(id, { passphrase: 'pass' }));
    const reader = opened(await vault.unlock(id, { passphrase: 'pass' }));
    expect([writer.isReadOnly, reader.isReadOnly]).toEqual([false, true]);
    await expect(reader.blocks.put('messages', text('x'))).rejects.toThrow(/another window/);
    expect(await writer.blocks.put('messages', text('x'))).toBe(1);
    reader.close();
    writer.close();
    await expect
      .poll(async () => {
        const next = opened(await vault.unlock(id, { passphrase: 'pass' }));
        next.close();
        return next.isReadOnly;
      })
      .toBe(false);
    vault.close();
  });

  it('changes the passphrase by one slot, without touching a block or the other slot', async () => {
    const { vault, name } = await freshVault();
    const { id, recoveryKey } = await vault.create('Heron', { ...officer('old pass'), approvedOnly: false }, false);
    const session = opened(await vault.unlock(id, { passphrase: 'old pass' }));
    await session.blocks.put('messages', text('x'));
    session.close();
    const db = await openDatabase(name);
    const before = (await db.get('blocks', [id, 1]))?.cipher;
    const paper = (await db.get('cases', id))?.slots[1];
    const [slot] = await vault.slots(id);
    const rewrite = {
      kind: 'rewrite',
      slotId: slot?.id ?? '',
      name: 'DC 4411',
      passphrase: 'new pass',
      approvedOnly: true
    } as const;
    const wrong = { secret: { passphrase: 'wrong' }, slotId: null };
    expect(await vault.changeSlots(id, wrong, rewrite)).toEqual({ ok: false, fault: 'wrong-passphrase' });
    const byPaper = { secret: { recoveryKey }, slotId: null };
    expect(await vault.changeSlots(id, byPaper, rewrite)).toMatchObject({ ok: true, recoveryKey: null });
    expect(await vault.unlock(id, { passphrase: 'old pass' })).toMatchObject({ ok: false });
    expect((await vault.slots(id)).map(({ derivation }) => derivation.name)).toEqual(['pbkdf2-sha256', 'hkdf-sha256']);
    opened(await vault.unlock(id, { passphrase: 'new pass' })).close();
    expect((await db.get('blocks', [id, 1]))?.cipher).toEqual(before);
    expect((await db.get('cases', id))?.slots[1]).toEqual(paper);
    db.close();
    vault.close();
  });

  it('gives two officers and a supervisor each a passphrase of their own', async () => {
    const { vault } = await freshVault();
    const { id, recoveryKey } = await vault.create('Heron', officer('first'), false);
    const first = { secret: { passphrase: 'first' }, slotId: null };
    const add = (slot: 'passphrase' | 'supervisor', name: string, passphrase: string) =>
      vault.changeSlots(id, first, { kind: 'add', slot, name, passphrase, approvedOnly: true });
    expect(await add('passphrase', 'dc 4411 ', 'other')).toEqual({ ok: false, fault: 'name-taken' });
    expect(await add('passphrase', 'DC 5522', 'second')).toMatchObject({ ok: true });
    expect(await add('supervisor', 'DI 7', 'third')).toMatchObject({ ok: true });
    for (const [passphrase, name, kind] of [
      ['first', 'DC 4411', 'passphrase'],
      ['second', 'DC 5522', 'passphrase'],
      ['third', 'DI 7', 'supervisor']
    ] as const) {
      const result = await vault.unlock(id, { passphrase });
      expect(result).toMatchObject({ ok: true, slot: { name, kind } });
      opened(result).close();
    }
    const slots = await vault.slots(id);
    const remove = (name: string) =>
      vault.changeSlots(id, first, { kind: 'remove', slotId: slots.find((slot) => slot.name === name)?.id ?? '' });
    expect(await remove('DC 5522')).toMatchObject({ ok: true });
    expect(await vault.unlock(id, { passphrase: 'second' })).toMatchObject({ ok: false });
    expect(await remove('DC 4411')).toEqual({ ok: false, fault: 'last-passphrase' });
    const renewed = await vault.changeSlots(id, first, { kind: 'renew-recovery' });
    expect(await vault.unlock(id, { recoveryKey })).toMatchObject({ ok: false });
    opened(await vault.unlock(id, { recoveryKey: renewed.ok ? (renewed.recoveryKey ?? '') : '' })).close();
    vault.close();
  });

  it('erases a case in two steps and keeps a stub with the last checkpoint, chained to the stub before it', async () => {
    const { vault, name } = await freshVault();
    const cases = [
      await vault.create('Heron', officer('pass'), false),
      await vault.create('Kite', officer('pass'), false)
    ] as const;
    const [{ id }] = cases;
    const session = opened(await vault.unlock(id, { passphrase: 'pass' }));
    await session.blocks.put('messages', text('x'));
    session.close();
    const of = { size: 3, root: 'ab'.repeat(32), t: '2026-03-02T09:00:00.000Z', build: 'b' };
    const checkpoint = await signCheckpoint(await vault.installKey(), of);
    await vault.keepCheckpoint(id, checkpoint);
    await vault.erase(id, 'DI 7');
    await vault.erase(cases[1].id, 'DI 8');
    expect(await vault.list()).toEqual([]);
    const db = await openDatabase(name);
    for (const store of ['blocks', 'commits', 'checkpoints'] as const) expect(await db.count(store), store).toBe(0);
    const stubs = (await vault.erased()).map(({ stub }) => stub);
    expect(stubs.map((stub) => [stub?.isFinished, stub?.checkpoint])).toEqual([
      [true, checkpoint],
      [true, null]
    ]);
    const lines = stubs.map((stub) => JSON.parse(stub?.line ?? '{}') as AuditLine);
    expect(lines[0]).toMatchObject({ seq: 0, op: 'erasure', who: 'DI 7', n: 1 });
    expect(lines[0]?.what).toBe(`case ${id}; audit log: 3 lines with root ${'ab'.repeat(32)}`);
    expect(lines[1]).toMatchObject({ seq: 1, prev: toHex(await leafHash(stubs[0]?.line ?? '')), op: 'erasure', who: 'DI 8' });
    db.close();
    vault.close();
  });

  it('finishes an erasure that a crash cut after its first step', async () => {
    const { vault, name } = await freshVault();
    const { id } = await vault.create('Heron', officer('pass'), false);
    const session = opened(await vault.unlock(id, { passphrase: 'pass' }));
    await session.blocks.put('messages', text('x'));
    session.close();
    const db = await openDatabase(name);
    await db.delete('cases', id);
    const line = '{"build":"b","n":1,"op":"erasure","prev":"","seq":0,"t":"","what":"","who":""}';
    await db.put('erased', { id, erasedAtMs: 1, stub: { line, checkpoint: null, isFinished: false } });
    expect(await db.count('blocks')).toBe(1);
    vault.close();
    const again = await Vault.open(() => 0, name);
    expect(await db.count('blocks')).toBe(0);
    expect(await again.erased()).toMatchObject([{ id, stub: { isFinished: true } }]);
    db.close();
    again.close();
  });

  it('does not erase a case that another window has open', async () => {
    const { vault } = await freshVault();
    const { id } = await vault.create('Heron', officer('pass'), false);
    const session = opened(await vault.unlock(id, { passphrase: 'pass' }));
    await expect(vault.erase(id, 'DI 7')).rejects.toMatchObject({ name: 'TimeoutError' });
    session.close();
    expect((await vault.list()).length).toBe(1);
    vault.close();
  });

  it('has one install key for all windows, whose private half cannot be read out', async () => {
    const { vault } = await freshVault();
    const keys = await Promise.all([vault.installKey(), vault.installKey()]);
    const [a, b] = await Promise.all(keys.map(async ({ publicKey }) => crypto.subtle.exportKey('raw', publicKey)));
    expect(new Uint8Array(a ?? new ArrayBuffer())).toEqual(new Uint8Array(b ?? new ArrayBuffer()));
    expect(keys[0].privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', keys[0].privateKey)).rejects.toThrow();
    vault.close();
  });

  it('takes over a database of the first version, its cases and blocks as they are', async () => {
    const name = `vault-test-${crypto.randomUUID()}`;
    names.push(name);
    const first = await openDB(name, 1, {
      upgrade(db) {
        db.createObjectStore('cases', { keyPath: 'id' });
        db.createObjectStore('blocks', { keyPath: ['caseId', 'seq'] });
        db.createObjectStore('commits', { keyPath: ['caseId', 'seq'] });
        db.createObjectStore('erased', { keyPath: 'id' });
      }
    });
    await first.put('cases', { id: 'old', label: 'Of old', createdAtMs: 1, isSample: false, schema: 1, slots: [] });
    await first.put('erased', { id: 'gone', erasedAtMs: 2 });
    first.close();
    const vault = await Vault.open(() => 0, name);
    expect(await vault.list()).toMatchObject([{ id: 'old', label: 'Of old', schema: 1 }]);
    expect(await vault.erased()).toEqual([]);
    expect((await vault.create('New', officer('pass'), false)).id).not.toBe('old');
    vault.close();
  });

  it('refuses a case that a newer version wrote', async () => {
    const { vault, name } = await freshVault();
    const { id } = await vault.create('Heron', officer('pass'), false);
    const db = await openDatabase(name);
    const record = await db.get('cases', id);
    if (record === undefined) throw new Error('case was not written');
    await db.put('cases', { ...record, schema: 99 });
    expect(await vault.unlock(id, { passphrase: 'pass' })).toMatchObject({ ok: false, reason: 'newer-schema' });
    db.close();
    vault.close();
  });

  it('refuses stores of a newer version and leaves them as they are', async () => {
    const name = `vault-test-${crypto.randomUUID()}`;
    names.push(name);
    const newer = await openDB(name, 99, { upgrade: (db) => void db.createObjectStore('later') });
    newer.close();
    await expect(Vault.open(() => 0, name)).rejects.toMatchObject({ name: 'NewerVault' });
    const again = await openDB(name);
    expect([again.version, [...again.objectStoreNames]]).toEqual([99, ['later']]);
    again.close();
  });

  it('does not open the block of another case, even under its number', async () => {
    const { vault, name } = await freshVault();
    const cases = [
      await vault.create('Heron', officer('pass'), false),
      await vault.create('Kite', officer('pass'), false)
    ] as const;
    for (const { id } of cases) {
      const session = opened(await vault.unlock(id, { passphrase: 'pass' }));
      await session.blocks.put('messages', text(`of ${id}`));
      session.close();
    }
    const db = await openDatabase(name);
    const [mine, other] = cases;
    const [block, commit] = [await db.get('blocks', [other.id, 1]), await db.get('commits', [other.id, 1])];
    if (block === undefined || commit === undefined) throw new Error('blocks were not written');
    await db.put('blocks', { ...block, caseId: mine.id });
    await db.put('commits', { ...commit, caseId: mine.id });
    const session = opened(await vault.unlock(mine.id, { passphrase: 'pass' }));
    await expect(all(session.blocks)).rejects.toMatchObject({ name: 'DamagedBlock', seq: 1, kind: 'messages' });
    session.close();
    db.close();
    vault.close();
  });

  it('stops reading where the caller stops, without a rejection left over', async () => {
    const { vault, name } = await freshVault();
    const { id } = await vault.create('Heron', officer('pass'), false);
    const session = opened(await vault.unlock(id, { passphrase: 'pass' }));
    for (const word of ['one', 'two', 'three']) await session.blocks.put('messages', text(word));
    const db = await openDatabase(name);
    await db.delete('blocks', [id, 2]);
    for await (const block of session.blocks.readAll()) {
      expect(block.seq).toBe(1);
      break;
    }
    session.close();
    db.close();
    vault.close();
  });
});
