/** Makes a database with a log and reads it through the reader's own door, in a worker. */
import { asWritten } from '../../src/lib/evidence/wording/sentence.ts';
import { FindingTally } from '../../src/lib/formats/finding-tally.ts';
import { SourceDatabase } from '../../src/lib/formats/sqlite/database.ts';
import { databaseOf, type Cell } from '../fixtures/sqlite.ts';

const rows = (from: number, count: number): Cell[][] =>
  Array.from({ length: count }, (_, i) => [from + i, `message ${from + i} ${'ä😀'.repeat(20)}`]);
const { bytes, wal } = await databaseOf({
  schema: ['CREATE TABLE message (_id INTEGER PRIMARY KEY, body TEXT)'],
  rows: [['message', ['_id', 'body'], rows(1, 300)]],
  walRows: [['message', ['_id', 'body'], rows(301, 100)]]
});
const database = await SourceDatabase.open(
  {
    path: '',
    where: asWritten('a.db'),
    file: 'a.db',
    blob: new Blob([new Uint8Array(bytes)]),
    wal: new Blob([new Uint8Array(wal ?? [])])
  },
  new FindingTally()
);
const read: unknown[] = [];
for await (const batch of database.rows('message', ['body'], new AbortController().signal))
  for (const row of batch) read.push([row.rowId, row.text('body'), row.isPartial]);
database.close();
postMessage({ bytes, wal, rows: read, readsSlices: 'FileReaderSync' in globalThis });
