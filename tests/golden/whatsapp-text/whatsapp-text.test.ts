import { describe, expect, it } from 'vitest';
import { whatsappText } from '../../../src/lib/formats/whatsapp-text/index.ts';
import { CollectingSink } from '../../fixtures/collecting-sink.ts';
import { goldenFile, goldenOf } from '../../fixtures/whatsapp-golden.ts';
import { WHATSAPP_FIXTURES } from '../../fixtures/whatsapp.ts';

describe('golden rows of whatsapp-text', () => {
  it.each(WHATSAPP_FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, { input, owner }) => {
    const sink = new CollectingSink();
    await whatsappText.read(await input(), { zone: 'Europe/London', region: 'GB', owner }, sink, new AbortController().signal);
    sink.assertConserved();
    const actual = JSON.parse(JSON.stringify(goldenOf(sink))) as unknown;
    expect(actual).toEqual(goldenFile(new URL(`./${name}.json`, import.meta.url).pathname, actual));
  });
});
