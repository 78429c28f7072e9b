/** Which of the looked-at messages the filter hides: a selection outlives a filter, so its absence must be said. */
import type { OpenCase } from '$lib/case/open-case.svelte.ts';

/** So many marked messages are looked up one by one; beyond, the first ones stand for the rest. */
const LOOKED_UP = 64;

export class HiddenSelection {
  #count = $state(0);
  #ask = 0;

  /** Focused and marked messages that the filter hides now. */
  get count(): number {
    return this.#count;
  }

  /** Looks again; only the newest look counts. Reads filter result, focus and marks, so an effect may call it. */
  async look(opened: OpenCase): Promise<void> {
    const ask = ++this.#ask;
    const { result, isEmpty } = opened.filter;
    const { focus, selected, order } = opened.selection;
    const ids = new Set([...selected].slice(0, LOOKED_UP));
    if (focus !== null) ids.add(focus);
    if (result === null || isEmpty || ids.size === 0) {
      this.#count = 0;
      return;
    }
    try {
      const places = await Promise.all(Array.from(ids, (id) => opened.api.positionOf(result.setId, order, id)));
      if (ask === this.#ask) this.#count = places.filter((place) => place < 0).length;
    } catch {
      // The set was replaced while asking: its successor asks again.
      if (ask === this.#ask) this.#count = 0;
    }
  }
}
