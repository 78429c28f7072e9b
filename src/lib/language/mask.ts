/**
 * Numbers, amounts, times, phone numbers, handles, plates and street addresses never go through the model: it would alter them. Each is
 * replaced by a stand-in that the model copies well, and put back byte for byte; a lost one is found and said.
 *
 * [Note: Stand-ins] The embedded model knows placeholders: pieces of its vocabulary that it was trained to carry over and
 * that its manifest names. They come first. For models without them, and for the lines that lost one, there are
 * families of words that textbooks hold, tried in turn: on 31 invented chat lines with a model without placeholders
 * 2000/3000 survived on 27, 10:00/7:30 on 26 and Tom/Mary on 27, while made-up marks such as {1}, #1 or XQ survived on none.
 *
 * [Note: Written numbers] A stand-in hides what a number is: "700 erau drumul si actele" is a sum that was two things, "19 au
 * soir" an evening, "yo igual, 58 horas" a comparison. So a model that was trained on digits as well first gets a segment
 * with its short numbers in it, and that English is taken where it holds every number byte for byte and no digit beside;
 * else the numbers go behind stand-ins. A number can no more be altered in this way than in the other. Over the half of the
 * held-out lines that such things are chosen by it is worth .3 chrF2 a line, in chat and in messages alike.
 *
 * [Note: Digits as sounds] In "dem1" (demain) and "dv 6" (dove sei) a digit is read aloud and no number: a stand-in would leave
 * the model with half a word. Only spellings that are known stay with it; a digit in any other word is kept as a number is.
 */

import { ADDRESS } from './addresses.ts';

const PHONE = String.raw`\+?\(?\d[\d ().-]{5,}\d`;
const DATE = String.raw`\d{1,4}[./-]\d{1,2}[./-]\d{1,4}`;
const TIME = String.raw`\d{1,2}(?::\d{2}){1,2}|\d{1,2}[hH]\d{0,2}(?![\p{L}\d])`;
const HANDLE = String.raw`(?<![\p{L}\p{N}.])[@#][\p{L}\p{N}_.]*[\p{L}\p{N}_]`;
/** Letters and digits in one word: plates, flight numbers, codes; bounded ([Note: Texts of any length] in segment.ts). */
const CODE = String.raw`(?<![\p{L}\p{N}])(?=[\p{Lu}\d-]{0,63}\d)(?=[\p{Lu}\d-]{0,63}\p{Lu})[\p{Lu}\d][\p{Lu}\d-]{0,62}[\p{Lu}\d](?![\p{L}\p{N}])`;
/** British plates as people write them, "AB12 CDE". */
const PLATE = String.raw`(?<![\p{L}\p{N}])\p{Lu}{2}\d{2} ?\p{Lu}{3}(?![\p{L}\p{N}])`;
const AMOUNT = String.raw`[€£$]\s?\d+(?:[.,\u00A0 ]\d{3})*(?:[.,]\d+)?[kK]?|\d+(?:[.,\u00A0 ]\d{3})*(?:[.,]\d+)?\s?[€£$%]`;
/** See [Note: Digits as sounds]. */
const SOUND = String.raw`(?<!(?<![\p{L}\d])(?:dem|a?2m|bi|qqn?|kelk|quelqu|auk|bes|mat|cop)(?=1(?![\p{L}\d])))(?!2m(?:1|ain)(?![\p{L}\d]))(?<!(?<!\p{L})(?:dv|dove|ki|chi) (?=6(?![\p{L}\d])))`;
const NUMBER = String.raw`${SOUND}\d+(?:[.,]\d+)*`;
const TOKEN = new RegExp([ADDRESS, HANDLE, PLATE, DATE, TIME, AMOUNT, PHONE, CODE, NUMBER].join('|'), 'gu');

/** Stand-ins of one kind, in the order in which a line's tokens get them. */
export type StandInFamily = readonly string[];

const WORD_FAMILIES: readonly StandInFamily[] = [
  ['2000', '3000', '5000', '1999', '1985', '2012'],
  ['10:00', '7:30', '2:45', '8:15', '6:20', '9:50'],
  ['Tom', 'Mary', 'John', 'Alice', 'Bill', 'Ken']
];
/** Families to try before a line is cut around its tokens: the model's own placeholders, where it has any, first. */
function standInFamilies(placeholders: StandInFamily): readonly StandInFamily[] {
  return placeholders.length === 0 ? WORD_FAMILIES : [placeholders, ...WORD_FAMILIES];
}

/** A family of stand-ins, and whether short numbers stay in the text beside it. */
export interface MaskingWay {
  readonly family: StandInFamily;
  readonly writesNumbers: boolean;
}

/** Sums, times and counts; five digits and more a small model copies badly. */
const SHORT_NUMBER = /^[€£$]?(?!(?:\D*\d){5})\d+(?:[.,:]\d+)*[€£$%]?$/u;

/** Ways to try in turn before a line is cut around its tokens. */
export function maskingWays(engine: { readonly placeholders: StandInFamily; readonly readsDigits?: boolean }): MaskingWay[] {
  const ways = standInFamilies(engine.placeholders).map((family) => ({ family, writesNumbers: false }));
  return engine.readsDigits === true ? [{ family: engine.placeholders, writesNumbers: true }, ...ways] : ways;
}

