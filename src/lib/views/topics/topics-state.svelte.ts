/**
 * The topics of a case as last computed. A topic's number has a meaning only until they are computed again, so a
 * filter that names topics keeps the list that they were picked from.
 */
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { withPart } from '$lib/case/filter-parts.ts';
import type { TopicsView } from '$lib/pipeline/contract.ts';
import { labelsOf } from '../filter/labels.svelte.ts';
import { Latest } from '../filter/latest.svelte.ts';
import { identityOf } from '../people/identity-state.svelte.ts';

/** Fixed, so that the same messages always give the same topics. */
const SEED = 1;

export class TopicsState {
  readonly #opened: OpenCase;
  readonly #answer = new Latest<TopicsView>();
  /** Filter without its topics, the case's size, and the decisions about persons: what the list on screen was computed from. */
  #key = $state('');
  #waiting = $state(0);

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  get view(): TopicsView | null {
    return this.#answer.value;
  }
  get busy(): boolean {
    return this.#answer.busy;
  }
  get failure(): string | null {
    return this.#answer.failure;
  }
  /** True where the filter changed under topics that it names itself. */
  get isOfAnotherSet(): boolean {
    return this.view !== null && !this.busy && this.#key !== this.#wantedKey;
  }

  /** Lines translated since the topics were computed: they were compared in another language then. */
  get translatedSince(): number {
    if (this.view === null || this.busy) return 0;
    return Math.max(0, this.#waiting - (this.#opened.filter.result?.untranslated ?? this.#waiting));
  }

  /** Computes topics where that is due; call in an effect. */
  follow(): void {
    const key = this.#wantedKey;
    if (this.#opened.filter.result === null || key === this.#key) return;
    if (this.view !== null && this.#namesTopics) return;
    this.#compute(key);
  }

  /** Computes now; topics that the filter names are taken out of it, because their numbers end. */
  again(): void {
    if (this.#namesTopics) this.#opened.filter.replace(this.#withoutTopics);
    this.#compute(this.#wantedKey);
  }

  get #namesTopics(): boolean {
    const { value } = this.#opened.filter;
    return value.topics !== undefined || value.not?.topics !== undefined;
  }

  get #withoutTopics(): OpenCase['filter']['value'] {
    const { value } = this.#opened.filter;
    return withPart(withPart(value, 'topics', undefined), 'not', withPart(value.not ?? {}, 'topics', undefined));
  }

  get #wantedKey(): string {
    return JSON.stringify([this.#withoutTopics, this.#opened.filter.result?.of ?? 0, identityOf(this.#opened).version]);
  }

  #compute(key: string): void {
    this.#key = key;
    this.#waiting = this.#opened.filter.result?.untranslated ?? 0;
    const filter = this.#withoutTopics;
    void this.#answer.ask(async () => {
      const view = await this.#opened.api.topics(filter, SEED);
      const labels = labelsOf(this.#opened);
      for (const topic of view.topics) labels.note('topics', topic.id, topic.terms.slice(0, 3).join(' · '));
      return view;
    });
  }
}

const byCase = new WeakMap<OpenCase, TopicsState>();

export function topicsOf(opened: OpenCase): TopicsState {
  let state = byCase.get(opened);
  if (state === undefined) {
    state = new TopicsState(opened);
    byCase.set(opened, state);
  }
  return state;
}
