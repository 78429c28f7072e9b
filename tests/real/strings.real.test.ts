/** The 515 strings of the Big List of Naughty Strings in every text field of every importer. */
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/lib/formats/registry.ts';
import { naughtyRun } from '../fixtures/naughty-run.ts';
import { PUBLIC_LIST, publicStrings } from '../torture/strings.ts';

/** Several in one field: each by itself is the long series' matter (`npm run test:torture -- --only strings`). */
const TOGETHER = 8;
const all = publicStrings();
const isHere = all.length > 0;
const texts = Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, i) =>
  all.slice(i * TOGETHER, (i + 1) * TOGETHER).join(' ')
);
if (!isHere) console.log(`skipped: ${PUBLIC_LIST} is not there`);

describe.skipIf(!isHere)('the public naughty strings', () => {
  it('are 515', () => expect(all.length).toBe(515));

  it.each(FORMATS.map(({ id }) => id))('stop no reader of %s, whatever field they stand in', async (format) => {
    const run = await naughtyRun(format, texts);
    expect(run.failures).toEqual([]);
    // Records of calls hold numbers, and few texts.
    expect(run.carried).toBeGreaterThan(texts.length / 10);
  });
});
