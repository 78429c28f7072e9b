/** The tags of a case as views see them, and the messages that a dialog is about. */
import { SvelteMap } from 'svelte/reactivity';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { TagCounts, Tagged, TagFault, TagRequest, TagView } from '$lib/pipeline/tag-contract.ts';

/** How much of the messages has a tag. */
export type TagShare = 'all' | 'some' | 'none';

export class TagState {
  readonly #opened: OpenCase;
  readonly #counts = new SvelteMap<number, number>();
  #view = $state.raw<TagView | null>(null);
  #on = $state.raw<Tagged | null>(null);
  #messages = $state(0);
  #fault = $state<TagFault | null>(null);
  #failure = $state<string | null>(null);
  #busy = $state(false);

  constructor(opened: OpenCase) {
    this.#opened = opened;
  }

  get view(): TagView | null {
    return this.#view;
  }
  /** How many messages the dialog is about. */
  get messages(): number {
    return this.#messages;
  }
  /** Why the last change was not made; null where it was. */
  get fault(): TagFault | null {
    return this.#fault;
  }
  get failure(): string | null {
    return this.#failure;
  }
  get busy(): boolean {
    return this.#busy;
  }
  get isOpen(): boolean {
    return this.#on !== null;
  }

  open(on: Tagged): Promise<void> {
    this.#on = on;
    this.#fault = null;
    return this.#try(() => this.#look());
  }

  close(): void {
    this.#on = null;
  }

  shareOf(tag: number): TagShare {
    const count = this.#counts.get(tag) ?? 0;
    return count === 0 ? 'none' : count < this.#messages ? 'some' : 'all';
  }

  /** Puts the tag on all of the messages, or where all have it, takes it off. */
  async toggle(tag: number): Promise<void> {
    const on = this.#on;
    if (on !== null) await this.change({ kind: this.shareOf(tag) === 'all' ? 'take' : 'put', tag, on });
  }

  /** Makes a tag and puts it on the messages. @returns whether both were done */
  async makeAndPut(name: string): Promise<boolean> {
    const made = await this.change({ kind: 'make', name });
    // A filtered set has another number since the tag was made.
    const on = this.#on;
    return made !== null && on !== null && (await this.change({ kind: 'put', tag: made, on })) !== null;
  }

  /** @returns the tag that was changed; null where nothing was */
  async change(request: TagRequest): Promise<number | null> {
    if (this.#busy) return null;
    let changed: number | null = null;
    await this.#try(async () => {
      const { fault, step, view } = await this.#opened.api.changeTags(request);
      this.#fault = fault;
      this.#view = view;
      if (step === null) return;
      changed = step.tag;
      // The messages keep their places; facets, chips and a filter by tag follow. A set has another number now.
      const before = this.#opened.filter.result?.setId;
      await this.#opened.filter.refresh();
      const now = this.#opened.filter.result?.setId;
      if (this.#on !== null && 'setId' in this.#on && this.#on.setId === before && now !== undefined) this.#on = { setId: now };
      await this.#look();
    });
    return changed;
  }

  async #look(): Promise<void> {
    const on = this.#on;
    if (on === null) return;
    const { api } = this.#opened;
    const [view, counts]: [TagView, TagCounts] = await Promise.all([api.tags(), api.tagCounts(on)]);
    this.#view = view;
    this.#messages = counts.messages;
    this.#counts.clear();
    for (const [tag, messages] of counts.counts) this.#counts.set(tag, messages);
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    this.#failure = null;
    try {
      await work();
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.#busy = false;
    }
  }
}
