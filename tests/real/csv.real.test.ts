/** phone-csv against public samples: hostile tables with the cells that their authors expect, and call-data records. */
import { existsSync, openAsBlob, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cdrCsv } from '../../src/lib/formats/cdr-csv/index.ts';
import type { SourceInput } from '../../src/lib/formats/contract.ts';
import { phoneCsv } from '../../src/lib/formats/phone-csv/index.ts';
import { RowReader } from '../../src/lib/formats/phone-csv/rows.ts';
import { recognise } from '../../src/lib/formats/recognise.ts';
import { CollectingSink } from '../fixtures/collecting-sink.ts';

const SAMPLES = new URL('../../../shared/samples/', import.meta.url).pathname;
const SPECTRUM = join(SAMPLES, 'hostile_csv/max-mapper+csv-spectrum');
const BANDICOOT = join(SAMPLES, 'cdr_csv/computationalprivacy+bandicoot/bandicoot/tests/samples');
const hasSpectrum = existsSync(SPECTRUM);
const hasBandicoot = existsSync(BANDICOOT);
if (!hasSpectrum) console.log('skipped: ../shared/samples/hostile_csv is not there');
if (!hasBandicoot) console.log('skipped: ../shared/samples/cdr_csv is not there');

async function readFile(path: string): Promise<CollectingSink> {
  const blob = await openAsBlob(path);
  const input: SourceInput = { name: path.slice(path.lastIndexOf('/') + 1), sizeBytes: blob.size, blob };
  const sink = new CollectingSink();
  await phoneCsv.read(input, { zone: 'UTC', region: 'GB', owner: null }, sink, new AbortController().signal);
  sink.assertConserved();
  return sink;
}

describe.skipIf(!hasSpectrum)('csv-spectrum', () => {
  const names = hasSpectrum ? readdirSync(join(SPECTRUM, 'csvs')).map((name) => name.replace('.csv', '')) : [];
  it.each(names)('%s', async (name) => {
    // One of the answers is a bare object, for its only row.
    const answer = JSON.parse(readFileSync(join(SPECTRUM, 'json', `${name}.json`), 'utf8')) as
      Record<string, string> | Record<string, string>[];
    const expected = [answer].flat();
    // location_coordinates: the answer has another telephone number than its own table; that cell is left out.
    const isCompared = (key: string): boolean => name !== 'location_coordinates' || key !== 'Contact Phone Number';
    const reader = new RowReader({ delimiter: ',' });
    const text = readFileSync(join(SPECTRUM, 'csvs', `${name}.csv`), 'utf8');
    const [header, ...rows] = [...reader.push(text), ...reader.finish()].filter((row) => row.raw.trim() !== '');
    const normal = (value: string): string => value.replace(/\r\n/g, '\n');
    const comparable = (row: Record<string, string>) =>
      Object.fromEntries(Object.entries(row).flatMap(([key, value]) => (isCompared(key) ? [[key, normal(value)]] : [])));
    const cells = rows.map((row) =>
      comparable(Object.fromEntries(header?.cells.map((key, i) => [key, row.cells[i] ?? '']) ?? []))
    );
    expect(cells).toEqual(expected.map(comparable));
    const sink = await readFile(join(SPECTRUM, 'csvs', `${name}.csv`));
    expect(sink.sum).toMatchObject({ seen: expected.length, kept: expected.length, refused: 0 });
  });
});

