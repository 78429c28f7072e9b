/** What a text's writing system alone says of its language. */
import { withoutAddresses } from './addresses.ts';
import type { LanguageCode } from './contract.ts';

/** Scripts whose languages the table tells apart. */
export type TableScript = 'Latn' | 'Cyrl' | 'Arab';

export type ScriptAnswer =
  | { readonly kind: 'no-words' }
  | { readonly kind: 'language'; readonly language: LanguageCode }
  | { readonly kind: 'table'; readonly script: TableScript };

/** One language in practice; where several share a script (Devanagari) the commonest among users stands for it. */
const ONE_LANGUAGE: readonly (readonly [RegExp, LanguageCode])[] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/gu, 'jpn'],
  [/\p{Script=Hangul}/gu, 'kor'],
  [/\p{Script=Han}/gu, 'zho'],
  [/\p{Script=Greek}/gu, 'ell'],
  [/\p{Script=Hebrew}/gu, 'heb'],
  [/\p{Script=Devanagari}/gu, 'hin'],
  [/\p{Script=Bengali}/gu, 'ben'],
  [/\p{Script=Gurmukhi}/gu, 'pan'],
  [/\p{Script=Gujarati}/gu, 'guj'],
  [/\p{Script=Tamil}/gu, 'tam'],
  [/\p{Script=Telugu}/gu, 'tel'],
  [/\p{Script=Kannada}/gu, 'kan'],
  [/\p{Script=Malayalam}/gu, 'mal'],
  [/\p{Script=Sinhala}/gu, 'sin'],
  [/\p{Script=Thai}/gu, 'tha'],
  [/\p{Script=Lao}/gu, 'lao'],
  [/\p{Script=Khmer}/gu, 'khm'],
  [/\p{Script=Myanmar}/gu, 'mya'],
  [/\p{Script=Georgian}/gu, 'kat'],
  [/\p{Script=Armenian}/gu, 'hye'],
  [/\p{Script=Ethiopic}/gu, 'und']
];

const TABLE_SCRIPTS: readonly (readonly [RegExp, TableScript])[] = [
  [/\p{Script=Latin}/gu, 'Latn'],
  [/\p{Script=Cyrillic}/gu, 'Cyrl'],
  [/\p{Script=Arabic}/gu, 'Arab']
];

/** Letters that only one of the languages outside the table uses among those of its script. */
const TELLING_LETTERS: readonly (readonly [RegExp, LanguageCode])[] = [
  [/[ђћ]/iu, 'srp'],
  [/[ѓќѕ]/iu, 'mkd'],
  [/ў/iu, 'bel'],
  [/[әғқұ]/iu, 'kaz']
];

/** Languages that the script alone can give. */
const SCRIPT_LANGUAGES: ReadonlySet<LanguageCode> = new Set([
  ...[...ONE_LANGUAGE, ...TELLING_LETTERS].map(([, language]) => language).filter((language) => language !== 'und'),
  'tir'
]);

/**
 * Languages that no line is ever told to be in: a model for them alone would never be handed a line.
 * @param table languages that the table of letters tells apart
 */
export function untoldOf(languages: readonly LanguageCode[], table: readonly LanguageCode[]): LanguageCode[] {
  return languages.filter((language) => !table.includes(language) && !SCRIPT_LANGUAGES.has(language));
}

const LETTER = /\p{L}/u;
/** Laughter and what the whole world writes belong to no language: "hahaha", "jajaja", "kkkk", "rsrs", "ok", "lol". */
const OF_NO_LANGUAGE =
  /(?<![\p{L}\p{M}])(?:(?:a?h[aeio]){2,}h?|(?:j[aei]){2,}j?|k{3,}|(?:rs){2,}|x+d+|lo+l|lmao|mdr+|o+k+|okay|okey|oki|wow|sms|whatsapp|wifi|pin|gps)(?![\p{L}\p{M}])/giu;
/** A word with a capital inside a sentence: a name, in most languages. */
const INNER_CAPITAL = /(?<=[\p{L}\p{N},;:)]\s)\p{Lu}[\p{L}\p{M}'’-]*/gu;
const LOWER_CASE_WORD = /(?<![\p{L}\p{M}])\p{Ll}[\p{L}\p{M}]*/gu;
/** Lower-case words that must remain for names to be left out: German writes every noun large. */
const ENOUGH_WORDS = 3;

/** The text without what says nothing of its language: laughter, and names where enough other words remain. */
export function tellingText(text: string): string {
  const words = withoutAddresses(text).replace(OF_NO_LANGUAGE, ' ');
  return count(words, LOWER_CASE_WORD) < ENOUGH_WORDS ? words : words.replace(INNER_CAPITAL, ' ');
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * Decides by script: no words, one language, or a script whose languages the table tells apart.
 * @param text as `tellingText` gives it
 */
export function answerOfScript(text: string): ScriptAnswer {
  if (!LETTER.test(text)) return { kind: 'no-words' };
  let best: ScriptAnswer = { kind: 'language', language: 'und' };
  let most = 0;
  for (const [pattern, script] of TABLE_SCRIPTS) {
    const letters = count(text, pattern);
    if (letters > most) [best, most] = [{ kind: 'table', script }, letters];
  }
  for (const [pattern, language] of ONE_LANGUAGE) {
    // One Han character says as much as several letters do.
    const letters = count(text, pattern) * (language === 'zho' || language === 'jpn' ? 3 : 1);
    if (letters <= most) continue;
    [best, most] = [{ kind: 'language', language }, letters];
  }
  // Japanese mixes kana with Han: some kana are enough.
  if (best.kind === 'language' && best.language === 'zho' && /\p{Script=Hiragana}/u.test(text)) {
    return { kind: 'language', language: 'jpn' };
  }
  if (best.kind === 'language' && best.language === 'und') return { kind: 'language', language: ethiopic(text) };
  if (best.kind === 'table' && best.script === 'Cyrl') {
    const telling = TELLING_LETTERS.find(([letters]) => letters.test(text));
    if (telling !== undefined) return { kind: 'language', language: telling[1] };
  }
  return best;
}

/** Tigrinya writes the row of U+1250 that Amharic lacks; without it the two cannot be told apart by letters. */
function ethiopic(text: string): LanguageCode {
  return /[\u1250-\u125d]/u.test(text) ? 'tir' : 'und';
}
