/** The network of the filtered set as drawn: options, marked people, what is hidden or pinned, the path asked for. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { NetworkView, PathHop } from '$lib/pipeline/contract.ts';
import { Latest } from '../filter/latest.svelte.ts';
import { ShareWatch } from '../filter/share-watch.svelte.ts';
import { groupByNode, groupsOf } from './groups.ts';
import { tiesOf } from './ties.ts';

/** Fixed, so that the same messages always give the same picture. */
const SEED = 1;
export const NODE_LIMITS = [60, 240, 1000, 5000] as const;

export class NetworkState {
  readonly #opened: OpenCase;
  readonly #answer = new Latest<NetworkView>();
  readonly #path = new Latest<PathHop[] | null>();
  maxNodes = $state<number>(240);
  includeCalls = $state(true);
  /** Party ids: they outlive a new computation, node numbers do not. */
  chosen = $state<number | null>(null);
  /** The other end of a path; null without one. */
  target = $state<number | null>(null);
  readonly hidden = new SvelteSet<number>();
  readonly pinned = new SvelteMap<number, { readonly x: number; readonly y: number }>();
  /** Group under the officer's eye: drawn strong, the rest pale. */
  group = $state<number | null>(null);
  readonly groups = $derived.by(() => (this.view === null ? [] : groupsOf(this.view)));
  readonly nodeGroups = $derived.by(() => (this.view === null ? [] : groupByNode(this.view, this.groups)));
  readonly ties = $derived.by(() => (this.view === null ? [] : tiesOf(this.view)));
  readonly nodeByParty = $derived.by(() => new Map(Array.from(this.view?.party ?? [], (party, node) => [party, node])));

  wasStopped = $state(false);
  #watch = $state.raw(new ShareWatch());

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  get view(): NetworkView | null {
    return this.#answer.value;
  }
  get busy(): boolean {
    return this.#answer.busy;
  }
  get failure(): string | null {
    return this.#answer.failure;
  }
  /** How far the computation under way is. */
  get progress(): ShareWatch {
    return this.#watch;
  }
  get hops(): readonly PathHop[] | null {
    return this.#path.value;
  }
  /** 'none': the two ends are not connected in this filter. */
  get pathStage(): 'idle' | 'looking' | 'found' | 'none' | 'failed' {
    if (this.chosen === null || this.target === null) return 'idle';
    if (this.#path.busy) return 'looking';
    if (this.#path.failure !== null) return 'failed';
    return this.#path.value === null ? 'none' : 'found';
  }

  labelOf(party: number): string {
    const node = this.nodeByParty.get(party);
    return node === undefined ? `#${party}` : (this.view?.labels[node] ?? `#${party}`);
  }

  /** Asks for the network of the filter; call in an effect. */
  follow(): void {
    if (this.#opened.filter.result === null) return;
    const filter = this.#opened.filter.value;
    const options = { maxNodes: this.maxNodes, includeCalls: this.includeCalls, seed: SEED };
    // Not read back from the state: an effect must not wait for what it sets itself.
    const watch = new ShareWatch();
    this.#watch = watch;
    this.wasStopped = false;
    void this.#answer.ask(() => this.#opened.api.network(filter, options, (share) => watch.tell(share)));
  }

  stop(): void {
    this.wasStopped = true;
    void this.#opened.api.cancelNetwork();
  }

  /** Asks for the path between the two chosen people; call in an effect. */
  followPath(): void {
    const { chosen, target } = this;
    if (this.#opened.filter.result === null || chosen === null || target === null || chosen === target) return;
    const filter = this.#opened.filter.value;
    void this.#path.ask(() => this.#opened.api.path(chosen, target, filter));
  }

  /** Chooses a person; with `asTarget` the other end of a path from the one chosen before. */
  choose(party: number | null, asTarget = false): void {
    if (asTarget && this.chosen !== null && party !== this.chosen) this.target = party;
    else {
      this.chosen = party;
      this.target = null;
    }
  }

  /** Where the picture draws a person now; set by the picture while there is one. */
  placeOf: ((party: number) => { readonly x: number; readonly y: number } | null) | null = null;

  /** Keeps a person where the picture shows them, over later computations. */
  pinHere(party: number): void {
    const place = this.placeOf?.(party) ?? null;
    if (place !== null) this.pinned.set(party, place);
  }

  hide(party: number): void {
    this.hidden.add(party);
    if (this.chosen === party) this.choose(null);
    if (this.target === party) this.target = null;
  }
}
