/** Finds places, areas and meetings and keeps the messages of their times, so that filters can name them. */
import type { CaseFilter } from './contract.ts';
import { LatestRun } from './latest-run.ts';
import type { DeskSetting } from './pattern-desk.ts';
import type { PlacesView } from './place-contract.ts';
import { placesView } from './places.ts';

export class PlacesDesk {
  readonly #setting: DeskSetting;
  readonly #run = new LatestRun();

  constructor(setting: DeskSetting) {
    this.#setting = setting;
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async view(filter: CaseFilter, onProgress: (share: number) => void): Promise<PlacesView> {
    const { store, selector, zone } = this.#setting;
    const signal = this.#run.begin();
    const inOrder = await selector.inTimeOrder({});
    const { view, setOf } = await placesView(store, filter, inOrder, zone(), { signal, onProgress });
    signal.throwIfAborted();
    selector.setNumbered('places', setOf);
    return view;
  }

  cancel(): void {
    this.#run.stop('The places were stopped.');
  }
}
