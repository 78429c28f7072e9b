import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CollectingSink } from '../../../../tests/fixtures/collecting-sink.ts';
import { NO_ABORT } from '../../../../tests/fixtures/format-fixture.ts';
import { databaseOf, walOf, type Cell, type MadeDatabase } from '../../../../tests/fixtures/sqlite.ts';
import { asWritten } from '../../evidence/wording/sentence.ts';
import { FindingTally } from '../finding-tally.ts';
import { LoadedBytes } from './bytes.ts';
import { readCreateTable } from './create-table.ts';
import { SourceDatabase, type SqlRow } from './database.ts';
import { EngineFile } from './engine.ts';
import { EngineFault } from './engine-fault.ts';
import { readHeader } from './header.ts';
import { PageFile } from './pages.ts';
import { readRecord, TextDecoding, type SqlValue } from './record.ts';
import { PageTables } from './tables.ts';
import { readWal } from './wal.ts';

interface Opened {
  readonly database: SourceDatabase;
  readonly findings: () => string[];
}

async function open(bytes: Uint8Array, wal: Uint8Array | null = null): Promise<Opened> {
  const tally = new FindingTally();
  const blob = new Blob([new Uint8Array(bytes)]);
  const database = await SourceDatabase.open(
    { path: '', where: asWritten('a.db'), file: 'a.db', blob, wal: wal === null ? null : new Blob([new Uint8Array(wal)]) },
    tally
  );
  const findings = (): string[] => {
    const sink = new CollectingSink();
    tally.flush(sink);
    return sink.findings.map((finding) => finding.message);
  };
  return { database, findings };
}

async function rowsOf(database: SourceDatabase, table: string, columns: readonly string[]): Promise<SqlRow[]> {
  const rows: SqlRow[] = [];
  for await (const batch of database.rows(table, columns, NO_ABORT)) rows.push(...batch);
  return rows;
}

function pageRows(bytes: Uint8Array, table: string): SqlValue[][] {
  const random = new LoadedBytes(bytes);
  const tables = new PageTables(new PageFile(random, readHeader(random)));
  const held = tables.schema.tables.get(table);
  if (held === undefined) throw new Error(`no table ${table}`);
  const counts = { lostPages: 0, lostRows: 0 };
  const rows = [...tables.rows(held, counts, [])].map((row) => [row.rowId, ...row.values]);
  expect(counts).toEqual({ lostPages: 0, lostRows: 0 });
  return rows;
}

async function engineRows(bytes: Uint8Array, table: string, columns: readonly string[]): Promise<SqlValue[][]> {
  const file = await EngineFile.open(new LoadedBytes(bytes));
  try {
    file.check(table);
    return [...file.rows(table, columns, new TextDecoding('utf-8'))];
  } finally {
    file.close();
  }
}

const SCHEMA = ['CREATE TABLE message (_id INTEGER PRIMARY KEY, body TEXT, size INTEGER, share REAL, raw BLOB)'];
const COLUMNS = ['_id', 'body', 'size', 'share', 'raw'];
const many = (count: number, from = 1): Cell[][] =>
  Array.from({ length: count }, (_, i) => [from + i, `message number ${from + i} `.repeat(3), i * 1000, i / 7, null]);

async function three(): Promise<MadeDatabase> {
  return databaseOf({ schema: SCHEMA, rows: [['message', COLUMNS, many(300)]] });
}

/** Pages of the message table's tree, told apart by the byte that each begins with. */
function pagesOf(bytes: Uint8Array, kind: 5 | 13): number[] {
  const pages: number[] = [];
  for (let page = 1; page * 1024 < bytes.length; page++) if (bytes[page * 1024] === kind) pages.push(page + 1);
  return pages;
}

