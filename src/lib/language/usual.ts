/**
 * The foreign language that someone writes in a conversation, by their longer lines: what their short ones ("sei lá", "la
 * el", "volto") are told by, which many languages could have written. See [Note: What goes on around] in identify.ts.
 */
import type { LanguageCode } from './contract.ts';
import type { LanguageIdentifier } from './identify.ts';

/** The language that the engines translate into. */
export const TARGET: LanguageCode = 'eng';

/** Fewer sure lines than this say nothing of the next. */
const LEAST_LINES = 2;
/** Of the sure foreign lines; who writes in two languages has no usual one. */
const LEAST_SHARE = 0.8;

export const isForeign = (language: LanguageCode): boolean => language !== TARGET && language !== 'und' && language !== 'zxx';

/**
 * English lines do not count: what is taken for English is left as it is, so that a short foreign line between English
 * ones would stay unread; and a conversation that is half English still has one foreign language.
 * @param languages of lines, 'und' where a line cannot tell
 */
export function usualOf(languages: readonly LanguageCode[]): LanguageCode | undefined {
  const counts = new Map<LanguageCode, number>();
  const foreign = languages.filter(isForeign);
  for (const language of foreign) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  if (most === undefined || most[1] < LEAST_LINES || most[1] < LEAST_SHARE * foreign.length) return undefined;
  return most[0];
}

/**
 * Usual language of each writer of one conversation, undefined where there is none; who has written too little to tell
 * takes that of all together.
 * @param writers longer lines of each
 */
export function usualOfWriters(
  writers: readonly (readonly string[])[],
  identifier: Pick<LanguageIdentifier, 'identify'>
): (LanguageCode | undefined)[] {
  const each = writers.map((texts) => texts.map((text) => identifier.identify(text).language));
  const all = usualOf(each.flat());
  return each.map((languages) => (languages.filter(isForeign).length < LEAST_LINES ? all : usualOf(languages)));
}
