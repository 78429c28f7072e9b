/** How far one calculation is, and by its pace so far how long it will still take. */

/** Below this there is nothing to watch or to stop. */
const LONG_MS = 700;
/** A pace is one only after a while, and past a first part. */
const LEAST_SHARE = 0.05;

export class ShareWatch {
  readonly #now: () => number;
  readonly #startedMs: number;
  #share = $state<number | null>(null);
  #elapsedMs = $state(0);

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedMs = now();
  }

  tell(share: number): void {
    this.#share = share;
    this.#elapsedMs = this.#now() - this.#startedMs;
  }

  /** From 0 to 1; null before anything was told. */
  get share(): number | null {
    return this.#share;
  }
  get isLong(): boolean {
    return this.#elapsedMs >= LONG_MS;
  }
  /** Seconds; null until there is a pace. */
  get left_s(): number | null {
    const share = this.#share ?? 0;
    if (!this.isLong || share < LEAST_SHARE) return null;
    return ((this.#elapsedMs / share) * (1 - share)) / 1000;
  }
}