describe('pages against SQLite', () => {
  it('gives the same rows for any values, any page size and rows that run over pages', async () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.integer({ min: -(2 ** 47), max: 2 ** 47 }),
      fc.constantFrom(0, 1, 127, 128, -129, 32768, 8388608, 2 ** 31, 2 ** 40),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.toWellFormed()),
      fc.nat(9000).map((length) => 'long '.repeat(length / 5)),
      fc.uint8Array({ maxLength: 300 })
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 40 }),
        fc.constantFrom(512, 1024, 4096, 65536),
        async (rows, pageSize) => {
          const { bytes } = await databaseOf({
            schema: ['CREATE TABLE t (a, b, c)', "CREATE TABLE u (x TEXT DEFAULT 'y')"],
            rows: [['t', ['a', 'b', 'c'], rows]],
            after: ["ALTER TABLE t ADD COLUMN d DEFAULT 'later'"],
            pageSize
          });
          expect(pageRows(bytes, 't')).toEqual(await engineRows(bytes, 't', ['a', 'b', 'c', 'd']));
        }
      ),
      { numRuns: 60 }
    );
  });

  it('reads tables of many pages, with an alias of the row id and deep trees', async () => {
    const { bytes } = await databaseOf({ schema: SCHEMA, rows: [['message', COLUMNS, many(3000)]], pageSize: 512 });
    const rows = pageRows(bytes, 'message');
    expect(rows.length).toBe(3000);
    expect(rows).toEqual(await engineRows(bytes, 'message', COLUMNS));
  });

  it('reads texts in UTF-16, which this SQLite does not', () => {
    const text = Uint8Array.of(2, 25, 0x5a, 0, 0x11, 1, 0x72, 0, 0x3d, 0xd8, 0, 0xde);
    expect(readRecord(text.subarray(0, 8), 9, new TextDecoding('utf-16le'))).toEqual(['Zđr']);
    expect(readRecord(Uint8Array.of(2, 17, 0, 0x5a), 9, new TextDecoding('utf-16be'))).toEqual(['Z']);
    expect(readRecord(Uint8Array.of(2, 99, 0, 0x5a), 9, new TextDecoding('utf-8'))).toBeNull();
  });
});

describe('what the file says is never run', () => {
  it("reads no view in a table's place, fires no trigger, calls no function and opens no other table", async () => {
    const { bytes } = await databaseOf({
      schema: [
        'CREATE TABLE secret (a)',
        'CREATE TABLE message (_id INTEGER PRIMARY KEY, body TEXT, twice AS (upper(body)), CHECK (length(body) < 3))',
        'CREATE VIEW sms AS SELECT a AS body FROM secret',
        'CREATE TRIGGER t AFTER INSERT ON secret BEGIN DELETE FROM secret; END'
      ],
      rows: [['message', ['_id', 'body'], [[1, 'ab']]]]
    });
    const { database, findings } = await open(bytes);
    expect([...database.tableNames].sort()).toEqual(['message', 'secret']);
    expect(await rowsOf(database, 'sms', ['body'])).toEqual([]);
    const [row] = await rowsOf(database, 'message', ['_id', 'body', 'twice']);
    expect([row?.text('_id'), row?.text('body'), row?.value('twice')]).toEqual(['1', 'ab', null]);
    database.close();
    expect(findings()).toEqual(['Views and triggers of the file, which are never run: 2.']);
    const file = await EngineFile.open(new LoadedBytes(bytes));
    const decoding = new TextDecoding('utf-8');
    for (const [table, columns] of [
      ['sms', ['body']],
      ['sqlite_schema', ['sql']],
      ['pragma_table_list', ['name']]
    ] as const)
      expect(() => [...file.rows(table, columns, decoding)], table).toThrow(EngineFault);
    file.close();
  });

  it('is ended where a query takes more steps than its file could need', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => [i, 'x']);
    const { bytes } = await databaseOf({
      schema: ['CREATE TABLE message (_id INTEGER PRIMARY KEY, body TEXT)'],
      rows: [['message', ['_id', 'body'], rows]]
    });
    const decoding = new TextDecoding('utf-8');
    const short = await EngineFile.open(new LoadedBytes(bytes), 0);
    expect(() => [...short.rows('message', ['body'], decoding)]).toThrow(EngineFault);
    short.close();
    const file = await EngineFile.open(new LoadedBytes(bytes));
    expect([...file.rows('message', ['body'], decoding)]).toHaveLength(rows.length);
    file.close();
  });

  it('gives no row twice where a tree leads back to itself', async () => {
    const { bytes } = await three();
    const ring = bytes.slice();
    const [inner] = pagesOf(bytes, 5);
    const at = (inner! - 1) * 1024;
    for (let i = 0; i < 4; i++) ring[at + 8 + i] = bytes[at + 12]!;
    const { database } = await open(ring);
    const rows = await rowsOf(database, 'message', ['_id']);
    expect(new Set(rows.map((row) => row.rowId)).size).toBe(rows.length);
    database.close();
  });
});

