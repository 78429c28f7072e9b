/** See [Note: Staged file]: a queue of real imports on a disk that stops at any one call. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SMS_COLUMNS, smsDatabase } from '../../../tests/fixtures/android-db.ts';
import { blockKey, openStore } from '../../../tests/fixtures/fault-run.ts';
import { MemoryDisk } from '../../../tests/fixtures/memory-disk.ts';
import { databaseOf } from '../../../tests/fixtures/sqlite.ts';
import { storedZip } from '../../../tests/fixtures/stored-zip.ts';
import type { OfferedFile } from '../case/companions.ts';
import { folderFiles } from '../case/folder-files.ts';
import { emptySum } from '../evidence/findings.ts';
import { pathOf } from '../formats/drop/route.ts';
import { surveyDrop } from '../formats/drop/survey.ts';
import type { CaseApi, ImportReport } from '../pipeline/contract.ts';
import { sha256Hex } from '../pipeline/hash.ts';
import type { AheadFile } from '../pipeline/read-ahead-contract.ts';
import { SavedCase } from '../pipeline/saved-case.ts';
import { CaseSession } from '../pipeline/session.ts';
import { StagedFiles } from '../vault/segments/staged-files.ts';
import { ImportDesk } from './import-desk.ts';

const key = await blockKey();
const never = new AbortController().signal;
const OPTIONS = { zone: 'Europe/London', region: 'GB', owner: null } as const;
/** Whole cases are opened at some of their calls: there are hundreds, and those of the blocks have their own test. */
const EVERY_BLOCK_CALL = 37;
const REPORT: ImportReport = { source: null, sum: emptySum(), findings: [], failure: null };

const table = (text: string): string => `Date,From,To,Message\n2024-05-13 10:00:00,+447700900002,+447700900001,${text}\n`;

/** A plain file, two sources out of one zip, a database with its log, and documents of one export in a folder. */
async function queue(): Promise<AheadFile[]> {
  const csv = new Blob([table('unu')]);
  const zip = new Blob([
    new Uint8Array(
      storedZip([
        { name: 'a/one.csv', bytes: new TextEncoder().encode(table('doi')) },
        { name: 'b/two.csv', bytes: new TextEncoder().encode(table('trei')) }
      ])
    )
  ]);
  const { bytes, wal } = await databaseOf({
    ...smsDatabase([[1, '07700 900012', 1709316000123, 0, 1, -1, 1, 'salut', null, 0]], []),
    walRows: [['sms', SMS_COLUMNS, [[1, '07700 900012', 1709316060000, 0, 1, -1, 2, 'vin la 6', null, 0]]]]
  });
  const thread = (file: string): Blob =>
    new Blob([
      JSON.stringify({
        participants: [{ name: 'Ana' }, { name: 'Dan' }],
        messages: [{ sender_name: 'Ana', timestamp_ms: 1709316000000, content: `in ${file}`, type: 'Generic' }],
        title: 'Ana',
        is_still_participant: true,
        thread_path: 'inbox/ana_1'
      })
    ]);
  const documents = ['message_1.json', 'message_2.json'].map((name) => ({
    name: `taken/inbox/ana_1/${name}`,
    file: thread(name)
  }));
  const dropped: readonly OfferedFile[] = [
    { name: 'plain.csv', file: csv },
    { name: 'many.zip', file: zip },
    {
      name: 'mmssms.db',
      file: new Blob([new Uint8Array(bytes)]),
      beside: [{ name: 'mmssms.db-wal', blob: new Blob([new Uint8Array(wal ?? [])]) }]
    },
    ...documents,
    { name: 'taken/a.jpg', file: new Blob([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)]) }
  ];
  const inputs = dropped.map(({ file, name, beside }) => ({
    name,
    blob: file,
    sizeBytes: file.size,
    ...(beside === undefined ? {} : { beside })
  }));
  const { items } = await surveyDrop(inputs, ({ blob }) => sha256Hex(blob, never), never);
  return items.map(({ file, name, sizeBytes, formatId, inside, folder }, ahead) => {
    const offered = dropped[file]!;
    const part = {
      ahead,
      ...(offered.beside === undefined ? {} : { beside: offered.beside }),
      ...(inside === null ? {} : { inside }),
      ...(folder === undefined ? {} : { folder: folderFiles(dropped, name, folder) })
    };
    return { ahead, file: offered.file, name, sizeBytes, formatId, options: OPTIONS, part };
  });
}

const files = await queue();
const NAMES = files.map(({ name }) => name);

/** A case as far as a queue is concerned. */
interface Opened {
  readonly desk: ImportDesk;
  /** What stands in it, source by source and message by message. */
  contents(): string[];
}

const plenty = (): Promise<number> => Promise.resolve(1e9);
const stagedOn = (disk: MemoryDisk): StagedFiles => new StagedFiles(disk.folder, 'a case', key);

/** As the case worker opens it. */
async function openCase(disk: MemoryDisk): Promise<Opened> {
  const store = await openStore(disk, key);
  const saved = new SavedCase();
  for await (const { kind, bytes } of store.readAll(({ seq, kind: of }) => saved.lose(seq, of))) saved.add(kind, bytes);
  const keeper = { put: (kind: string, bytes: Uint8Array) => store.put(kind, bytes).then(() => {}) };
  const session = new CaseSession({ ...saved.finish(), keeper, clock: () => 0 });
  const { sources, messages } = session.store;
  const contents = (): string[] => [
    ...sources.map(({ sha256Hex: hash, inside, formatId }) => `${formatId} ${hash} ${inside ?? ''}`),
    ...Array.from({ length: messages.length }, (_, id) => messages.body.at(id) ?? '')
  ];
  return { desk: new ImportDesk(session, stagedOn(disk), plenty), contents };
}

