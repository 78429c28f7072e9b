/**
 * One database of a source, however whole it is: rows of its tables by name, from SQLite where the table passes
 * SQLite's check, else from the pages.
 */
import { SourceError } from '../../evidence/findings.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { FindingTally } from '../finding-tally.ts';
import { openBytes, type RandomBytes } from './bytes.ts';
import type { EngineFile } from './engine.ts';
import { EngineFault } from './engine-fault.ts';
import { looksLikeSqlite, readHeader } from './header.ts';
import { PageFile, type LostRange, type WalkCounts } from './pages.ts';
import type { SqlValue } from './record.ts';
import { PageTables, type TableInSchema } from './tables.ts';
import { MergedBytes, readWal, type WalSummary } from './wal.ts';

/** A database with the files that belong to it. */
export interface DatabaseParts {
  /** Path inside the container, '' for a bare file. */
  readonly path: string;
  /** Names it in sentences. */
  readonly where: Sentence;
  /** Name of the source. */
  readonly file: string;
  readonly blob: Blob;
  /** The write-ahead log, null where none was handed in. */
  readonly wal: Blob | null;
  /** What the tool that wrote it says of its tables, where a file beside it does. */
  readonly description?: Blob;
}

const ROWS_A_BATCH = 500;
/** Other work of the worker gets its turn after this. */
const TURN_MS = 40;

export class SqlRow {
  readonly rowId: number;
  /** From a damaged part of the file. */
  readonly isPartial: boolean;
  /** From a page that its table no longer reaches. */
  readonly isOrphan: boolean;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #values: readonly SqlValue[];

  constructor(
    rowId: number,
    columns: ReadonlyMap<string, number>,
    values: readonly SqlValue[],
    isPartial: boolean,
    isOrphan: boolean
  ) {
    this.rowId = rowId;
    this.isPartial = isPartial;
    this.isOrphan = isOrphan;
    this.#columns = columns;
    this.#values = values;
  }

  /** Null where the value is null, the row has no such column, or it was not asked for. */
  value(column: string): SqlValue {
    const at = this.#columns.get(column);
    return at === undefined ? null : (this.#values[at] ?? null);
  }

  /** As text: numbers in their digits, '' for nothing and for bytes. */
  text(column: string): string {
    const value = this.value(column);
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
  }

  /** As a number; null where it is none. */
  number(column: string): number | null {
    const value = this.value(column);
    if (typeof value === 'number') return value;
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : null;
  }

  /** A number as a yes or no: anything but 0 and nothing. */
  flag(column: string): boolean {
    return (this.number(column) ?? 0) !== 0;
  }

  blob(column: string): Uint8Array | null {
    const value = this.value(column);
    return value instanceof Uint8Array ? value : null;
  }
}

let engineModule: Promise<typeof import('./engine.ts')> | null = null;

/** A megabyte and a half that most cases never need; asked for once, since even a module that is there costs a look. */
function loadEngine(): Promise<typeof import('./engine.ts')> {
  engineModule ??= import('./engine.ts');
  return engineModule;
}

/** Opens the pages of a database with its log over them. @throws SourceError 'too-large' */
export async function openPages(
  parts: Pick<DatabaseParts, 'blob' | 'wal' | 'file'>
): Promise<{ pages: PageFile; wal: WalSummary | 'unusable' | null }> {
  const base = await openBytes(parts.blob, parts.file);
  const header = readHeader(base);
  if (parts.wal === null) return { pages: new PageFile(new MergedBytes(base, header.pageSize, null), header), wal: null };
  const log = await openBytes(parts.wal, parts.file);
  const content = readWal(log, header.pageSize);
  const merged: RandomBytes = new MergedBytes(base, header.pageSize, content === null ? null : { bytes: log, content });
  // The newest header may itself stand in the log.
  return { pages: new PageFile(merged, readHeader(merged)), wal: content === null ? 'unusable' : content.summary };
}

export class SourceDatabase {
  readonly path: string;
  readonly where: Sentence;
  readonly sizeBytes: number;
  readonly wal: WalSummary | 'unusable' | null;
  /** What lies beside it and tells of its tables; null where nothing does. */
  readonly description: Blob | null;
  readonly #tables: PageTables;
  readonly #engine: EngineFile | null;
  readonly #tally: FindingTally;
  /** What SQLite said when it refused the whole file; null where it did not. */
  readonly #refusal: EngineFault | null;
  readonly #pages: PageFile;
  readonly #checked = new Map<string, EngineFault | null>();
  /** Tables that came from the pages; a second reading needs a second walk. */
  readonly #walked = new Set<string>();

