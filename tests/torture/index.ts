/**
 * `npm run test:torture [-- --short] [--only NAME] [--seed N] [--afresh] [--seconds N] [--json FILE]`: the long series, one after the other, one
 * line each. A run of a series writes its row of tests/torture/RESULTS.md and leaves the others; one that was stopped
 * goes on from its last try when it is called again (.cache/torture), with `--afresh` from its first, and ends after so many seconds
 * with the tries that it made. `--short` makes a few
 * tries of each, writes nothing and is part of `npm test`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { SeriesOptions, SeriesResult, TortureSeries } from './series.ts';
import { forgetStanding, keepStanding, standingOf } from './standing.ts';

/** Loaded when they run: some need a compiler or a case of a hundred thousand messages, others a browser alone. */
const ALL: Readonly<Record<string, () => Promise<{ readonly series: TortureSeries }>>> = {
  faults: () => import('./faults.ts'),
  backup: () => import('./backup.ts'),
  strings: () => import('./strings.ts'),
  tabs: () => import('./tabs.ts'),
  quota: () => import('./quota.ts'),
  damage: () => import('./damage.ts'),
  kill: () => import('./kill.ts')
};
const RESULTS = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
const LISTED_FAILURES = 10;
/** In the words of a series that was not brought to its end. */
const BROKE = 'broke';

interface Row {
  readonly series: TortureSeries;
  readonly result: SeriesResult;
  readonly seconds: number;
}

/** A series that broke is one failed try, never none. */
async function runOne(series: TortureSeries, short: boolean, seed: number, most_s: number): Promise<Row> {
  const from = performance.now();
  const { name } = series;
  const report = (words: string): void => console.log(`  ${name}: ${words}`);
  const before = short ? null : standingOf(name, seed);
  const seconds = (): number => Math.round((before?.seconds ?? 0) + (performance.now() - from) / 1000);
  if (before !== null) report(`goes on after ${before.tried} tries`);
  const keep: SeriesOptions['keep'] = ({ tried, failures, seen }, words) => {
    if (short) return;
    keepStanding(name, seed, { tried, failures, seen, seconds: seconds() });
    // What was seen stands in the table at once, by how many of how many: a series that is stopped has not been for nothing.
    writeRows([{ series, result: { tried, failures, words }, seconds: seconds() }], seed);
  };
  try {
    const isOver = (): boolean => performance.now() - from > most_s * 1000;
    const result = await series.run({ short, seed, before, keep, isOver, report });
    if (!(result.tried < series.tries)) forgetStanding(name, seed);
    return { series, result, seconds: seconds() };
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const result = { tried: 1, failures: [`The series broke: ${words}`], words: BROKE };
    return { series, result, seconds: seconds() };
  }
}

const writeRows = (rows: readonly Row[], seed: number): void => writeFileSync(RESULTS, table(rows, seed));

function line({ series, result, seconds }: Row): string {
  const { tried, failures, words } = result;
  return `${failures.length === 0 ? 'ok    ' : 'FAILED'} ${series.name}: ${tried} tries, ${failures.length} failed, ${seconds} s. ${words}`;
}

const cells = (row: string): string[] => row.split(' | ');

/** The rows of the last full run of each series: those of this run, and of others what stands there. */
function table(rows: readonly Row[], seed: number): string {
  const before = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8').split('\n') : [];
  const day = new Date().toISOString().slice(0, 10);
  const lines = Object.keys(ALL).flatMap((name) => {
    const row = rows.find(({ series }) => series.name === name);
    if (row === undefined) return before.filter((one) => cells(one)[0] === `| ${name}`);
    const { figure, tries } = row.series;
    const { tried, failures, words } = row.result;
    const done = tried < tries ? `${tried} of ${tries} so far` : String(tried);
    const found = [name, figure, done, String(failures.length), words, `${row.seconds} s`, `seed ${seed}, ${day}`];
    return [`| ${found.join(' | ')} |`];
  });
  return [
    '# Long series',
    '',
    `The last run of each by \`npm run test:torture\`, on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}. A series that was stopped says how many of its tries were made, and goes on when it is called again.`,
    '',
    '| series | promise | tries | failed | seen | took | run |',
    '|---|---|---|---|---|---|---|',
    ...lines,
    ''
  ].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const valueOf = (name: string): string | undefined => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : undefined);
  const short = argv.includes('--short');
  const seed = Number(valueOf('--seed') ?? 1);
  const most_s = Number(valueOf('--seconds') ?? Number.POSITIVE_INFINITY);
  const only = valueOf('--only');
  const chosen = Object.entries(ALL).filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) {
    console.error(`Name one of: ${Object.keys(ALL).join(', ')}`);
    return 2;
  }
  const rows: Row[] = [];
  for (const [name, load] of chosen) {
    if (argv.includes('--afresh')) forgetStanding(name, seed);
    const { series } = await load();
    const row = await runOne(series, short, seed, most_s);
    rows.push(row);
    // A series that broke has not come to its end: its row stays, and it goes on when it is called again.
    if (!short && row.result.words !== BROKE) writeRows([row], seed);
    console.log(line(row));
    for (const failure of row.result.failures.slice(0, LISTED_FAILURES)) console.log(`       ${failure}`);
  }
  const failed = rows.reduce((sum, { result }) => sum + result.failures.length, 0);
  const passed = rows.reduce((sum, { result }) => sum + result.tried, 0) - failed;
  const json = valueOf('--json');
  if (json !== undefined)
    writeFileSync(json, JSON.stringify({ passed, failed, failures: rows.flatMap(({ result }) => result.failures) }));
  console.log(`${passed} tries passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
