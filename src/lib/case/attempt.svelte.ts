/** Work that may fail, and what of it last failed, in words. */
export class Attempt {
  #failure = $state<string | null>(null);

  get failure(): string | null {
    return this.#failure;
  }

  /** Forgets what failed. */
  clear(): void {
    this.#failure = null;
  }

  fail(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
  }

  /** Never rejects: what goes wrong stands in `failure`, and what went wrong before is forgotten once it went well. */
  async run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#failure = null;
    } catch (error) {
      this.fail(error);
    }
  }
}
