/**
 * Mutants in a process of their own with a watchdog beside it: a reader that hangs or takes its process with it is one fault,
 * by number, and the next process goes on behind it. For `npm run fuzz` and for the mutants of every commit alike.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beatOf } from './beat.ts';
import type { FuzzJob, FuzzNews } from './run.ts';
import { add, type Standing } from './standing.ts';

/** A hang: this much work on one file of a few kilobytes. Work, since other programs may hold the core. */
const HANG_CPU_S = 5;
/** Or this long without any, as a promise that never settles. */
const HANG_WALL_MS = 120_000;
const LOOK_EVERY_MS = 250;

interface Death {
  readonly format: string;
  readonly n: number;
  readonly end: 'crash' | 'hang';
  readonly fault: string;
}

export interface Watch {
  /** Path of a file that a run writes what it is at into. */
  readonly beat: string;
  /** Of one reader, whenever something is known. */
  readonly told: (one: Standing) => void;
  /** Ends the process that runs, and what would come after it. */
  readonly signal: AbortSignal;
}

/** Seconds of processor time that a process has used (Linux); null where the system does not say. */
function cpuOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

/**
 * Runs until the job is through, its process ends, or it hangs.
 * @returns the mutant that ended the process, and how; null where none did.
 */
function runOnce(job: FuzzJob, take: (news: FuzzNews) => void, signal: AbortSignal): Promise<Death | null> {
  return new Promise((resolve, reject) => {
    rmSync(job.beat, { force: true });
    const path = fileURLToPath(new URL('./run.ts', import.meta.url));
    const child: ChildProcess = fork(path, [JSON.stringify(job)], { execArgv: ['--import', 'tsx'] });
    const stop = (): boolean => child.kill('SIGKILL');
    signal.addEventListener('abort', stop);
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
      stop();
    }, LOOK_EVERY_MS);
    child.on('message', (news) => take(news as FuzzNews));
    child.on('exit', (code) => {
      clearInterval(watch);
      signal.removeEventListener('abort', stop);
      const beat = beatOf(job.beat);
      rmSync(job.beat, { force: true });
      const part = job.parts[beat?.part ?? 0];
      if (signal.aborted || (code === 0 && !isHung)) return resolve(null);
      if (beat === null || part === undefined) return reject(new Error(`A run ended with ${code} before its first file.`));
      // Out of memory, or a fault that took the process with it.
      const [end, fault] = isHung ? (['hang', 'hang'] as const) : (['crash', `the process ended with ${code}`] as const);
      resolve({ format: part.format, n: beat.n, end, fault });
    });
  });
}

/** On to mutant number `until` of each; one that ends the process is noted, and the next process passes it over. */
export async function goOn(all: readonly Standing[], until: number, seed: number, { beat, told, signal }: Watch): Promise<void> {
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
    if (parts.length === 0 || signal.aborted) return;
    const take = (news: FuzzNews): void => {
      const one = byFormat.get(news.format) as Standing;
      add(one, news);
      told(one);
    };
    const death = await runOnce({ seed, beat, parts }, take, signal);
    if (death === null) continue;
    const one = byFormat.get(death.format) as Standing;
    const { n, end, fault } = death;
    (end === 'hang' ? one.hangs : one.crashes).push({ n, what: 'ended its process', fault });
    told(one);
  }
}
