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
import type { EvidenceTime } from '../../src/lib/evidence/records.ts';
import { earlierTexts } from '../../src/lib/formats/ios-sms-db/edits.ts';
import { attributedText } from '../../src/lib/formats/ios-sms-db/typed-stream.ts';
import { recognise } from '../../src/lib/formats/recognise.ts';
import type { CollectingSink } from '../fixtures/collecting-sink.ts';
import { NO_ABORT, readInto } from '../fixtures/format-fixture.ts';

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

const PLASO = join(SAMPLES, 'app_dbs/log2timeline+plaso/test_data');
const CASES = join(SAMPLES, 'ileapp_cases/abrignoni+iLEAPP/admin/test');
const IMESSAGE = join(SAMPLES, 'imessage/ReagentX+imessage-exporter/imessage-database/test_data');
const [hasPlaso, hasCases, hasPayloads] = [PLASO, CASES, IMESSAGE].map((path) => existsSync(path));
if (!hasPlaso) console.log('skipped: ../shared/samples/app_dbs is not there');
if (!hasCases) console.log('skipped: ../shared/samples/ileapp_cases is not there');
if (!hasPayloads) console.log('skipped: ../shared/samples/imessage is not there');

async function readSample(path: string, region = 'US'): Promise<{ format: string; sink: CollectingSink }> {
  const blob = await openAsBlob(path);
  const input = { name: path.slice(path.lastIndexOf('/') + 1), sizeBytes: blob.size, blob };
  const { recognised } = await recognise(input, NO_ABORT);
  if (recognised === null) throw new Error(`${path} is not recognised`);
  return { format: recognised.format.id, sink: await readInto(recognised.format, input, { zone: null, region, owner: null }) };
}

const seconds = (time: EvidenceTime): number => Math.floor((time.utcMs ?? NaN) / 1000);

describe.skipIf(!hasPlaso)('databases of plaso, counted by sqlite3', () => {
  it('mmssms.db holds 9 messages', async () => {
    const { format, sink } = await readSample(join(PLASO, 'android/mmssms.db'));
    expect([format, sink.messages.length, sink.sum.refused]).toEqual(['android-mmssms-db', 9, 0]);
    // The dialogue of two numbers is one conversation, however the number is spelt.
    expect(new Set(sink.messages.map((message) => message.thread.key))).toEqual(new Set(['+15555215554']));
    expect(sink.messages[0]).toMatchObject({
      body: 'Yo Fred this is my new number.',
      time: { utcMs: 1383065788038 },
      direction: 'outgoing'
    });
  });

  it('contacts2.db holds 3 calls and no contact', async () => {
    const { format, sink } = await readSample(join(PLASO, 'android/contacts2.db'));
    expect([format, sink.calls.length, sink.contacts.length]).toEqual(['android-mmssms-db', 3, 0]);
    expect(sink.calls.map(({ direction, duration_s }) => `${direction} ${duration_s}`)).toEqual([
      'incoming 0',
      'outgoing 126',
      'incoming 639'
    ]);
  });

  it('imessage_chat.db holds 10 messages of 7 handles, and 226 notes of deleted ones', async () => {
    const { format, sink } = await readSample(join(PLASO, 'sqlite/imessage_chat.db'), 'GB');
    expect([format, sink.messages.length, sink.sum.byKind.message.refused]).toEqual(['ios-sms-db', 10, 0]);
    expect(sink.findings.map((finding) => finding.message).join()).toContain('nothing but the note is left: 226.');
    expect(seconds(sink.messages[1]!.time)).toBe(469926072 + 978307200);
  });
});

