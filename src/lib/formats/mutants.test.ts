/**
 * Every reader against damaged copies of its own files, always the same ones: no crash, no hang, nothing lost from the
 * sum. SKEIN_MUTANTS and SKEIN_SEED ask for more or others.
 */
import { describe, expect, it } from 'vitest';
import { EARLIER_FIXTURES, FORMAT_FIXTURES } from '../../../tests/fixtures/all-formats.ts';
import { mutants } from '../../../tests/fixtures/mutants.ts';
import { tryMutant, ZIP_SHARE } from '../../../tests/fuzz/trial.ts';
import { looksLikeZip } from './container/zip.ts';
import { FORMATS } from './registry.ts';

const COUNT = Number(process.env['SKEIN_MUTANTS'] ?? 2000);
const SEED = Number(process.env['SKEIN_SEED'] ?? 20260101);
/** Formats of lines: nothing but an empty file stops them. */
const LENIENT: ReadonlySet<string> = new Set(['phone-csv', 'cdr-csv', 'leapp-tsv', 'whatsapp-text', 'vcard', 'email']);
/** A hang, on the busiest machine: a file of a few kilobytes takes a millisecond or two. */
const MOST_MS = 20_000;
const TIMEOUT_MS = 600_000;

/** Readers that would take over five seconds: a table is surveyed before it is read, a letter is taken apart by a library. */
const SHARES: Readonly<Record<string, number>> = { 'phone-csv': 0.2, 'cdr-csv': 0.2, email: 0.5 };

describe('mutants', () => {
  it.each(FORMATS.map((format) => [format.id, format] as const))(
    '%s',
    async (id, format) => {
      const fixtures = [...FORMAT_FIXTURES, ...EARLIER_FIXTURES].filter((fixture) => fixture.format === id);
      expect(fixtures.length).toBeGreaterThan(0);
      const ends = { whole: 0, stopped: 0 };
      const files = await Promise.all(
        fixtures.map(async (fixture) => {
          const original = await fixture.input();
          const bytes = new Uint8Array(await original.blob.arrayBuffer());
          return { fixture, original, file: bytes, isZip: looksLikeZip(bytes) };
        })
      );
      const bare = files.filter(({ isZip }) => !isZip).length;
      for (const { fixture, original, file, isZip } of files) {
        const count = Math.ceil(COUNT * (SHARES[id] ?? 1) * (isZip ? ZIP_SHARE : 1 / bare));
        let n = 0;
        for (const bytes of mutants([file], count, SEED)) {
          const what = `${fixture.name}, mutant ${n} of seed ${SEED}`;
          const started = performance.now();
          try {
            ends[await tryMutant(format, fixture, original.name, bytes, n)]++;
          } catch (error) {
            throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
          }
          const took = performance.now() - started;
          if (took > MOST_MS) throw new Error(`${what}: took ${took} ms`);
          n++;
        }
      }
      // Damage that never stops a file that has a grammar, or always stops it, would be no test of what comes between.
      expect(ends.whole).toBeGreaterThan(0);
      if (!LENIENT.has(id)) expect(ends.stopped).toBeGreaterThan(0);
    },
    TIMEOUT_MS
  );
});
