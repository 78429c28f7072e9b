/** Voice notes of the open case: which there are, which files hold them, and their transcription under way. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import type { InstalledPack } from '../jobs/packs.contract.ts';
import type { SpeechModel } from '../jobs/transcribe.ts';
import type { VoiceFailure } from '../jobs/transcription.ts';
import type { VoiceFile, VoiceMatch, VoiceOffer, VoiceOverview } from '../pipeline/voice-contract.ts';
import type { Engines } from './engines.ts';
import type { Job, JobList } from './jobs.svelte.ts';
import type { ModelState } from './models.svelte.ts';

export type VoiceStage = 'idle' | 'looking' | 'matched' | 'hearing';

export class VoiceState {
  readonly #api: CaseWorkerApi;
  readonly #engines: Engines;
  readonly #models: ModelState;
  readonly #jobs: JobList;
  readonly #stored: () => void;
  readonly #ended: () => void;
  #overview = $state.raw<VoiceOverview | null>(null);
  #offer = $state.raw<VoiceOffer | null>(null);
  #stage = $state<VoiceStage>('idle');
  /** Share of the dropped bytes that were looked at. */
  #looked = $state(0);
  #now = $state.raw<{ readonly name: string; readonly done_ms: number } | null>(null);
  #failures = $state.raw<readonly VoiceFailure[]>([]);
  #error = $state('');
  #job = $state.raw<Job | null>(null);

  /**
   * @param stored called when a transcript was stored
   * @param ended called when a run has ended with something stored: translation may go on with it
   */
  constructor(api: CaseWorkerApi, engines: Engines, models: ModelState, jobs: JobList, stored: () => void, ended: () => void) {
    this.#api = api;
    this.#engines = engines;
    this.#models = models;
    this.#jobs = jobs;
    this.#stored = stored;
    this.#ended = ended;
  }

  /** Speech packs of this device. Empty until `ready`. */
  get packs(): readonly InstalledPack[] {
    return this.#models.packs.filter(({ manifest }) => manifest.kind === 'transcription');
  }
  /** @throws Error when the packs cannot be read */
  ready(): Promise<void> {
    return this.#models.ready();
  }

  /** Null until listed once. */
  get overview(): VoiceOverview | null {
    return this.#overview;
  }
  get offer(): VoiceOffer | null {
    return this.#offer;
  }
  get stage(): VoiceStage {
    return this.#stage;
  }
  get looked(): number {
    return this.#looked;
  }
  get now(): { readonly name: string; readonly done_ms: number } | null {
    return this.#now;
  }
  get failures(): readonly VoiceFailure[] {
    return this.#failures;
  }
  /** Why the last step failed as a whole, '' when it did not. */
  get error(): string {
    return this.#error;
  }
  get job(): Job | null {
    return this.#job;
  }

  /** Matches that a model has not heard yet. */
  waiting(modelSha256Hex: string): readonly VoiceMatch[] {
    return (this.#offer?.matched ?? []).filter(({ heardBy }) => !heardBy.includes(modelSha256Hex));
  }

  async list(): Promise<void> {
    this.#overview = await this.#api.voiceNotes();
  }

  /** Looks which voice notes the files hold. A later drop takes the place of this one. */
  async look(files: readonly VoiceFile[]): Promise<void> {
    if (this.#stage === 'hearing' || this.#stage === 'looking' || files.length === 0) return;
    this.#stage = 'looking';
    this.#looked = 0;
    this.#error = '';
    this.#failures = [];
    this.#offer = null;
    try {
      this.#offer = await this.#api.offerVoice(files, (done, total) => (this.#looked = total === 0 ? 1 : done / total));
      this.#stage = 'matched';
    } catch (error) {
      this.#stage = 'idle';
      if (!(error instanceof Error && error.name === 'AbortError')) this.#error = messageOf(error);
    }
  }

  async stopLooking(): Promise<void> {
    await this.#api.cancelVoice();
  }

  start(model: SpeechModel): void {
    if (this.#stage !== 'matched' || this.#offer === null) return;
    this.#stage = 'hearing';
    this.#error = '';
    this.#failures = [];
    let isAnyStored = false;
    const startedMs = performance.now();
    const run = this.#engines.startTranscription(this.#api, this.#offer.matched, model, {
      progress: (done, total, now) => {
        this.#now = now;
        const left_s = done === 0 ? null : ((performance.now() - startedMs) / 1000 / done) * (total - done);
        job.report({ done, total, rate: null, left_s });
      },
      stored: () => {
        isAnyStored = true;
        this.#stored();
      },
      failed: (failure) => (this.#failures = [...this.#failures, failure])
    });
    const job = this.#jobs.start('transcription', '', {
      cancel: () => run.cancel(),
      pause: () => run.pause(),
      resume: () => run.resume()
    });
    this.#job = job;
    run.ended
      .then(
        () => job.end('done'),
        (error: unknown) => {
          this.#error = messageOf(error);
          job.end('failed', this.#error);
        }
      )
      .finally(() => {
        this.#now = null;
        // The matches are used up: what they hold of "heard by" is from before.
        this.#offer = null;
        this.#stage = 'idle';
        void this.list();
        if (isAnyStored) this.#ended();
      });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
