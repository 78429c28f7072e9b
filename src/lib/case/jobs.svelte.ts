/** Work that takes a while, as the Jobs popover shows it. The work itself runs in workers. */
import type { Forecast } from './forecast.ts';

export type JobState = 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
/** Who paused a job: the officer, or the device while it runs on its battery. */
export type PauseReason = 'officer' | 'battery';
export type JobKind = 'import' | 'translation' | 'transcription' | 'backup';

export interface JobControls {
  /** Ends the job; what was stored so far stays. */
  readonly cancel?: () => void;
  readonly pause?: () => void;
  readonly resume?: () => void;
}

export interface JobProgress {
  readonly done: number;
  readonly total: number;
  /** Units a second over the run so far; null until there is a rate. */
  readonly rate: number | null;
  /** Seconds left by that rate; null until there is one. */
  readonly left_s: number | null;
}

const NOTHING_YET: JobProgress = { done: 0, total: 0, rate: null, left_s: null };

export class Job {
  readonly id: number;
  readonly kind: JobKind;
  /** What is worked on: a file's name, or '' for the whole case. */
  readonly subject: string;
  readonly controls: JobControls;
  #state = $state<JobState>('running');
  #pausedFor = $state<PauseReason>('officer');
  #progress = $state.raw<JobProgress>(NOTHING_YET);
  #message = $state('');
  #forecast = $state.raw<Forecast | null>(null);

  constructor(id: number, kind: JobKind, subject: string, controls: JobControls) {
    this.id = id;
    this.kind = kind;
    this.subject = subject;
    this.controls = controls;
  }

  get state(): JobState {
    return this.#state;
  }
  /** Null while it is not paused. */
  get pausedFor(): PauseReason | null {
    return this.#state === 'paused' ? this.#pausedFor : null;
  }
  get progress(): JobProgress {
    return this.#progress;
  }
  /** What is to be done and how long it will take, before the first of it is done; null where that is not known. */
  get forecast(): Forecast | null {
    return this.#progress.total === 0 ? this.#forecast : null;
  }
  /** Why it failed, in one sentence; '' otherwise. */
  get message(): string {
    return this.#message;
  }
  get isActive(): boolean {
    return this.#state === 'running' || this.#state === 'paused';
  }
  /** From 0 to 1; 0 while the total is unknown. */
  get share(): number {
    return this.#progress.total > 0 ? Math.min(1, this.#progress.done / this.#progress.total) : 0;
  }

  expect(forecast: Forecast): void {
    this.#forecast = forecast;
  }
  report(progress: JobProgress): void {
    this.#progress = progress;
  }
  pause(reason: PauseReason = 'officer'): void {
    if (this.#state !== 'running') return;
    this.controls.pause?.();
    this.#state = 'paused';
    this.#pausedFor = reason;
  }
  resume(): void {
    if (this.#state !== 'paused') return;
    this.controls.resume?.();
    this.#state = 'running';
  }
  cancel(): void {
    this.controls.cancel?.();
    this.end('cancelled');
  }
  end(state: 'done' | 'cancelled' | 'failed', message = ''): void {
    if (!this.isActive) return;
    this.#state = state;
    this.#message = message;
  }
}

export class JobList {
  #list = $state.raw<readonly Job[]>([]);
  #next = 0;

  /** Newest first. */
  get list(): readonly Job[] {
    return this.#list;
  }
  get active(): readonly Job[] {
    return this.#list.filter((job) => job.isActive);
  }

  start(kind: JobKind, subject: string, controls: JobControls = {}): Job {
    const job = new Job(this.#next++, kind, subject, controls);
    this.#list = [job, ...this.#list];
    return job;
  }

  /** Takes ended jobs off the list. */
  clearEnded(): void {
    this.#list = this.active;
  }
}
