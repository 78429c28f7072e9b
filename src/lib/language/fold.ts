/** Forms in which words of two languages are compared. */
import { withoutDiacritics } from './ngrams.ts';

/** Lower case, without accents, with the straight apostrophe. */
export function folded(text: string): string {
  return withoutDiacritics(text).toLowerCase().replace(/[’‘]/gu, "'");
}

/** Folded words and numbers in order; apostrophes part words in the source languages ("l'auto"), not in English. */
export function foldedWords(text: string): string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
