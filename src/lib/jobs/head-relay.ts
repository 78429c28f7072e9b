/** Heads of a worker's cases by way of the page, which has the localStorage that workers lack. */
import type { HeadSlot } from '../vault/segments/ports.ts';

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

  get(caseId: string): ReturnType<HeadSlot['get']> {
    const silence = new Promise<null>((over) => setTimeout(over, PATIENCE_MS, null));
    return Promise.race([this.#page.then((page) => page.get(caseId)), silence]);
  }

  async set(...[caseId, head]: Parameters<HeadSlot['set']>): Promise<void> {
    await (await this.#page).set(caseId, head);
  }
}
