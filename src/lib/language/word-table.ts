/**
 * Which English words answer a word of the source, learnt from the model's own training lines. It tells when a translation
 * speaks of other things than its original: a clause left out, a sentence invented, the next line's text.
 */
import type { LanguageCode } from './contract.ts';
import { foldedWords } from './fold.ts';
import { readStringTable, type StringTable } from './string-table.ts';

/** models/<name>/lexicon.json: per language, folded source word -> the starts of the English words that answer it. */
export type WordTable = StringTable;

/**
 * Reads the file.
 * @throws Error when it is not of the shape above: a pack's comes from outside
 */
export const readWordTable = (bytes: Uint8Array): WordTable => readStringTable(bytes, 'lexicon.json is not a table of words');

/** English words are compared by this many first letters, so that "pays" answers for "paid" no less than "pay". */
export const STEM_LETTERS = 4;

export const englishStems = (text: string): Set<string> => new Set(foldedWords(text).map((word) => word.slice(0, STEM_LETTERS)));

/** Words of the source that the table knows, and those among them that nothing in the English answers. */
export function wordsUnanswered(
  source: string,
  english: string,
  language: LanguageCode,
  words: WordTable
): { readonly known: number; readonly unanswered: number } {
  const answers = Object.hasOwn(words, language) ? words[language] : undefined;
  if (answers === undefined) return { known: 0, unanswered: 0 };
  const there = englishStems(english);
  let known = 0;
  let unanswered = 0;
  for (const word of new Set(foldedWords(source))) {
    const stems = Object.hasOwn(answers, word) ? answers[word] : undefined;
    if (stems === undefined) continue;
    known++;
    if (!stems.split(' ').some((stem) => there.has(stem))) unanswered++;
  }
  return { known, unanswered };
}
