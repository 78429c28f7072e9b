/** The cases on this device and the one that is open. One worker holds the open case's evidence. */
import type { CaseListing, LoadProgress, OpenResult } from '../jobs/case.contract.ts';
import type { CaseWorkerHandle, Engines } from './engines.ts';
import { ModelState } from './models.svelte.ts';
import { OpenCase } from './open-case.svelte.ts';
import { PowerState } from './power.svelte.ts';

export class Workbench {
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
  async create(label: string, passphrase: string, isSample = false): Promise<{ opened: OpenCase; recoveryKey: string }> {
    this.#closeOpen();
    const { id, recoveryKey } = await this.#api.create(label, passphrase, isSample);
    await this.list();
    return { opened: await this.#adopt(id, false), recoveryKey };
  }

  async unlock(id: string, secret: { passphrase: string } | { recoveryKey: string }): Promise<OpenResult> {
    this.#closeOpen();
    this.#loading = { rowsDone: 0, rowsTotal: 0 };
    try {
      const result = await this.#api.open(id, secret, (progress) => (this.#loading = progress));
      if (result.ok) {
        await this.list();
        const opened = await this.#adopt(id, result.readOnly);
        opened.startTranslation();
      }
      return result;
    } finally {
      this.#loading = null;
    }
  }

  /** Deletes a case's keys and blocks on this device; copies elsewhere stay. */
  async remove(id: string): Promise<void> {
    if (this.#open?.listing.id === id) this.#closeOpen();
    await this.#api.remove(id);
    await this.list();
  }

  /** Blanks the page in this very task, ends the worker with its keys, and loads the page anew. */
  lock(): void {
    document.documentElement.dataset['blank'] = '';
    this.#worker?.end();
    location.replace('/');
  }

  get #api(): CaseWorkerHandle['api'] {
    return (this.#worker ??= this.#engines.startCaseWorker()).api;
  }

  async #adopt(id: string, readOnly: boolean): Promise<OpenCase> {
    const listing = this.#cases?.find((one) => one.id === id) ?? { id, label: '', createdAtMs: 0, isSample: false };
    const opened = new OpenCase(listing, readOnly, this.#api, this.#engines, this.models);
    await opened.refresh();
    this.#open = opened;
    return opened;
  }

  /** Ends the worker of the case that was open: its memory and its lock go with it. */
  #closeOpen(): void {
    if (this.#open === null) return;
    this.#open.translation.job?.cancel();
    this.#open.translation.cool();
    this.#open.voice.job?.cancel();
    this.#open = null;
    this.#worker?.end();
    this.#worker = null;
  }
}
