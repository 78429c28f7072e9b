/**
 * Which English words answer a word of the source, learnt from the model's own training lines. It tells when a translation
 * speaks of other things than its original: a clause left out, a sentence invented, the next line's text.
 */
import type { LanguageCode } from './contract.ts';
import { foldedWords } from './fold.ts';

/** models/<name>/lexicon.json: per language, folded source word -> the starts of the English words that answer it. */
export type Lexicon = Readonly<Record<LanguageCode, Readonly<Record<string, string>>>>;

/**
 * Reads a lexicon's file.
 * @throws Error when it is not of the shape above: a pack's comes from outside
 */
export function readLexicon(bytes: Uint8Array): Lexicon {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const isLexicon = (value: unknown): value is Lexicon =>
    isRecord(value) &&
    Object.values(value).every((answers) => isRecord(answers) && Object.values(answers).every((a) => typeof a === 'string'));
  if (!isLexicon(parsed)) throw new Error('lexicon.json is not a lexicon');
  return parsed;
}

/** English words are compared by this many first letters, so that "pays" answers for "paid" no less than "pay". */
export const STEM_LETTERS = 4;

export const englishStems = (text: string): Set<string> => new Set(foldedWords(text).map((word) => word.slice(0, STEM_LETTERS)));

/** Words of the source that the lexicon knows, and those among them that nothing in the English answers. */
export function wordsUnanswered(
  source: string,
  english: string,
  language: LanguageCode,
  lexicon: Lexicon
): { readonly known: number; readonly unanswered: number } {
  const answers = Object.hasOwn(lexicon, language) ? lexicon[language] : undefined;
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
