import { describe, expect, it } from 'vitest';
import { phoneCsv } from '../../../src/lib/formats/phone-csv/index.ts';
import { CollectingSink } from '../../fixtures/collecting-sink.ts';
import { PHONE_CSV_FIXTURES } from '../../fixtures/phone-csv.ts';
import { goldenFile, goldenOf } from '../../fixtures/whatsapp-golden.ts';

describe('golden rows of phone-csv', () => {
  it.each(PHONE_CSV_FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, { input, owner }) => {
    const sink = new CollectingSink();
    await phoneCsv.read(input(), { zone: 'Europe/London', region: 'GB', owner }, sink, new AbortController().signal);
    sink.assertConserved();
    const actual = JSON.parse(JSON.stringify(goldenOf(sink))) as unknown;
    expect(actual).toEqual(goldenFile(new URL(`./${name}.json`, import.meta.url).pathname, actual));
  });
});
