/**
 * The readers that ingest-readers.ts has no row for, and those of its texts once more, each beside the raw cost of its bytes
 * in one figure: SHA-256 and what another program would take them apart with. CPU times, the least of three, in one process.
 */
import { CountingSink } from '../../src/lib/formats/counting-sink.ts';
import type { ReadOptions } from '../../src/lib/formats/contract.ts';
import { formatById } from '../../src/lib/formats/registry.ts';
import { ANA, DAN, discordExport, discordMessage } from '../fixtures/discord.ts';
import { mail } from '../fixtures/email.ts';
import { bytesInput, jsonOf } from '../fixtures/format-fixture.ts';
import { SMS, tsvOf } from '../fixtures/leapp.ts';
import { workbook } from '../fixtures/phone-xlsx.ts';
import { chatItem, lines, PEOPLE } from '../fixtures/signal.ts';
import { snap } from '../fixtures/snapchat.ts';
import { databaseOf } from '../fixtures/sqlite.ts';
import { card } from '../fixtures/vcard.ts';
import { newDatabase } from '../fixtures/whatsapp-db.ts';
import { against, type Figure } from './figure.ts';
import { hashAnd, type RawCost } from './ingest-raw.ts';
import { databaseInputs, type RawInput } from './ingest-raw-databases.ts';
import { subjects } from './ingest-readers.ts';
import { leastCpu } from './measure.ts';

const ITEMS = 10_000;
const RUNS = 3;
const LONDON: ReadOptions = {
  zone: 'Europe/London',
  region: 'GB',
  owner: { identifier: '07700900001', name: 'Dan' },
  dateOrder: 'dmy'
};
const { signal } = new AbortController();

interface RawSubject extends RawInput {
  readonly options?: ReadOptions;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

async function rawSubjects(items: number): Promise<RawSubject[]> {
  const numbers = Array.from({ length: items }, (_, i) => i);
  const said = (i: number): string => `ce faci, vii azi pe la ${i % 24}? ţi-am lăsat cheia la vecina ${i}`;
  const stamp = (i: number): string => new Date(1_709_316_000_000 + i * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const TEXTS: Readonly<Record<string, RawCost>> = { 'whatsapp-text': 'UTF-8 decode', 'phone-csv': 'papaparse' };
  const texts = subjects(items).flatMap(({ format, file, text, options }): RawSubject[] => {
    const cost = TEXTS[format];
    return cost === undefined ? [] : [{ format, file, bytes: utf8(text), cost, options }];
  });
  const cdr = [
    'Record Type,A Number,B Number,Start Date Time,Duration (secs),IMEI,IMSI,First Cell ID,Last Cell ID',
    ...numbers.map(
      (i) =>
        `MOC,447700900123,44770090${1000 + (i % 900)},${stamp(i)},${i % 600},350000000000011,234150000000001,234-15-101-1,234-15-101-2`
    )
  ].join('\r\n');
  const mailbox = numbers
    .filter((i) => i % 5 === 0)
    .map((i) =>
      [
        'From ana@example.org Fri Mar  1 18:00:00 2024',
        mail(
          [
            'From: Ana Pop <ana@example.org>',
            'To: Dan Rusu <dan@example.org>',
            `Subject: line ${i}`,
            `Date: ${new Date(1_709_316_000_000 + i * 1000).toUTCString().replace('GMT', '+0000')}`,
            `Message-ID: <m${i}@example.org>`,
            'Content-Type: text/plain; charset=utf-8'
          ],
          [said(i), said(i + 1)]
        ).replaceAll('\r\n', '\n')
      ].join('\n')
    )
    .join('\n');
  const database = newDatabase(numbers.map((i) => [1, i % 2, `K${i}`, null, 0, 0, 1_709_316_000_000 + i * 1000, 0, said(i)]));
  const sheet = [
    ['Timestamp', 'From', 'To', 'Body', 'Direction'],
    ...numbers.map((i) => [stamp(i), '07700 900123', '07700 900124', said(i), i % 2 === 0 ? 'Incoming' : 'Outgoing'])
  ];
  const tsv = {
    headers: SMS.headers,
    rows: numbers.map((i) => [1_709_316_000 + i, said(i), 'SMS', 'Incoming', 'E:', '+447700900123', `A${i}`, 1, i % 2])
  };
  const signalLines = lines([
    ...PEOPLE,
    ...numbers.map((i) =>
      chatItem(i * 1000, i % 2 === 0 ? '2' : '1', { incoming: {}, standardMessage: { text: { body: said(i) } } })
    )
  ]);
  return [
    ...texts,
    { format: 'cdr-csv', file: 'cdr.csv', bytes: utf8(cdr), cost: 'papaparse' },
    { format: 'leapp-tsv', file: 'SMS.tsv', bytes: utf8(tsvOf(tsv)), cost: 'papaparse' },
    {
      format: 'phone-xlsx',
      file: 'download.xlsx',
      bytes: await bytesOf((await workbook('download.xlsx', [{ name: 'SMS Messages', rows: sheet }])).blob),
      cost: 'inflate + saxes'
    },
    { format: 'email', file: 'all.mbox', bytes: utf8(mailbox), cost: 'postal-mime of each mail' },
    {
      format: 'vcard',
      file: 'contacts.vcf',
      bytes: utf8(numbers.map((i) => card('3.0', [`FN:Ana ${i}`, `TEL;TYPE=CELL:+44770090${1000 + (i % 9000)}`])).join('')),
      cost: 'UTF-8 decode'
    },
    {
      format: 'whatsapp-db',
      file: 'msgstore.db',
      bytes: (await databaseOf({ ...database, pageSize: 4096 })).bytes,
      cost: 'all rows of all tables by SQLite'
    },
    {
      format: 'discord-json',
      file: 'ana.json',
      bytes: utf8(jsonOf(discordExport(numbers.map((i) => discordMessage(i * 1000, i % 2 === 0 ? ANA : DAN, said(i)))))),
      cost: 'JSON.parse'
    },
    { format: 'signal-json', file: 'main.jsonl', bytes: utf8(signalLines), cost: 'JSON.parse of each line' },
    {
      format: 'snapchat-json',
      file: 'chat_history.json',
      bytes: utf8(jsonOf({ 'ana.p': numbers.map((i) => snap(i, 'ana.p', said(i), i % 2 === 0)) })),
      cost: 'JSON.parse'
    },
    ...(await databaseInputs(items, said))
  ];
}

/** @param only the formats that are wanted; all where nobody says. */
export async function rawFigures(items = ITEMS, only?: ReadonlySet<string>): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { format: id, file, bytes, cost, options } of await rawSubjects(items)) {
    if (only?.has(id) === false) continue;
    const format = formatById(id);
    if (format === undefined) throw new Error(`no format ${id}`);
    const input = bytesInput(file, bytes);
    const read = await leastCpu(RUNS, async () => {
      const sink = new CountingSink();
      await format.read(input, options ?? LONDON, sink, signal);
      return [...sink.counts.values()].reduce((sum, count) => sum + count, 0);
    });
    if (read.result < items * 0.15) throw new Error(`${id} read ${read.result} of some ${items} items`);
    const raw = await leastCpu(RUNS, () => hashAnd(cost, bytes));
    const rate = (ms: number): number => bytes.length / 1e6 / (ms / 1000);
    const unit = `MB/s of CPU, ${read.result} items in ${(bytes.length / 1e6).toFixed(1)} MB`;
    figures.push(against(`ingest.${id}.raw`, rate(read.value_ms), unit, `SHA-256 + ${cost}`, rate(raw.value_ms)));
  }
  return figures;
}
