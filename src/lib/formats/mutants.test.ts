/**
 * Every reader against damaged copies of its own files, always the same ones: no crash, no hang, nothing lost from the
 * sum. SKEIN_MUTANTS and SKEIN_SEED ask for more or others.
 */
import { describe, expect, it } from 'vitest';
import { mutantSeries } from '../../../tests/fuzz/mutant-series.ts';
import { tryMutant } from '../../../tests/fuzz/trial.ts';
import { FORMATS } from './registry.ts';

const COUNT = Number(process.env['SKEIN_MUTANTS'] ?? 2000);
const SEED = Number(process.env['SKEIN_SEED'] ?? 20260101);
/** Formats of lines: nothing but an empty file stops them. */
const LENIENT: ReadonlySet<string> = new Set([
  'phone-csv',
  'cdr-csv',
  'leapp-tsv',
  'whatsapp-text',
  'vcard',
  'email',
  'plain-text'
]);
/** A hang, on the busiest machine: a file of a few kilobytes takes a millisecond or two. */
const MOST_MS = 20_000;
const TIMEOUT_MS = 600_000;

/** Readers that would take over five seconds: a table is surveyed before it is read, a letter is taken apart by a library. */
const SHARES: Readonly<Record<string, number>> = { 'phone-csv': 0.2, 'cdr-csv': 0.2, email: 0.5 };

describe('mutants', () => {
  it.each(FORMATS.map((format) => [format.id, format] as const))(
    '%s',
    async (id, format) => {
      const count = Math.ceil(COUNT * (SHARES[id] ?? 1));
      const ends = { whole: 0, stopped: 0 };
      for await (const { n, fixture, name, what, bytes } of mutantSeries(id, count, SEED)) {
        const started = performance.now();
        try {
          ends[await tryMutant(format, fixture, name, bytes(), n)]++;
        } catch (error) {
          throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        }
        const took = performance.now() - started;
        if (took > MOST_MS) throw new Error(`${what}: took ${took} ms`);
      }
      // No fixture, no mutant: every reader of the registry has its own.
      expect(ends.whole + ends.stopped).toBe(count);
      // Damage that never stops a file that has a grammar, or always stops it, would be no test of what comes between.
      expect(ends.whole).toBeGreaterThan(0);
      if (!LENIENT.has(id)) expect(ends.stopped).toBeGreaterThan(0);
    },
    TIMEOUT_MS
  );
});
