/** What is looked at: a focused message, marked messages, which side of the text stands first, and the order of rows. */
import type { RowOrder } from '../pipeline/contract.ts';

/** 'translation' stresses the machine text; the original always stays beside it. */
export type TextSide = 'both' | 'original' | 'translation';

/** 'machine' shows the machine's text also where a certified one stands. */
export type EnglishText = 'certified' | 'machine';

export class SelectionState {
  #focus = $state<number | null>(null);
  #selected = $state.raw<ReadonlySet<number>>(new Set());
  /** Which text stands first. */
  side = $state<TextSide>('both');
  order = $state<RowOrder>('time');
  /** Which English is shown where a message has both. */
  english = $state<EnglishText>('certified');

  /** Message id under the cursor; shared by conversation, table and detail. */
  get focus(): number | null {
    return this.#focus;
  }
  set focus(id: number | null) {
    this.#focus = id;
  }

  /** Marked message ids; marking never narrows what is shown. */
  get selected(): ReadonlySet<number> {
    return this.#selected;
  }

  select(ids: Iterable<number>): void {
    this.#selected = new Set(ids);
  }

  toggle(id: number): void {
    const next = new Set(this.#selected);
    if (!next.delete(id)) next.add(id);
    this.#selected = next;
  }

  clear(): void {
    this.#selected = new Set();
  }
}
