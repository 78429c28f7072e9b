/**
 * [Note: Sentence] What Skein has to say about a source is kept as a stable code with its values, and put into words
 * where it is read: in English in a terminal and in the record, in the reader's language on screen. The catalogue
 * beside this file holds both languages, so that neither can say what the other does not.
 *
 * In a template `{file}` is a value, and `{n|row|rows}` the word that fits the number n in that language.
 */
import { CATALOGUE } from './catalogue.ts';

export type Language = 'en' | 'fr';
export type SentenceCode = keyof typeof CATALOGUE;

/** Text from the evidence stays as it is; sentences inside sentences are put into the same language; lists get commas. */
export type SentenceValue = string | number | Sentence | readonly SentenceValue[];

/** Plain data: it is stored with the source and crosses to the page. */
export interface Sentence {
  readonly code: SentenceCode;
  readonly values?: Readonly<Record<string, SentenceValue>>;
}

/** The names between braces of a template. */
type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Number}|${string}` ? Number : Name) | NamesIn<Rest>
  : never;
type ValuesOf<C extends SentenceCode> = Readonly<Record<NamesIn<(typeof CATALOGUE)[C]['en']>, SentenceValue>>;

/** A sentence with every value that its words ask for; a missing or misspelt one does not compile. */
export function sentence<C extends SentenceCode>(
  code: C,
  ...values: [keyof ValuesOf<C>] extends [never] ? [] : [ValuesOf<C>]
): Sentence {
  const [given] = values;
  return given === undefined ? { code } : { code, values: given };
}

/** What an earlier version kept as bare English. */
export function asWritten(text: string): Sentence {
  return sentence('as-written', { text });
}

const PLACES = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g;
const plurals: Readonly<Record<Language, Intl.PluralRules>> = { en: new Intl.PluralRules('en'), fr: new Intl.PluralRules('fr') };

/** The words. A code of a newer version, which this catalogue does not know, is shown as itself with its values. */
export function say(said: Sentence, language: Language = 'en'): string {
  const values = said.values ?? {};
  const words = Object.hasOwn(CATALOGUE, said.code) ? CATALOGUE[said.code][language] : null;
  if (words === null) return [said.code, ...Object.values(values).map((value) => wordsOf(value, language))].join(' ');
  return words.replace(PLACES, (_, name: string, one?: string, many?: string) => {
    const value = values[name] ?? '';
    if (one === undefined || many === undefined) return wordsOf(value, language);
    return plurals[language].select(Number(value)) === 'one' ? one : many;
  });
}

function wordsOf(value: SentenceValue, language: Language): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if ('code' in value) return say(value, language);
  return value.map((one) => wordsOf(one, language)).join(', ');
}
