/** See [Note: Folders]: an export in a folder is what it is in a zip. */
import { createHash } from 'node:crypto';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { FORMAT_FIXTURES } from '../../../tests/fixtures/all-formats.ts';
import { CollectingSink } from '../../../tests/fixtures/collecting-sink.ts';
import { bytesInput } from '../../../tests/fixtures/format-fixture.ts';
import { storedZip } from '../../../tests/fixtures/stored-zip.ts';
import { folderFiles } from '../case/folder-files.ts';
import { withCompanions } from '../case/companions.ts';
import { EvidenceStore } from '../evidence/store.ts';
import { ZipContainer } from '../formats/container/zip.ts';
import { needsZip64, storedZipParts } from '../formats/container/stored-zip.ts';
import type { ReadOptions, SourceInput } from '../formats/contract.ts';
import { surveyDrop, type DropItem } from '../formats/drop/survey.ts';
import { formatById } from '../formats/registry.ts';
import type { SourcePart } from './contract.ts';
import { openPart } from './drop-desk.ts';
import { packedFolder } from './packed-folder.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const { signal } = new AbortController();
const SHA = 'ab'.repeat(32);
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]);
/** Fixtures of several documents that one reader takes together. */
const EXPORTS = [
  'meta-json facebook-zip',
  'discord-json package',
  'snapchat-json download',
  'leapp-tsv export',
  'android-mmssms-db phone-zip',
  'ios-sms-db backup-zip',
  'whatsapp-db ios-zip',
  'whatsapp-db android-zip'
];

async function filesOf(zip: SourceInput): Promise<{ name: string; file: Blob }[]> {
  const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(await zip.blob.arrayBuffer())), { useWebWorkers: false });
  const files: { name: string; file: Blob }[] = [];
  for (const entry of await reader.getEntries())
    if (!entry.directory)
      files.push({ name: `taken/${entry.filename}`, file: new Blob([await entry.getData(new Uint8ArrayWriter())]) });
  await reader.close();
  return files;
}

/** In the order of their paths, as programs go through a folder. */
async function zipped(files: readonly { name: string; file: Blob }[]): Promise<SourceInput> {
  const entries = await Promise.all(
    files.map(async ({ name, file }) => ({ name: name.slice('taken/'.length), bytes: new Uint8Array(await file.arrayBuffer()) }))
  );
  return bytesInput('taken', storedZip(entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))));
}

async function readItem(item: DropItem, file: Blob, part: SourcePart, options: ReadOptions): Promise<CollectingSink> {
  const sink = new CollectingSink();
  const input = await openPart(file, item.name, part, signal);
  await formatById(item.formatId)!.read(input, options, sink, signal);
  sink.assertConserved();
  return sink;
}

/** A folder as it is dropped: its items with what goes to the import of each. */
async function dropped(files: readonly { name: string; file: Blob }[]) {
  const offered = withCompanions(files);
  const inputs = offered.map(({ name, file, beside }) => ({
    name,
    sizeBytes: file.size,
    blob: file,
    ...(beside === undefined ? {} : { beside })
  }));
  const survey = await surveyDrop(inputs, () => Promise.resolve(SHA), signal);
  const partOf = ({ name, folder }: DropItem): SourcePart =>
    folder === undefined ? {} : { folder: folderFiles(offered, name, folder) };
  return { survey, offered, partOf };
}