  private constructor(
    parts: DatabaseParts,
    pages: PageFile,
    wal: WalSummary | 'unusable' | null,
    engine: EngineFile | EngineFault,
    tally: FindingTally
  ) {
    this.path = parts.path;
    this.where = parts.where;
    this.sizeBytes = pages.sizeBytes;
    this.wal = wal;
    this.description = parts.description ?? null;
    this.#pages = pages;
    this.#tables = new PageTables(pages);
    this.#tally = tally;
    this.#engine = engine instanceof EngineFault ? null : engine;
    this.#refusal = engine instanceof EngineFault ? engine : null;
    const { counts, viewsAndTriggers } = this.#tables.schema;
    tally.add('damaged-database', 'warning', 'sqlite-schema-lost', null, counts.lostPages + counts.lostRows);
    tally.add('not-included', 'note', 'sqlite-views', null, viewsAndTriggers);
  }

  /** @throws SourceError 'too-large', 'damaged-database' (no table can be found in it). */
  static async open(parts: DatabaseParts, tally: FindingTally): Promise<SourceDatabase> {
    const { pages, wal } = await openPages(parts);
    let engine: EngineFile | EngineFault;
    try {
      const sqlite = await loadEngine();
      engine = await sqlite.EngineFile.open(pages.bytes);
    } catch (error) {
      if (!(error instanceof EngineFault)) throw error;
      engine = error;
    }
    const database = new SourceDatabase(parts, pages, wal, engine, tally);
    if (database.#tables.schema.tables.size > 0) return database;
    database.close();
    const head = new Uint8Array(16);
    pages.bytes.read(0, head);
    const said = looksLikeSqlite(head) ? 'sqlite-no-tables' : 'sqlite-not-one';
    throw new SourceError('damaged-database', sentence(said, { where: parts.where }), parts.file, {
      path: parts.path,
      offset: 0,
      unit: 'byte'
    });
  }

  get tableNames(): ReadonlySet<string> {
    return new Set(this.#tables.schema.tables.keys());
  }

  has(table: string, column?: string): boolean {
    const held = this.#tables.schema.tables.get(table.toLowerCase());
    if (held === undefined) return false;
    return column === undefined || held.definition.columns.some(({ name }) => name.toLowerCase() === column.toLowerCase());
  }

  /** Names of a table's columns in their order; none where the file has no such table. */
  columnsOf(table: string): readonly string[] {
    return this.#tables.schema.tables.get(table.toLowerCase())?.definition.columns.map(({ name }) => name) ?? [];
  }

  /**
   * The rows of a table in batches; none where the file has no such table. Columns that the table lacks
   * are null in every row.
   * @throws the signal's reason on abort.
   */
  async *rows(table: string, wanted: readonly string[], signal: AbortSignal): AsyncGenerator<readonly SqlRow[]> {
    const held = this.#tables.schema.tables.get(table.toLowerCase());
    signal.throwIfAborted();
    if (held === undefined) return;
    let batch: SqlRow[] = [];
    let turn = performance.now();
    for (const row of this.#all(held, wanted)) {
      batch.push(row);
      if (batch.length < ROWS_A_BATCH) continue;
      yield batch;
      batch = [];
      if (performance.now() - turn > TURN_MS) {
        // A message that tells us to stop can only come in between.
        await new Promise((resolve) => setTimeout(resolve, 0));
        turn = performance.now();
      }
      signal.throwIfAborted();
    }
    if (batch.length > 0) yield batch;
  }

  close(): void {
    this.#engine?.close();
    const { invalidTexts, cutTexts } = this.#tables.decoding.counts;
    this.#tally.add('not-utf8', 'warning', 'texts-not-utf8', null, invalidTexts);
    this.#tally.add('cell-cut', 'warning', 'sqlite-texts-cut', null, cutTexts);
    this.#tables.decoding.counts.invalidTexts = 0;
    this.#tables.decoding.counts.cutTexts = 0;
  }

  *#all(table: TableInSchema, wanted: readonly string[]): Generator<SqlRow> {
    const held = table.definition.columns.map((column) => column.name.toLowerCase());
    const usable = wanted.filter((name) => {
      const at = held.indexOf(name.toLowerCase());
      return at >= 0 && table.definition.columns[at]?.isVirtual === false;
    });
    let fault: EngineFault | null = this.#refusal;
    let last = -Infinity;
    if (this.#engine !== null) {
      const columns = new Map(usable.map((name, i) => [name, i + 1]));
      try {
        this.#check(this.#engine, table.name);
        for (const values of this.#engine.rows(table.name, usable, this.#tables.decoding)) {
          const rowId = Number(values[0] ?? 0);
          yield new SqlRow(rowId, columns, values, false, false);
          last = rowId;
        }
        return;
      } catch (error) {
        if (!(error instanceof EngineFault)) throw error;
        fault = error;
      }
    }
    yield* this.#fromPages(table, usable, fault, last);
  }

  /** Once a table, however often it is read. @throws EngineFault */
  #check(engine: EngineFile, table: string): void {
    let answer = this.#checked.get(table);
    if (answer === undefined) {
      try {
        engine.check(table);
        answer = null;
      } catch (error) {
        if (!(error instanceof EngineFault)) throw error;
        answer = error;
      }
      this.#checked.set(table, answer);
    }
    if (answer !== null) throw answer;
  }

