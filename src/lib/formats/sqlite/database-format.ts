/**
 * A format made of databases: which of them belong to it, in which order, and who reads their rows. What is the same for
 * every such format stands here; a format is a description and a reader.
 */
import { createSHA256 } from 'hash-wasm';
import { SourceError, told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { asWritten, sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { looksLikeZip, ZipContainer, type ZipEntry } from '../container/zip.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { CountingSink } from '../counting-sink.ts';
import { FindingTally } from '../finding-tally.ts';
import { blobChunks } from '../text/decode.ts';
import { LoadedBytes } from './bytes.ts';
import { openPages, SourceDatabase, type DatabaseParts } from './database.ts';
import { looksLikeSqlite, readHeader } from './header.ts';
import { PageFile } from './pages.ts';
import { PageTables } from './tables.ts';

/** What the readers of all databases of one source share. */
export interface DatabaseSetting {
  readonly sink: EvidenceSink;
  readonly options: ReadOptions;
  /** Name of the source. */
  readonly file: string;
  readonly tally: FindingTally;
  readonly signal: AbortSignal;
}

export interface DatabaseReader {
  /** Reads one database. `progress` takes the share that is done, 0 to 1. */
  read(database: SourceDatabase, progress: (share: number) => void): Promise<void>;
  /** What must be known before reading, asked once the databases are open. */
  questions(): readonly SourceQuestion[];
}

interface DatabaseFormatSpec {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  /** Names of a zip's entries that may be databases of this format. */
  readonly entry: RegExp;
  /**
   * Place of a database in the order of reading, by its tables, lower first; null where it is none of this format's.
   * Databases that name people come before those that hold their messages.
   */
  rank(tables: ReadonlySet<string>): number | null;
  /** Name of the file in whose folder it lies and which tells of its tables. */
  readonly description?: RegExp;
  open(setting: DatabaseSetting): DatabaseReader;
}

const WAL = /-wal$/i;
const JOURNAL = /-journal$/i;
const PROBE_ROWS_MOST_MS = 1500;

export function databaseFormat(spec: DatabaseFormatSpec): Format {
  return {
    id: spec.id,
    version: spec.version,
    label: spec.label,
    gathers: {
      takes: (name) => spec.entry.test(name) || spec.description?.test(name) === true,
      joins: (head) => spec.description?.test(head.name) === true
    },
    sniff: (head) => sniff(spec, head),
    probe: (input, options, signal) => probe(spec, input, options, signal),
    read: (input, options, sink, signal) => read(spec, input, options, sink, signal)
  };
}

/** Names of the tables of a database; null where it cannot be opened as one. */
export async function tableNames(input: Pick<SourceInput, 'name' | 'blob' | 'beside'>): Promise<ReadonlySet<string> | null> {
  const wal = input.beside?.find((file) => WAL.test(file.name))?.blob ?? null;
  try {
    const { pages } = await openPages({ blob: input.blob, wal, file: input.name });
    return new Set(new PageTables(pages).schema.tables.keys());
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

/** As far as they stand in the first bytes of the file. */
function tablesInHead(head: Uint8Array): ReadonlySet<string> {
  const bytes = new LoadedBytes(head);
  return new Set(new PageTables(new PageFile(bytes, readHeader(bytes))).schema.tables.keys());
}

function sniff(spec: DatabaseFormatSpec, head: SniffHead): number {
  if (looksLikeZip(head.bytes)) return Math.max(0, ...(head.inside ?? []).map((inner) => sniffInside(spec, inner)));
  if (!looksLikeSqlite(head.bytes)) return 0;
  return spec.rank(head.tables ?? tablesInHead(head.bytes)) === null ? 0 : 0.97;
}

/** Of a large database the list of tables may lie far behind its beginning: then the name has to do. */
function sniffInside(spec: DatabaseFormatSpec, head: SniffHead): number {
  if (!looksLikeSqlite(head.bytes) || !spec.entry.test(head.name)) return 0;
  return spec.rank(tablesInHead(head.bytes)) === null ? 0.5 : 0.95;
}

interface Source {
  readonly parts: readonly DatabaseParts[];
  /** Words about the container. */
  readonly notes: Parameters<EvidenceSink['note']>[0][];
  readonly locked: Sentence | null;
}

async function sourceOf(
  spec: DatabaseFormatSpec,
  input: SourceInput,
  options: ReadOptions,
  signal: AbortSignal
): Promise<Source> {
  if (input.sizeBytes === 0) throw new SourceError('empty-file', sentence('file-empty', { file: input.name }), input.name);
  const head = new Uint8Array(await input.blob.slice(0, 4).arrayBuffer());
  signal.throwIfAborted();
  const file = input.name;
  if (!looksLikeZip(head)) {
    const where = asWritten(file);
    const wal = input.beside?.find(({ name }) => WAL.test(name))?.blob ?? null;
    const hasJournal = input.beside?.some(({ name, blob }) => JOURNAL.test(name) && blob.size > 0) === true;
    const description = input.beside?.find(({ name }) => spec.description?.test(name) === true)?.blob;
    const parts = [{ path: '', where, file, blob: input.blob, wal, ...(description === undefined ? {} : { description }) }];
    return { parts, notes: hasJournal ? [journalNote(where)] : [], locked: null };
  }
  const wanted = (name: string): boolean => spec.entry.test(name.replace(WAL, '')) || spec.description?.test(name) === true;
  const zip = await ZipContainer.open(input, {
    signal,
    wanted,
    ...(options.password === undefined ? {} : { password: options.password })
  });
  try {
    const entries = zip.entries.filter((entry) => !entry.isDirectory && !entry.name.startsWith('__MACOSX/'));
    const databases = entries.filter((entry) => spec.entry.test(entry.name));
    const locked = databases.find((entry) => zip.needsPassword(entry));
    if (locked !== undefined)
      return { parts: [], notes: [...zip.notes], locked: sentence('entry-in', { file, entry: locked.name }) };
    const notes: Source['notes'] = [...zip.notes];
    const ranked: { parts: DatabaseParts; rank: number }[] = [];
    for (const entry of databases) {
      const where = sentence('entry-in', { file, entry: entry.name });
      const log = entries.find((other) => other.name === `${entry.name}-wal`);
      const parts: DatabaseParts = {
        path: entry.name,
        where,
        file,
        blob: await unpacked(zip, entry, signal),
        wal: log === undefined ? null : await unpacked(zip, log, signal),
        ...(await descriptionOf(spec, zip, entry, signal))
      };
      const tables = await tableNames({ name: file, blob: parts.blob, beside: walBeside(parts) });
      const rank = tables === null ? null : spec.rank(tables);
      if (rank === null) continue;
      ranked.push({ parts, rank });
      if (entries.some((other) => other.name === `${entry.name}-journal` && other.sizeBytes > 0)) notes.push(journalNote(where));
    }
    if (ranked.length === 0)
      throw new SourceError('not-recognised', sentence('sqlite-zip-without', { file, format: spec.label }), file);
    ranked.sort((a, b) => a.rank - b.rank);
    const read = ranked.reduce(
      (sum, { parts }) => sum + 1 + Number(parts.wal !== null) + Number(parts.description !== undefined),
      0
    );
    const others = entries.length - read;
    if (others > 0)
      notes.push({
        code: 'entry-skipped',
        severity: 'note',
        ...told(sentence('zip-files-beside', { file, others, read })),
        place: null
      });
    return { parts: ranked.map(({ parts }) => parts), notes, locked: null };
  } finally {
    await zip.close();
  }
}

/** The file of the database's own folder that tells of its tables. */
async function descriptionOf(
  spec: DatabaseFormatSpec,
  zip: ZipContainer,
  entry: ZipEntry,
  signal: AbortSignal
): Promise<Pick<DatabaseParts, 'description'>> {
  const folder = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);
  const found = zip.find((name) => spec.description?.test(name) === true && folder(name) === folder(entry.name));
  return found === undefined ? {} : { description: await unpacked(zip, found, signal) };
}

function walBeside(parts: DatabaseParts): readonly { name: string; blob: Blob }[] {
  return parts.wal === null ? [] : [{ name: 'log-wal', blob: parts.wal }];
}

function journalNote(where: Sentence): Source['notes'][number] {
  return { code: 'not-included', severity: 'warning', ...told(sentence('sqlite-journal-there', { where })), place: null };
}

/** An entry as a Blob, which the browser may keep on disk: a database is read at any place of it. */
async function unpacked(zip: ZipContainer, entry: ZipEntry, signal: AbortSignal): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const chunk of zip.read(entry, signal)) parts.push(new Uint8Array(chunk));
  return new Blob(parts);
}

async function probe(
  spec: DatabaseFormatSpec,
  input: SourceInput,
  options: ReadOptions,
  signal: AbortSignal
): Promise<SourceProbe> {
  const source = await sourceOf(spec, input, options, signal);
  if (source.locked !== null)
    return {
      questions: [{ kind: 'password', reason: sentence('file-encrypted', { where: source.locked }) }],
      facts: [sentence('zip-encrypted')]
    };
  const tally = new FindingTally();
  // Enough rows to know who writes; the reading itself sees all.
  const enough = AbortSignal.any([signal, AbortSignal.timeout(PROBE_ROWS_MOST_MS)]);
  const reader = spec.open({ sink: new CountingSink(), options, file: input.name, tally, signal: enough });
  for (const parts of source.parts) {
    const database = await SourceDatabase.open(parts, tally);
    try {
      await reader.read(database, () => {});
    } catch (error) {
      signal.throwIfAborted();
      if (!enough.aborted && !(error instanceof SourceError)) throw error;
    } finally {
      database.close();
    }
  }
  const names = source.parts.map(({ path, file }) => (path === '' ? file : path));
  return { questions: reader.questions(), facts: [sentence('sqlite-databases', { databases: names.length, names })] };
}

async function read(
  spec: DatabaseFormatSpec,
  input: SourceInput,
  options: ReadOptions,
  sink: EvidenceSink,
  signal: AbortSignal
): Promise<void> {
  const source = await sourceOf(spec, input, options, signal);
  if (source.locked !== null)
    throw new SourceError('encrypted-without-key', sentence('zip-entry-locked', { where: source.locked }), input.name);
  for (const note of source.notes) sink.note(note);
  const tally = new FindingTally();
  const reader = spec.open({ sink, options, file: input.name, tally, signal });
  const total = source.parts.reduce((sum, { blob }) => sum + blob.size, 0);
  let before = 0;
  let whole = 0;
  let broken: SourceError | null = null;
  for (const parts of source.parts) {
    const share = total === 0 ? 0 : parts.blob.size / total;
    const start = before;
    try {
      await readDatabase(spec, parts, reader, sink, tally, signal, (done) =>
        sink.progress(Math.floor(input.sizeBytes * Math.min(1, start + share * done)))
      );
      whole++;
    } catch (error) {
      if (!(error instanceof SourceError) || signal.aborted) throw error;
      // One damaged database of several must not take the others with it.
      if (source.parts.length > 1)
        sink.note({ code: error.code, severity: 'failure', ...told(error.sentence), place: error.place });
      broken = error;
    }
    before += share;
  }
  tally.flush(sink);
  if (broken !== null && whole === 0) throw broken;
  sink.progress(input.sizeBytes);
}

async function readDatabase(
  spec: DatabaseFormatSpec,
  parts: DatabaseParts,
  reader: DatabaseReader,
  sink: EvidenceSink,
  tally: FindingTally,
  signal: AbortSignal,
  progress: (share: number) => void
): Promise<void> {
  const database = await SourceDatabase.open(parts, tally);
  try {
    if (spec.rank(database.tableNames) === null)
      throw new SourceError(
        'not-recognised',
        sentence('sqlite-other-tables', { where: parts.where, format: spec.label }),
        parts.file
      );
    await noteLog(database, parts, sink, signal);
    await reader.read(database, progress);
  } finally {
    database.close();
  }
}

/** Says which log was read with the database, with the log's own hash, or that one may be missing. */
async function noteLog(database: SourceDatabase, parts: DatabaseParts, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const { where } = parts;
  const say = (severity: 'note' | 'warning', said: Sentence): void =>
    sink.note({ code: severity === 'note' ? 'log-read' : 'not-included', severity, ...told(said), place: null });
  if (database.wal === null) {
    const versions = new Uint8Array(await parts.blob.slice(18, 20).arrayBuffer());
    if (versions[0] === 2 && versions[1] === 2) say('warning', sentence('sqlite-wal-missing', { where }));
    return;
  }
  if (database.wal === 'unusable') return say('warning', sentence('sqlite-wal-unusable', { where }));
  if (parts.wal === null || parts.wal.size === 0) return;
  const hash = await createSHA256();
  for await (const chunk of blobChunks(parts.wal, signal)) hash.update(chunk);
  const { committed, ignored, pages } = database.wal;
  say(
    'note',
    sentence('sqlite-wal-read', { where, bytes: parts.wal.size, sha256: hash.digest('hex'), committed, ignored, pages })
  );
}
