/** The translation of the open case: starts by itself, shows in Jobs, puts what is on screen first. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import type { Engines, TranslationRun } from './engines.ts';
import type { Job, JobList } from './jobs.svelte.ts';

/** Rows on screen are asked for again at most this often while lines come in. */
const REFRESH_EVERY_MS = 1000;

export class TranslationState {
  readonly #api: CaseWorkerApi;
  readonly #engines: Engines;
  readonly #jobs: JobList;
  readonly #stored: () => void;
  #run: TranslationRun | null = null;
  #job = $state.raw<Job | null>(null);
  #version = $state(0);
  #error = $state('');
  #first: readonly number[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param stored called when lines came in, throttled. */
  constructor(api: CaseWorkerApi, engines: Engines, jobs: JobList, stored: () => void) {
    this.#api = api;
    this.#engines = engines;
    this.#jobs = jobs;
    this.#stored = stored;
  }

  /** Rises whenever stored lines changed: views that show rows depend on it and ask again. */
  get version(): number {
    return this.#version;
  }
  get job(): Job | null {
    return this.#job;
  }
  get isRunning(): boolean {
    return this.#job?.isActive ?? false;
  }
  /** Why translation cannot run on this device, '' when it can. */
  get error(): string {
    return this.#error;
  }

  /** Message ids now on screen. */
  wantFirst(ids: readonly number[]): void {
    this.#first = ids;
    this.#run?.wantFirst(ids);
  }

  start(): void {
    if (this.isRunning) return;
    this.#error = '';
    const run = this.#engines.startTranslation(this.#api, {
      progress: (p) => {
        const rate = p.linesPerSecond > 0 ? p.linesPerSecond : null;
        job.report({ done: p.done, total: p.total, rate, left_s: rate === null ? null : (p.total - p.done) / rate });
      },
      stored: () => this.#changed()
    });
    const job = this.#jobs.start('translation', '', {
      cancel: () => run.cancel(),
      pause: () => run.pause(),
      resume: () => run.resume()
    });
    this.#run = run;
    this.#job = job;
    run.wantFirst(this.#first);
    run.ended
      .then(
        () => job.end('done'),
        (error: unknown) => {
          this.#error = error instanceof Error ? error.message : String(error);
          job.end('failed', this.#error);
        }
      )
      .finally(() => {
        this.#run = null;
        this.#changed();
      });
  }

  #changed(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#version++;
      this.#stored();
    }, REFRESH_EVERY_MS);
  }
}
