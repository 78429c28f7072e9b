/** The tables of a database as its pages tell them, and their rows: SQLite is not asked. See [Note: Salvage] in pages.ts. */
import { readCreateTable, type TableDefinition } from './create-table.ts';
import { TableWalk, type LostRange, type PageFile, type WalkCounts } from './pages.ts';
import { readRecord, recordTypes, sizeOfType, TextDecoding, type SqlValue } from './record.ts';

export interface TableInSchema {
  readonly name: string;
  readonly root: number;
  readonly definition: TableDefinition;
}

interface PageRow {
  readonly rowId: number;
  /** Page of the file that the row begins on. */
  readonly page: number;
  /** One a column of the definition. */
  readonly values: readonly SqlValue[];
  /** From a page that no tree reaches any more. */
  readonly isOrphan: boolean;
}

interface SchemaOfPages {
  /** By name in lower case. Tables without row ids and virtual ones are not among them. */
  readonly tables: ReadonlyMap<string, TableInSchema>;
  readonly counts: WalkCounts;
  /** Roots of all tables with pages, by name in lower case. */
  readonly roots: ReadonlyMap<string, number>;
  /** What SQLite makes of the file's own SQL is none of our business: how many views and triggers there are is. */
  readonly viewsAndTriggers: number;
}

/** Columns of a table that the engine itself allows. */
const MOST_COLUMNS = 2000;
const MOST_TABLES = 10_000;

export class PageTables {
  readonly schema: SchemaOfPages;
  readonly decoding: TextDecoding;
  readonly #file: PageFile;
  readonly #visited = new Set<number>();
  /** Tables whose rows were read, by name in lower case. */
  readonly #walked = new Set<string>();
  /** With the pages of tables that were not read. */
  #reached: ReadonlySet<number> = new Set();

  constructor(file: PageFile) {
    this.#file = file;
    this.decoding = new TextDecoding(file.header.encoding);
    this.schema = this.#readSchema();
  }

  /**
   * The rows of a table's tree. Call it once a table: a page is never read twice.
   * @param counts is added to while the rows are taken.
   * @param lost gets the ranges of row ids whose pages cannot be read.
   */
  *rows(table: TableInSchema, counts: WalkCounts, lost: LostRange[]): Generator<PageRow> {
    this.#walked.add(table.name.toLowerCase());
    const walk = new TableWalk(this.#file, this.#visited);
    for (const cell of walk.cells(table.root)) {
      const values = cell.payload === null ? null : this.#valuesOf(table.definition, cell.payload, cell.rowId);
      if (values === null) counts.lostRows++;
      else yield { rowId: cell.rowId, page: cell.page, values, isOrphan: false };
    }
    counts.lostPages += walk.counts.lostPages;
    counts.lostRows += walk.counts.lostRows;
    lost.push(...walk.lost);
  }

  /** Ranges of row ids that the tables not read so far have lost. Visits their pages, so that what is left belongs to no tree. */
  #walkRest(): ReadonlyMap<string, readonly LostRange[]> {
    const reached = new Set(this.#visited);
    const lost = new Map<string, LostRange[]>();
    for (const [name, root] of this.schema.roots) {
      if (this.#walked.has(name)) continue;
      const walk = new TableWalk(this.#file, reached, true);
      for (const cell of walk.cells(root)) void cell;
      lost.set(name, walk.lost);
    }
    this.#reached = reached;
    return lost;
  }

  *#unreachedLeaves(): Generator<number> {
    const free = this.#file.freePages;
    for (let number = 2; number <= this.#file.pageCount; number++) {
      if (this.#reached.has(number) || this.#visited.has(number) || free.has(number)) continue;
      if (this.#file.treePage(number)?.isLeaf === true) yield number;
    }
  }

  /**
   * Rows of leaves that lost their tree. A leaf is a table's where all its row ids lie in the lost part, all its records
   * have a shape that the table may have, and no other table of the file with a lost part could say the same.
   */
  *orphans(table: TableInSchema, own: readonly LostRange[]): Generator<PageRow> {
    if (own.length === 0) return;
    const others = [...this.#walkRest()].filter(([, ranges]) => ranges.length > 0);
    for (const number of this.#unreachedLeaves()) {
      if (!this.#fits(number, table, own)) continue;
      const isShared = others.some(([name, ranges]) => {
        const other = this.schema.tables.get(name);
        // Of a table whose columns are not known anything may be a row.
        return other === undefined || this.#fits(number, other, ranges);
      });
      if (isShared) continue;
      this.#visited.add(number);
      for (const cell of new TableWalk(this.#file, this.#visited).leaf(number)) {
        const values = cell.payload === null ? null : this.#valuesOf(table.definition, cell.payload, cell.rowId);
        if (values !== null) yield { rowId: cell.rowId, page: number, values, isOrphan: true };
      }
    }
  }

  #fits(number: number, table: TableInSchema, ranges: readonly LostRange[]): boolean {
    const stored = table.definition.columns.filter((column) => !column.isVirtual).length;
    let cells = 0;
    let isFull = false;
    for (const cell of new TableWalk(this.#file, new Set()).leaf(number)) {
      cells++;
      if (!ranges.some(({ above, upTo }) => cell.rowId > above && cell.rowId <= upTo)) return false;
      const types = cell.payload === null ? null : recordTypes(cell.payload, MOST_COLUMNS);
      // Rows written before the last columns were added have fewer; more than the table has, none; one at least has all.
      if (types === null || types.types.length > stored || types.types.length === 0) return false;
      isFull ||= types.types.length === stored;
      const alias = table.definition.rowIdColumn;
      // The column that names the row id is stored as nothing.
      if (alias >= 0 && sizeOfType(types.types[alias] ?? 0) !== 0) return false;
    }
    return cells > 0 && isFull;
  }

  #valuesOf(definition: TableDefinition, payload: Uint8Array, rowId: number): SqlValue[] | null {
    const record = readRecord(payload, MOST_COLUMNS, this.decoding);
    if (record === null) return null;
    const values: SqlValue[] = [];
    let at = 0;
    for (const [i, column] of definition.columns.entries()) {
      if (column.isVirtual) values.push(null);
      else if (at >= record.length) values.push(i === definition.rowIdColumn ? rowId : column.fallback);
      else {
        const value = record[at++] ?? null;
        values.push(i === definition.rowIdColumn && value === null ? rowId : value);
      }
    }
    return values;
  }

  #readSchema(): SchemaOfPages {
    const counts: WalkCounts = { lostPages: 0, lostRows: 0 };
    const tables = new Map<string, TableInSchema>();
    const roots = new Map<string, number>();
    let viewsAndTriggers = 0;
    const walk = new TableWalk(this.#file, this.#visited);
    for (const cell of walk.cells(1)) {
      const record = cell.payload === null ? null : readRecord(cell.payload, 5, this.decoding);
      if (record === null) {
        counts.lostRows++;
        continue;
      }
      const [type, name, , root, sql] = record;
      if (type === 'view' || type === 'trigger') viewsAndTriggers++;
      if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number') continue;
      if (root > 1 && roots.size < MOST_TABLES) roots.set(name.toLowerCase(), root);
      if (typeof sql !== 'string') continue;
      const definition = root > 1 ? readCreateTable(sql) : null;
      if (definition === null || definition.isWithoutRowId || tables.size >= MOST_TABLES) continue;
      tables.set(name.toLowerCase(), { name, root, definition });
    }
    counts.lostPages += walk.counts.lostPages;
    counts.lostRows += walk.counts.lostRows;
    return { tables, counts, roots, viewsAndTriggers };
  }
}