describe('a folder', () => {
  const fixtures = FORMAT_FIXTURES.filter(({ format, name }) => EXPORTS.includes(`${format} ${name}`));
  it.each(fixtures.map((fixture) => [`${fixture.format} ${fixture.name}`, fixture] as const))(
    'of %s gives what its zip gives',
    async (_, fixture) => {
      const files = await filesOf(await fixture.input());
      const { survey, offered, partOf } = await dropped(files);
      const zip = await zipped(files);
      const own = survey.items.filter(({ formatId }) => formatId === fixture.format);
      expect(own.map(({ name }) => name)).toEqual(['taken']);
      const inZip = await surveyDrop([zip], () => Promise.resolve(SHA), signal);
      const same = inZip.items.find(({ formatId }) => formatId === fixture.format)!;
      expect(own[0]!.files).toBe(same.files);
      expect(survey.files).toBe(inZip.files);
      const inside = same.inside === null ? {} : { inside: same.inside };
      const direct = await readItem(same, zip.blob, inside, fixture.options);
      const folder = await readItem(own[0]!, offered[own[0]!.file]!.file, partOf(own[0]!), fixture.options);
      // How far a reader is counts packed bytes, which a folder has none of.
      folder.bytesDone = direct.bytesDone;
      expect(folder).toEqual(direct);
      expect(direct.sum.kept).toBeGreaterThan(0);
    }
  );

  it('stands in the case by the hash of its list, with each document’s own, and is known again', async () => {
    const fixture = fixtures.find(({ name }) => name === 'facebook-zip')!;
    const files = await filesOf(await fixture.input());
    const { survey, offered, partOf } = await dropped([...files, { name: 'taken/photos/a.jpg', file: new Blob([JPEG]) }]);
    const [item] = survey.items;
    const session = new CaseSession({
      store: new EvidenceStore(),
      translations: new Translations(),
      keeper: null,
      clock: () => 0
    });
    const { file } = offered[item!.file]!;
    const part = partOf(item!);
    const report = await session.importFile(file, item!.name, item!.formatId, fixture.options, () => {}, part);
    const hashes = await Promise.all(
      part
        .folder!.filter(({ isDocument }) => isDocument)
        .map(async ({ path, blob }) => [
          path,
          createHash('sha256')
            .update(new Uint8Array(await blob.arrayBuffer()))
            .digest('hex')
        ])
    );
    const list = hashes
      .sort()
      .map(([path, hash]) => `${hash}  ${path}\n`)
      .join('');
    const own = createHash('sha256').update(list).digest('hex');
    expect(report.source?.sha256Hex).toBe(own);
    expect(report.findings.filter(({ code }) => code === 'document-hashed').map(({ place }) => place?.path)).toEqual(
      hashes.map(([path]) => path)
    );
    expect(await session.fingerprint(file, part)).toEqual({ sha256Hex: own, heldAs: item!.name });
    const again = await session.importFile(file, item!.name, item!.formatId, fixture.options, () => {}, part);
    expect(again.failure?.code).toBe('duplicate-folded');
  });

  it('joins no documents of two folders, and leaves a single one as it is', async () => {
    const fixture = fixtures.find(({ name }) => name === 'facebook-zip')!;
    const bare = FORMAT_FIXTURES.find(({ name }) => name === 'bare-thread')!;
    const thread = (await bare.input()).blob;
    const files = await filesOf(await fixture.input());
    const other = files.map(({ name, file }) => ({ name: name.replace('taken/', 'other/'), file }));
    const { survey } = await dropped([...files, ...other, { name: 'single/message_1.json', file: thread }]);
    expect(survey.items.map(({ name, folder }) => [name, folder === undefined])).toEqual([
      ['taken', false],
      ['other', false],
      ['single/message_1.json', true]
    ]);
  });
});

describe('the zip of a folder', () => {
  it('is read strictly, with entries of any size', async () => {
    const body = new Uint8Array(70_000).fill(7);
    const input = await packedFolder(
      'f',
      [
        { path: 'b.json', blob: new Blob(['{}']), isDocument: true },
        { path: 'ä/c.bin', blob: new Blob([body]), isDocument: false }
      ],
      signal
    );
    const zip = await ZipContainer.open(input, { signal });
    expect(zip.notes).toEqual([]);
    expect(zip.entries.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['b.json', 2],
      ['ä/c.bin', 70_000]
    ]);
    await zip.close();
  });

  it('has sixty-four bits where they are needed', async () => {
    const x = new TextEncoder().encode('x');
    const entries = ['a', 'b'].map((name) => ({ name, sizeBytes: 1, crc32: 0x8cdc1683, body: x }));
    expect(needsZip64(entries)).toBe(false);
    expect(needsZip64([{ name: 'a', sizeBytes: 2 ** 32 }])).toBe(true);
    expect(needsZip64(Array.from({ length: 65_535 }, () => ({ name: 'a', sizeBytes: 0 })))).toBe(true);
    const zip = await ZipContainer.open(bytesInput('z', new Blob(storedZipParts(entries, true))), { signal });
    expect(zip.entries.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['a', 1],
      ['b', 1]
    ]);
    expect(zip.notes).toEqual([]);
    let text = '';
    for await (const chunk of zip.read(
      zip.find((name) => name === 'b')!,
      signal
    ))
      text += new TextDecoder().decode(chunk);
    expect(text).toBe('x');
    await zip.close();
  });
});
