/** The human round trip of the open case: what was sent, what came back, what is looked at now. */
import type { CaseWorkerApi } from '../jobs/case.contract.ts';
import type {
  IntakeRow,
  LineChoice,
  MadeFile,
  RequestOptions,
  RequestRow,
  ReturnedSummary,
  TranslatorStatement
} from '../pipeline/translator-contract.ts';

interface History {
  readonly requests: readonly RequestRow[];
  readonly intakes: readonly IntakeRow[];
}

export class TranslatorState {
  readonly #api: CaseWorkerApi;
  readonly #changed: () => Promise<void>;
  #history = $state.raw<History | null>(null);
  #summary = $state.raw<ReturnedSummary | null>(null);
  #taken = $state.raw<IntakeRow | null>(null);
  #busy = $state<'making' | 'reading' | 'writing' | null>(null);
  #error = $state('');
  #leftOut = $state.raw<ReadonlySet<number>>(new Set());
  /** Who sits here, as they state it; goes into each record and is kept nowhere else. */
  officer = $state('');

  /** @param changed called when certified lines came or went. */
  constructor(api: CaseWorkerApi, changed: () => Promise<void>) {
    this.#api = api;
    this.#changed = changed;
  }

  /** Null until asked for once. */
  get history(): History | null {
    return this.#history;
  }
  /** The returned file that is looked at; nothing of it is written. */
  get summary(): ReturnedSummary | null {
    return this.#summary;
  }
  /** What was just taken in, for its undo. */
  get taken(): IntakeRow | null {
    return this.#taken;
  }
  get busy(): 'making' | 'reading' | 'writing' | null {
    return this.#busy;
  }
  /** Why the last step did not work; '' where it did. */
  get error(): string {
    return this.#error;
  }
  /** `at` of returned lines that the officer passes over. */
  get leftOut(): ReadonlySet<number> {
    return this.#leftOut;
  }

  leaveOut(at: number, isOut: boolean): void {
    const next = new Set(this.#leftOut);
    if (isOut) next.add(at);
    else next.delete(at);
    this.#leftOut = next;
  }

  async look(): Promise<void> {
    this.#history = await this.#api.translatorHistory();
  }

  /** Empty where it failed: `error` says why. */
  async make(choice: LineChoice, options: RequestOptions): Promise<readonly MadeFile[]> {
    const made = await this.#step('making', () => this.#api.makeRequest(choice, options));
    await this.look();
    return made?.files ?? [];
  }

  async read(file: Blob, name: string): Promise<void> {
    this.#taken = null;
    this.#leftOut = new Set();
    this.#summary = await this.#step('reading', () => this.#api.readReturned(file, name));
  }

  forget(): void {
    this.#summary = null;
  }

  async takeIn(statement: TranslatorStatement): Promise<void> {
    const summary = this.#summary;
    if (summary === null) return;
    const leftOut = [...this.#leftOut];
    const intake = await this.#step('writing', () => this.#api.takeIn(summary.returnedId, statement, this.officer, leftOut));
    if (intake === null) return;
    this.#summary = null;
    this.#taken = intake;
    await Promise.all([this.look(), this.#changed()]);
  }

  async withdraw(intake: number): Promise<void> {
    const isDone = await this.#step('writing', () => this.#api.withdrawIntake(intake, this.officer).then(() => true));
    if (isDone === null) return;
    this.#taken = null;
    await Promise.all([this.look(), this.#changed()]);
  }

  async #step<T>(busy: 'making' | 'reading' | 'writing', work: () => Promise<T>): Promise<T | null> {
    this.#busy = busy;
    this.#error = '';
    try {
      return await work();
    } catch (error) {
      this.#error = error instanceof Error ? error.message : String(error);
      return null;
    } finally {
      this.#busy = null;
    }
  }
}
