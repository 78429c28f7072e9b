/** The translation of the open case: starts by itself, shows in Jobs, puts what is on screen first. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import { ModelTroubleError } from '../jobs/translate.ts';
import type { ModelTrouble } from '../jobs/translate.worker.ts';
import type { Engines, TranslationRun } from './engines.ts';
import type { Job, JobList } from './jobs.svelte.ts';
import type { ModelState } from './models.svelte.ts';

/** Rows on screen are asked for again at most this often while lines come in. */
const REFRESH_EVERY_MS = 1000;

export class TranslationState {
  readonly #api: CaseWorkerApi;
  readonly #engines: Engines;
  readonly #models: ModelState;
  readonly #jobs: JobList;
  readonly #stored: () => void;
  #run: TranslationRun | null = null;
  #job = $state.raw<Job | null>(null);
  #version = $state(0);
  #error = $state('');
  #trouble = $state.raw<ModelTrouble | null>(null);
  /** Languages to be translated again once the run that is under way has ended. */
  #again: readonly string[] = [];
  #first: readonly number[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param stored called when lines came in, throttled. */
  constructor(api: CaseWorkerApi, engines: Engines, models: ModelState, jobs: JobList, stored: () => void) {
    this.#api = api;
    this.#engines = engines;
    this.#models = models;
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

  /** The model that failed, where one did. */
  get trouble(): ModelTrouble | null {
    return this.#trouble;
  }

  /** Message ids now on screen. */
  wantFirst(ids: readonly number[]): void {
    this.#first = ids;
    this.#run?.wantFirst(ids);
  }

  /** How many lines of each language a run of `again` would give another version. */
  async countAgain(languages: readonly string[]): Promise<number[]> {
    const wishes = this.#models.wishes(languages).filter((wish) => languages.includes(wish.language));
    const counts = await this.#api.countAgain(wishes);
    return languages.map((language) => counts[wishes.findIndex((wish) => wish.language === language)] ?? 0);
  }

  /** Every line in the language gets a version by the model now picked for it; what stands there stays. */
  again(language: string): void {
    this.#again = [...this.#again, language];
    // A run under way goes on with other models: it is ended, and what it stored stays.
    if (this.isRunning) this.#job?.cancel();
    else this.start();
  }

  start(): void {
    if (this.isRunning) return;
    this.#error = '';
    this.#trouble = null;
    const again = this.#again;
    this.#again = [];
    const stop = new AbortController();
    const job = this.#jobs.start('translation', '', {
      cancel: () => {
        stop.abort();
        this.#run?.cancel();
      },
      pause: () => this.#run?.pause(),
      resume: () => this.#run?.resume()
    });
    this.#job = job;
    void this.#go(job, again, stop.signal);
  }

  async #go(job: Job, again: readonly string[], stopped: AbortSignal): Promise<void> {
    let run: TranslationRun | null = null;
    try {
      const plan = await this.#models.plan(again);
      if (!stopped.aborted) {
        run = this.#run = this.#engines.startTranslation(
          this.#api,
          {
            progress: (p) => {
              const rate = p.linesPerSecond > 0 ? p.linesPerSecond : null;
              job.report({ done: p.done, total: p.total, rate, left_s: rate === null ? null : (p.total - p.done) / rate });
            },
            stored: () => this.#changed()
          },
          plan
        );
        run.wantFirst(this.#first);
        await run.ended;
      }
      job.end('done');
    } catch (error) {
      this.#trouble = error instanceof ModelTroubleError ? error.trouble : null;
      this.#error = error instanceof Error ? error.message : String(error);
      job.end('failed', this.#error);
    }
    // A run that was started meanwhile is not this one.
    if (this.#run === run) this.#run = null;
    this.#changed();
    if (this.#again.length > 0) this.start();
  }

  /** Lines of another kind came in, such as transcripts: views ask again as for translations. */
  linesCame(): void {
    this.#changed();
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
