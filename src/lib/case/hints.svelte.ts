/** Whether hints stand open, folded or not at all beside messages. A preference of this device: it says nothing about evidence. */
export type HintChoice = 'open' | 'folded' | 'off';

const KEY = 'skein.hints';

export class HintSetting {
  #choice = $state<HintChoice>('open');

  constructor() {
    const stored = localStorage.getItem(KEY);
    if (stored === 'folded' || stored === 'off') this.#choice = stored;
  }

  get choice(): HintChoice {
    return this.#choice;
  }

  choose(choice: HintChoice): void {
    this.#choice = choice;
    localStorage.setItem(KEY, choice);
  }
}
