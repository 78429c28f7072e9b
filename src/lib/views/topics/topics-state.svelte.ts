/** The topics of a case as last computed. */
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { perCase } from '$lib/case/per-case.ts';
import type { TopicsView } from '$lib/pipeline/contract.ts';
import { labelsOf } from '../filter/labels.svelte.ts';
import { WatchedPart } from '../filter/watched-part.svelte.ts';

/** Fixed, so that the same messages always give the same topics. */
const SEED = 1;

export class TopicsState extends WatchedPart<TopicsView> {
  readonly #case: OpenCase;
  #waiting = $state(0);
  #pack = $state<string | null>(null);

  constructor(opened: OpenCase) {
    super(
      opened,
      'topics',
      async (filter, onProgress) => {
        this.#waiting = opened.filter.result?.untranslated ?? 0;
        const view = await opened.api.topics(filter, SEED, this.#pack, onProgress);
        const labels = labelsOf(opened);
        for (const topic of view.topics) labels.note('topics', topic.id, topic.terms.slice(0, 3).join(' · '));
        return view;
      },
      () => opened.api.cancelTopics()
    );
    this.#case = opened;
  }

  /** The sentence encoder whose vectors are compared; null for those of words. */
  get pack(): string | null {
    return this.#pack;
  }

  /** Finds the topics anew by another pack, or by words. */
  compareBy(pack: string | null): void {
    if (pack === this.#pack) return;
    this.#pack = pack;
    this.again();
  }

  /** Lines translated since the topics were computed: they were compared in another language then. */
  get translatedSince(): number {
    if (this.view === null || this.busy) return 0;
    return Math.max(0, this.#waiting - (this.#case.filter.result?.untranslated ?? this.#waiting));
  }
}

export const topicsOf = perCase((opened) => new TopicsState(opened));
