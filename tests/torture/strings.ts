/** Naughty strings in every text field of every format: each field has each of them once. */
import { existsSync, readFileSync } from 'node:fs';
import { FORMATS } from '../../src/lib/formats/registry.ts';
import { naughtyRun } from '../fixtures/naughty-run.ts';
import { naughtyStrings } from '../fixtures/naughty-strings.ts';
import type { TortureSeries } from './series.ts';

/** The public list of 515, where it lies beside the repository. */
export const PUBLIC_LIST = new URL(
  '../../../shared/samples/hostile_strings/minimaxir+big-list-of-naughty-strings/blns.json',
  import.meta.url
).pathname;
const SHORT_EVERY = 50;

export const publicStrings = (): string[] =>
  existsSync(PUBLIC_LIST) ? (JSON.parse(readFileSync(PUBLIC_LIST, 'utf8')) as string[]) : [];

export const series: TortureSeries = {
  name: 'strings',
  tries: FORMATS.length,
  figure: '515 naughty strings and 500 own in every field of every format: no reader stops but by a sentence, all items counted',
  async run({ short, before, keep, isOver, report }) {
    const failures = [...(before?.failures ?? [])];
    const [own, others] = [naughtyStrings().map(({ text }) => text), publicStrings()];
    const texts = [...own, ...others].filter((_, i) => !short || i % SHORT_EVERY === 0);
    const seen = { fields: 0, files: 0, carried: 0, ...before?.seen };
    const words = (): string =>
      `${own.length} own and ${others.length} public strings, ${seen.fields} fields, ${seen.files} files read; a format's records hold ${Math.round(seen.carried / FORMATS.length)} of them in one piece`;
    let tried = before?.tried ?? 0;
    for (let n = tried; n < FORMATS.length && !isOver(); n++) {
      const run = await naughtyRun(FORMATS[n]?.id ?? '', texts);
      if (run.fields === 0) failures.push(`${run.format}: no field was found`);
      failures.push(...run.failures.map((failure) => `${run.format}: ${failure}`));
      seen.fields += run.fields;
      seen.files += run.files;
      seen.carried += run.carried;
      tried = n + 1;
      keep({ tried, failures, seen }, words());
      report(`${run.format}: ${run.fields} fields, ${run.files} files, ${run.carried} of ${texts.length} strings in its records`);
    }
    return { tried, failures, words: words() };
  }
};
