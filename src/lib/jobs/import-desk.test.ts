import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blockKey } from '../../../tests/fixtures/fault-run.ts';
import { MemoryDisk } from '../../../tests/fixtures/memory-disk.ts';
import { emptySum } from '../evidence/findings.ts';
import type { CaseApi, ImportProgress, ImportReport, SourcePart } from '../pipeline/contract.ts';
import type { AheadFile } from '../pipeline/read-ahead-contract.ts';
import { StagedFiles } from '../vault/segments/staged-files.ts';
import { ImportDesk } from './import-desk.ts';

const key = await blockKey();
const plenty = (): Promise<number> => Promise.resolve(1e9);
const report: ImportReport = { source: null, sum: emptySum(), findings: [], failure: null };
const options = { zone: null, region: 'GB', owner: null } as const;
const ZIP = { sha256Hex: 'ab'.repeat(32), zips: [], beside: [], hides: null } as const;

type Session = ConstructorParameters<typeof ImportDesk>[0];
interface Read {
  readonly name: string;
  readonly text: string;
  readonly part: SourcePart | undefined;
  /** Texts of what lies beside it, or of the documents of its folder. */
  readonly more: readonly string[];
}

/** Imports that wait until they are let go; what they read stands in `read`. */
function importer(sources: Session['store']['sources'] = []): Session & { read: Read[]; end(): void } {
  const read: Read[] = [];
  let end = (): void => {};
  let cancel: (reason: Error) => void = () => {};
  const ended = new Promise<void>((resolve, reject) => ([end, cancel] = [resolve, reject]));
  ended.catch(() => {});
  return {
    read,
    end,
    store: { sources },
    importFile: async (file, name, _formatId, _options, _onProgress, part) => {
      // Pictures of a folder have a size and nothing to read.
      const documents = (part?.folder ?? []).filter(({ isDocument }) => isDocument);
      const blobs = [...(part?.beside ?? []), ...documents].map(({ blob }) => blob);
      read.push({ name, text: await file.text(), part, more: await Promise.all(blobs.map((blob) => blob.text())) });
      await ended;
      return report;
    },
    cancelImport: () => Promise.resolve(cancel(new DOMException('The import was cancelled.', 'AbortError')))
  };
}

const deskOn = (disk: MemoryDisk, session: Session, free = plenty): ImportDesk =>
  new ImportDesk(session, new StagedFiles(disk.folder, 'a case', key), free);

function given(ahead: number, text: string, more: Partial<AheadFile> = {}): AheadFile {
  const file = new Blob([text]);
  return {
    ahead,
    file,
    name: `file ${ahead}`,
    sizeBytes: file.size,
    formatId: 'x',
    options,
    ...more,
    part: { ahead, ...more.part }
  };
}

const begin = (
  desk: ImportDesk,
  { file, name, formatId, options: answers, part }: AheadFile,
  onProgress: (progress: ImportProgress) => void = () => {}
): Promise<ImportReport> => desk.importFile(file, name, formatId, answers, onProgress, part);

const names = (disk: MemoryDisk): string[] => [...disk.files.keys()];
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const waitingOf = async (desk: ImportDesk): Promise<string[]> => (await desk.stopped()).waiting.map(({ name }) => name);

