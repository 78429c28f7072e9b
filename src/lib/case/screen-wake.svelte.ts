/** Keeps the screen on while long work runs in a page that someone sees, where the browser has a way to. */

/** The part of the Screen Wake Lock API that is used. */
export interface WakeSource {
  request(type: 'screen'): Promise<WakeHold>;
}
interface WakeHold {
  release(): Promise<void>;
  addEventListener(type: 'release', listener: () => void): void;
}
/** The part of `document` that is used. */
export interface PageSight {
  readonly visibilityState: string;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
}

export class ScreenWake {
  readonly #source: WakeSource | null;
  readonly #page: PageSight;
  #isWanted = false;
  #isAsking = false;
  #hold = $state.raw<WakeHold | null>(null);

  /** @param source null where the browser has none */
  constructor(source: WakeSource | null, page: PageSight) {
    this.#source = source;
    this.#page = page;
    // The browser lets go by itself when the page is hidden, and gives nothing back when it is shown again.
    page.addEventListener('visibilitychange', () => void this.#settle());
  }

  get isOffered(): boolean {
    return this.#source !== null;
  }
  /** True while the screen is kept on. */
  get isHeld(): boolean {
    return this.#hold !== null;
  }

  want(isWanted: boolean): void {
    this.#isWanted = isWanted;
    void this.#settle();
  }

  async #settle(): Promise<void> {
    if (this.#source === null) return;
    if (!this.#isWanted) {
      const hold = this.#hold;
      this.#hold = null;
      await hold?.release();
      return;
    }
    if (this.#isAsking || this.#hold !== null || this.#page.visibilityState !== 'visible') return;
    this.#isAsking = true;
    try {
      const hold = await this.#source.request('screen');
      hold.addEventListener('release', () => {
        if (this.#hold === hold) this.#hold = null;
      });
      this.#hold = hold;
    } catch {
      // Refused, for a low battery or by policy: the work goes on, and the screen goes dark as it would anyway.
    } finally {
      this.#isAsking = false;
    }
    // The work may have ended while the browser was asked.
    if (!this.#isWanted) await this.#settle();
  }
}
