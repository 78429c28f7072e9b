/**
 * Databases against public samples: our page reader and SQLite against each other and against the rows that the authors
 * of the SQLite Forensic Corpus state, and the readers of app databases against rows that other parsers got.
 */
import { existsSync, openAsBlob, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LoadedBytes } from '../../src/lib/formats/sqlite/bytes.ts';
import { SourceDatabase } from '../../src/lib/formats/sqlite/database.ts';
import { readHeader } from '../../src/lib/formats/sqlite/header.ts';
import { PageFile } from '../../src/lib/formats/sqlite/pages.ts';
import type { SqlValue } from '../../src/lib/formats/sqlite/record.ts';
import { PageTables } from '../../src/lib/formats/sqlite/tables.ts';
import { asWritten } from '../../src/lib/evidence/wording/sentence.ts';
import { FindingTally } from '../../src/lib/formats/finding-tally.ts';
import { NO_ABORT } from '../fixtures/format-fixture.ts';

const SAMPLES = new URL('../../../shared/samples/', import.meta.url).pathname;
const CORPUS = join(SAMPLES, 'sqlite_corrupt/compositionsystems+sqlite-forensic-corpus/sqlite_forensic_corpus_v2.0');
const hasCorpus = existsSync(CORPUS);
if (!hasCorpus) console.log('skipped: ../shared/samples/sqlite_corrupt is not there');

interface StatedTable {
  readonly name: string;
  readonly rows: number;
  /** Values of each living row, as text. */
  readonly values: readonly (readonly string[])[];
}

/** Entities and escapes of the corpus's own XML. */
const plain = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

function statedTables(xml: string): StatedTable[] {
  return [...xml.matchAll(/<element>([^]*?)<\/element>/g)].flatMap(([, element = '']) => {
    const meta = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(element)?.[1] ?? '';
    if (meta('type') !== 'table' || meta('deleted') === 'True') return [];
    const values = [...element.matchAll(/<row>([^]*?)<\/row>/g)].flatMap(([, row = '']) =>
      /<deleted>True</.test(row)
        ? []
        : [[...row.matchAll(/<content>([^]*?)<\/content>|<content ?\/>/g)].map((m) => plain(m[1] ?? ''))]
    );
    return [{ name: plain(meta('name')), rows: Number(meta('rowsAlive')), values }];
  });
}

const corpusFiles = hasCorpus
  ? readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.db'))
      .sort()
  : [];

/** WITHOUT ROWID, R-tree and FTS keep no rows in a plain table of that name. */
const WITHOUT_PLAIN_TABLE: ReadonlySet<string> = new Set(['03/03-01.db', '06/06-01.db', '06/06-02.db', '06/06-03.db']);

/** As the corpus writes values: numbers in their digits. */
const written = (value: SqlValue): string =>
  value === null ? 'NULL' : value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);

describe.skipIf(!hasCorpus)('SQLite Forensic Corpus', () => {
  it.each(corpusFiles)('%s', async (name) => {
    const path = join(CORPUS, name);
    const bytes = new Uint8Array(readFileSync(path));
    const stated = statedTables(readFileSync(path.replace(/\.db$/, '.xml'), 'utf8'));
    const random = new LoadedBytes(bytes);
    const tables = new PageTables(new PageFile(random, readHeader(random)));
    const blob = await openAsBlob(path);
    const report: string[] = [];
    for (const table of stated) {
      // XML evens out a name of control characters alone; the file has one table then.
      const only = tables.schema.tables.size === 1 ? [...tables.schema.tables.values()][0] : undefined;
      const held = tables.schema.tables.get(table.name.toLowerCase()) ?? (/^0[13]/.test(name) ? only : undefined);
      if (held === undefined) {
        report.push(`${table.name}: no plain table`);
        continue;
      }
      const counts = { lostPages: 0, lostRows: 0 };
      const rows = [...tables.rows(held, counts, [])];
      expect(counts).toEqual({ lostPages: 0, lostRows: 0 });
      report.push(`${table.name}: ${table.rows} stated, ${rows.length} read`);
      expect(rows.length, report.at(-1)).toBe(table.rows);
      if (
        table.values.length === table.rows &&
        rows.every((row) => row.values.every((value) => typeof value !== 'number' || Number.isInteger(value)))
      )
        expect(rows.map((row) => row.values.map(written))).toEqual(table.values);
      const database = await SourceDatabase.open(
        { path: '', where: asWritten(name), file: name, blob, wal: null },
        new FindingTally()
      );
      const columns = held.definition.columns.map((column) => column.name);
      const asked: unknown[] = [];
      for await (const batch of database.rows(held.name, columns, NO_ABORT))
        for (const row of batch) asked.push([row.rowId, row.isPartial, ...columns.map((column) => row.value(column))]);
      database.close();
      expect(asked).toEqual(rows.map((row) => [row.rowId, false, ...row.values]));
    }
    if (process.env['SHOW'] !== undefined) console.log(name, report.join('; '));
    expect(report.some((line) => line.includes('no plain table'))).toBe(WITHOUT_PLAIN_TABLE.has(name));
  });
});
