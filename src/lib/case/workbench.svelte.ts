/** The cases on this device and the one that is open. One worker holds the open case's evidence. */
import type {
  Answered,
  CaseListing,
  ErasedRecord,
  FileLook,
  FirstOfficer,
  LoadProgress,
  Opener,
  OpenResult,
  RestoreProgress,
  SlotListing
} from '../jobs/case.contract.ts';
import { ClosureState } from './closure.svelte.ts';
import type { CaseWorkerHandle, Engines } from './engines.ts';
import { ModelState } from './models.svelte.ts';
import { OpenCase, UNHARMED, type CaseFound } from './open-case.svelte.ts';
import { PowerState } from './power.svelte.ts';

/** A signature takes some milliseconds; a disk that is busy, a while. */
const SIGN_WITHIN_MS = 1_500;

export class Workbench {
  /** Whether this page is closed to the network, without which no case is opened. */
  readonly closure: ClosureState;
  /** Shared by all cases: models belong to the device. */
  readonly models: ModelState;
  readonly power: PowerState;
  readonly #engines: Engines;
  #worker: CaseWorkerHandle | null = null;
  #cases = $state.raw<readonly CaseListing[] | null>(null);
  #open = $state.raw<OpenCase | null>(null);
  #loading = $state.raw<LoadProgress | null>(null);

  constructor(engines: Engines) {
    this.#engines = engines;
    this.closure = new ClosureState();
    this.models = new ModelState(engines);
    this.power = new PowerState();
  }

  /** Null until listed once. */
  get cases(): readonly CaseListing[] | null {
    return this.#cases;
  }
  get open(): OpenCase | null {
    return this.#open;
  }
  /** How far the opening case is read; null when none is opening. */
  get loading(): LoadProgress | null {
    return this.#loading;
  }

  async list(): Promise<void> {
    this.#cases = await this.#api.list();
  }

  /** Makes a case and opens it. The recovery key is in the answer and nowhere else. */
  async create(label: string, first: FirstOfficer, isSample = false): Promise<{ opened: OpenCase; recoveryKey: string }> {
    await this.closure.demand();
    await this.#closeOpen();
    const { id, recoveryKey } = await this.#api.create(label, first, isSample);
    await this.list();
    return { opened: await this.#adopt(id, { readOnly: false, harm: UNHARMED }), recoveryKey };
  }

  /** What a case file says in clear. */
  lookAtFile(file: Blob): Promise<Answered<{ readonly look: FileLook }>> {
    return this.#api.lookAtFile(file);
  }

  /** Makes a case of a file, beside those that are here, and opens it. A recovery key in the answer is in it alone. */
  async restore(
    file: Blob,
    opener: Opener,
    onProgress: (progress: RestoreProgress) => void
  ): Promise<Answered<{ readonly opened: OpenCase; readonly recoveryKey: string | null }>> {
    await this.closure.demand();
    await this.#closeOpen();
    const answer = await this.#api.restoreFile(file, opener, onProgress);
    if (!answer.ok) return answer;
    await this.list();
    return {
      ok: true,
      opened: await this.#adopt(answer.id, { readOnly: false, harm: UNHARMED }),
      recoveryKey: answer.recoveryKey
    };
  }

  async unlock(id: string, opener: Opener): Promise<OpenResult> {
    await this.closure.demand();
    await this.#closeOpen();
    this.#loading = { rowsDone: 0, rowsTotal: 0 };
    try {
      const result = await this.#api.open(id, opener, (progress) => (this.#loading = progress));
      if (result.ok) {
        await this.list();
        const opened = await this.#adopt(id, result);
        opened.startTranslation();
        opened.resumeImport();
      }
      return result;
    } finally {
      this.#loading = null;
    }
  }

  /** Deletes a case's keys and blocks on this device; copies elsewhere stay. @param who for the stub that is kept */
  async remove(id: string, who: string): Promise<void> {
    if (this.#open?.listing.id === id) await this.#closeOpen();
    await this.#api.remove(id, who);
    await this.list();
  }

  /** Whose slots a case has. */
  slots(id: string): Promise<readonly SlotListing[]> {
    return this.#api.slots(id);
  }

  /** What stays of cases that were erased here. */
  erased(): Promise<readonly ErasedRecord[]> {
    return this.#api.erased();
  }

  /**
   * Blanks the page in this very task. The worker then signs the audit log's root, for which it has a moment; keys and
   * evidence end with it, and the page is loaded anew.
   */
  lock(): void {
    document.documentElement.dataset['blank'] = '';
    void this.#letGo().then(() => location.replace('/'));
  }

  get #api(): CaseWorkerHandle['api'] {
    return (this.#worker ??= this.#engines.startCaseWorker()).api;
  }

  async #adopt(id: string, found: CaseFound): Promise<OpenCase> {
    const listing = this.#cases?.find((one) => one.id === id) ?? { id, label: '', createdAtMs: 0, isSample: false };
    const opened = new OpenCase(listing, found, this.#api, this.#engines, this.models);
    await opened.refresh();
    this.#open = opened;
    return opened;
  }

  /** Ends the worker of the case that was open: its memory and its lock go with it. */
  async #closeOpen(): Promise<void> {
    if (this.#open === null) return;
    this.#open.translation.job?.cancel();
    this.#open.translation.cool();
    this.#open.voice.job?.cancel();
    this.#open = null;
    await this.#letGo();
  }

  /** The worker ends whether it could sign or not: a lock must not wait for a worker that hangs. */
  async #letGo(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (worker === null) return;
    const patience = new Promise<void>((over) => setTimeout(over, SIGN_WITHIN_MS));
    await Promise.race([worker.api.lock().catch(() => {}), patience]);
    worker.end();
  }
}
