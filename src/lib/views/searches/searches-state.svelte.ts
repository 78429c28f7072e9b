/** The searches of a case: a list of terms as last counted, and the log; kept while one looks at other places. */
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { perCase } from '$lib/case/per-case.ts';
import { withPart } from '$lib/case/filter-parts.ts';
import type { CaseSearchEntry, Replay, TermCount } from '$lib/pipeline/searches-contract.ts';
import { Latest } from '../filter/latest.svelte.ts';
import { surroundingWords } from './surrounding-words.ts';

export class SearchesState {
  readonly #opened: OpenCase;
  readonly #counts = new Latest<readonly TermCount[]>();
  readonly #log = new Latest<readonly CaseSearchEntry[]>();
  #replays = $state.raw<ReadonlyMap<number, Replay>>(new Map());
  #share = $state(0);
  #countedIn = $state('');
  #wasStopped = $state(false);
  /** One term a line, as typed or dropped. */
  text = $state('');

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  get counts(): Latest<readonly TermCount[]> {
    return this.#counts;
  }
  get log(): Latest<readonly CaseSearchEntry[]> {
    return this.#log;
  }
  /** Searches that were made again, by their number. */
  get replays(): ReadonlyMap<number, Replay> {
    return this.#replays;
  }
  /** From 0 to 1 while terms are counted. */
  get share(): number {
    return this.#share;
  }
  get wasStopped(): boolean {
    return this.#wasStopped;
  }
  /** True where the filter changed since the terms were counted. */
  get isOfAnotherSet(): boolean {
    return this.#counts.value !== null && !this.#counts.busy && this.#countedIn !== this.#surroundingKey;
  }
  /** Terms as they will be counted: trimmed, each once, in their order. */
  get terms(): readonly string[] {
    return [...new Set(this.text.split(/\r?\n/u).map((line) => line.trim()))].filter((line) => line !== '');
  }

  async count(): Promise<void> {
    const { api, filter } = this.#opened;
    const { terms } = this;
    this.#share = 0;
    this.#wasStopped = false;
    this.#countedIn = this.#surroundingKey;
    await this.#counts.ask(() =>
      api.countTerms(terms, filter.value, surroundingWords(this.#opened), (share) => (this.#share = share))
    );
    await this.load();
  }

  stop(): void {
    this.#wasStopped = true;
    void this.#opened.api.cancelTerms();
  }

  load(): Promise<void> {
    return this.#log.ask(() => this.#opened.api.searches());
  }

  async replay(number: number): Promise<void> {
    const replay = await this.#opened.api.replaySearch(number);
    this.#replays = new Map([...this.#replays, [number, replay]]);
  }

  get #surroundingKey(): string {
    return JSON.stringify(withPart(this.#opened.filter.value, 'text', undefined));
  }
}

export const searchesOf = perCase((opened) => new SearchesState(opened));
