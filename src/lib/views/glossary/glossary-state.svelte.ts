/** The glossary of a case and the terms last found in it, kept while one looks at other places. */
import { Attempt } from '$lib/case/attempt.svelte.ts';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { perCase } from '$lib/case/per-case.ts';
import type { CaseFilter } from '$lib/pipeline/contract.ts';
import type {
  GlossaryRequest,
  GlossaryView,
  KeynessSide,
  KeynessView,
  TakenIn,
  TermUse
} from '$lib/pipeline/glossary-contract.ts';
import type { TermFault } from '$lib/language/glossary.ts';
import { Latest } from '../filter/latest.svelte.ts';

export class GlossaryState {
  readonly #opened: OpenCase;
  #view = $state.raw<GlossaryView | null>(null);
  readonly #attempt = new Attempt();
  readonly #uses = { case: new Latest<readonly TermUse[]>(), lexicon: new Latest<readonly TermUse[]>() };
  readonly #found = new Latest<KeynessView>();
  readonly #counting = { case: '', lexicon: '' };
  readonly #countAgain = new Set<'case' | 'lexicon'>();
  #share = $state<number | null>(null);
  #key = $state('');
  #wasStopped = $state(false);
  /** Who writes: asked once, then offered again. It stands in the case alone. */
  who = $state('');

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  get view(): GlossaryView | null {
    return this.#view;
  }
  get failure(): string | null {
    return this.#attempt.failure;
  }
  get found(): Latest<KeynessView> {
    return this.#found;
  }
  /** From 0 to 1 while terms are looked for. */
  get share(): number | null {
    return this.#share;
  }
  /** True where the filter or the case changed since terms were looked for. */
  get isOfAnotherSet(): boolean {
    return this.#found.value !== null && !this.#found.busy && this.#key !== this.#setKey;
  }

  uses(origin: 'case' | 'lexicon'): Latest<readonly TermUse[]> {
    return this.#uses[origin];
  }

  async load(): Promise<void> {
    await this.#attempt.run(async () => this.#take(await this.#opened.api.glossary()));
  }

  /** True where the officer ended the last search for terms. */
  get wasStopped(): boolean {
    return this.#wasStopped;
  }

  /** Asks how many of the filtered messages hold each term. While lines are translated the set changes often: one count runs at a time. */
  count(origin: 'case' | 'lexicon'): void {
    const filter = this.#opened.filter.value;
    const key = JSON.stringify(filter);
    const uses = this.#uses[origin];
    if (uses.busy && this.#counting[origin] === key) {
      this.#countAgain.add(origin);
      return;
    }
    this.#counting[origin] = key;
    void uses
      .ask(() => this.#opened.api.termUses(filter, origin))
      .finally(() => {
        if (!uses.busy && this.#countAgain.delete(origin)) this.count(origin);
      });
  }

  /** @returns why nothing changed, or null. */
  async change(request: GlossaryRequest): Promise<TermFault | null> {
    let fault: TermFault | null = null;
    await this.#attempt.run(async () => {
      const answer = await this.#opened.api.changeGlossary(request);
      fault = answer.fault;
      this.#take(answer.view);
    });
    return fault;
  }

  async takeIn(file: Blob): Promise<TakenIn | null> {
    let taken: TakenIn | null = null;
    await this.#attempt.run(async () => {
      taken = await this.#opened.api.takeInGlossary(await file.text(), this.who);
      this.#take(taken.view);
    });
    return taken;
  }

  /** Looks for terms of the filtered messages. */
  find(side: KeynessSide): void {
    const filter: CaseFilter = this.#opened.filter.value;
    this.#key = this.#setKey;
    this.#share = 0;
    this.#wasStopped = false;
    void this.#found
      .ask(() => this.#opened.api.keyness(filter, side, (share) => (this.#share = share)))
      .finally(() => {
        if (!this.#found.busy) this.#share = null;
      });
  }

  stop(): void {
    this.#wasStopped = true;
    void this.#opened.api.cancelKeyness();
  }

  get #setKey(): string {
    return JSON.stringify([this.#opened.filter.value, this.#opened.filter.result?.of ?? 0]);
  }

  #take(view: GlossaryView): void {
    const isNew = this.#view !== null && view.version !== this.#view.version;
    this.#view = view;
    if (this.who === '') this.who = view.changes[0]?.who ?? '';
    // Rows on screen carry their hints: they are fetched again.
    if (isNew) void this.#opened.filter.refresh();
  }
}

export const glossaryOf = perCase((opened) => new GlossaryState(opened));
