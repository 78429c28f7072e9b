/** Finds topics in a filter's messages and keeps which message has which, so that filters can name them. */
import type { LendCard } from '../analysis/topics/lists.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { CaseFilter, TopicsView } from './contract.ts';
import type { EnglishSources } from './english.ts';
import { LatestRun } from './latest-run.ts';
import type { Selector } from './selector.ts';
import { topicsView } from './topics.ts';

export class TopicsDesk {
  readonly #store: EvidenceStore;
  readonly #texts: EnglishSources;
  readonly #selector: Selector;
  readonly #card: LendCard | null;
  readonly #run = new LatestRun();

  constructor(store: EvidenceStore, texts: EnglishSources, selector: Selector, card: LendCard | null = null) {
    this.#store = store;
    this.#texts = texts;
    this.#selector = selector;
    this.#card = card;
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async view(filter: CaseFilter, seed: number, onProgress: (share: number) => void): Promise<TopicsView> {
    const signal = this.#run.begin();
    const { messages } = await this.#selector.select(filter);
    const { view, topicOf } = await topicsView(this.#store, this.#texts, messages, seed, {
      signal,
      onProgress,
      card: this.#card
    });
    signal.throwIfAborted();
    this.#selector.setTopics(topicOf);
    return view;
  }

  cancel(): void {
    this.#run.stop('Finding topics was stopped.');
  }
}
