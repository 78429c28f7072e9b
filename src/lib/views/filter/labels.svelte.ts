/**
 * Names for the numbers that a filter holds. Facets name what they count; groups and topics are named by the view in
 * which they were picked. Kept for each case, because a filter outlives the view that made it.
 */
import { SvelteMap } from 'svelte/reactivity';
import { perCase } from '$lib/case/per-case.ts';
import type { FilterResult } from '$lib/pipeline/contract.ts';

export type NamedPart =
  'parties' | 'threads' | 'sources' | 'tags' | 'communities' | 'topics' | 'patterns' | 'timeline' | 'places' | 'phones';

export class FilterLabels {
  readonly #names = new SvelteMap<string, string>();
  /** The sets that were read already: a result never changes. */
  #read: FilterResult | null = null;

  /** The name, or `#12` for a number that nobody named yet. */
  of(part: NamedPart, id: number): string {
    return this.#names.get(`${part} ${id}`) ?? `#${id}`;
  }

  has(part: NamedPart, id: number): boolean {
    return this.#names.has(`${part} ${id}`);
  }

  note(part: NamedPart, id: number, label: string): void {
    const key = `${part} ${id}`;
    if (label !== '' && this.#names.get(key) !== label) this.#names.set(key, label);
  }

  /** Takes the names out of a result's facets. */
  noteFacets(result: FilterResult): void {
    if (this.#read === result) return;
    this.#read = result;
    for (const part of ['parties', 'threads', 'sources', 'tags'] as const)
      for (const { value, label } of result.facets[part]) this.note(part, Number(value), label);
  }
}

/** The names that belong to this case; they end with it. */
export const labelsOf = perCase(() => new FilterLabels());
