/**
 * Every reader against damaged copies of its own files, always the same ones, in a process with a watchdog: no crash, no
 * hang over five seconds, nothing lost from the sum. SKEIN_MUTANTS and SKEIN_SEED ask for more or others.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newStanding, type Standing } from '../../../tests/fuzz/standing.ts';
import { goOn } from '../../../tests/fuzz/watched.ts';
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
/** All of them take some minutes of one core; what hangs is ended by the watchdog long before. */
const TIMEOUT_MS = 3_600_000;

describe('mutants', () => {
  const came = new Map<string, Standing>(FORMATS.map(({ id }) => [id, newStanding(id, SEED)]));

  // eslint-disable-next-line no-empty-pattern -- vitest gives the suite second, and wants a pattern first
  beforeAll(async ({}, suite) => {
    const folder = mkdtempSync(join(tmpdir(), 'skein-mutants-'));
    // One process for all readers; with -t only for those that were asked for.
    const wanted = new Set(suite.tasks.filter(({ mode }) => mode === 'run' || mode === 'queued').map(({ name }) => name));
    const all = [...came.values()].filter(({ format }) => wanted.has(format));
    await goOn(all, COUNT, SEED, { beat: join(folder, 'beat'), told: () => {}, signal: new AbortController().signal });
    rmSync(folder, { recursive: true, force: true });
  }, TIMEOUT_MS);

  it.each(FORMATS.map(({ id }) => id))('%s', (id) => {
    const { whole, stopped, crashes, hangs } = came.get(id)!;
    expect({ crashes, hangs }).toEqual({ crashes: [], hangs: [] });
    // No fixture, no mutant: every reader of the registry has its own.
    expect(whole + stopped).toBe(COUNT);
    // Damage that never stops a file that has a grammar, or always stops it, would be no test of what comes between.
    expect(whole).toBeGreaterThan(0);
    if (!LENIENT.has(id)) expect(stopped).toBeGreaterThan(0);
  });
});