describe('the write-ahead log', () => {
  const withLog = () =>
    databaseOf({ schema: SCHEMA, rows: [['message', COLUMNS, many(40)]], walRows: [['message', COLUMNS, many(25, 41)]] });

  it('adds the newest rows', async () => {
    const { bytes, wal } = await withLog();
    const { database } = await open(bytes, wal);
    const rows = await rowsOf(database, 'message', ['_id', 'body']);
    expect(rows.map((row) => row.number('_id'))).toEqual(Array.from({ length: 65 }, (_, i) => i + 1));
    expect(rows.some((row) => row.isPartial)).toBe(false);
    expect(database.wal).toMatchObject({ ignored: 0 });
    database.close();
    const alone = await open(bytes);
    expect((await rowsOf(alone.database, 'message', ['_id'])).length).toBe(40);
    alone.database.close();
  });

  it('takes nothing behind the last finished transaction, of another round, or of another database', async () => {
    const { bytes, wal } = await withLog();
    const log = wal!;
    const cut = log.subarray(0, log.length - 1000);
    const { database } = await open(bytes, cut);
    expect((await rowsOf(database, 'message', ['_id'])).length).toBe(40);
    expect(database.wal).toMatchObject({ committed: 0 });
    database.close();
    const flipped = log.slice();
    flipped[200]! ^= 1;
    expect(readWal(new LoadedBytes(flipped), 1024)?.summary.committed).toBe(0);
    expect(readWal(new LoadedBytes(log), 4096)).toBeNull();
    expect(readWal(new LoadedBytes(new Uint8Array(64)), 1024)?.summary.committed).toBe(0);
    const older = walOf(bytes, bytes, 1024, 7);
    const joined = new Uint8Array([...log, ...older.subarray(32), ...log.subarray(32, 32 + 24 + 1024)]);
    expect(readWal(new LoadedBytes(joined), 1024)?.summary).toEqual({
      committed: (log.length - 32) / 1048,
      ignored: 1,
      pages: (log.length - 32) / 1048
    });
  });
});

