/**
 * Mutants of one reader after the other, in a process of its own: `run.ts JOB`, a FuzzJob as JSON. Says every half second
 * over the channel to its parent what came of them; which one it is at stands in the beat, for the parent that watches the
 * time.
 */
import { formatById } from '../../src/lib/formats/registry.ts';
import { Beat } from './beat.ts';
import { mutantSeries } from './mutant-series.ts';
import { tryMutant } from './trial.ts';

export interface FuzzPart {
  readonly format: string;
  readonly from: number;
  readonly until: number;
  /** Numbers that ended a process before. */
  readonly skip: readonly number[];
}

export interface FuzzJob {
  readonly seed: number;
  /** Path of its beat. */
  readonly beat: string;
  readonly parts: readonly FuzzPart[];
}

/** What a run tells its parent of one reader: all mutants below `done` are through. */
export interface FuzzNews {
  readonly format: string;
  readonly done: number;
  readonly whole: number;
  readonly stopped: number;
  readonly longest_ms: number;
  readonly cpu_s: number;
  readonly crashes: readonly { readonly n: number; readonly what: string; readonly fault: string }[];
}

const TELL_EVERY_MS = 500;

const cpuNow_s = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

class Batch {
  readonly #format: string;
  #since_s = cpuNow_s();
  #told = performance.now();
  #news = { whole: 0, stopped: 0, longest_ms: 0, crashes: [] as { n: number; what: string; fault: string }[] };

  constructor(format: string) {
    this.#format = format;
  }

  end(end: 'whole' | 'stopped', took_ms: number): void {
    this.#news[end]++;
    this.#news.longest_ms = Math.max(this.#news.longest_ms, took_ms);
  }

  crash(n: number, what: string, error: unknown): void {
    this.#news.crashes.push({ n, what, fault: error instanceof Error ? error.message : String(error) });
  }

  isDue(now: number): boolean {
    return now - this.#told > TELL_EVERY_MS;
  }

  /** Resolves when the channel took it, so that a run does not fill it faster than it is read. */
  async tell(done: number): Promise<void> {
    const news: FuzzNews = { ...this.#news, format: this.#format, done, cpu_s: cpuNow_s() - this.#since_s };
    this.#since_s = cpuNow_s();
    this.#told = performance.now();
    this.#news = { whole: 0, stopped: 0, longest_ms: 0, crashes: [] };
    await new Promise<void>((resolve) => process.send?.(news, undefined, undefined, () => resolve()));
  }
}

async function runPart({ format: id, from, until, skip }: FuzzPart, seed: number, beat: (n: number) => void): Promise<void> {
  const format = formatById(id);
  if (format === undefined) throw new Error(`There is no format ${id}.`);
  const passed = new Set(skip);
  const batch = new Batch(id);
  for await (const mutant of mutantSeries(id, until, seed)) {
    const { n, what } = mutant;
    if (n < from || passed.has(n)) continue;
    beat(n);
    const started = performance.now();
    try {
      const end = await tryMutant(format, mutant.fixture, mutant.name, mutant.bytes(), n);
      batch.end(end, performance.now() - started);
    } catch (error) {
      batch.crash(n, what, error);
    }
    if (batch.isDue(performance.now())) await batch.tell(n + 1);
  }
  await batch.tell(until);
}

const { seed, beat: path, parts } = JSON.parse(process.argv[2] ?? '{}') as FuzzJob;
const beat = new Beat(path);
for (const [place, part] of parts.entries()) await runPart(part, seed, (n) => beat.at(place, n));
beat.close();
process.disconnect();
