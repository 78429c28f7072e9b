/** Words that stand in the indexed texts. */
import type { SearchIndex } from './search-index.ts';
import { termCount, termText } from './segment.ts';

/** The distinct words that `keeps` takes, in no order. */
export function wordsWhere(index: SearchIndex, keeps: (word: string) => boolean): string[] {
  const found = new Set<string>();
  for (const { segment } of index.segments) {
    for (let term = 0; term < termCount(segment); term++) {
      const text = termText(segment, term);
      if (keeps(text)) found.add(text);
    }
  }
  return [...found];
}
