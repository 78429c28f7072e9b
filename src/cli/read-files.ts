/** The files, folders and zips of the command line into the store, each source with its sum and each drop with its account. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { emptySum, told, type Finding, type SourceSum } from '../lib/evidence/findings.ts';
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { say as inEnglish, sentence } from '../lib/evidence/wording/sentence.ts';
import type { Format, ReadOptions, SourceInput } from '../lib/formats/contract.ts';
import { openInside } from '../lib/formats/drop/route.ts';
import { surveyDrop, type DropSurvey } from '../lib/formats/drop/survey.ts';
import { recognise } from '../lib/formats/recognise.ts';
import { formatById } from '../lib/formats/registry.ts';
import { ingest } from '../lib/pipeline/ingest.ts';
import { sha256Hex } from '../lib/pipeline/hash.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { diskBlob } from './disk-blob.ts';

interface FileSummary extends Pick<SourceSum, 'seen' | 'kept' | 'folded' | 'refused'> {
  readonly name: string;
  readonly sha256: string;
  /** Path inside the file of that hash; absent where the file itself is the source. */
  readonly inside?: string;
  readonly format: string | null;
  readonly by_kind: SourceSum['byKind'];
}

/** A folder or zip with several sources in it: files = those of the sources + those that no reader takes. */
interface DropSummary {
  readonly name: string;
  readonly files: number;
  readonly read: number;
  readonly sources: number;
  readonly unread: readonly { readonly what: string; readonly files: number; readonly bytes: number }[];
}

export interface FilesRead {
  readonly files: FileSummary[];
  readonly drops: DropSummary[];
}

interface Reading {
  readonly args: Arguments;
  readonly store: EvidenceStore;
  readonly findings: Finding[];
  readonly say: (line: string) => void;
  readonly read: FilesRead;
  readonly signal: AbortSignal;
}

