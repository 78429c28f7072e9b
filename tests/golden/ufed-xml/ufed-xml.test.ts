import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../src/lib/evidence/findings.ts';
import { ufedXml } from '../../../src/lib/formats/ufed-xml/index.ts';
import { CollectingSink } from '../../fixtures/collecting-sink.ts';
import { ufedCases } from '../../fixtures/ufed-cases.ts';
import { goldenFile, goldenOf } from '../../fixtures/whatsapp-golden.ts';

describe('golden rows of ufed-xml', async () => {
  it.each((await ufedCases()).map((one) => [one.golden, one] as const))('%s', async (golden, { file, blob }) => {
    const sink = new CollectingSink();
    let failure: string | null = null;
    try {
      await ufedXml.read({ name: file, sizeBytes: blob.size, blob }, { zone: 'Europe/London', region: 'GB', owner: null }, sink, new AbortController().signal);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      failure = `${error.code}: ${error.message}`;
    }
    sink.assertConserved();
    const actual = JSON.parse(JSON.stringify({ failure, ...(goldenOf(sink) as object) })) as unknown;
    expect(actual).toEqual(goldenFile(new URL(`./${golden}.json`, import.meta.url).pathname, actual));
  });
});
