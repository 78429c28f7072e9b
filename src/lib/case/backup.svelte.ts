/** Copies of the open case outside of the browser: when the last one was made, and the one that is being made. */
import type { BackupMade, BackupStanding, BackupWish, CaseWorkerApi } from '../jobs/case.contract.ts';
import type { Job, JobList } from './jobs.svelte.ts';

export class BackupState {
  readonly #api: CaseWorkerApi;
  readonly #jobs: JobList;
  #standing = $state.raw<BackupStanding | null>(null);
  #job = $state.raw<Job | null>(null);
  #isReadingBack = $state(false);

  constructor(api: CaseWorkerApi, jobs: JobList) {
    this.#api = api;
    this.#jobs = jobs;
  }

  /** Null until it was looked at, and in a window that only reads. */
  get standing(): BackupStanding | null {
    return this.#standing;
  }
  /** True where something was imported that no case file holds. */
  get isAsked(): boolean {
    return (this.#standing?.importsSince ?? 0) > 0;
  }
  /** The file that is being made; null when none is. */
  get job(): Job | null {
    return this.#job;
  }
  /** True while the file that was written is read again. */
  get isReadingBack(): boolean {
    return this.#isReadingBack;
  }

  async look(): Promise<void> {
    this.#standing = await this.#api.backupStanding();
  }

  /**
   * Makes a file and resolves once it was read back; rejects where it was not.
   * @param target null: the file is in the answer, for a download
   */
  async make(target: FileSystemFileHandle | null, wish: BackupWish): Promise<BackupMade> {
    const job = this.#jobs.start('backup', '');
    this.#job = job;
    this.#isReadingBack = false;
    try {
      const made = await this.#api.makeCaseFile(target, wish, ({ stage, done, total }) => {
        this.#isReadingBack = stage === 'reading-back';
        job.report({ done, total, rate: null, left_s: null });
      });
      job.end('done');
      await this.look();
      return made;
    } catch (error) {
      job.end('failed', error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      this.#job = null;
    }
  }
}