  /** What SQLite would not give. Rows up to `last` have been given already. */
  *#fromPages(table: TableInSchema, usable: readonly string[], fault: EngineFault | null, last: number): Generator<SqlRow> {
    const held = table.definition.columns.map((column) => column.name.toLowerCase());
    const columns = new Map(usable.map((column) => [column, held.indexOf(column.toLowerCase())]));
    const counts: WalkCounts = { lostPages: 0, lostRows: 0 };
    const lost: LostRange[] = [];
    const isDamaged = fault?.isDamage !== false;
    const isFirst = !this.#walked.has(table.name);
    this.#walked.add(table.name);
    const tables = isFirst ? this.#tables : new PageTables(this.#pages);
    let rows = 0;
    for (const row of tables.rows(table, counts, lost)) {
      if (row.rowId <= last) continue;
      rows++;
      yield new SqlRow(row.rowId, columns, row.values, isDamaged, false);
    }
    let orphans = 0;
    if (lost.length > 0) {
      for (const row of tables.orphans(table, lost)) {
        orphans++;
        yield new SqlRow(row.rowId, columns, row.values, true, true);
      }
    }
    if (!isFirst) return;
    const values = { table: table.name, reason: fault?.message ?? '' };
    if (isDamaged) this.#tally.add('damaged-database', 'warning', 'sqlite-salvaged', null, rows + orphans, values);
    else this.#tally.add('damaged-database', 'note', 'sqlite-by-pages', null, rows, values);
    this.#tally.add('damaged-database', 'warning', 'sqlite-orphans', null, orphans, { table: table.name });
    this.#tally.add('damaged-database', 'warning', 'sqlite-pages-lost', null, counts.lostPages, { table: table.name });
    this.#tally.add('damaged-database', 'warning', 'sqlite-rows-lost', null, counts.lostRows, { table: table.name });
  }
}