/** @throws UsageError where a path names nothing that can be opened. */
export async function readFiles(
  args: Arguments,
  store: EvidenceStore,
  findings: Finding[],
  say: (line: string) => void
): Promise<FilesRead> {
  const reading: Reading = { args, store, findings, say, read: { files: [], drops: [] }, signal: new AbortController().signal };
  const isBeside = (path: string): boolean =>
    /-(?:wal|shm|journal)$/.test(path) && args.files.includes(path.replace(/-\w+$/, ''));
  for (const path of args.files.filter((one) => !isBeside(one))) {
    let inputs: SourceInput[];
    const isFolder = existsSync(path) && statSync(path).isDirectory();
    try {
      inputs = isFolder ? await inputsOf(path) : [await inputOf(path, basename(path))];
    } catch (error) {
      throw new UsageError(`${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
    }
    const survey = await surveyDrop(inputs, ({ blob }) => sha256Hex(blob, reading.signal), reading.signal);
    const [only] = inputs;
    if (!isFolder && only !== undefined && survey.items.every(({ inside }) => inside === null))
      await readAlone(reading, only, path);
    else await readDrop(reading, basename(path), inputs, survey);
  }
  return reading.read;
}

/** The database of ALEAPP and iLEAPP, and the file beside it that tells of its tables. */
const LAVA = '_lava_artifacts.db';
const describedBy = (path: string): string => path.slice(0, -LAVA.length) + '_lava_data.json';

/** What SQLite writes beside a database lies beside it on disk and is read with it. */
async function inputOf(path: string, name: string): Promise<SourceInput> {
  if (!statSync(path).isFile()) throw new Error('is not a file');
  const beside: { name: string; blob: Blob }[] = [];
  if (path.endsWith(LAVA) && existsSync(describedBy(path)))
    beside.push({ name: basename(describedBy(path)), blob: await diskBlob(describedBy(path)) });
  for (const end of ['-wal', '-journal'])
    if (existsSync(path + end)) beside.push({ name: basename(path) + end, blob: await diskBlob(path + end) });
  const blob = await diskBlob(path);
  return { name, sizeBytes: blob.size, blob, ...(beside.length === 0 ? {} : { beside }) };
}

/** Every file of a folder and of those in it, by path; links are left alone. */
async function inputsOf(folder: string): Promise<SourceInput[]> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const all = new Set(paths);
  const inputs: SourceInput[] = [];
  for (const path of paths) {
    const base = path.replace(/-(?:wal|journal)$/, '');
    if (base !== path && all.has(base)) continue;
    if (path.endsWith('_lava_data.json') && all.has(path.slice(0, -'_lava_data.json'.length) + LAVA)) continue;
    inputs.push(await inputOf(path, join(basename(folder), path.slice(folder.length).replace(/^[\\/]+/, ''))));
  }
  return inputs;
}

async function readAlone(reading: Reading, input: SourceInput, path: string): Promise<void> {
  const { findings, say, read, signal } = reading;
  const { recognised, finding } = await recognise(input, signal);
  if (recognised !== null) return await ingestOne(reading, input, recognised.format, [path, basename(path)]);
  findings.push(finding);
  read.files.push(summaryOf(input.name, emptySum(), await sha256Hex(input.blob, signal), null));
  say(`${input.name}: ${finding.message}`);
}

async function readDrop(reading: Reading, name: string, inputs: readonly SourceInput[], survey: DropSurvey): Promise<void> {
  const { findings, say, read, signal, args } = reading;
  for (const item of survey.items) {
    const dropped = inputs[item.file];
    const format = formatById(item.formatId);
    if (dropped === undefined || format === undefined) continue;
    const input = item.inside === null ? dropped : await openInside(dropped, item.inside, signal, args.password ?? undefined);
    await ingestOne(reading, input, format, [item.name, basename(item.name), name]);
  }
  const unread = survey.unread.map(({ what, files, sizeBytes }) => ({ what: inEnglish(what), files, bytes: sizeBytes }));
  for (const [i, { what, files, paths }] of survey.unread.entries()) {
    const isKind = /^(?:drop|is)-/.test(what.code);
    const said = told(sentence('drop-unread', { name, files, what }));
    findings.push({
      code: 'not-recognised',
      severity: isKind ? 'note' : 'failure',
      ...said,
      file: paths[0] ?? name,
      place: null
    });
    say(`  not read: ${unread[i]?.files} ${unread[i]?.what}`);
  }
  const count = survey.items.reduce((sum, { files }) => sum + files, 0);
  read.drops.push({ name, files: survey.files, read: count, sources: survey.items.length, unread });
  say(`${name}: ${survey.files} files = ${count} in ${survey.items.length} sources + ${survey.files - count} not read`);
}

async function ingestOne(reading: Reading, input: SourceInput, format: Format, names: readonly string[]): Promise<void> {
  const { args, store, findings, say, read, signal } = reading;
  const owner = names.map((one) => args.owners.get(one)).find((one) => one !== undefined) ?? null;
  const options: ReadOptions = {
    zone: args.zone,
    region: args.region,
    owner,
    ...(args.dateOrder === null ? {} : { dateOrder: args.dateOrder }),
    ...(args.password === null ? {} : { password: args.password })
  };
  const report = await ingest(store, { input, format, options, facts: [], nowMs: Date.now() }, () => {}, signal);
  findings.push(...report.findings);
  if (report.failure !== null) findings.push(report.failure);
  const { seen, kept, folded, refused } = report.sum;
  const hash = report.source?.sha256Hex ?? input.inside?.sha256Hex ?? (await sha256Hex(input.blob, signal));
  read.files.push(summaryOf(input.name, report.sum, hash, format.id, input.inside?.path));
  say(
    `${input.name}: ${format.id}, ${seen} seen = ${kept} kept + ${folded} folded + ${refused} refused${report.failure === null ? '' : `; ${report.failure.message}`}`
  );
}

function summaryOf(name: string, sum: SourceSum, sha256: string, format: string | null, inside?: string): FileSummary {
  const { seen, kept, folded, refused } = sum;
  return { name, sha256, ...(inside === undefined ? {} : { inside }), format, seen, kept, folded, refused, by_kind: sum.byKind };
}
