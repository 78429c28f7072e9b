/** Golden rows of the formats that share one way of testing: each file of FORMAT_FIXTURES against its own rows. */
import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/lib/formats/recognise.ts';
import { formatById } from '../../src/lib/formats/registry.ts';
import { FORMAT_FIXTURES } from '../fixtures/all-formats.ts';
import { NO_ABORT, readInto } from '../fixtures/format-fixture.ts';
import { goldenFile, goldenOf } from '../fixtures/whatsapp-golden.ts';

describe('golden rows', () => {
  it.each(FORMAT_FIXTURES.map((fixture) => [fixture.format, fixture.name, fixture] as const))('%s: %s', async (id, name, fixture) => {
    const input = await fixture.input();
    const { recognised } = await recognise({ ...input, name: 'file.bin' }, NO_ABORT);
    expect(recognised?.format.id).toBe(id);
    const sink = await readInto(formatById(id)!, input, fixture.options);
    const actual = JSON.parse(JSON.stringify(goldenOf(sink))) as unknown;
    expect(actual).toEqual(goldenFile(new URL(`./${id}/${name}.json`, import.meta.url).pathname, actual));
  });
});
