/** Works out the lanes of use of a case, one question at a time. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { UseLanesView } from './lanes-contract.ts';
import { LatestRun } from './latest-run.ts';
import { useLanesView } from './use-lanes.ts';

export class UseLanesDesk {
  readonly #store: EvidenceStore;
  readonly #run = new LatestRun();

  constructor(store: EvidenceStore) {
    this.#store = store;
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  view(onProgress: (share: number) => void): Promise<UseLanesView> {
    return useLanesView(this.#store, { signal: this.#run.begin(), onProgress });
  }

  cancel(): void {
    this.#run.stop('The lanes of use were stopped.');
  }
}
