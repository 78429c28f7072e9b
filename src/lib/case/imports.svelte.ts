/** The files that were dropped on the case, imported one after the other. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import { withCompanions, type OfferedFile } from './companions.ts';
import { ImportDraft } from './import-draft.svelte.ts';
import type { JobList } from './jobs.svelte.ts';

export interface ImportListener {
  /** Files were given and are looked at; nothing is imported yet. */
  offered(): void;
  /** A run of imports has ended and something new is in the case. */
  imported(): Promise<void>;
}

export class ImportList {
  readonly #api: CaseWorkerApi;
  readonly #jobs: JobList;
  readonly #listener: ImportListener;
  #drafts = $state.raw<readonly ImportDraft[]>([]);
  #next = 0;
  #running: Promise<void> | null = null;

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
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    let changed = false;
    try {
      for (let draft = this.#waiting(); draft !== undefined; draft = this.#waiting()) {
        await this.#import(draft);
        changed ||= draft.stage === 'imported';
      }
    } finally {
      this.#running = null;
    }
    if (changed) await this.#listener.imported();
  }

  #waiting(): ImportDraft | undefined {
    return this.#drafts.find((draft) => draft.stage === 'waiting');
  }

  async #import(draft: ImportDraft): Promise<void> {
    const job = this.#jobs.start('import', draft.name, { cancel: () => void draft.cancel() });
    await draft.confirm((p) => job.report({ done: p.bytesDone, total: p.bytesTotal, rate: p.itemsPerSecond, left_s: p.left_s }));
    if (draft.stage === 'imported') job.end('done');
    else if (draft.stage === 'cancelled') job.end('cancelled');
    else job.end('failed', draft.report?.failure?.message ?? draft.error);
  }
}