describe('a damaged file', () => {
  it('gives the rows of whole pages, marked as partial, and says what is lost', async () => {
    const { bytes } = await three();
    const leaves = pagesOf(bytes, 13);
    const damaged = bytes.slice();
    damaged.fill(0xee, (leaves[2]! - 1) * 1024, leaves[2]! * 1024);
    const { database, findings } = await open(damaged);
    const rows = await rowsOf(database, 'message', COLUMNS);
    database.close();
    const whole = pageRows(bytes, 'message');
    expect(rows.length).toBeGreaterThan(250);
    expect(rows.length).toBeLessThan(300);
    expect(rows.every((row) => row.isPartial && !row.isOrphan)).toBe(true);
    for (const row of rows) expect(whole).toContainEqual([row.rowId, ...COLUMNS.map((column) => row.value(column))]);
    expect(findings().join('\n')).toMatch(/damaged table 'message'[^]*Pages of the table 'message' that cannot be read: 1\./);
  });

  it('finds the leaves of a tree whose root is gone, and marks them as doubtful', async () => {
    const { bytes } = await three();
    const [root] = pagesOf(bytes, 5);
    const damaged = bytes.slice();
    damaged.fill(0, (root! - 1) * 1024, root! * 1024);
    const { database, findings } = await open(damaged);
    const rows = await rowsOf(database, 'message', ['_id', 'body']);
    database.close();
    expect(rows.length).toBe(300);
    expect(rows.every((row) => row.isPartial && row.isOrphan)).toBe(true);
    expect(findings().join('\n')).toContain('no longer reaches, given with low confidence: 300.');
  });

  it('gives no orphan that two tables could claim, and no deleted row', async () => {
    const twin = 'CREATE TABLE copy (_id INTEGER PRIMARY KEY, body TEXT, size INTEGER, share REAL, raw BLOB)';
    const { bytes } = await databaseOf({
      schema: [...SCHEMA, twin],
      rows: [
        ['message', COLUMNS, many(300)],
        ['copy', COLUMNS, many(300)]
      ]
    });
    const damaged = bytes.slice();
    for (const root of pagesOf(bytes, 5)) damaged.fill(0, (root - 1) * 1024, root * 1024);
    const two = await open(damaged);
    expect(await rowsOf(two.database, 'message', ['_id'])).toEqual([]);
    two.database.close();
    const deleted = await databaseOf({ schema: SCHEMA, rows: [['message', COLUMNS, many(300)]], after: ['DELETE FROM message'] });
    const bare = deleted.bytes.slice();
    const root = pagesOf(bare, 13)[0]!;
    bare.fill(0, (root - 1) * 1024, root * 1024);
    const none = await open(bare);
    expect(await rowsOf(none.database, 'message', ['_id'])).toEqual([]);
    none.database.close();
  });

  it('reads what is left of a cut file and refuses what holds no table', async () => {
    const { bytes } = await three();
    const { database } = await open(bytes.subarray(0, bytes.length - 5000));
    const rows = await rowsOf(database, 'message', ['_id']);
    database.close();
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.every((row) => row.isPartial)).toBe(true);
    await expect(open(new Uint8Array(5000).fill(7))).rejects.toMatchObject({
      code: 'damaged-database',
      message: 'a.db is no SQLite database, or its beginning is destroyed: no table was found.'
    });
    await expect(open(bytes.subarray(0, 100))).rejects.toMatchObject({ code: 'damaged-database' });
  });

  it('neither hangs nor breaks its word for any damage', async () => {
    const { bytes } = await three();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 40 }),
        async (damages) => {
          const damaged = bytes.slice();
          for (const [at, byte] of damages) damaged[at] = byte;
          let opened: Opened;
          try {
            opened = await open(damaged);
          } catch (error) {
            expect(error).toMatchObject({ name: 'SourceError' });
            return;
          }
          const rows = await rowsOf(opened.database, 'message', COLUMNS);
          opened.database.close();
          // A page is read once, so no row comes twice unless the damage wrote a row's id anew.
          expect(rows.length).toBeLessThanOrEqual(600);
        }
      ),
      { numRuns: 150 }
    );
  });
});

describe('readCreateTable', () => {
  it.each<[string, readonly string[], number, boolean]>([
    ['CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)', ['a', 'b'], 0, false],
    ['CREATE TABLE t (a INT PRIMARY KEY, b)', ['a', 'b'], -1, false],
    ['create table "we ird"(`x y` TEXT, [z,] INTEGER, "q""q" DEFAULT (1), PRIMARY KEY("z,"))', ['x y', 'z,', 'q"q'], 1, false],
    ['CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, b))', ['a', 'b'], -1, false],
    ['CREATE TABLE t (a TEXT PRIMARY KEY, b) WITHOUT ROWID', ['a', 'b'], -1, true],
    ["CREATE TABLE main.t (-- x, y\n a /* , */ VARCHAR(10,2) DEFAULT 'x,)' CHECK (a > (1)), b)", ['a', 'b'], -1, false],
    ['CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b)', ['a', 'b'], -1, false],
    ['CREATE TABLE IF NOT EXISTS t (a, CONSTRAINT u UNIQUE (a))', ['a'], -1, false]
  ])('%s', (sql, names, alias, isWithout) => {
    const table = readCreateTable(sql);
    expect([table?.columns.map((column) => column.name), table?.rowIdColumn, table?.isWithoutRowId]).toEqual([
      names,
      alias,
      isWithout
    ]);
  });

  it('refuses everything else, for any text', () => {
    for (const sql of [
      'CREATE VIRTUAL TABLE t USING fts5(a)',
      'CREATE VIEW t AS SELECT 1',
      'CREATE TABLE t AS SELECT 1',
      '',
      '('
    ])
      expect(readCreateTable(sql)).toBeNull();
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void readCreateTable(`CREATE TABLE t (${text}`)));
  });
});