export interface Masked {
  /** What the model gets. */
  readonly text: string;
  /** Original tokens, in order, each behind the stand-in of the same place. */
  readonly tokens: readonly string[];
  readonly standIns: readonly string[];
  /** Tokens that stand in the text itself. */
  readonly written: readonly string[];
}

/** Tokens of a text that must survive translation, in order. */
export function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** More tokens than this are looked for in their order alone: in any order each costs a walk over the whole text. */
const MOST_IN_ANY_ORDER = 1000;

/**
 * Whether every token of the source stands in the translation in the bytes of the source, as often as there. Of a text with
 * more than a thousand that stand in another order it says no: a doubt too many is better than an hour's silence.
 */
export function carriesTokens(translated: string, source: string): boolean {
  const tokens = tokensOf(source);
  if (standInOrder(translated, tokens)) return true;
  if (tokens.length > MOST_IN_ANY_ORDER) return false;
  let rest = translated;
  return tokens.every((token) => {
    if (!rest.includes(token)) return false;
    rest = rest.replace(token, ' ');
    return true;
  });
}

function standInOrder(text: string, tokens: readonly string[]): boolean {
  let from = 0;
  return tokens.every((token) => {
    const at = text.indexOf(token, from);
    from = at + token.length;
    return at >= 0;
  });
}

/**
 * Replaces the tokens by stand-ins.
 * @returns null when the way cannot serve: too many tokens, no short number to leave, or a stand-in that stands in the
 *   text itself
 */
export function mask(text: string, { family, writesNumbers }: MaskingWay): Masked | null {
  const isWritten = (token: string): boolean => writesNumbers && SHORT_NUMBER.test(token);
  const all = tokensOf(text);
  const written = all.filter(isWritten);
  if (writesNumbers && written.length === 0) return null;
  const tokens = all.filter((token) => !isWritten(token));
  const standIns = family.slice(0, tokens.length);
  if (standIns.length < tokens.length) return null;
  const bare = text.replace(TOKEN, (token) => (isWritten(token) ? token : ' '));
  if (standIns.some((s) => new RegExp(`(?<![\\p{L}\\p{N}])${s}(?![\\p{L}\\p{N}])`, 'iu').test(bare))) return null;
  let next = 0;
  return {
    text: text.replace(TOKEN, (token) => (isWritten(token) ? token : (standIns[next++] as string))),
    tokens,
    standIns,
    written
  };
}

/** Marks of private use stand in no words: a placeholder that the model put where the source has none. */
const PRIVATE_USE = /\p{Co}/gu;
/** What must not be left once the tokens are found. */
const INVENTED = /\d|\p{Co}/u;

/** The model's words without placeholders that nothing stands behind. */
export function withoutPlaceholders(translated: string): string {
  return translated.replace(PRIVATE_USE, '').replace(/ {2,}/gu, ' ').trim();
}

/**
 * Puts the tokens back.
 * @returns null when a stand-in or a written token is missing, doubled or altered, or a number or placeholder stands there
 *   that the source does not have
 */
export function unmask(translated: string, masked: Masked): string | null {
  const found = masked.standIns.map((standIn) => placesOf(translated, standIn));
  if (found.some((places) => places.length !== 1)) return null;
  const order = found.map(([at = 0], i) => ({ at, i })).sort((a, b) => a.at - b.at);
  let text = '';
  let own = '';
  let from = 0;
  for (const { at, i } of order) {
    const between = translated.slice(from, at);
    own += `${between} `;
    text += between + (masked.tokens[i] as string);
    from = at + (masked.standIns[i] as string).length;
  }
  const rest = translated.slice(from);
  return holdsOnly(own + rest, masked.written) ? text + rest : null;
}

/** Whether the model's own words hold these tokens, as often as they are, and no digit or placeholder beside them. */
function holdsOnly(words: string, written: readonly string[]): boolean {
  if (INVENTED.test(words.replace(TOKEN, ' '))) return false;
  // Read as tokens and not looked for: "7" and "30" stand in "7:30" and "730" as well.
  const held = tokensOf(words).filter((token) => /\d/u.test(token));
  return held.sort().join('\n') === [...written].sort().join('\n');
}

function placesOf(text: string, standIn: string): number[] {
  const whole = new RegExp(`(?<![\\p{L}\\p{N}]|\\d[.,:])${standIn}(?![\\p{L}\\p{N}]|[.,:]\\d)`, 'gu');
  return [...text.matchAll(whole)].map((m) => m.index);
}

/** The text between and around the tokens: what is left to translate when no stand-in survived. */
export function piecesAroundTokens(text: string): { readonly kind: 'segment' | 'kept'; readonly text: string }[] {
  const pieces: { kind: 'segment' | 'kept'; text: string }[] = [];
  let from = 0;
  const words = (piece: string): void => {
    const [, before = '', middle = '', after = ''] = /^([^\p{L}]*)(.*?)([^\p{L}?!.]*)$/su.exec(piece) ?? [];
    if (before !== '') pieces.push({ kind: 'kept', text: before });
    if (middle !== '') pieces.push({ kind: 'segment', text: middle });
    if (after !== '') pieces.push({ kind: 'kept', text: after });
  };
  for (const match of text.matchAll(TOKEN)) {
    words(text.slice(from, match.index));
    pieces.push({ kind: 'kept', text: match[0] });
    from = match.index + match[0].length;
  }
  words(text.slice(from));
  return pieces;
}
