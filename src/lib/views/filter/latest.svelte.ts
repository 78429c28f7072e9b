/** The newest answer to a question that is asked again and again: older answers never replace newer ones. */
export class Latest<Answer> {
  #value = $state.raw<Answer | null>(null);
  #busy = $state(false);
  #failure = $state<string | null>(null);
  #ask = 0;

  /** Stays on screen while a newer one is under way. */
  get value(): Answer | null {
    return this.#value;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** What the newest question failed with, in words; null when it did not. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Asks; settles always. */
  async ask(question: () => Promise<Answer>): Promise<void> {
    const ask = ++this.#ask;
    this.#busy = true;
    try {
      const value = await question();
      if (ask !== this.#ask) return;
      this.#value = value;
      this.#failure = null;
    } catch (error) {
      if (ask === this.#ask) this.#failure = error instanceof Error ? error.message : String(error);
    } finally {
      if (ask === this.#ask) this.#busy = false;
    }
  }
}
