/** Heads of a worker's cases by way of the page, which has the localStorage that workers lack. */
import type { Head, HeadSlot } from '../vault/segments/ports.ts';

/** A page that hangs must keep no case from opening: the head is a witness, and its silence is no objection. */
const PATIENCE_MS = 2_000;

export class HeadRelay implements HeadSlot {
  readonly #page: Promise<HeadSlot>;
  #settle: (page: HeadSlot) => void = () => {};

  constructor() {
    this.#page = new Promise((settle) => (this.#settle = settle));
  }

  attach(page: HeadSlot): void {
    this.#settle(page);
  }

  get(caseId: string): Promise<Head | null> {
    return this.#patiently((page) => page.get(caseId));
  }

  async set(caseId: string, head: Head | null): Promise<void> {
    await this.#patiently((page) => page.set(caseId, head));
  }

  #patiently<R>(ask: (page: HeadSlot) => Promise<R>): Promise<R | null> {
    const silence = new Promise<null>((over) => setTimeout(over, PATIENCE_MS, null));
    return Promise.race([this.#page.then(ask), silence]);
  }
}