describe('the import desk', () => {
  it('goes on after a stop with the very bytes, answers and password, and with those that had waited', async () => {
    const disk = new MemoryDisk();
    const files = [
      given(0, 'the evidence', { options: { ...options, password: 'secret' } }),
      given(1, 'a database', { part: { beside: [{ name: 'file 1-wal', blob: new Blob(['its log']) }] } }),
      given(2, 'zip', { part: { inside: { ...ZIP, path: 'a' } } }),
      given(3, 'zip', { part: { inside: { ...ZIP, path: 'b' } } }),
      given(4, 'one', {
        part: {
          folder: [
            { path: 'one.json', blob: new Blob(['one']), isDocument: true },
            { path: 'a.jpg', blob: new Blob(['picture']), isDocument: false },
            { path: 'two.json', blob: new Blob(['second']), isDocument: true }
          ]
        }
      })
    ];
    const first = importer();
    const before = deskOn(disk, first);
    const seen: string[] = [];
    expect(await before.layAside(files)).toEqual([]);
    void begin(before, files[0] as AheadFile, ({ stage }) => seen.push(stage));
    await expect.poll(() => first.read.length).toBe(1);
    // The bytes were hashed on their way aside: neither the import nor the one that goes on reads them for that.
    expect(first.read[0]?.part?.sha256Hex).toBe(sha('the evidence'));

    // The worker is killed here: another one opens the case.
    const second = importer();
    const desk = deskOn(disk, second);
    const asked: unknown[] = [];
    const ask: CaseApi['importFile'] = (...args) => {
      asked.push(args[3]);
      return desk.importFile(...args);
    };
    const { waiting, givenUp } = await desk.stopped();
    expect(waiting).toEqual(files.map(({ name, sizeBytes }, i) => ({ number: i + 1, name, sizeBytes })));
    expect(givenUp).toEqual([]);
    second.end();
    for (const { number } of waiting) expect(await desk.resume(number, ask, () => {})).toBe(report);
    expect(asked[0]).toEqual({ ...options, password: 'secret' });
    expect(second.read.map(({ name, text }) => [name, text])).toEqual([
      ['file 0', 'the evidence'],
      ['file 1', 'a database'],
      ['file 2', 'zip'],
      ['file 3', 'zip'],
      ['file 4', 'one']
    ]);
    const [plain, database, one, , folder] = second.read.map(({ part }) => part);
    expect(plain).toEqual({ sha256Hex: sha('the evidence') });
    expect(database?.sha256Hex).toBe(sha('a database'));
    expect(database?.beside?.map(({ name }) => name)).toEqual(['file 1-wal']);
    expect(one).toEqual({ inside: { ...ZIP, path: 'a' } });
    expect(folder?.folder?.map(({ path, blob, isDocument }) => [path, blob.size, isDocument])).toEqual([
      ['one.json', 3, true],
      ['a.jpg', 7, false],
      ['two.json', 6, true]
    ]);
    expect(second.read.map(({ more }) => more)).toEqual([[], ['its log'], [], [], ['one', 'second']]);
    expect(names(disk)).toEqual([]);
    expect((await deskOn(disk, importer()).stopped()).waiting).toEqual([]);
  });

  it('begins no import before all that was given with it lies aside, and says meanwhile what it waits for', async () => {
    const disk = new MemoryDisk();
    const session = importer();
    const desk = deskOn(disk, session);
    const files = [given(0, 'a'), given(1, 'b')];
    const told: ImportProgress[] = [];
    const laid = desk.layAside(files).then(() => session.read.length);
    void begin(desk, files[0] as AheadFile, (progress) => told.push(progress));
    expect(await laid).toBe(0);
    await expect.poll(() => session.read.length).toBe(1);
    expect(told.map(({ stage, bytesDone, bytesTotal }) => [stage, bytesDone, bytesTotal])).toEqual([
      ['laying', 0, 2],
      ['laying', 1, 2]
    ]);
  });

  it('gives up on an import that was stopped three times, says so, and goes on with the others', async () => {
    const disk = new MemoryDisk();
    const files = [given(0, 'bad'), given(1, 'good')];
    const first = deskOn(disk, importer());
    await first.layAside(files);
    const run = importer();
    void begin(first, files[0] as AheadFile);
    for (let stop = 0; stop < 2; stop++) {
      await expect.poll(() => names(disk).filter((name) => name.startsWith('staged-begun')).length).toBe(stop + 1);
      const desk = deskOn(disk, run);
      expect(await waitingOf(desk)).toEqual(['file 0', 'file 1']);
      void desk.resume(1, desk.importFile, () => {});
    }
    await expect.poll(() => names(disk).filter((name) => name.startsWith('staged-begun')).length).toBe(3);
    const last = deskOn(disk, importer());
    expect(await last.stopped()).toMatchObject({ waiting: [{ name: 'file 1' }], givenUp: ['file 0'] });
    expect(names(disk).length).toBe(2);
  });

  it('knows an import whose stop came after its last block by the source that is there, a database with its log too', async () => {
    for (const part of [{}, { beside: [{ name: 'file 0-wal', blob: new Blob(['log']) }] }, { inside: { ...ZIP, path: 'a' } }]) {
      const disk = new MemoryDisk();
      const earlier = { sha256Hex: '0' };
      const before = importer([earlier]);
      const desk = deskOn(disk, before);
      const file = given(0, 'bytes', { part });
      await desk.layAside([file]);
      void begin(desk, file);
      await expect.poll(() => before.read.length).toBe(1);
      const source = 'inside' in part ? { sha256Hex: ZIP.sha256Hex, inside: 'a' } : { sha256Hex: sha('bytes') };
      // The same bytes stand in an earlier place, of an import that the officer made on purpose.
      expect(await waitingOf(deskOn(disk, importer([source])))).toEqual(['file 0']);
      expect(await waitingOf(deskOn(disk, importer([earlier, source])))).toEqual([]);
      expect(names(disk)).toEqual([]);
    }
  });

  it('lays aside what there is room for, in order, and imports the rest without', async () => {
    const disk = new MemoryDisk();
    const session = importer();
    const desk = deskOn(disk, session, () => Promise.resolve(100));
    const zip = (ahead: number, path: string): AheadFile => given(ahead, 'z'.repeat(15), { part: { inside: { ...ZIP, path } } });
    // Two fifths of a hundred for all copies together.
    expect(await desk.roomForCopies()).toEqual({ bytes: 40, held: [] });
    const files = [
      given(0, 'a'.repeat(20)),
      given(1, 'b'.repeat(30)),
      zip(2, 'a'),
      zip(3, 'b'),
      given(4, 'cccccc'),
      given(5, 'dddd')
    ];
    expect(await desk.layAside(files)).toEqual([1, 4]);
    void begin(desk, files[1] as AheadFile);
    await expect.poll(() => session.read.length).toBe(1);
    expect(session.read[0]?.part?.sha256Hex).toBeUndefined();
    expect(await waitingOf(deskOn(disk, importer()))).toEqual(['file 0', 'file 2', 'file 3', 'file 5']);
    expect(await desk.layAside([given(6, 'e')])).toEqual([]);
  });

  it('imports where the copy fails after all, and where the case has no folder', async () => {
    const disk = new MemoryDisk();
    disk.quotaBytes = 10;
    for (const desk of [deskOn(disk, importer()), new ImportDesk(importer(), null, plenty)]) {
      expect(await desk.layAside([given(0, 'more than ten bytes')])).toEqual([0]);
      expect(names(disk)).toEqual([]);
    }
    const session = importer();
    session.end();
    expect(await begin(new ImportDesk(session, null, plenty), given(0, 'a'))).toBe(report);
    expect(await new ImportDesk(session, null, plenty).roomForCopies()).toEqual({ bytes: 0, held: [] });
  });

  it('takes the copy away of what is cancelled: one that waits, one that runs, one that goes on, and all', async () => {
    const disk = new MemoryDisk();
    const session = importer();
    const desk = deskOn(disk, session);
    const files = [given(0, 'a'), given(1, 'b'), given(2, 'c')];
    await desk.layAside(files);
    await desk.leave(1);
    expect(await waitingOf(deskOn(disk, importer()))).toEqual(['file 0', 'file 2']);
    const running = begin(desk, files[0] as AheadFile);
    await expect.poll(() => session.read.length).toBe(1);
    await desk.cancel();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });

    const later = importer();
    const next = deskOn(disk, later);
    expect(await waitingOf(next)).toEqual(['file 2']);
    const onward = next.resume(3, next.importFile, () => {});
    await expect.poll(() => later.read.length).toBe(1);
    await next.leaveStopped(3);
    await expect(onward).rejects.toMatchObject({ name: 'AbortError' });
    expect(names(disk)).toEqual([]);

    const third = deskOn(disk, importer());
    await third.layAside(files);
    const fourth = deskOn(disk, importer());
    for (const { number } of (await fourth.stopped()).waiting) await fourth.leaveStopped(number);
    expect((await fourth.stopped()).waiting).toEqual([]);
    expect(names(disk)).toEqual([]);
  });

  it('is cancelled while it waits for the copies, and the others are laid aside all the same', async () => {
    const disk = new MemoryDisk();
    const session = importer();
    const desk = deskOn(disk, session);
    const files = [given(0, 'a'), given(1, 'b')];
    const laid = desk.layAside(files);
    const running = begin(desk, files[0] as AheadFile);
    running.catch(() => {});
    await Promise.resolve();
    await desk.cancel();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await laid;
    expect(session.read).toEqual([]);
    expect(await waitingOf(deskOn(disk, importer()))).toEqual(['file 1']);
  });
});

