/** Lays a filter's messages out over time and keeps the sets behind the figures, so that filters can name them. */
import type { CaseFilter } from './contract.ts';
import { LatestRun } from './latest-run.ts';
import type { DeskSetting } from './pattern-desk.ts';
import type { TimelineView } from './timeline-contract.ts';
import { timelineView } from './timeline.ts';

export class TimelineDesk {
  readonly #setting: DeskSetting;
  readonly #run = new LatestRun();

  constructor(setting: DeskSetting) {
    this.#setting = setting;
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async view(filter: CaseFilter, onProgress: (share: number) => void): Promise<TimelineView> {
    const { store, selector, zone } = this.#setting;
    const signal = this.#run.begin();
    const ids = await selector.inTimeOrder(filter);
    const { calls } = await selector.select(filter);
    const { view, setOf } = await timelineView(store, ids, calls, zone(), { signal, onProgress });
    signal.throwIfAborted();
    selector.setNumbered('timeline', setOf);
    return view;
  }

  cancel(): void {
    this.#run.stop('The timeline was stopped.');
  }
}
