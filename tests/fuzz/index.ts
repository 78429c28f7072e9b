/**
 * `npm run fuzz [-- --count 100000] [--seed 1] [--only FORMAT] [--again] [--table]`: damaged files by the hundred thousand for
 * every reader, in a process of their own with a watchdog: no crash, no hang over five seconds, seen = kept +
 * folded + refused. In rounds over all readers, going on where it stopped (.cache/fuzz); a round's end, or
 * Ctrl+C, writes the table into tests/fuzz/FUZZ.md, and --table does nothing else. Mutants that were at fault are tried again with --again.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FORMATS } from '../../src/lib/formats/registry.ts';
import { beatOf } from './beat.ts';
import type { FuzzJob, FuzzNews } from './run.ts';
import { add, FOLDER, report, save, standingOf, table, type Standing } from './standing.ts';

const TABLE = fileURLToPath(new URL('./FUZZ.md', import.meta.url));
/** A hang: this much work on one file of a few kilobytes. Work, since other programs may hold the core. */
const HANG_CPU_S = 5;
/** Or this long without any, as a promise that never settles. */
const HANG_WALL_MS = 120_000;
const LOOK_EVERY_MS = 250;
/** Small rounds first, so that no reader waits for the last of another's; then ten thousand at a time. */
const FIRST_ROUNDS = [1000, 3000];
const ROUND = 10_000;

/** Set by Ctrl+C: what is begun is ended, what is known is written. */
let isStopped = false;
let running: ChildProcess | null = null;

/** Seconds of processor time that a process has used (Linux); null where the system does not say. */
function cpuOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

interface Death {
  readonly format: string;
  readonly n: number;
  readonly end: 'crash' | 'hang';
  readonly fault: string;
}

/**
 * Runs until the job is through, its process ends, or it hangs.
 * @returns the mutant that ended the process, and how; null where none did.
 */
function runOnce(job: FuzzJob, take: (news: FuzzNews) => void): Promise<Death | null> {
  return new Promise((resolve) => {
    rmSync(job.beat, { force: true });
    const child = fork(fileURLToPath(new URL('./run.ts', import.meta.url)), [JSON.stringify(job)]);
    running = child;
    let isHung = false;
    let current: { part: number; n: number; since_ms: number; cpu_s: number | null } | null = null;
    const watch = setInterval(() => {
      const beat = beatOf(job.beat);
      if (beat === null) return;
      const cpu = cpuOf(child.pid ?? -1);
      if (current?.n !== beat.n || current.part !== beat.part) {
        current = { ...beat, since_ms: performance.now(), cpu_s: cpu };
        return;
      }
      const worked = cpu === null || current.cpu_s === null ? 0 : cpu - current.cpu_s;
      if (worked < HANG_CPU_S && performance.now() - current.since_ms < HANG_WALL_MS) return;
      isHung = true;
      child.kill('SIGKILL');
    }, LOOK_EVERY_MS);
    child.on('message', (news) => take(news as FuzzNews));
    child.on('exit', (code) => {
      clearInterval(watch);
      running = null;
      const beat = beatOf(job.beat);
      rmSync(job.beat, { force: true });
      const part = job.parts[beat?.part ?? 0];
      if (isStopped || (code === 0 && !isHung)) return resolve(null);
      if (beat === null || part === undefined) throw new Error(`A run ended with ${code} before its first file.`);
      // Out of memory, or a fault that took the process with it.
      const [end, fault] = isHung ? (['hang', 'hang'] as const) : (['crash', `the process ended with ${code}`] as const);
      resolve({ format: part.format, n: beat.n, end, fault });
    });
  });
}

/** On to mutant number `until` of each; one that ends the process is noted, and the next process passes it over. */
async function goOn(all: readonly Standing[], until: number, seed: number): Promise<void> {
  const byFormat = new Map(all.map((one) => [one.format, one]));
  for (;;) {
    const parts = all
      .filter(({ done }) => done < until)
      .map(({ format, done, hangs, crashes }) => ({
        format,
        from: done,
        until,
        skip: [...hangs, ...crashes].map(({ n }) => n)
      }));
    if (parts.length === 0 || isStopped) return;
    const death = await runOnce({ seed, beat: join(FOLDER, `beat-${seed}`), parts }, (news) => {
      const one = byFormat.get(news.format) as Standing;
      add(one, news);
      save(one);
      if (news.done === until)
        console.log(`${one.format}: ${until} mutants, ${one.crashes.length} crashes, ${one.hangs.length} hangs`);
    });
    if (death === null) continue;
    const one = byFormat.get(death.format) as Standing;
    const { n, end, fault } = death;
    (end === 'hang' ? one.hangs : one.crashes).push({ n, what: 'ended its process', fault });
    save(one);
  }
}

/** What was at fault once more: what is mended goes from the list and counts as what it is now. */
async function tryAgain(one: Standing, seed: number): Promise<void> {
  const { crashes, hangs, done } = one;
  one.crashes = [];
  one.hangs = [];
  for (const { n } of [...crashes, ...hangs].sort((a, b) => a.n - b.n)) {
    one.done = n;
    await goOn([one], n + 1, seed);
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
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      isStopped = true;
      running?.kill('SIGKILL');
    });
  if (values.again) for (const id of wanted) await tryAgain(standingOf(id, seed), seed);
  for (const until of values.table ? [] : rounds(count)) {
    if (isStopped) break;
    const behind = wanted.map((id) => standingOf(id, seed)).filter(({ done }) => done < until);
    await goOn(behind, until, seed);
    write();
  }
  write();
  console.log(table(all(), count));
  return all().some(({ crashes, hangs }) => crashes.length + hangs.length > 0) ? 1 : 0;
}

process.exit(await main());
