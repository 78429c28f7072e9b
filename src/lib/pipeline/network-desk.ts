/** Who was in touch with whom in a filter's messages: the network, and the ways between two people in it. */
import type { CaseFilter, NetworkOptions, NetworkView, PathHop } from './contract.ts';
import type { EnglishSources } from './english.ts';
import { LatestRun } from './latest-run.ts';
import { networkView, pathHops, tiedNetwork, type TiedNetwork } from './network.ts';
import { OtherTiesDesk } from './other-ties-desk.ts';
import type { DeskSetting } from './pattern-desk.ts';
import { distinctTerms } from './terms.ts';
import { tieEvents, type TieEvents } from './ties.ts';

export class NetworkDesk {
  readonly #setting: DeskSetting;
  readonly #texts: EnglishSources;
  readonly #run = new LatestRun();
  /** Ties that are no talk. See [Note: Kinds of ties]. */
  readonly others: OtherTiesDesk;
  /** Of the whole case, made when first asked for. */
  #events: TieEvents | null = null;

  constructor(setting: DeskSetting, texts: EnglishSources) {
    this.#setting = setting;
    this.#texts = texts;
    this.others = new OtherTiesDesk(setting, (filter) => this.tied(filter));
  }

  /** @throws the signal's reason when `cancel` or a later call ended it */
  async view(filter: CaseFilter, options: NetworkOptions, onProgress?: (share: number) => void): Promise<NetworkView> {
    const { store, selector } = this.#setting;
    const signal = this.#run.begin();
    const { messages, calls } = await selector.select(filter);
    const network = this.#tied(messages, options.includeCalls ? calls : new Uint32Array());
    const termsOf = (groups: readonly Uint32Array[]): string[][] => distinctTerms(store, this.#texts, groups);
    const { all, ...view } = await networkView(store, network, messages, options, termsOf, { signal, onProgress });
    // Of two answers the older must not be the one that filters by group mean.
    signal.throwIfAborted();
    const communityOf = new Int32Array(store.directory.partyCount).fill(-1);
    network.parties.forEach((party, node) => (communityOf[party] = all.community[node] as number));
    selector.setCommunities(communityOf);
    return view;
  }

  cancel(): void {
    this.#run.stop('Computing the network was stopped.');
  }

  async path(from: number, to: number, filter: CaseFilter): Promise<PathHop[] | null> {
    const { store } = this.#setting;
    const { directory } = store;
    return pathHops(store, await this.tied(filter), directory.standing(from), directory.standing(to));
  }

  /** Ties of talk, calls included. */
  async tied(filter: CaseFilter): Promise<TiedNetwork> {
    const { messages, calls } = await this.#setting.selector.select(filter);
    return this.#tied(messages, calls);
  }

  /** Messages or parties are others than before. */
  changed(): void {
    this.#events = null;
    this.others.changed();
  }

  #tied(messages: Uint32Array, calls: Uint32Array): TiedNetwork {
    this.#events ??= tieEvents(this.#setting.store);
    return tiedNetwork(this.#events, messages, calls);
  }
}
