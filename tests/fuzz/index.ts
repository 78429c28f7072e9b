/**
 * `npm run fuzz [-- --count 100000] [--seed 1] [--only FORMAT] [--again] [--table]`: damaged files by the hundred thousand for
 * every reader, in a process of their own with a watchdog: no crash, no hang over five seconds, seen = kept +
 * folded + refused. In rounds over all readers, going on where it stopped (.cache/fuzz); a round's end, or
 * Ctrl+C, writes the table into tests/fuzz/FUZZ.md, and --table does nothing else. Mutants that were at fault are tried again with --again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FORMATS } from '../../src/lib/formats/registry.ts';
import { FOLDER, report, save, standingOf, table, type Standing } from './standing.ts';
import { goOn, type Watch } from './watched.ts';

const TABLE = fileURLToPath(new URL('./FUZZ.md', import.meta.url));
/** Small rounds first, so that no reader waits for the last of another's; then ten thousand at a time. */
const FIRST_ROUNDS = [1000, 3000];
const ROUND = 10_000;

/** Ctrl+C: what is begun is ended, what is known is written. */
const stop = new AbortController();

const watchOf = (seed: number, until: number): Watch => ({
  beat: join(FOLDER, `beat-${seed}`),
  told: (one) => {
    save(one);
    if (one.done === until)
      console.log(`${one.format}: ${until} mutants, ${one.crashes.length} crashes, ${one.hangs.length} hangs`);
  },
  signal: stop.signal
});

/** What was at fault once more: what is mended goes from the list and counts as what it is now. */
async function tryAgain(one: Standing, seed: number): Promise<void> {
  const { crashes, hangs, done } = one;
  one.crashes = [];
  one.hangs = [];
  for (const { n } of [...crashes, ...hangs].sort((a, b) => a.n - b.n)) {
    one.done = n;
    await goOn([one], n + 1, seed, watchOf(seed, n + 1));
  }
  one.done = done;
  save(one);
}

/** How far each round goes. */
function rounds(count: number): number[] {
  const ends = [...FIRST_ROUNDS];
  for (let until = ROUND; until < count; until += ROUND) ends.push(until);
  return [...ends.filter((until) => until < count), count];
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      again: { type: 'boolean', default: false },
      table: { type: 'boolean', default: false }
    }
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  mkdirSync(FOLDER, { recursive: true });
  const wanted = FORMATS.map(({ id }) => id).filter((id) => values.only === undefined || id === values.only);
  if (wanted.length === 0) {
    console.error(`Name one of: ${FORMATS.map(({ id }) => id).join(', ')}`);
    return 2;
  }
  const all = (): Standing[] => FORMATS.map(({ id }) => standingOf(id, seed)).filter(({ done }) => done > 0);
  const write = (): void => writeFileSync(TABLE, report(all(), count, seed));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  if (values.again) for (const id of wanted) await tryAgain(standingOf(id, seed), seed);
  for (const until of values.table ? [] : rounds(count)) {
    if (stop.signal.aborted) break;
    const behind = wanted.map((id) => standingOf(id, seed)).filter(({ done }) => done < until);
    await goOn(behind, until, seed, watchOf(seed, until));
    write();
  }
  write();
  console.log(table(all(), count));
  return all().some(({ crashes, hangs }) => crashes.length + hangs.length > 0) ? 1 : 0;
}

process.exit(await main());
