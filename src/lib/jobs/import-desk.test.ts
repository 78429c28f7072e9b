import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blockKey } from '../../../tests/fixtures/fault-run.ts';
import { MemoryDisk } from '../../../tests/fixtures/memory-disk.ts';
import { emptySum } from '../evidence/findings.ts';
import type { CaseApi, ImportReport } from '../pipeline/contract.ts';
import { StagedFile } from '../vault/segments/staged-file.ts';
import { ImportDesk } from './import-desk.ts';

const key = await blockKey();
const plenty = (): Promise<number> => Promise.resolve(1e9);
const report: ImportReport = { source: null, sum: emptySum(), findings: [], failure: null };
const options = { zone: null, region: 'GB', owner: null } as const;

/** Imports that wait until they are let go; what they read stands in `texts`. */
function importer(): { texts: string[]; sums: (string | undefined)[]; end(): void } & Pick<
  CaseApi,
  'importFile' | 'cancelImport'
> {
  const texts: string[] = [];
  const sums: (string | undefined)[] = [];
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    texts,
    sums,
    end,
    importFile: async (file, _name, _formatId, _options, _onProgress, part) => {
      sums.push(part?.sha256Hex);
      texts.push(await file.text());
      await ended;
      return report;
    },
    cancelImport: () => Promise.resolve()
  };
}

const deskOn = (disk: MemoryDisk, session: Pick<CaseApi, 'importFile' | 'cancelImport'>, free = plenty): ImportDesk =>
  new ImportDesk(session, new StagedFile(disk.folder, 'a case', key), free);

describe('the import desk', () => {
  it('goes on after a stop with the very bytes and options, and lays nothing aside once it ended', async () => {
    const disk = new MemoryDisk();
    const first = importer();
    void deskOn(disk, first).importFile(new Blob(['the evidence']), 'chat.txt', 'whatsapp-txt', options, () => {});
    await expect.poll(() => first.texts).toEqual(['the evidence']);
    // The worker is killed here: another one opens the case.
    const second = importer();
    const desk = deskOn(disk, second);
    const stopped = await desk.stopped();
    expect(stopped?.word).toMatchObject({ name: 'chat.txt', formatId: 'whatsapp-txt', options, tries: 1 });
    // The bytes were hashed on their way aside: neither the import nor the one that goes on reads them for that.
    const sha256Hex = createHash('sha256').update('the evidence').digest('hex');
    expect(first.sums).toEqual([sha256Hex]);
    expect(stopped?.word.sha256Hex).toBe(sha256Hex);
    const running = desk.importFile(stopped?.blob ?? new Blob(), 'chat.txt', 'whatsapp-txt', options, () => {});
    await expect.poll(() => second.texts).toEqual(['the evidence']);
    // It runs, so nothing is stopped.
    expect(await desk.stopped()).toBeNull();
    second.end();
    expect(await running).toBe(report);
    expect(disk.files.size).toBe(0);
    expect(await deskOn(disk, importer()).stopped()).toBeNull();
  });

  it('gives up on an import that was stopped three times', async () => {
    const disk = new MemoryDisk();
    const first = importer();
    void deskOn(disk, first).importFile(new Blob(['x']), 'chat.txt', 'whatsapp-txt', options, () => {});
    await expect.poll(() => first.texts.length).toBe(1);
    expect(await deskOn(disk, importer()).stopped()).not.toBeNull();
    expect(await deskOn(disk, importer()).stopped()).not.toBeNull();
    expect(await deskOn(disk, importer()).stopped()).toBeNull();
    expect(disk.files.size).toBe(0);
  });

  it('lays nothing aside without room, with a password, or with a second file', async () => {
    for (const [free, more, part] of [
      [10, {}, undefined],
      [1e9, { password: 'secret' }, undefined],
      [1e9, {}, { beside: [{ name: 'a.db-wal', blob: new Blob() }] }]
    ] as const) {
      const disk = new MemoryDisk();
      const session = importer();
      const desk = deskOn(disk, session, () => Promise.resolve(free));
      void desk.importFile(new Blob(['some bytes']), 'a.db', 'x', { ...options, ...more }, () => {}, part);
      await expect.poll(() => session.texts.length).toBe(1);
      expect([...disk.files.keys()].filter((name) => name.startsWith('staged'))).toEqual([]);
      expect(session.sums).toEqual([undefined]);
      session.end();
    }
  });
});
