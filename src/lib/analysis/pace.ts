/**
 * Lets long calculations in a worker be watched and stopped. A worker that never returns to its event loop cannot
 * hear an abort, so such a calculation gives the loop a turn every few milliseconds.
 */
export interface PaceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the share done, 0..1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Milliseconds of work between turns of the event loop. */
  readonly every_ms?: number | undefined;
}

export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: ((share: number) => void) | undefined;
  readonly #every_ms: number;
  #last_ms = performance.now();

  constructor(options: PaceOptions = {}) {
    this.#signal = options.signal;
    this.#onProgress = options.onProgress;
    // Long enough that the turns cost nothing, short enough that "Stop" feels at once.
    this.#every_ms = options.every_ms ?? 40;
    this.#signal?.throwIfAborted();
  }

  /** True when it is time to `await breathe`. Cheap, but not for the innermost loop. */
  due(): boolean {
    return performance.now() - this.#last_ms >= this.#every_ms;
  }

  /** Reports the share done, gives the event loop a turn, and throws the signal's reason when it was aborted. */
  async breathe(share: number): Promise<void> {
    this.#onProgress?.(share);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    this.#signal?.throwIfAborted();
    this.#last_ms = performance.now();
  }
}
