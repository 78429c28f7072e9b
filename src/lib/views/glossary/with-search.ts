/** A filter narrowed by a search, together with the search that it holds already. */
import type { CaseFilter } from '$lib/pipeline/contract.ts';

export function withSearch(filter: CaseFilter, query: string): CaseFilter {
  const before = filter.text?.trim() ?? '';
  return { ...filter, text: before === '' ? query : `(${before}) (${query})` };
}
