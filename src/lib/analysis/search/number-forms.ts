/**
 * [Note: Numbers]
 * One telephone number is written 07700 900123, +447700900123, 00447700900123 or (07700) 900-123. Beside its digit
 * groups as words, a row of groups is therefore indexed as one number: the digits without leading zeros ("significant
 * digits"), reversed, behind a mark that no query can type and that says whether one zero stood in front. Two numbers match when the shorter, of at least eight
 * digits, is the end of the longer and what is missing is a country's calling code; one zero in front
 * says that no calling code is there.
 * Reversed, "is the end of" becomes "is the beginning of", which a sorted dictionary answers.
 */
export interface NumberForm {
  /** Digits without leading zeros: neither trunk 0 nor 00 belong to the number itself. */
  readonly significant: string;
  /** True when exactly one zero stood in front: a number for use inside its country. */
  readonly isNational: boolean;
}

const MARK = '\u0001';
const NATIONAL_MARK = '\u0002';

/** Fewest and most digits of a row of groups that is taken for a number: local numbers to ICCID. */
export const NUMBER_DIGITS = { fewest: 7, most: 20 } as const;
/** Most groups of digits in one number: +33 6 12 34 56 78 has six. */
export const NUMBER_GROUPS = 6;
/** Shortest number that may stand for a longer one, and the most leading digits that may be missing. */
export const NATIONAL = { fewest: 8, missing: 4 } as const;
/** Most characters between two groups of one number. */
const NUMBER_GAP = 3;

const SEPARATORS = new Set(
  [...' ()-./\u00a0\u202f\u2007\u2009\u2010\u2011\u2012\u2013\u2014\u2015\t'].map((c) => c.charCodeAt(0))
);
const THOUSANDS = new Set([...",.'\u2019 \u00a0\u202f\u2009"].map((c) => c.charCodeAt(0)));

/** True when only separators of a number, three at most, stand in text[from..to). */
export function isNumberGap(text: string, from: number, to: number): boolean {
  if (to - from > NUMBER_GAP) return false;
  for (let i = from; i < to; i++) if (!SEPARATORS.has(text.charCodeAt(i))) return false;
  return true;
}

/** True when exactly one character that groups thousands stands in text[from..to). */
export function isThousandsGap(text: string, from: number, to: number): boolean {
  return to - from === 1 && THOUSANDS.has(text.charCodeAt(from));
}

export function numberForm(digits: string): NumberForm {
  return { significant: digits.replace(/^0+/, ''), isNational: /^0[^0]/.test(digits) };
}

/**
 * Calling codes by ITU-T E.164's list of assigned country codes, with the digit that some countries keep or add
 * before a mobile's national number: Italy and San Marino 0, Mexico 1, Argentina 9.
 */
const CALLING_CODE =
  /^(?:(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-689]\d|3[578]\d|42\d|5[09]\d|6[7-9]\d|8[0578]\d|9[679]\d)0?|521|549)$/;

/** Whether `missing` digits before a national number make it an international one. */
export function isCallingCode(missing: string): boolean {
  return CALLING_CODE.test(missing);
}

/** Whether two forms can be one number. */
export function isSameNumber(a: NumberForm, b: NumberForm): boolean {
  const [short, long] = a.significant.length <= b.significant.length ? [a, b] : [b, a];
  if (short.significant === long.significant) return true;
  if (long.isNational || short.significant.length < NATIONAL.fewest || !long.significant.endsWith(short.significant))
    return false;
  return isCallingCode(long.significant.slice(0, long.significant.length - short.significant.length));
}

/** The dictionary's form of a number. */
export function numberTerm({ significant, isNational }: NumberForm): string {
  return (isNational ? NATIONAL_MARK : MARK) + [...significant].reverse().join('');
}

/** Whether a term of the dictionary is a number's form. */
export const isNumberTerm = (term: string): boolean => term.startsWith(MARK) || term.startsWith(NATIONAL_MARK);

/** The number of a dictionary's form. */
export function numberOf(term: string): NumberForm {
  return { significant: Array.from(term.slice(1)).reverse().join(''), isNational: term.startsWith(NATIONAL_MARK) };
}