describe('a copy of an earlier version', () => {
  const sealed = async (what: string, text: string): Promise<Uint8Array<ArrayBuffer>> => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = new TextEncoder().encode(`skein staged|a case|${what}`);
    const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, new TextEncoder().encode(text));
    return Uint8Array.from([...iv, ...new Uint8Array(cipher)]);
  };
  /** As versions with one copy left it: the bytes, and a word that counts how often it was gone on with. */
  async function left(tries: number): Promise<MemoryDisk> {
    const disk = new MemoryDisk();
    const word = { name: 'chat.txt', formatId: 'x', options, sizeBytes: 12, tries, sha256Hex: sha('the evidence') };
    disk.files.set('staged', await sealed('piece 0', 'the evidence'));
    disk.files.set('staged-word', await sealed('word', JSON.stringify(word)));
    return disk;
  }

  it('goes on, stops twice more, and goes', async () => {
    const disk = await left(0);
    for (let stop = 0; stop < 2; stop++) {
      const session = importer();
      const desk = deskOn(disk, session);
      expect((await desk.stopped()).waiting).toEqual([{ number: 0, name: 'chat.txt', sizeBytes: 12 }]);
      void desk.resume(0, desk.importFile, () => {});
      await expect
        .poll(() => session.read.map(({ text, part }) => [text, part?.sha256Hex]))
        .toEqual([['the evidence', sha('the evidence')]]);
    }
    expect(await deskOn(disk, importer()).stopped()).toEqual({ waiting: [], givenUp: ['chat.txt'] });
    expect(names(disk)).toEqual([]);
  });

  it('ends with its import, beside files that are given now', async () => {
    const disk = await left(1);
    const session = importer();
    const desk = deskOn(disk, session);
    session.end();
    await desk.layAside([given(0, 'new')]);
    expect(await desk.resume(0, desk.importFile, () => {})).toBe(report);
    expect(await waitingOf(deskOn(disk, importer()))).toEqual(['file 0']);
    expect(names(disk).some((name) => name === 'staged' || name === 'staged-word')).toBe(false);
  });

  it('is cleared where it is not whole', async () => {
    for (const name of ['staged', 'staged-word']) {
      const disk = await left(0);
      disk.files.delete(name);
      expect((await deskOn(disk, importer()).stopped()).waiting).toEqual([]);
      expect(names(disk)).toEqual([]);
    }
  });
});