/** The same with imports that read all their bytes and are in the case by a single write: opened at every call of the queue. */
async function openLightCase(disk: MemoryDisk): Promise<Opened> {
  const kept = disk.files.get('sources') ?? new Uint8Array();
  const sources = JSON.parse(`[${new TextDecoder().decode(kept)}null]`).slice(0, -1) as { sha256Hex: string; inside?: string }[];
  const importFile: CaseApi['importFile'] = async (file, _name, _formatId, _options, _onProgress, part) => {
    const documents = (part?.folder ?? []).filter(({ isDocument }) => isDocument);
    const blobs = [file, ...[...(part?.beside ?? []), ...documents].map(({ blob }) => blob)];
    const read = await Promise.all(blobs.map(async (blob) => new Uint8Array(await blob.arrayBuffer())));
    const hash = createHash('sha256');
    for (const bytes of part?.folder === undefined ? read.slice(0, 1) : read.slice(1)) hash.update(bytes);
    const sha256 = part?.inside?.sha256Hex ?? hash.digest('hex');
    const made = { sha256Hex: sha256, ...(part?.inside === undefined ? {} : { inside: pathOf(part.inside) }) };
    const isHeld = part?.beside === undefined && sources.some((one) => JSON.stringify(one) === JSON.stringify(made));
    if (isHeld) return REPORT;
    const held = await disk.folder.open('sources');
    await held.write(new TextEncoder().encode(`${JSON.stringify(made)},`), await held.size());
    sources.push(made);
    return REPORT;
  };
  const session = { store: { sources }, importFile, cancelImport: () => Promise.resolve() };
  return { desk: new ImportDesk(session, stagedOn(disk), plenty), contents: () => sources.map((one) => JSON.stringify(one)) };
}

/** What an officer does who confirms files together; returns once all have ended. */
async function importAll({ desk }: Opened, wanted: readonly AheadFile[], begins: () => void = () => {}): Promise<void> {
  void desk.layAside(wanted).then(begins);
  for (const { file, name, formatId, options, part } of wanted)
    await desk.importFile(file, name, formatId, options, () => {}, part);
}

/** What stands on a disk, for whoever comes next: a writer that was stopped goes on nowhere. */
function left(disk: MemoryDisk): MemoryDisk {
  const next = new MemoryDisk();
  for (const [name, bytes] of disk.files) next.files.set(name, bytes.slice());
  next.commits = [...disk.commits];
  next.head = disk.head;
  return next;
}

type Open = (disk: MemoryDisk) => Promise<Opened>;

/** How many calls a queue makes that nothing stops, and what is in the case then. */
async function unstopped(open: Open): Promise<{ calls: number; contents: string[] }> {
  const disk = new MemoryDisk();
  const opened = await open(disk);
  await opened.desk.stopped();
  const before = disk.calls;
  await importAll(opened, files);
  return { calls: disk.calls - before, contents: opened.contents() };
}

/** Stops at a call, opens again, and hands in again what had not been laid aside by then; '' where all is as it must be. */
async function stopAt(call: number, open: Open, expected: readonly string[]): Promise<string> {
  const disk = new MemoryDisk();
  const first = await open(disk);
  await first.desk.stopped();
  let hasBegun = false;
  disk.stopAt = disk.calls + call;
  await Promise.race([importAll(first, files, () => (hasBegun = true)), disk.stopped]);
  const stoppedDisk = left(disk);
  const second = await open(stoppedDisk);
  const { waiting } = await second.desk.stopped();
  for (const { number } of waiting) await second.desk.resume(number, second.desk.importFile, () => {});
  const byItself = second.contents();
  if (hasBegun && byItself.join() !== expected.join()) return `call ${call}: by itself ${byItself.join()}`;
  // Of those that were laid aside before the stop the officer sees that they are there.
  const isThere = new Set(waiting.map(({ name }) => name));
  if (!hasBegun)
    await importAll(
      second,
      files.filter(({ name }) => !isThere.has(name))
    );
  const third = await open(stoppedDisk);
  if ((await third.desk.stopped()).waiting.length > 0) return `call ${call}: something waits in the end`;
  if (third.contents().join() !== expected.join()) return `call ${call}: in the end ${third.contents().join()}`;
  const copies = [...stoppedDisk.files.keys()].filter((name) => name.startsWith('staged'));
  return copies.length === 0 ? '' : `call ${call}: ${copies.join()} stay`;
}

async function wrongStops(open: Open, every: number): Promise<string[]> {
  const { calls, contents } = await unstopped(open);
  expect(contents.length).toBeGreaterThanOrEqual(NAMES.length);
  expect(calls).toBeGreaterThan(60);
  const wrong: string[] = [];
  for (let call = 0; call <= calls; call += every) {
    const fault = await stopAt(call, open, contents);
    if (fault !== '') wrong.push(fault);
  }
  return wrong;
}

describe('a queue of imports', () => {
  it('is of all kinds that lie aside', () => {
    expect(NAMES).toEqual(['plain.csv', 'many.zip/a/one.csv', 'many.zip/b/two.csv', 'mmssms.db', 'taken']);
  });

  it('comes to its end once and in order, whichever call it is stopped at, and leaves no copy', async () => {
    expect(await wrongStops(openLightCase, 1)).toEqual([]);
  }, 300_000);

  it('does so in a whole case with its own readers and blocks, at some of the calls', async () => {
    expect(await wrongStops(openCase, EVERY_BLOCK_CALL)).toEqual([]);
  }, 300_000);
});
