/** Who was in touch with whom in a filter's messages: the network, and the ways between two people in it. */
import type { CaseFilter, NetworkOptions, NetworkView, PathHop } from './contract.ts';
import type { EnglishSources } from './english.ts';
import { LatestRun } from './latest-run.ts';
import { networkView, pathHops, tiedNetwork, type TiedNetwork } from './network.ts';
import type { DeskSetting } from './pattern-desk.ts';
import { distinctTerms } from './terms.ts';
import { tieEvents, type TieEvents } from './ties.ts';

export class NetworkDesk {
  readonly #setting: DeskSetting;
  readonly #texts: EnglishSources;
  readonly #run = new LatestRun();
  /** Of the whole case, made when first asked for. */
  #events: TieEvents | null = null;

  constructor(setting: DeskSetting, texts: EnglishSources) {
    this.#setting = setting;
    this.#texts = texts;
  }

  /** @throws the signal's reason when a later call ended it */
  async view(filter: CaseFilter, options: NetworkOptions): Promise<NetworkView> {
    const { store, selector } = this.#setting;
    const signal = this.#run.begin();
    const { messages, calls } = await selector.select(filter);
    const network = this.#tied(messages, options.includeCalls ? calls : new Uint32Array());
    const termsOf = (groups: readonly Uint32Array[]): string[][] => distinctTerms(store, this.#texts, groups);
    const { all, ...view } = await networkView(store, network, messages, options, termsOf, signal);
    // Of two answers the older must not be the one that filters by group mean.
    signal.throwIfAborted();
    const communityOf = new Int32Array(store.directory.partyCount).fill(-1);
    network.parties.forEach((party, node) => (communityOf[party] = all.community[node] as number));
    selector.setCommunities(communityOf);
    return view;
  }

  async path(from: number, to: number, filter: CaseFilter): Promise<PathHop[] | null> {
    const { store, selector } = this.#setting;
    const { messages, calls } = await selector.select(filter);
    const { directory } = store;
    return pathHops(store, this.#tied(messages, calls), directory.standing(from), directory.standing(to));
  }

  /** Messages or parties are others than before. */
  changed(): void {
    this.#events = null;
  }

  #tied(messages: Uint32Array, calls: Uint32Array): TiedNetwork {
    this.#events ??= tieEvents(this.#setting.store);
    return tiedNetwork(this.#events, messages, calls);
  }
}
