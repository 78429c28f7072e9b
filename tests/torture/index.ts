/**
 * `npm run test:torture [-- --short] [--only NAME] [--seed N] [--json FILE]`: the long series, one after the other, one
 * line each. A full run of a series writes its row of tests/torture/RESULTS.md and leaves the others; `--short` makes a few
 * tries of each, writes nothing and is part of `npm test`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { series as backup } from './backup.ts';
import { series as damage } from './damage.ts';
import { series as faults } from './faults.ts';
import { series as kill } from './kill.ts';
import { series as quota } from './quota.ts';
import type { SeriesResult, TortureSeries } from './series.ts';
import { series as tabs } from './tabs.ts';

const ALL: readonly TortureSeries[] = [faults, backup, tabs, quota, damage, kill];
const RESULTS = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
const LISTED_FAILURES = 10;

interface Row {
  readonly series: TortureSeries;
  readonly result: SeriesResult;
  readonly seconds: number;
}

/** A series that broke is one failed try, never none. */
async function runOne(series: TortureSeries, short: boolean, seed: number): Promise<Row> {
  const from = performance.now();
  const report = (words: string): void => console.log(`  ${series.name}: ${words}`);
  const result = await series.run({ short, seed, report }).catch((error: unknown): SeriesResult => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { tried: 1, failures: [`The series broke: ${words}`], words: 'broke' };
  });
  return { series, result, seconds: Math.round((performance.now() - from) / 1000) };
}

function line({ series, result, seconds }: Row): string {
  const { tried, failures, words } = result;
  return `${failures.length === 0 ? 'ok    ' : 'FAILED'} ${series.name}: ${tried} tries, ${failures.length} failed, ${seconds} s. ${words}`;
}

const cells = (row: string): string[] => row.split(' | ');

/** The rows of the last full run of each series: those of this run, and of others what stands there. */
function table(rows: readonly Row[], seed: number): string {
  const before = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8').split('\n') : [];
  const day = new Date().toISOString().slice(0, 10);
  const lines = ALL.flatMap(({ name, figure }) => {
    const row = rows.find(({ series }) => series.name === name);
    if (row === undefined) return before.filter((one) => cells(one)[0] === `| ${name}`);
    const { tried, failures, words } = row.result;
    const found = [name, figure, String(tried), String(failures.length), words, `${row.seconds} s`, `seed ${seed}, ${day}`];
    return [`| ${found.join(' | ')} |`];
  });
  return [
    '# Long series',
    '',
    `The last full run of each by \`npm run test:torture\`, on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}. A series without a row has not been run in full.`,
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
  const only = valueOf('--only');
  const chosen = ALL.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) {
    console.error(`Name one of: ${ALL.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const rows: Row[] = [];
  for (const series of chosen) {
    const row = await runOne(series, short, seed);
    rows.push(row);
    console.log(line(row));
    for (const failure of row.result.failures.slice(0, LISTED_FAILURES)) console.log(`       ${failure}`);
  }
  const failed = rows.reduce((sum, { result }) => sum + result.failures.length, 0);
  const passed = rows.reduce((sum, { result }) => sum + result.tried, 0) - failed;
  if (!short) writeFileSync(RESULTS, table(rows, seed));
  const json = valueOf('--json');
  if (json !== undefined) writeFileSync(json, JSON.stringify({ passed, failed }));
  console.log(`${passed} tries passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
