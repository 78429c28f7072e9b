/**
 * `npm run fuzz [-- --count 100000] [--seed 1] [--only FORMAT] [--seconds N]`: damaged files by the hundred thousand for
 * every reader (or as many as N seconds a reader allow), each reader in a process of its own with a watchdog: no crash, no hang over five seconds, seen = kept +
 * folded + refused. Goes on where it stopped (.cache/fuzz); prints a table and writes it into tests/fuzz/FUZZ.md.
 */
import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FORMATS } from '../../src/lib/formats/registry.ts';
import type { FuzzNews } from './run.ts';

const FOLDER = join('.cache', 'fuzz');
const TABLE = fileURLToPath(new URL('./FUZZ.md', import.meta.url));
/** A hang: this much work on one file of a few kilobytes. Work, since other programs may hold the core. */
const HANG_CPU_S = 5;
/** Or this long without any, as a promise that never settles. */
const HANG_WALL_MS = 120_000;
const SAVE_EVERY = 1000;

interface Standing {
  readonly format: string;
  readonly seed: number;
  readonly count: number;
  done: number;
  isWhole: boolean;
  whole: number;
  stopped: number;
  longest_ms: number;
  readonly crashes: { readonly what: string; readonly fault: string }[];
  readonly hangs: string[];
}

function standingOf(format: string, count: number, seed: number): Standing {
  try {
    return JSON.parse(readFileSync(fileOf(format, count, seed), 'utf8')) as Standing;
  } catch {
    return { format, seed, count, done: 0, isWhole: false, whole: 0, stopped: 0, longest_ms: 0, crashes: [], hangs: [] };
  }
}
const fileOf = (format: string, count: number, seed: number): string => join(FOLDER, `${format}-${count}-${seed}.json`);
const save = (one: Standing): void => writeFileSync(fileOf(one.format, one.count, one.seed), JSON.stringify(one));

/** Seconds of processor time that a process has used (Linux); null where the system does not say. */
function cpuOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

/** Runs until the reader is through, its process ends, it hangs, or the time is up; the start of the process is not counted. */
function runOnce(one: Standing, most_ms: number): Promise<void> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('./run.ts', import.meta.url)), [
      one.format,
      String(one.count),
      String(one.seed),
      String(one.done)
    ]);
    const pid = child.pid ?? -1;
    let current: { n: number; what: string; began_ms: number; cpu_s: number | null } | null = null;
    let isEnding = false;
    let began_ms: number | null = null;
    const end = (): void => {
      isEnding = true;
      child.kill('SIGKILL');
    };
    const watch = setInterval(() => {
      if (began_ms !== null && performance.now() - began_ms > most_ms) return end();
      if (current === null) return;
      const cpu = cpuOf(pid);
      const worked = cpu === null || current.cpu_s === null ? 0 : cpu - current.cpu_s;
      if (worked < HANG_CPU_S && performance.now() - current.began_ms < HANG_WALL_MS) return;
      one.hangs.push(current.what);
      one.done = current.n + 1;
      end();
    }, 250);
    child.on('message', (message) => {
      if (isEnding) return;
      const news = message as FuzzNews;
      if (news.kind === 'begin') {
        began_ms ??= performance.now();
        // The processor's time is looked at now and then: a file takes a millisecond or two.
        const cpu_s = current === null || news.n % 50 === 0 ? cpuOf(pid) : current.cpu_s;
        current = { n: news.n, what: news.what, began_ms: performance.now(), cpu_s };
        return;
      }
      if (news.kind === 'done') {
        one.isWhole = true;
        return;
      }
      if (news.kind === 'crash') one.crashes.push({ what: news.what, fault: news.fault });
      else {
        one[news.end]++;
        one.longest_ms = Math.max(one.longest_ms, news.took_ms);
      }
      one.done = news.n + 1;
      if (one.done % SAVE_EVERY === 0) save(one);
    });
    child.on('exit', (code) => {
      clearInterval(watch);
      if (!isEnding && code !== 0 && current !== null) {
        // Out of memory, or a fault that took the process with it.
        one.crashes.push({ what: current.what, fault: `the process ended with ${code}` });
        one.done = current.n + 1;
      }
      save(one);
      resolve();
    });
  });
}

function table(all: readonly Standing[]): string {
  const rows = all.map(
    ({ format, done, isWhole, whole, stopped, crashes, hangs, longest_ms }) =>
      `| ${format} | ${done}${isWhole ? '' : ' so far'} | ${whole} | ${stopped} | ${crashes.length} | ${hangs.length} | ${Math.round(longest_ms)} |`
  );
  return [
    '| reader | mutants | read to the end | stopped with a sentence | crashes | hangs over 5 s | longest, ms |',
    '|---|---|---|---|---|---|---|',
    ...rows
  ].join('\n');
}

function report(all: readonly Standing[], count: number, seed: number): string {
  const faults = all.flatMap(({ format, crashes, hangs }) => [
    ...crashes.map(({ what, fault }) => `- ${format}, ${what}: ${fault}`),
    ...hangs.map((what) => `- ${format}, ${what}: hang`)
  ]);
  return `# Fuzz

The last run of \`npm run fuzz\`, as the command wrote it: ${count} mutants a reader were asked for, seed ${seed}
(${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}). A mutant is a file of the reader's own fixtures with
one to four damages (tests/fixtures/mutants.ts). Each must end with seen = kept + folded + refused, or with a sentence that
names the file, in English and in French. Times are by the clock on the wall, on a machine that others use as well.

${table(all)}

${faults.length === 0 ? 'No crash, no hang, no sum that was off.' : `Faults:\n\n${faults.slice(0, 100).join('\n')}`}
`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      seconds: { type: 'string', default: 'Infinity' }
    }
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  const most_ms = Number(values.seconds) * 1000;
  mkdirSync(FOLDER, { recursive: true });
  const wanted = FORMATS.map(({ id }) => id).filter((id) => values.only === undefined || id === values.only);
  if (wanted.length === 0) {
    console.error(`Name one of: ${FORMATS.map(({ id }) => id).join(', ')}`);
    return 2;
  }
  for (const id of wanted) {
    const one = standingOf(id, count, seed);
    // A crash or a hang ends a process; the next one goes on behind it.
    for (let faults = -1; !one.isWhole && faults < one.crashes.length + one.hangs.length;) {
      faults = one.crashes.length + one.hangs.length;
      await runOnce(one, most_ms);
    }
    console.log(`${id}: ${one.done} mutants, ${one.crashes.length} crashes, ${one.hangs.length} hangs`);
  }
  const all = FORMATS.map(({ id }) => standingOf(id, count, seed)).filter(({ done }) => done > 0);
  writeFileSync(TABLE, report(all, count, seed));
  console.log(table(all));
  return all.some(({ crashes, hangs }) => crashes.length + hangs.length > 0) ? 1 : 0;
}

process.exit(await main());
