/** Comparisons of the open case: what is under way, what was found, and what could not be done. */
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { perCase } from '$lib/case/per-case.ts';
import type { CompareResult, Opener } from '$lib/jobs/case.contract.ts';
import type {
  Comparison,
  ExchangeAnswer,
  ExchangeMade,
  ExchangeRefusal,
  ExchangeRow,
  ExchangeWish,
  IdentifierSum,
  LinkRow,
  OpenedExchange
} from '$lib/pipeline/crosscase-contract.ts';

/** Links fetched at a time. */
export const LINKS_A_PAGE = 100;

/** Links on screen: of a case of this device by its id, or of an exchange by its session. */
export type Shown =
  | { readonly of: 'case'; readonly id: string; readonly total: number }
  | { readonly of: 'exchange'; readonly id: string; readonly total: number };

type CompareFault = Extract<CompareResult, { ok: false }>;

export class CrossCaseState {
  readonly #opened: OpenCase;
  #sum = $state.raw<IdentifierSum | null>(null);
  #comparisons = $state.raw<readonly Comparison[]>([]);
  #exchanges = $state.raw<readonly ExchangeRow[]>([]);
  #work = $state<'compare' | 'exchange' | null>(null);
  #share = $state<number | null>(null);
  #failure = $state<string | null>(null);
  #wasStopped = $state(false);
  #fault = $state.raw<CompareFault | null>(null);
  #refusal = $state<ExchangeRefusal | null>(null);
  #file = $state.raw<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly opened: Extract<OpenedExchange, { ok: true }> } | null>(
    null
  );
  #shown = $state.raw<Shown | null>(null);
  #links = $state.raw<readonly LinkRow[]>([]);
  #start = $state(0);
  #made = $state.raw<ExchangeMade | null>(null);
  /** Asked for once in a case, and offered again. */
  purpose = $state('');
  from = $state('');

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  /** Identifiers of this case; null until counted. */
  get sum(): IdentifierSum | null {
    return this.#sum;
  }
  get comparisons(): readonly Comparison[] {
    return this.#comparisons;
  }
  get exchanges(): readonly ExchangeRow[] {
    return this.#exchanges;
  }
  get work(): 'compare' | 'exchange' | null {
    return this.#work;
  }
  /** 0..1; null while it is not known. */
  get share(): number | null {
    return this.#share;
  }
  /** What stopped the last step, in the words of whatever failed. */
  get failure(): string | null {
    return this.#failure;
  }
  get wasStopped(): boolean {
    return this.#wasStopped;
  }
  get fault(): CompareFault | null {
    return this.#fault;
  }
  get refusal(): ExchangeRefusal | null {
    return this.#refusal;
  }
  /** A file of the other side that was read and waits for the officer's word. */
  get file(): Extract<OpenedExchange, { ok: true }> | null {
    return this.#file?.opened ?? null;
  }
  get shown(): Shown | null {
    return this.#shown;
  }
  get links(): readonly LinkRow[] {
    return this.#links;
  }
  /** Place of the first link on screen among all. */
  get start(): number {
    return this.#start;
  }
  /** The file that the last step made, to be handed over. */
  get made(): ExchangeMade | null {
    return this.#made;
  }

  async load(): Promise<void> {
    const { api } = this.#opened;
    try {
      [this.#sum, this.#comparisons, this.#exchanges] = await Promise.all([
        api.identifierSum(),
        api.comparisons(),
        api.exchanges()
      ]);
    } catch (error) {
      this.#failure = wordsOf(error);
    }
  }

  async compare(id: string, opener: Opener): Promise<void> {
    await this.#run('compare', async () => {
      const told = ({ rowsDone, rowsTotal }: { rowsDone: number; rowsTotal: number }): void => {
        this.#share = rowsTotal === 0 ? null : rowsDone / rowsTotal;
      };
      const answer = await this.#opened.api.compareWith(id, opener, this.purpose.trim(), told);
      if (!answer.ok) {
        this.#fault = answer;
        return;
      }
      await this.load();
      await this.show({ of: 'case', id, total: answer.comparison.links });
    });
  }

  async close(id: string): Promise<void> {
    await this.#opened.api.closeComparison(id);
    if (this.#shown?.id === id) this.#hide();
    await this.load();
  }

  async request(scope: ExchangeWish['scope']): Promise<void> {
    await this.#run('exchange', () => this.#take(this.#opened.api.requestExchange(this.#wish(scope), this.#told)));
  }

  /** Reads a file of the other side; nothing is done with it before the officer says so. */
  async openFile(file: File): Promise<void> {
    this.#file = null;
    await this.#run('exchange', async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const opened = await this.#opened.api.openExchangeFile(bytes);
      if (opened.ok) this.#file = { bytes, opened };
      else this.#refusal = opened.refusal;
    });
  }

  dropFile(): void {
    this.#file = null;
  }

  /** The next step with the file that was read. */
  async goOn(scope: ExchangeWish['scope']): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    const { api } = this.#opened;
    await this.#run('exchange', () =>
      this.#take(
        file.opened.kind === 'request'
          ? api.answerExchange(file.bytes, this.#wish(scope), this.#told)
          : api.finishExchange(file.bytes, this.#told)
      )
    );
  }

  async show(shown: Shown, start = 0): Promise<void> {
    const { api } = this.#opened;
    const ask = shown.of === 'case' ? api.links : api.exchangeLinks;
    try {
      const links = await ask(shown.id, start, LINKS_A_PAGE);
      this.#shown = shown;
      this.#links = links;
      this.#start = start;
    } catch (error) {
      this.#failure = wordsOf(error);
    }
  }

  stop(): void {
    void this.#opened.api.cancelCrossCase();
  }

  readonly #told = (share: number): void => void (this.#share = share);

  #wish(scope: ExchangeWish['scope']): ExchangeWish {
    return { purpose: this.purpose.trim(), from: this.from.trim(), scope };
  }

  async #take(answer: Promise<ExchangeAnswer>): Promise<void> {
    const taken = await answer;
    if (!taken.ok) {
      this.#refusal = taken.refusal;
      return;
    }
    this.#file = null;
    this.#made = taken.file;
    await this.load();
    const { session, links } = taken.row;
    if (links !== null) await this.show({ of: 'exchange', id: session, total: links });
  }

  #hide(): void {
    this.#shown = null;
    this.#links = [];
    this.#start = 0;
  }

  async #run(work: 'compare' | 'exchange', step: () => Promise<void>): Promise<void> {
    if (this.#work !== null) return;
    this.#work = work;
    this.#share = null;
    this.#failure = null;
    this.#fault = null;
    this.#refusal = null;
    this.#made = null;
    this.#wasStopped = false;
    try {
      await step();
    } catch (error) {
      this.#wasStopped = error instanceof Error && error.name === 'AbortError';
      this.#failure = wordsOf(error);
    } finally {
      this.#work = null;
    }
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const crossCasesOf = perCase((opened) => new CrossCaseState(opened));
