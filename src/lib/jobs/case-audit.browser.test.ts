import { BlobReader, TextWriter, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { deleteDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditLine } from '../vault/audit/line.ts';
import { verifyAudit } from '../vault/audit/verify.ts';
import { Vault } from '../vault/cases.ts';
import { AUDIT_BLOCK, openAudit, zipAudit, type CaseAudit } from './case-audit.ts';

const names: string[] = [];
afterEach(async () => {
  for (const name of names.splice(0)) await deleteDB(name).catch(() => {});
});

const clock = (): number => Date.UTC(2026, 2, 2, 9);

interface Window {
  readonly audit: CaseAudit;
  readonly isReadOnly: boolean;
  close(): void;
}

async function windowOn(vault: Vault, caseId: string): Promise<Window> {
  const unlocked = await vault.unlock(caseId, { passphrase: 'pass' });
  if (!unlocked.ok) throw new Error(unlocked.message);
  const { blocks, isReadOnly, slot } = unlocked;
  const lines: string[] = [];
  for await (const block of blocks.readAll()) if (block.kind === AUDIT_BLOCK) lines.push(new TextDecoder().decode(block.bytes));
  const audit = await openAudit({ vault, caseId, blocks, isReadOnly, slot, lines, clock });
  return {
    audit,
    isReadOnly,
    close: () => {
      audit.end();
      unlocked.close();
    }
  };
}

async function newCase(): Promise<{ vault: Vault; id: string }> {
  const name = `audit-test-${crypto.randomUUID()}`;
  names.push(name);
  const vault = await Vault.open(clock, name);
  const { id } = await vault.create('Heron', { name: 'DC 4411', passphrase: 'pass', approvedOnly: true }, false);
  return { vault, id };
}

const whats = async ({ audit }: Window): Promise<string[]> =>
  ((await audit.trail?.lines()) ?? []).map((line) => (JSON.parse(line) as AuditLine).what);

describe('the audit log of an opened case', () => {
  it('says which openings failed before, by slot, and says so once', async () => {
    const { vault, id } = await newCase();
    const slot = (await vault.slots(id)).find(({ kind }) => kind === 'passphrase');
    for (const slotId of [slot?.id ?? '', slot?.id ?? '', null]) await vault.unlock(id, { passphrase: 'wrong' }, slotId);
    const first = await windowOn(vault, id);
    expect(await whats(first)).toEqual([
      'opening failed: key slot DC 4411, last at 2026-03-02T09:00:00.000Z',
      'opening failed: no slot picked, last at 2026-03-02T09:00:00.000Z',
      'case made and opened'
    ]);
    const counts = ((await first.audit.trail?.lines()) ?? []).map((line) => (JSON.parse(line) as AuditLine).n);
    expect(counts).toEqual([2, 1, 1]);
    first.close();
    const again = await windowOn(vault, id);
    expect((await whats(again)).slice(3)).toEqual(['case opened']);
    again.close();
    vault.close();
  });

  it('goes on where it was, and stands by its last checkpoint', async () => {
    const { vault, id } = await newCase();
    const first = await windowOn(vault, id);
    expect(await first.audit.verdict).toBeNull();
    await first.audit.sink.note('alteration', 'zone of times UTC', 1);
    await first.audit.trail?.checkpoint();
    await first.audit.sink.note('alteration', 'zone of times Europe/Paris', 1);
    first.close();
    const again = await windowOn(vault, id);
    expect(await again.audit.verdict).toMatchObject({ ok: true, lines: 2 });
    expect(await whats(again)).toEqual([
      'case made and opened',
      'zone of times UTC',
      'zone of times Europe/Paris',
      'case opened'
    ]);
    again.close();
    vault.close();
  });

  it('says so where lines before the checkpoint are not those that were signed', async () => {
    const { vault, id } = await newCase();
    const first = await windowOn(vault, id);
    const checkpoint = await first.audit.trail?.checkpoint();
    if (checkpoint === undefined) throw new Error('the window does not write');
    await vault.keepCheckpoint(id, { ...checkpoint, size: 2, root: 'ab'.repeat(32) });
    first.close();
    const again = await windowOn(vault, id);
    expect(await again.audit.verdict).toMatchObject({ ok: false, fault: 'wrong-size' });
    again.close();
    vault.close();
  });

  it('takes in what a window that only reads reports', async () => {
    const { vault, id } = await newCase();
    const writer = await windowOn(vault, id);
    const reader = await windowOn(vault, id);
    expect([writer.isReadOnly, reader.isReadOnly]).toEqual([false, true]);
    expect(reader.audit.trail).toBeNull();
    reader.audit.sink.group('consultation', 'conversation 4', 3);
    await reader.audit.changeReason('request of the court');
    await expect
      .poll(() => whats(writer))
      .toEqual([
        'case made and opened',
        'case opened (a window that only reads)',
        'conversation 4 (a window that only reads)',
        'reason of this sitting changed; reason: request of the court (a window that only reads)'
      ]);
    reader.audit.sink.group('disclosure', 'rows copied', 2);
    await expect
      .poll(async () => (await whats(writer)).at(-1))
      .toBe('rows copied (a window that only reads); reason: request of the court');
    // The reason of one window is none of the other's.
    await writer.audit.sink.note('disclosure', 'rows copied', 1);
    expect((await whats(writer)).at(-1)).toBe('rows copied');
    await writer.audit.changeReason('review before charge');
    await writer.audit.sink.note('disclosure', 'rows copied', 1);
    expect((await whats(writer)).at(-1)).toBe('rows copied; reason: review before charge');
    reader.close();
    writer.close();
    vault.close();
  });

  it('is handed out whole, with its checkpoint and the verifier', async () => {
    const { vault, id } = await newCase();
    const window = await windowOn(vault, id);
    const handed = await window.audit.trail?.exported('audit log');
    if (handed === undefined) throw new Error('the window does not write');
    const zip = new ZipReader(new BlobReader(new Blob([await zipAudit(handed.lines, handed.checkpoint)])));
    const texts: Record<string, string> = {};
    for (const entry of await zip.getEntries())
      texts[entry.filename] = await (entry as FileEntry).getData(new TextWriter(), { useWebWorkers: false });
    expect(Object.keys(texts)).toEqual(['audit.jsonl', 'checkpoint.json', 'verify_audit.py']);
    expect(await verifyAudit(texts['audit.jsonl'] ?? '', texts['checkpoint.json'] ?? '')).toMatchObject({ ok: true, lines: 2 });
    expect(texts['verify_audit.py']).toMatch(/^#!\/usr\/bin\/env python3\n/);
    window.close();
    vault.close();
  });
});
