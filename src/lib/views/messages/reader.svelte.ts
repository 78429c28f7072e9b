/** The cursor over the filtered set that conversation, table and detail share, with the rows around it. */
import { untrack } from 'svelte';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import type { FilterResult, MessageRow } from '$lib/pipeline/contract.ts';
import { RowWindows } from './row-windows.svelte.ts';

/** Marking and copying stop here: a longer list belongs into an export. */
export const MOST_MARKED = 5000;

export class MessageReader {
  readonly windows: RowWindows;
  readonly #opened: OpenCase;
  #index = $state(-1);
  #anchor = $state(-1);
  #key = '';
  #move = 0;
  /** Conversations of the last set that was not narrowed to some of them, the busiest first. */
  #threads: readonly number[] = [];

  constructor(opened: OpenCase) {
    this.#opened = opened;
    this.windows = new RowWindows((setId, order, start, count) => opened.api.rows(setId, order, start, count));
  }

  /** Place of the focused message in the set; -1 when there is none or the filter hides it. */
  get index(): number {
    return this.#index;
  }
  get total(): number {
    return this.windows.total;
  }
  /** Marked places, both ends inclusive; null without a marked range. */
  get range(): readonly [number, number] | null {
    if (this.#anchor < 0 || this.#index < 0) return null;
    return [Math.min(this.#anchor, this.#index), Math.max(this.#anchor, this.#index)];
  }

  row(index: number): MessageRow | undefined {
    return this.windows.row(index);
  }

  isMarked(index: number): boolean {
    const range = this.range;
    return range !== null && index >= range[0] && index <= range[1];
  }

  /** Follows the filter's newest result; call in an effect. */
  follow(): void {
    const { result, value } = this.#opened.filter;
    const { order } = this.#opened.selection;
    if (result === null) return;
    untrack(() => this.#use(result, JSON.stringify([value, order])));
  }

  #use(result: FilterResult, key: string): void {
    const { value } = this.#opened.filter;
    const { order } = this.#opened.selection;
    const isSame = key === this.#key;
    this.#key = key;
    if (value.threads === undefined || this.#threads.length === 0)
      this.#threads = result.facets.threads.map((facet) => Number(facet.value));
    if (!isSame) this.#anchor = -1;
    this.windows.use(result.setId, order, result.total, isSame);
    void this.#locate(isSame);
  }

  /** Puts the cursor at a place; with `extends` the range from the anchor grows. */
  async goTo(index: number, extend = false): Promise<void> {
    if (this.total === 0) return;
    const to = Math.min(this.total - 1, Math.max(0, index));
    if (extend && this.#anchor < 0) this.#anchor = Math.max(0, this.#index);
    if (!extend) this.#anchor = -1;
    if (extend && Math.abs(to - this.#anchor) >= MOST_MARKED) return;
    this.#index = to;
    const move = ++this.#move;
    const row = this.row(to) ?? (await this.windows.range(to, to + 1))[0];
    if (move !== this.#move || row === undefined) return;
    this.#opened.selection.focus = row.id;
    await this.#mark(move);
  }

  move(steps: number, extend = false): Promise<void> {
    return this.goTo(this.#index < 0 ? 0 : this.#index + steps, extend);
  }

  /** Rows to copy: the marked range, else the focused one. */
  async marked(): Promise<MessageRow[]> {
    const range = this.range ?? (this.#index < 0 ? null : [this.#index, this.#index]);
    return range === null ? [] : this.windows.range(range[0] as number, (range[1] as number) + 1);
  }

  /** The marked rows when all of them are held; null where some must be fetched first. */
  markedNow(): MessageRow[] | null {
    const range = this.range ?? (this.#index < 0 ? null : [this.#index, this.#index]);
    if (range === null) return [];
    const rows: MessageRow[] = [];
    for (let i = range[0] as number; i <= (range[1] as number); i++) {
      const row = this.row(i);
      if (row === undefined) return null;
      rows.push(row);
    }
    return rows;
  }

  unmark(): void {
    this.#anchor = -1;
    this.#opened.selection.clear();
  }

  /** Narrows to the conversation before or after the one that is read. */
  turnTo(steps: 1 | -1): void {
    const chosen = this.#opened.filter.value.threads;
    const current = chosen?.length === 1 ? chosen[0] : this.row(this.#index)?.threadId;
    const at = current === undefined ? -1 : this.#threads.indexOf(current);
    const isReading = chosen?.length === 1;
    const next = this.#threads[at < 0 ? 0 : isReading ? at + steps : at];
    if (next !== undefined) this.#opened.filter.set('threads', [next]);
  }

  async #mark(move: number): Promise<void> {
    if (this.range === null) {
      if (this.#opened.selection.selected.size > 0) this.#opened.selection.clear();
      return;
    }
    const rows = await this.marked();
    if (move === this.#move) this.#opened.selection.select(rows.map((row) => row.id));
  }

  async #locate(isSame: boolean): Promise<void> {
    const { focus, order } = this.#opened.selection;
    const result = this.#opened.filter.result;
    const move = ++this.#move;
    if (focus === null || result === null) {
      this.#index = -1;
      return;
    }
    if (isSame && this.#index >= 0 && this.row(this.#index)?.id === focus) return;
    try {
      const index = await this.#opened.api.positionOf(result.setId, order, focus);
      if (move === this.#move) this.#index = index;
    } catch {
      // The set was replaced while asking: `follow` runs again for its successor.
    }
  }
}
