/** Ties that are no talk, worked out when first asked for and kept until the evidence or its people change. */
import type { CaseFilter } from './contract.ts';
import { LatestRun } from './latest-run.ts';
import type { TiedNetwork } from './network.ts';
import { kindsInOrder, tiesOfKind, type TiesOfKind } from './other-ties.ts';
import type { DeskSetting } from './pattern-desk.ts';
import type { OtherTie, OtherTiesView, TieHop, TieKind } from './tie-contract.ts';
import { tiePath } from './tie-path.ts';

/** Raised whenever the same evidence may give another result. */
const VERSION = 1;
/** Ties of one kind that are listed; a path goes over all. */
const MOST_LISTED = 5000;

export class OtherTiesDesk {
  readonly #setting: DeskSetting;
  readonly #tied: (filter: CaseFilter) => Promise<TiedNetwork>;
  readonly #run = new LatestRun();
  readonly #known = new Map<string, TiesOfKind>();

  /** @param tied the network of talk of a filter */
  constructor(setting: DeskSetting, tied: (filter: CaseFilter) => Promise<TiedNetwork>) {
    this.#setting = setting;
    this.#tied = tied;
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async view(kinds: readonly TieKind[], onProgress: (share: number) => void): Promise<OtherTiesView> {
    const found = await this.#find(kinds, onProgress);
    return {
      ties: [...found.values()].flatMap(({ ties }) => ties.slice(0, MOST_LISTED)),
      of: Object.fromEntries([...found].map(([kind, { ties }]) => [kind, ties.length])),
      unowned: Object.fromEntries([...found].map(([kind, { unowned }]) => [kind, unowned])),
      rule: { id: 'other-ties', version: VERSION }
    };
  }

  async path(from: number, to: number, filter: CaseFilter, kinds: readonly TieKind[]): Promise<TieHop[] | null> {
    const { store } = this.#setting;
    const { directory } = store;
    const found = await this.#find(kinds, () => {});
    const others: OtherTie[] = [...found.values()].flatMap(({ ties }) => ties);
    return tiePath(store, await this.#tied(filter), others, directory.standing(from), directory.standing(to));
  }

  cancel(): void {
    this.#run.stop('Looking for ties was stopped.');
  }

  /** Messages or parties are others than before. */
  changed(): void {
    this.#known.clear();
  }

  async #find(kinds: readonly TieKind[], onProgress: (share: number) => void): Promise<Map<TieKind, TiesOfKind>> {
    const { store, zone } = this.#setting;
    const signal = this.#run.begin();
    const wanted = kindsInOrder(kinds);
    const found = new Map<TieKind, TiesOfKind>();
    for (const [i, kind] of wanted.entries()) {
      // Days are those of the zone that the case is shown in.
      const key = `${kind} ${zone()} ${store.revision}`;
      const ties =
        this.#known.get(key) ??
        (await tiesOfKind(store, kind, zone(), { signal, onProgress: (share) => onProgress((i + share) / wanted.length) }));
      signal.throwIfAborted();
      this.#known.set(key, ties);
      found.set(kind, ties);
    }
    return found;
  }
}
