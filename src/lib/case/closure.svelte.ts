/** What the self-test found, and the refusal that follows from it. */
import { findHoles, thisPage, type ClosureScope, type Hole } from './closure.ts';

/** The page is not closed: nothing was opened. */
class NotClosed extends Error {
  override readonly name = 'NotClosed';
  constructor() {
    super('This page is not closed to the network, so no case is opened in it. Load it anew.');
  }
}

export class ClosureState {
  readonly #looked: Promise<void>;
  #holes = $state.raw<readonly Hole[]>([]);

  constructor(scope: ClosureScope = thisPage()) {
    this.#looked = findHoles(scope).then((holes) => void (this.#holes = holes));
  }

  /** Empty while the test runs, and where the page is closed. */
  get holes(): readonly Hole[] {
    return this.#holes;
  }

  /** Resolves once the page is known to be closed. @throws NotClosed */
  async demand(): Promise<void> {
    await this.#looked;
    if (this.#holes.length > 0) throw new NotClosed();
  }
}
