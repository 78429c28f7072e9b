/**
 * A mixed folder of public samples, dropped at once and taken through the pipeline: every file is accounted for.
 * Skipped where ../shared/samples is absent. What the zips hold is counted by Python's zipfile as well.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, openAsBlob, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../../src/lib/evidence/store.ts';
import { ITEM_KINDS } from '../../src/lib/evidence/records.ts';
import type { SourceInput } from '../../src/lib/formats/contract.ts';
import { openInside, pathOf } from '../../src/lib/formats/drop/route.ts';
import { surveyDrop, type DropSurvey } from '../../src/lib/formats/drop/survey.ts';
import { formatById } from '../../src/lib/formats/registry.ts';
import { sha256Hex } from '../../src/lib/pipeline/hash.ts';
import { ingest } from '../../src/lib/pipeline/ingest.ts';
import { NO_ABORT } from '../fixtures/format-fixture.ts';

const ROOT = new URL('../../../shared/samples/', import.meta.url).pathname;
const FOLDERS = [
  'app_dbs',
  'case_uco',
  'cdr_csv',
  'discord',
  'hostile_zip',
  'ileapp_cases',
  'imessage',
  'meta_dyi',
  'signal',
  'sms_xml',
  'telegram_json',
  'ufed_cellebrite',
  'vcard',
  'whatsapp_txt'
];
const isHere = existsSync(join(ROOT, 'ileapp_cases'));
if (!isHere) console.log('skipped: ../shared/samples is not there');

async function inputsOf(folder: string): Promise<SourceInput[]> {
  const inputs: SourceInput[] = [];
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const path = join(item.parentPath, item.name);
    const blob = await openAsBlob(path);
    inputs.push({ name: relative(ROOT, path), sizeBytes: statSync(path).size, blob });
  }
  return inputs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Files of zips as another library lists them. */
function entriesByPython(names: readonly string[]): Record<string, number> {
  const script =
    'import sys,json,zipfile\nprint(json.dumps({n:sum(not i.is_dir() for i in zipfile.ZipFile(sys.argv[1]+n).infolist()) for n in sys.argv[2:]}))';
  return JSON.parse(execFileSync('python3', ['-c', script, ROOT, ...names], { encoding: 'utf8' })) as Record<string, number>;
}

describe.skipIf(!isHere)('a mixed folder of public samples', () => {
  it('is accounted for to the last file, and every source to its last item', { timeout: 300_000 }, async () => {
    const inputs: SourceInput[] = [];
    for (const folder of FOLDERS) inputs.push(...(await inputsOf(join(ROOT, folder))));
    const hashes: string[] = [];
    const survey: DropSurvey = await surveyDrop(
      inputs,
      async ({ name, blob }) => {
        hashes.push(name);
        return await sha256Hex(blob, NO_ABORT);
      },
      NO_ABORT
    );

    // Every dropped file is an item, holds items, or is unread; a zip that was opened is there by its entries.
    const read = survey.items.reduce((sum, { files }) => sum + files, 0);
    const unread = survey.unread.reduce((sum, { files }) => sum + files, 0);
    expect(read + unread).toBe(survey.files);
    const ofItems = new Set(survey.items.map(({ file }) => inputs[file]!.name));
    const listed = survey.unread.flatMap(({ paths, files, what }) => {
      // Only kinds that many files share are cut, and those of this folder are not that many, but for two.
      if (paths.length < files) expect(['drop-empty', 'drop-other-text', 'zip-long-names']).toContain(what.code);
      return paths;
    });
    const notListed = survey.unread.reduce((sum, { paths, files }) => sum + files - paths.length, 0);
    const lost = inputs.filter(
      ({ name }) => !ofItems.has(name) && !listed.some((path) => path === name || path.startsWith(`${name}/`))
    );
    expect(lost.length).toBeLessThanOrEqual(notListed);

    // The zips of one tool are counted by another library.
    const zips = inputs.filter(({ name }) => name.startsWith('ileapp_cases') && name.endsWith('.zip'));
    const alone = await surveyDrop(zips, ({ blob }) => sha256Hex(blob, NO_ABORT), NO_ABORT);
    const entries = entriesByPython(zips.map(({ name }) => name));
    expect(alone.files).toBe(Object.values(entries).reduce((sum, count) => sum + count, 0));
    expect(alone.zips).toBe(zips.length);

    // Through the pipeline: the sum of every source holds, and provenance is the dropped file and the path in it.
    const store = new EvidenceStore();
    for (const item of survey.items) {
      const dropped = inputs[item.file]!;
      const input = item.inside === null ? dropped : await openInside(dropped, item.inside, NO_ABORT);
      const options = { zone: 'Europe/London', region: 'GB', owner: null, dateOrder: 'dmy' } as const;
      const format = formatById(item.formatId)!;
      const { sum, source, failure } = await ingest(store, { input, format, options, facts: [], nowMs: 0 }, () => {}, NO_ABORT);
      for (const row of [sum, ...ITEM_KINDS.map((kind) => sum.byKind[kind])])
        expect(row.seen, item.name).toBe(row.kept + row.folded + row.refused);
      if (source === null) expect(failure, item.name).not.toBeNull();
      else {
        expect(source.sha256Hex).toBe(item.inside?.sha256Hex ?? (await sha256Hex(dropped.blob, NO_ABORT)));
        expect(source.inside).toBe(item.inside === null ? undefined : pathOf(item.inside));
      }
    }
    const of = (part: string) =>
      store.sources.filter(({ name }) => name.includes(part)).map(({ formatId, sum }) => [formatId, sum.seen]);
    expect(of('lorem-2000.txt')).toEqual([['whatsapp-text', 2000]]);
    expect(of('whatsAppContacts.josh')).toEqual([['whatsapp-db', 9]]);
    expect(of('addressBook.josh')).toEqual([['ios-sms-db', 9]]);
    console.log(
      `${inputs.length} files dropped, ${survey.zips} zips opened: ${survey.files} files = ${read} in ${survey.items.length} sources + ${unread} not read`
    );
  });
});
