/**
 * Names that a translation lost, asked for again.
 *
 * [Note: Lost names] A small model drops or exchanges names whose letters it has seldom met ("bonsoir Nadia, …" => "Good
 * evening. …", "zi-i lui Besnik" => "Tell Vasile"), and who is spoken to is half of what a line says. The line is
 * translated once more with the lost names under names that every textbook holds, and these are put back; if they survived
 * and the model is no less sure, that is the line. Placeholders would tell neither a person nor he from she. What is gained
 * is printed by `npm run -s bench -- translation`.
 */
import type { LanguageCode } from './contract.ts';
import { folded } from './fold.ts';
import type { Masked } from './mask.ts';
import { namesLost, type NameList } from './names.ts';
import { STEM_LETTERS, type WordTable } from './word-table.ts';

const WOMEN: readonly string[] = ['Mary', 'Alice', 'Susan'];
const MEN: readonly string[] = ['Tom', 'John', 'Bill'];
/** Of the languages we read, names with these ends are women's, but for the few below. */
const ENDS_OF_WOMENS = /(?:a|ie|ette|elle|ine|line|enne)$/u;
const MENS_ALL_THE_SAME = new Set(
  'luca gianluca andrea nicola mattia elia enea mircea mihaita costa toma sava barba mustafa musa issa moussa abdoulaye'.split(
    ' '
  )
);

/** How far the mean natural-log probability a token may fall for the sake of a name. */
const MOST_LOST_CERTAINTY = 0.25;

const isWomans = (name: string): boolean => ENDS_OF_WOMENS.test(folded(name)) && !MENS_ALL_THE_SAME.has(folded(name));

/** Names that the English lost and that can be asked for again: those that are no ordinary words of the language. */
export function namesToAskFor(
  source: string,
  english: string,
  language: LanguageCode,
  { names, words }: { readonly names?: NameList; readonly words: WordTable | null }
): string[] {
  const table = words !== null && Object.hasOwn(words, language) ? words[language] : undefined;
  return namesLost(source, english, language, names).filter((name) => {
    const word = folded(name);
    if (names?.has(word) === true) return true;
    const stems = table !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
    return stems === undefined || stems.split(' ').includes(word.slice(0, STEM_LETTERS));
  });
}

/**
 * The same text with common names in place of the given ones, which count as tokens from then on.
 * @returns null when there are none or too many, when one stands twice, or when a common name stands in the text itself
 */
export function withCommonNames(masked: Masked, names: readonly string[]): Masked | null {
  const free = { women: [...WOMEN], men: [...MEN] };
  let { text } = masked;
  const standIns = [...masked.standIns];
  for (const name of names) {
    const standIn = free[isWomans(name) ? 'women' : 'men'].shift();
    const parts = text.split(wholeWord(name));
    if (standIn === undefined || parts.length !== 2 || wholeWord(standIn).test(masked.text)) return null;
    text = parts.join(standIn);
    standIns.push(standIn);
  }
  return names.length === 0 ? null : { text, standIns, tokens: [...masked.tokens, ...names], written: masked.written };
}

/** Whether the second text is worth having: every name stands, and the model is about as sure. */
export function keepsNames(
  first: { readonly logProb: number },
  second: { readonly text: string; readonly logProb: number },
  source: string,
  language: LanguageCode,
  names: NameList | undefined
): boolean {
  return second.logProb >= first.logProb - MOST_LOST_CERTAINTY && namesLost(source, second.text, language, names).length === 0;
}

const wholeWord = (word: string): RegExp => new RegExp(String.raw`(?<![\p{L}\p{N}])${word}(?![\p{L}\p{N}])`, 'u');
