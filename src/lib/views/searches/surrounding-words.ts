/** The filter around a search in words, '' for the whole case: what the log of searches keeps beside its data. */
import { withPart } from '$lib/case/filter-parts.ts';
import type { OpenCase } from '$lib/case/open-case.svelte.ts';
import { clockIn } from '../filter/clock.ts';
import { labelsOf } from '../filter/labels.svelte.ts';
import { filterPhrases } from '../filter/sentence.ts';

export function surroundingWords(opened: OpenCase): string {
  const filter = withPart(opened.filter.value, 'text', undefined);
  return filterPhrases(filter, labelsOf(opened), clockIn(opened.zone))
    .map(({ words }) => words)
    .join(', ');
}

/** Writes the search that now stands in the filter into the log of the case. One that could not be is told to the case. */
export async function noteSearch(opened: OpenCase): Promise<void> {
  try {
    await opened.api.noteSearch(opened.filter.value, surroundingWords(opened));
  } catch (error) {
    opened.searchNotLogged(error instanceof Error ? error.message : String(error));
  }
}
