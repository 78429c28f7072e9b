/** The language report, counted anew while lines come in, but never for more than a tenth of the worker's time. */
import type { LanguageReport } from '$lib/pipeline/language-contract.ts';
import { Latest } from '../filter/latest.svelte.ts';

/** Rest after a count, in times of what it took: a million lines take most of a second. */
const REST = 9;

export class PacedReport {
  readonly latest = new Latest<LanguageReport>();
  readonly #count: () => Promise<LanguageReport>;
  #isCounting = false;
  #isStale = false;
  #resting: ReturnType<typeof setTimeout> | null = null;

  constructor(count: () => Promise<LanguageReport>) {
    this.#count = count;
  }

  /** Counts now, or as soon as the last count has been rested from; calls in between are one. */
  ask(): void {
    this.#isStale = true;
    if (!this.#isCounting && this.#resting === null) void this.#go();
  }

  /** Nobody looks any longer. */
  stop(): void {
    if (this.#resting !== null) clearTimeout(this.#resting);
    this.#resting = null;
    this.#isStale = false;
  }

  async #go(): Promise<void> {
    this.#isCounting = true;
    this.#isStale = false;
    const from = performance.now();
    await this.latest.ask(this.#count);
    this.#isCounting = false;
    const rest_ms = REST * (performance.now() - from);
    this.#resting = setTimeout(() => {
      this.#resting = null;
      if (this.#isStale) void this.#go();
    }, rest_ms);
  }
}
