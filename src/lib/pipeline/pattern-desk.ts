/** Looks for patterns in a filter's messages and keeps what was found, so that filters can name it. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { CaseFilter } from './contract.ts';
import { LatestRun } from './latest-run.ts';
import type { PatternsView } from './pattern-contract.ts';
import { patternsView } from './patterns.ts';
import type { Selector } from './selector.ts';

/** What desks of views share: the case, what picks from it, and the zone that it is shown in. */
export interface DeskSetting {
  readonly store: EvidenceStore;
  readonly selector: Selector;
  readonly zone: () => string;
}

export class PatternDesk {
  readonly #setting: DeskSetting;
  readonly #run = new LatestRun();

  constructor(setting: DeskSetting) {
    this.#setting = setting;
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async view(filter: CaseFilter, onProgress: (share: number) => void): Promise<PatternsView> {
    const { store, selector, zone } = this.#setting;
    const signal = this.#run.begin();
    const ids = await selector.inTimeOrder(filter);
    const { view, found } = await patternsView(store, ids, zone(), { signal, onProgress });
    signal.throwIfAborted();
    selector.setNumbered('patterns', (n) => (n < 0 ? found[-n - 1]?.against : found[n]?.messages));
    return view;
  }

  cancel(): void {
    this.#run.stop('Looking for patterns was stopped.');
  }
}
