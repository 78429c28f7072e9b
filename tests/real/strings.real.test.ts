/** The 515 strings of the Big List of Naughty Strings in every text field of every importer. */
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/lib/formats/registry.ts';
import { naughtyRun } from '../fixtures/naughty-run.ts';
import { PUBLIC_LIST, publicStrings } from '../torture/strings.ts';

const texts = publicStrings();
const isHere = texts.length > 0;
if (!isHere) console.log(`skipped: ${PUBLIC_LIST} is not there`);

describe.skipIf(!isHere)('the public naughty strings', () => {
  it('are 515', () => expect(texts.length).toBe(515));

  it.each(FORMATS.map(({ id }) => id))('stop no reader of %s, whatever field they stand in', async (format) => {
    const run = await naughtyRun(format, texts);
    expect(run.failures).toEqual([]);
    expect(run.carried).toBeGreaterThan(texts.length / 3);
  });
});
