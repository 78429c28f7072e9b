/** Finds topics in a filter's messages and keeps which message has which, so that filters can name them. */
import type { LendCard } from '../analysis/topics/lists.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { CaseFilter, TopicsView } from './contract.ts';
import type { EnglishSources } from './english.ts';
import { LatestRun } from './latest-run.ts';
import type { Selector } from './selector.ts';
import { topicsView } from './topics.ts';
import { WindowVectors, type EmbedTexts } from './window-vectors.ts';

export class TopicsDesk {
  readonly #store: EvidenceStore;
  readonly #texts: EnglishSources;
  readonly #selector: Selector;
  readonly #card: LendCard | null;
  readonly #vectors: WindowVectors | null;
  readonly #run = new LatestRun();

  constructor(
    store: EvidenceStore,
    texts: EnglishSources,
    selector: Selector,
    { card = null, embed = null }: { readonly card?: LendCard | null; readonly embed?: EmbedTexts | null } = {}
  ) {
    this.#store = store;
    this.#texts = texts;
    this.#selector = selector;
    this.#card = card;
    this.#vectors = embed === null ? null : new WindowVectors(embed);
  }

  /**
   * @param pack the sentence encoder whose vectors are compared, or null for those of words
   * @throws the signal's reason when `cancel` or a later call ended it; Error where the pack cannot be run
   */
  async view(filter: CaseFilter, seed: number, pack: string | null, onProgress: (share: number) => void): Promise<TopicsView> {
    const signal = this.#run.begin();
    const { messages } = await this.#selector.select(filter);
    if (pack !== null && this.#vectors === null) throw new Error('No sentence encoder can be run here.');
    const by = pack === null || this.#vectors === null ? null : { modelSha256Hex: pack, vectors: this.#vectors };
    const options = { signal, onProgress, card: this.#card, by };
    const { view, topicOf } = await topicsView(this.#store, this.#texts, messages, seed, options);
    signal.throwIfAborted();
    this.#selector.setTopics(topicOf);
    return view;
  }

  cancel(): void {
    this.#run.stop('Finding topics was stopped.');
  }
}
