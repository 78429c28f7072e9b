/** A sentence of the catalogue in the language of the page. */
import { say, type Sentence } from '$lib/evidence/wording/sentence.ts';
import { getLocale } from '$lib/paraglide/runtime.js';

export function inWords(sentence: Sentence): string {
  return say(sentence, getLocale());
}
