/**
 * Rows of a set, fetched a page at a time as they come into sight. Holds a few pages, never the set: a million messages
 * stay in the worker.
 */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { MessageRow, RowOrder } from '$lib/pipeline/contract.ts';

/** One answer's size: a few screens, so that a slow machine still answers within a frame or two. */
export const PAGE_ROWS = 64;
/** Pages kept: 4,096 rows, some megabytes. */
const KEPT_PAGES = 64;
/** Requests under way at once: more would only queue in the worker behind what is no longer in sight. */
const AT_ONCE = 2;

export type AskRows = (setId: number, order: RowOrder, start: number, count: number) => Promise<readonly MessageRow[]>;

export class RowWindows {
  readonly #ask: AskRows;
  readonly #pages = new SvelteMap<number, readonly MessageRow[]>();
  /** Pages that still show rows of an earlier answer, kept on screen until the new one is there. */
  readonly #stale = new Set<number>();
  readonly #asked = new Map<number, number>();
  #set: { readonly setId: number; readonly order: RowOrder } | null = null;
  #total = $state(0);
  #generation = 0;
  #wanted: readonly [number, number] = [0, 0];
  #failure = $state<string | null>(null);

  constructor(ask: AskRows) {
    this.#ask = ask;
  }

  get total(): number {
    return this.#total;
  }
  /** Why rows could not be fetched; null when they could. */
  get failure(): string | null {
    return this.#failure;
  }

  /** The row at a place of the set, or undefined until it was fetched. */
  row(index: number): MessageRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /**
   * Goes over to another set.
   * @param keep true where the same messages stand at the same places: rows on screen stay until their successors come.
   */
  use(setId: number, order: RowOrder, total: number, keep: boolean): void {
    this.#set = { setId, order };
    this.#generation++;
    this.#asked.clear();
    this.#failure = null;
    if (keep && total === this.#total) {
      for (const page of this.#pages.keys()) this.#stale.add(page);
    } else {
      this.#pages.clear();
      this.#stale.clear();
    }
    this.#total = total;
    this.#pump();
  }

  /** Rows from `start` up to `end` are in sight: missing ones are fetched, the nearest pages first. */
  want(start: number, end: number): void {
    untrack(() => {
      const last = Math.max(0, this.#total - 1);
      this.#wanted = [Math.min(last, Math.max(0, start)), Math.min(this.#total, end)];
      this.#pump();
    });
  }

  /** Rows of any range, fetched where they are not held; for copying. */
  async range(start: number, end: number): Promise<MessageRow[]> {
    const held: MessageRow[] = [];
    for (let i = start; i < end; i++) {
      const row = this.row(i);
      if (row === undefined || this.#stale.has(Math.floor(i / PAGE_ROWS))) break;
      held.push(row);
    }
    if (held.length === end - start || this.#set === null) return held;
    return [...(await this.#ask(this.#set.setId, this.#set.order, start, end - start))];
  }

  #pump(): void {
    if (this.#set === null || this.#total === 0) return;
    const [start, end] = this.#wanted;
    const first = Math.floor(start / PAGE_ROWS);
    const last = Math.floor(Math.max(start, end - 1) / PAGE_ROWS);
    for (let page = first; page <= last && this.#asked.size < AT_ONCE; page++) {
      const isHeld = this.#pages.has(page) && !this.#stale.has(page);
      if (!isHeld && !this.#asked.has(page)) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const set = this.#set;
    const generation = this.#generation;
    if (set === null) return;
    this.#asked.set(page, generation);
    try {
      const start = page * PAGE_ROWS;
      const rows = await this.#ask(set.setId, set.order, start, Math.min(PAGE_ROWS, this.#total - start));
      if (generation !== this.#generation) return;
      this.#pages.set(page, rows);
      this.#stale.delete(page);
      this.#drop(page);
    } catch (error) {
      // A set that was replaced meanwhile answers with an error; its successor has asked by itself.
      if (generation === this.#generation) this.#failure = error instanceof Error ? error.message : String(error);
      return;
    } finally {
      if (this.#asked.get(page) === generation) this.#asked.delete(page);
    }
    if (generation === this.#generation) this.#pump();
  }

  /** Lets go of the pages that are farthest from the one that just came. */
  #drop(near: number): void {
    if (this.#pages.size <= KEPT_PAGES) return;
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const page of far.slice(0, this.#pages.size - KEPT_PAGES)) {
      this.#pages.delete(page);
      this.#stale.delete(page);
    }
  }
}
