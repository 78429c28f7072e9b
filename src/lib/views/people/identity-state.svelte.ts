/** Suggestions about persons and the decisions on them, kept while one looks at other places. */
import { Attempt } from '$lib/case/attempt.svelte.ts';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { perCase } from '$lib/case/per-case.ts';
import type { DecisionRow, IdentityAnswer, SuggestionCounts, SuggestionRow } from '$lib/pipeline/identity-contract.ts';

/** Pairs fetched at a time: some screens. */
const PAGE = 30;

/** What waits for the officer's name and words. */
export type Wanted =
  { readonly act: 'confirm' | 'reject'; readonly row: SuggestionRow } | { readonly act: 'undo'; readonly decision: DecisionRow };

export class IdentityState {
  readonly #opened: OpenCase;
  #counts = $state.raw<SuggestionCounts | null>(null);
  #rows = $state.raw<readonly SuggestionRow[]>([]);
  #history = $state.raw<readonly DecisionRow[] | null>(null);
  #share = $state<number | null>(null);
  readonly #attempt = new Attempt();
  #wasStopped = $state(false);
  #refusal = $state.raw<Extract<IdentityAnswer, { ok: false }> | null>(null);
  #isWriting = $state(false);
  #version = $state(0);
  #hasWeaker = $state(false);
  #limit = PAGE;
  #turn = 0;
  /** Which part of the People page is shown. */
  view = $state<'accounts' | 'same' | 'lanes'>('accounts');
  /** The pair under the cursor, as a place in `rows`. */
  chosen = $state(0);
  wanted = $state.raw<Wanted | null>(null);

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  /** Null until looked for once. */
  get counts(): SuggestionCounts | null {
    return this.#counts;
  }
  /** Those fetched so far: shown ones first, then weaker ones where they are wanted. */
  get rows(): readonly SuggestionRow[] {
    return this.#rows;
  }
  /** Newest first; null until asked for once. */
  get history(): readonly DecisionRow[] | null {
    return this.#history;
  }
  /** From 0 to 1 while suggestions are made. */
  get share(): number | null {
    return this.#share;
  }
  get failure(): string | null {
    return this.#attempt.failure;
  }
  get wasStopped(): boolean {
    return this.#wasStopped;
  }
  /** Why the last decision was not recorded. */
  get refusal(): Extract<IdentityAnswer, { ok: false }> | null {
    return this.#refusal;
  }
  get isWriting(): boolean {
    return this.#isWriting;
  }
  /** Grows with each decision and undo: what counts by person is asked for again. */
  get version(): number {
    return this.#version;
  }
  get hasWeaker(): boolean {
    return this.#hasWeaker;
  }
  get total(): number {
    return (this.#counts?.shown ?? 0) + (this.#hasWeaker ? (this.#counts?.weaker ?? 0) : 0);
  }

  /** Makes the suggestions; those of an unchanged case are there at once. */
  async find(): Promise<void> {
    const turn = ++this.#turn;
    this.#share = 0;
    this.#wasStopped = false;
    try {
      const counts = await this.#opened.api.identitySuggestions((share) => {
        if (turn === this.#turn) this.#share = share;
      });
      if (turn !== this.#turn) return;
      this.#counts = counts;
      this.#attempt.clear();
      await this.#fetch();
    } catch (error) {
      if (turn === this.#turn && !this.#wasStopped) this.#attempt.fail(error);
    } finally {
      if (turn === this.#turn) this.#share = null;
    }
  }

  stop(): void {
    this.#wasStopped = true;
    void this.#opened.api.cancelIdentity();
  }

  async look(): Promise<void> {
    await this.#attempt.run(async () => {
      this.#history = await this.#opened.api.identityHistory();
    });
  }

  async more(): Promise<void> {
    this.#limit += PAGE;
    await this.#attempt.run(() => this.#fetch());
  }

  async showWeaker(isWanted: boolean): Promise<void> {
    this.#hasWeaker = isWanted;
    this.#limit = PAGE;
    this.chosen = 0;
    await this.#attempt.run(() => this.#fetch());
  }

  step(by: 1 | -1): void {
    this.chosen = Math.min(this.#rows.length - 1, Math.max(0, this.chosen + by));
  }

  /** Asks for name and words; nothing is recorded before `act`. */
  ask(wanted: Wanted): void {
    this.#refusal = null;
    if (!this.#opened.readOnly && !this.#isWriting) this.wanted = wanted;
  }

  /** The key for a decision or its undo on the pair under the cursor. */
  askHere(act: Wanted['act']): void {
    const row = this.#rows[this.chosen];
    if (row === undefined) return;
    if (act !== 'undo') {
      if (row.decision === null) this.ask({ act, row });
    } else if (row.decision !== null) this.ask({ act, decision: row.decision });
  }

  /** Records what was asked for, in the officer's words. */
  async act(words: string): Promise<void> {
    const { wanted } = this;
    if (wanted === null) return;
    this.wanted = null;
    this.#isWriting = true;
    await this.#attempt.run(() => this.#record(wanted, words));
    this.#isWriting = false;
  }

  async #record(wanted: Wanted, words: string): Promise<void> {
    const { api, translator } = this.#opened;
    const by = translator.officer.trim();
    if (wanted.act === 'undo') await api.undoIdentity(wanted.decision.number, by, words);
    else {
      const { row, act: kind } = wanted;
      const answer = await api.decideIdentity({ kind, a: row.a.party, b: row.b.party, by, words });
      if (!answer.ok) {
        this.#refusal = answer;
        if (answer.fault === 'out-of-date') await this.find();
        return;
      }
    }
    this.#version++;
    await Promise.all([this.#fetch(), this.look(), this.#opened.refresh()]);
  }

  async #fetch(): Promise<void> {
    const { api } = this.#opened;
    const { shown, weaker } = this.#counts ?? { shown: 0, weaker: 0 };
    const first = await api.suggestionRows('shown', 0, Math.min(this.#limit, shown));
    const left = this.#hasWeaker ? Math.min(this.#limit - first.length, weaker) : 0;
    this.#rows = left > 0 ? [...first, ...(await api.suggestionRows('weaker', 0, left))] : first;
    this.chosen = Math.min(this.chosen, Math.max(0, this.#rows.length - 1));
  }
}

export const identityOf = perCase((opened) => new IdentityState(opened));
