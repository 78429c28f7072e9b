/** Ties that are no talk: which kinds are switched on, what there is of them, and the way over them. */
import { SvelteSet } from 'svelte/reactivity';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { OtherTie, OtherTiesView, TieHop, TieKind } from '$lib/pipeline/tie-contract.ts';
import { Latest } from '../filter/latest.svelte.ts';
import { identityOf } from '../people/identity-state.svelte.ts';

export class OtherTiesState {
  readonly #opened: OpenCase;
  readonly #answer = new Latest<OtherTiesView>();
  readonly #path = new Latest<TieHop[] | null>();
  #key = '';
  /** Address books alone until an officer chooses: the other kinds rest on rows that are easily misread. */
  readonly kinds = new SvelteSet<TieKind>(['address-book']);
  share = $state(0);
  wasStopped = $state(false);

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  get view(): OtherTiesView | null {
    return this.kinds.size === 0 ? null : this.#answer.value;
  }
  get busy(): boolean {
    return this.#answer.busy;
  }
  get failure(): string | null {
    return this.#answer.failure;
  }
  /** Over the kinds that are switched on; null without a way, or before one was asked for. */
  get hops(): readonly TieHop[] | null {
    return this.kinds.size === 0 ? null : this.#path.value;
  }

  ties(): readonly OtherTie[] {
    return this.view?.ties ?? [];
  }
  tiesOf(party: number): readonly OtherTie[] {
    return this.ties().filter(({ a, b }) => a.id === party || b.id === party);
  }

  toggle(kind: TieKind): void {
    if (!this.kinds.delete(kind)) this.kinds.add(kind);
  }

  /** Asks for the kinds that are switched on, and again when files or decisions about persons came; call in an effect. */
  follow(): void {
    const kinds = [...this.kinds];
    const of = this.#opened.filter.result?.of ?? 0;
    // Filters change nothing here: an answer is of the whole case, its people and its zone.
    const key = JSON.stringify([kinds, of, identityOf(this.#opened).version, this.#opened.zone]);
    if (of === 0 || kinds.length === 0 || key === this.#key) return;
    this.#key = key;
    this.#ask(kinds);
  }

  again(): void {
    this.#ask([...this.kinds]);
  }

  #ask(kinds: readonly TieKind[]): void {
    this.share = 0;
    this.wasStopped = false;
    void this.#answer.ask(() => this.#opened.api.otherTies(kinds, (share) => (this.share = share)));
  }

  /** Asks for the way between two people over these ties as well; call in an effect. */
  followPath(from: number | null, to: number | null): void {
    const kinds = [...this.kinds];
    if (this.busy || this.view === null || from === null || to === null || from === to) return;
    const filter = this.#opened.filter.value;
    void this.#path.ask(() => this.#opened.api.tiePath(from, to, filter, kinds));
  }

  stop(): void {
    this.wasStopped = true;
    void this.#opened.api.cancelOtherTies();
  }
}
