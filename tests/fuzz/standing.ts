/** How far the series of one reader has come, kept between runs; and the table of all of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { FuzzNews } from './run.ts';

export const FOLDER = join('.cache', 'fuzz');

interface Fault {
  readonly n: number;
  readonly what: string;
  readonly fault: string;
}

export interface Standing {
  readonly format: string;
  readonly seed: number;
  done: number;
  whole: number;
  stopped: number;
  longest_ms: number;
  cpu_s: number;
  crashes: Fault[];
  hangs: Fault[];
}

const fileOf = (format: string, seed: number): string => join(FOLDER, `${format}-${seed}.json`);

export function standingOf(format: string, seed: number): Standing {
  try {
    return JSON.parse(readFileSync(fileOf(format, seed), 'utf8')) as Standing;
  } catch {
    return newStanding(format, seed);
  }
}

export const newStanding = (format: string, seed: number): Standing => ({
  format,
  seed,
  done: 0,
  whole: 0,
  stopped: 0,
  longest_ms: 0,
  cpu_s: 0,
  crashes: [],
  hangs: []
});

export function save(one: Standing): void {
  writeFileSync(fileOf(one.format, one.seed), JSON.stringify(one));
}

/** Takes in what a run told. */
export function add(one: Standing, news: FuzzNews): void {
  one.done = news.done;
  one.whole += news.whole;
  one.stopped += news.stopped;
  one.cpu_s += news.cpu_s;
  one.longest_ms = Math.max(one.longest_ms, news.longest_ms);
  one.crashes.push(...news.crashes);
}

export function table(all: readonly Standing[], count: number): string {
  const rows = all.map(
    ({ format, done, whole, stopped, crashes, hangs, longest_ms, cpu_s }) =>
      `| ${format} | ${done}${done < count ? ' so far' : ''} | ${whole} | ${stopped} | ${crashes.length} | ${hangs.length} | ${Math.round(longest_ms)} | ${done === 0 ? '' : ((cpu_s * 1000) / done).toFixed(1)} |`
  );
  return [
    '| reader | mutants | read to the end | stopped with a sentence | crashes | hangs over 5 s | longest, ms | work of one, ms |',
    '|---|---|---|---|---|---|---|---|',
    ...rows
  ].join('\n');
}

export function report(all: readonly Standing[], count: number, seed: number): string {
  const faults = all.flatMap(({ format, crashes, hangs }) =>
    [...crashes, ...hangs].map(({ n, what, fault }) => `- ${format} ${n} (${what}): ${fault}`)
  );
  return `# Fuzz

The last run of \`npm run fuzz\`, as the command wrote it: ${count} mutants a reader were asked for, seed ${seed}
(${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}). A mutant is a file of the reader's own fixtures with
one to four damages (tests/fixtures/mutants.ts); of a zip its own bytes are damaged, or a document that is packed again.
Each must end with seen = kept + folded + refused, or with a sentence that names the file, in English and in French. The
longest is by the clock on the wall, on a machine that others use as well; the work of one is time of the processor.

${table(all, count)}

${faults.length === 0 ? 'No crash, no hang, no sum that was off.' : `Faults:\n\n${faults.slice(0, 100).join('\n')}`}
`;
}