describe.skipIf(!hasCases)('cases of iLEAPP, against the rows that it got', () => {
  const zip = (module: string, artifact: string, image = 'josh_ios15_ffs'): string =>
    join(CASES, `cases/data/${module}/testdata.${module}.${artifact}.${image}.zip`);
  const rowsOf = (module: string, artifact: string, stamp: string, image = 'josh_ios15_ffs'): (string | number | null)[][] =>
    (
      JSON.parse(readFileSync(join(CASES, `results/${module}/${module}.${artifact}.${image}.${stamp}.json`), 'utf8')) as {
        data: (string | number | null)[][];
      }
    ).data;

  it('WhatsApp: 32 messages, each with its time, text and place', async () => {
    const expected = rowsOf('whatsApp', 'whatsAppMessages', '20250621193412');
    const { format, sink } = await readSample(zip('whatsApp', 'whatsAppMessages'));
    expect([format, sink.messages.length]).toEqual(['whatsapp-db', 32]);
    const ours = sink.messages.map((message) => `${seconds(message.time)} ${message.body}`).sort();
    expect(ours).toEqual(expected.map((row) => `${row[0]} ${row[5] ?? ''}`).sort());
    expect(sink.messages.flatMap((message) => message.attachments.map((file) => file.name)).sort()).toEqual(
      expected
        .map((row) => String(row[6] ?? '').replace('mock_hash_for_', ''))
        .filter((name) => name !== '')
        .sort()
    );
    expect(sink.locations.map((place) => [place.latitude_deg, place.longitude_deg])).toEqual(
      expected.filter((row) => typeof row[11] === 'number').map((row) => [row[11], row[12]])
    );
    // It names the device "Local User"; the incoming lines are addressed to this number.
    expect(sink.accounts.map(({ account }) => account.identifier)).toEqual(['+19195794674']);
    const outgoing = expected.filter((row) => row[1] === 'Local User').length;
    expect(sink.messages.filter((message) => message.direction === 'outgoing').length).toBe(outgoing);
  });

  it('WhatsApp: 9 contacts and 4 calls', async () => {
    const { sink } = await readSample(zip('whatsApp', 'whatsAppCallHistory'));
    const calls = rowsOf('whatsApp', 'whatsAppCallHistory', '20250621193412');
    const length = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    expect(sink.calls.map((call) => [seconds(call.time), call.duration_s, call.direction])).toEqual(
      calls.map((row) => [row[0], length(String(row[2])), String(row[3]).toLowerCase()])
    );
    const contacts = rowsOf('whatsApp', 'whatsAppContacts', '20250621193412');
    expect(sink.contacts.map((contact) => contact.name).sort()).toEqual(contacts.map((row) => row[0]).sort());
  });

  it('WhatsApp of the other image: as many contacts', async () => {
    const { sink } = await readSample(zip('whatsApp', 'whatsAppContacts', 'mvs_ios_2023'));
    expect(sink.contacts.length).toBe(rowsOf('whatsApp', 'whatsAppContacts', '20250621193412', 'mvs_ios_2023').length);
  });

  it('address book: 9 people, all of whom stand in the write-ahead log', async () => {
    const { format, sink } = await readSample(zip('addressBook', 'addressBook'));
    const expected = rowsOf('addressBook', 'addressBook', '20250621194251');
    expect([format, sink.contacts.length]).toEqual(['ios-sms-db', 9]);
    const names = expected.map((row) => [row[3], row[4]].filter((part) => part !== null).join(' ') || row[5]);
    expect(sink.contacts.map((contact) => contact.name).sort()).toEqual(names.sort());
    expect(sink.codes).toContain('log-read');
  });
});

describe.skipIf(!hasPayloads)('payloads of imessage-exporter', () => {
  const file = (path: string): Uint8Array => new Uint8Array(readFileSync(join(IMESSAGE, path)));
  it.each([
    ['AttributedBodyTextOnly', 'Noter test', false],
    ['AttributedBodyTextOnly2', 'Test 3', false],
    ['Blank', '', false],
    ['URL', 'https://github.com/ReagentX/Logria', false],
    ['WeirdText', '𝖍𝖊𝖑𝖑𝖔 𝖜𝖔𝖗𝖑𝖉', false],
    ['MultiPart', '\ufffctest 1\ufffctest 2 \ufffctest 3', false],
    // Its length says 157 and its text has 17 bytes.
    ['ExtraData', 'This is parsing  ', true]
  ])('%s', (name, text, isDamaged) => {
    expect(attributedText(file(`streamtyped/${name}`))).toEqual({ text, isDamaged });
  });
  it.each([
    ['Edited', ['First message  ', 'Edit 1', 'Edit 2', 'Edited message']],
    ['EditedToLink', ['here we go!', 'https://github.com/ReagentX/imessage-exporter/issues/10']],
    ['Deleted', ['0']]
  ])('%s', (name, texts) => {
    expect(earlierTexts(file(`edited_message/${name}.plist`)).map(([, text]) => text)).toEqual(texts);
  });
});