describe.skipIf(!hasBandicoot)('bandicoot records', () => {
  it.each([
    'u_test_no_position',
    'u_test_antennas',
    'u_test2',
    'network/A',
    'network/B',
    'network/F',
    'network/H',
    'network/ego',
    'manual/A',
    'manual/B'
  ])('%s', async (name) => {
    const path = join(BANDICOOT, `${name}.csv`);
    const [header = '', ...lines] = readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '');
    const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [header.split(',')[i], cell])));
    const sink = await readFile(path);
    const calls = rows.filter((row) => row['interaction'] === 'call');
    const texts = rows.filter((row) => row['interaction'] === 'text');
    expect(sink.calls.length).toBe(calls.length);
    expect(sink.messages.length).toBe(texts.length);
    expect(sink.sum.refused).toBe(0);
    expect(sink.calls.map((call) => call.duration_s ?? '')).toEqual(
      calls.map((row) => (row['call_duration'] === '' ? '' : Number(row['call_duration'])))
    );
    expect(sink.calls.map((call) => call.direction)).toEqual(
      calls.map((row) => (row['direction'] === 'in' ? 'incoming' : 'outgoing'))
    );
    const other = (from: string | undefined, to: string | undefined): string => from ?? to ?? '';
    expect(sink.messages.map((text) => other(text.from?.rawIdentifier, text.to[0]?.rawIdentifier))).toEqual(
      texts.map((row) => row['correspondent_id'])
    );
    expect(
      [...sink.calls, ...sink.messages].every(
        (record) => new Date(record.time.utcMs ?? NaN).toISOString().slice(0, 19).replace('T', ' ') === record.time.raw
      )
    ).toBe(true);
    expect(sink.locations.length).toBe(header.includes('latitude') ? rows.filter((row) => row['latitude'] !== '').length : 0);
  });

  it.each([
    'u_test',
    'manual/A_orange',
    'manual/B_orange',
    'network_attributes/A',
    'network_attributes/ego',
    'manual/recharges/A',
    'manual/recharges/A_orange'
  ])('%s means nothing by itself and is kept row by row', async (name) => {
    const path = join(BANDICOOT, `${name}.csv`);
    const lines = readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '').length;
    const sink = await readFile(path);
    const withoutHeader = /u_test|manual\/._orange/.test(name);
    expect(sink.generics.length).toBe(withoutHeader ? lines : lines - 1);
    expect(sink.sum.kept).toBe(sink.generics.length);
  });
});

describe.skipIf(!hasBandicoot)('bandicoot records without a header, as call-data records', () => {
  // Codes as the GSM standard gives them: record 1 made and 2 received; service 11 and 12 calls, 21 and 22 texts.
  it.each(['u_test', 'manual/A_orange', 'manual/B_orange'])('%s', async (name) => {
    const path = join(BANDICOOT, `${name}.csv`);
    const rows = readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((line) => line.split(';'));
    const blob = await openAsBlob(path);
    const input: SourceInput = { name: 'records.csv', sizeBytes: blob.size, blob };
    expect((await recognise({ ...input, name: 'file.bin' }, new AbortController().signal)).recognised?.format.id).toBe('cdr-csv');
    const sink = new CollectingSink();
    await cdrCsv.read(input, { zone: 'UTC', region: 'GB', owner: null }, sink, new AbortController().signal);
    sink.assertConserved();
    const calls = rows.filter(([, service]) => service === '11' || service === '12');
    const texts = rows.filter(([, service]) => service === '21' || service === '22');
    expect([sink.calls.length, sink.messages.length, sink.sum.refused]).toEqual([calls.length, texts.length, 0]);
    expect(sink.calls.map(({ direction, duration_s }) => [direction, duration_s])).toEqual(
      calls.map(([record, , , , , duration]) => [
        record === '1' ? 'outgoing' : 'incoming',
        duration === '' ? null : Number(duration)
      ])
    );
    expect(sink.messages.map(({ time }) => time.raw)).toEqual(texts.map((cells) => cells[4]));
    // One position a row, as an area; a file says which figure is the latitude only where one is beyond 90 degrees.
    expect(sink.locations.length).toBe(rows.filter((cells) => cells[6] !== '').length);
    const isTold = rows.some(([, , , , , , x, y]) => Math.abs(Number(x)) > 90 || Math.abs(Number(y)) > 90);
    expect(sink.locations.some(({ latitude_deg }) => latitude_deg !== null)).toBe(isTold);
  });
});
