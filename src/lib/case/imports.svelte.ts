/** The files that were dropped on the case, imported one after the other. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import type { ImportProgress } from '../pipeline/contract.ts';
import { withCompanions, type OfferedFile } from './companions.ts';
import { ImportDraft } from './import-draft.svelte.ts';
import type { JobList, JobProgress } from './jobs.svelte.ts';

export interface ImportListener {
  /** Files were given and are looked at; nothing is imported yet. */
  offered(): void;
  /** A run of imports has ended and something new is in the case. */
  imported(): Promise<void>;
}

function progressOf({ bytesDone, bytesTotal, itemsPerSecond, left_s }: ImportProgress): JobProgress {
  return { done: bytesDone, total: bytesTotal, rate: itemsPerSecond, left_s };
}

export class ImportList {
  readonly #api: CaseWorkerApi;
  readonly #jobs: JobList;
  readonly #listener: ImportListener;
  #drafts = $state.raw<readonly ImportDraft[]>([]);
  #next = 0;
  /** One import at a time, in the order in which they were asked for. */
  #turn: Promise<void> = Promise.resolve();

  constructor(api: CaseWorkerApi, jobs: JobList, listener: ImportListener) {
    this.#api = api;
    this.#jobs = jobs;
    this.#listener = listener;
  }

  get drafts(): readonly ImportDraft[] {
    return this.#drafts;
  }
  get isBusy(): boolean {
    return this.#drafts.some((draft) => draft.stage === 'importing' || draft.stage === 'waiting');
  }
  get ready(): readonly ImportDraft[] {
    return this.#drafts.filter((draft) => draft.canConfirm);
  }

  /** Imported, refused or cancelled: what is left of them is in the case's own list of sources. */
  get ended(): readonly ImportDraft[] {
    return this.#drafts.filter((draft) => ['imported', 'refused', 'cancelled'].includes(draft.stage));
  }

  clearEnded(): void {
    const ended = new Set(this.ended);
    this.#drafts = this.#drafts.filter((draft) => !ended.has(draft));
  }

  /** Looks at files in turn; each shows up at once. */
  async offer(files: readonly OfferedFile[]): Promise<readonly ImportDraft[]> {
    const drafts = withCompanions(files).map((offered) => new ImportDraft(this.#next++, offered, this.#api));
    this.#drafts = [...this.#drafts, ...drafts];
    this.#listener.offered();
    for (const draft of drafts) await draft.look();
    return drafts;
  }

  remove(draft: ImportDraft): void {
    if (draft.stage !== 'importing') this.#drafts = this.#drafts.filter((other) => other !== draft);
  }

  /** Queues the drafts and imports them one at a time; resolves when the queue is empty. */
  confirm(drafts: readonly ImportDraft[]): Promise<void> {
    for (const draft of drafts) draft.queue();
    return this.#inTurn(() => this.#run());
  }

  /** Goes on by itself with an import that was stopped before it ended; others wait for it. */
  resume(): Promise<void> {
    return this.#inTurn(() => this.#resume());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    // One that fails is told to whoever asked for it, and holds up no other.
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #resume(): Promise<void> {
    const stopped = await this.#api.stoppedImport();
    if (stopped === null) return;
    const job = this.#jobs.start('import', stopped.name, { cancel: () => void this.#api.cancelImport() });
    const report = await this.#api
      .resumeImport((p) => job.report(progressOf(p)))
      .catch((error: unknown) => {
        job.end('failed', error instanceof Error ? error.message : String(error));
        return null;
      });
    if (report === null) return;
    // The stop came between the last block and the removal of the copy: the file is in the case.
    const isHeld = report.failure?.code === 'duplicate-folded';
    if (report.failure === null || isHeld) job.end('done');
    else job.end('failed', report.failure.message);
    if (report.failure === null) await this.#listener.imported();
  }

  async #run(): Promise<void> {
    let changed = false;
    for (let draft = this.#waiting(); draft !== undefined; draft = this.#waiting()) {
      await this.#import(draft);
      changed ||= draft.stage === 'imported';
    }
    if (changed) await this.#listener.imported();
  }

  #waiting(): ImportDraft | undefined {
    return this.#drafts.find((draft) => draft.stage === 'waiting');
  }

  async #import(draft: ImportDraft): Promise<void> {
    const job = this.#jobs.start('import', draft.name, { cancel: () => void draft.cancel() });
    await draft.confirm((p) => job.report(progressOf(p)));
    if (draft.stage === 'imported') job.end('done');
    else if (draft.stage === 'cancelled') job.end('cancelled');
    else job.end('failed', draft.report?.failure?.message ?? draft.error);
  }
}
