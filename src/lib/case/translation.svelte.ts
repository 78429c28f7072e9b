/** The translation of the open case: starts by itself, shows in Jobs, puts what is on screen first. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import { ModelTroubleError } from '../jobs/translate.ts';
import type { ModelTrouble } from '../jobs/translate.worker.ts';
import type { WarmTranslation } from '../jobs/warm.ts';
import type { TranslationPlan } from '../jobs/translation.ts';
import type { WaitingWork } from '../pipeline/language-contract.ts';
import type { Engines, TranslationRun } from './engines.ts';
import type { Forecast } from './forecast.ts';
import type { Job, JobList } from './jobs.svelte.ts';
import type { ModelState } from './models.svelte.ts';

/** Rows on screen are asked for again at most this often while lines come in. */
const REFRESH_EVERY_MS = 1000;
/** A worker that was made ready is let go when nothing was imported for so long: it holds a model in memory. */
const WARM_MS = 120_000;

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
  #warm: WarmTranslation | null = null;
  #cooling: ReturnType<typeof setTimeout> | null = null;

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

  /** What waits for a first translation, and what a run of `again` would do in each of the languages. */
  async outlook(languages: readonly string[]): Promise<{ fresh: Forecast; again: ReadonlyMap<string, Forecast> }> {
    const wishes = this.#models.wishes(languages).filter((wish) => languages.includes(wish.language));
    const { fresh, again } = await this.#api.countWaiting(wishes, this.#models.wishes([]));
    const apart = wishes.flatMap((wish, i): [string, Forecast][] => {
      const waiting = again[i];
      return waiting === undefined ? [] : [[wish.language, this.#models.forecast({ fresh: NONE, again: [waiting] }, [wish])]];
    });
    return { fresh: this.#models.forecast({ fresh, again: [] }, []), again: new Map(apart) };
  }

  /** Makes a worker ready, so that the first lines of a coming import need not wait for a model to load. */
  async warm(): Promise<void> {
    if (this.isRunning || this.#warm !== null) return;
    try {
      this.#makeReady(await this.#models.plan([]));
    } catch {
      // What is wrong with the models is said when lines wait for them.
    }
  }

  /** Lets go of what was made ready; a run under way goes on. */
  cool(): void {
    if (this.#cooling !== null) clearTimeout(this.#cooling);
    this.#cooling = null;
    this.#warm?.end();
    this.#warm = null;
  }

  #makeReady(plan: TranslationPlan): WarmTranslation {
    this.cool();
    const warm = (this.#warm = this.#engines.warmTranslation(plan.models, !this.#models.isMeasured));
    this.#cooling = setTimeout(() => this.cool(), WARM_MS);
    warm.trial.then(this.#models.rates.measure('trial'), () => undefined);
    return warm;
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
      const work = await this.#api.countWaiting(plan.wishes, plan.wishes);
      // What was heard in voice notes waits as messages do.
      const heard = await this.#api.untranslatedTranscripts(-1, 1);
      if (!stopped.aborted && (isThereAny(work) || heard.length > 0)) {
        const warm = this.#foresee(job, plan, work);
        const measure = this.#models.rates.measure('run');
        run = this.#run = this.#engines.startTranslation(
          this.#api,
          {
            progress: (p) => {
              const rate = p.linesPerSecond > 0 ? p.linesPerSecond : null;
              job.report({ done: p.done, total: p.total, rate, left_s: rate === null ? null : (p.total - p.done) / rate });
            },
            stored: () => this.#changed(),
            used: measure
          },
          plan,
          warm
        );
        // The officer or the battery may have asked for a pause before there was anything to pause.
        if (job.state === 'paused') run.pause();
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

  /** Says with the job what is to be done; a device that was never measured is measured by the worker that starts anyway. */
  #foresee(job: Job, plan: TranslationPlan, work: WaitingWork): WarmTranslation | null {
    const tell = (): void => job.expect(this.#models.forecast(work, plan.wishes));
    tell();
    const warm = this.#warm ?? (job.forecast?.time === null ? this.#makeReady(plan) : null);
    warm?.trial.then(tell, () => undefined);
    // The run takes it; it is no longer for this class to end.
    if (this.#cooling !== null) clearTimeout(this.#cooling);
    this.#cooling = null;
    this.#warm = null;
    return warm;
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

const NONE: WaitingWork['fresh'] = { lines: 0, characters: 0, distinctLines: 0, distinctCharacters: 0 };
const isThereAny = ({ fresh, repeated, again }: WaitingWork): boolean =>
  fresh.lines > 0 || repeated > 0 || again.some(({ lines }) => lines > 0);
