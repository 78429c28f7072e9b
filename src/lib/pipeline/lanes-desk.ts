/** Works out the lanes of use of a case, one question at a time, with what officers noted on them beside it. */
import type { EvidenceStore } from '../evidence/store.ts';
import { AttributionDesk } from './attribution-desk.ts';
import type { UseLanesView } from './lanes-contract.ts';
import { LatestRun } from './latest-run.ts';
import { useLanesView } from './use-lanes.ts';

export class UseLanesDesk {
  readonly #store: EvidenceStore;
  readonly #run = new LatestRun();
  /** Never read by the lanes: what an officer notes changes nothing that is worked out. */
  readonly attributions: AttributionDesk;

  constructor(store: EvidenceStore, notes: ConstructorParameters<typeof AttributionDesk>[1]) {
    this.#store = store;
    this.attributions = new AttributionDesk(store, notes);
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  view(onProgress: (share: number) => void): Promise<UseLanesView> {
    return useLanesView(this.#store, { signal: this.#run.begin(), onProgress });
  }

  cancel(): void {
    this.#run.stop('The lanes of use were stopped.');
  }
}
