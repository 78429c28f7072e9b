/** Telephone numbers in a query, where spaces may stand inside one. See [Note: Numbers]. */
import { NUMBER_DIGITS } from './number-forms.ts';

const ROW = /^\+?(?:\(\+?\d+\)|\d+)(?:[ \t\u00a0\u202f\u2009\u2010-\u2015.\-/]{0,3}(?:\(\d+\)|\d+))*/;
const GROUP = /\+?\(?\+?\d+\)?/g;
/** Digits after which a group that begins anew (0..., +...) is the next number. */
const LIKELY_WHOLE = 9;

/**
 * The number at the beginning of `text`, if one is there: its digits and how many UTF-16 units it takes. Taken for
 * a number are an unbroken row of 7 digits or more, a row of 9 or more with separators, or one that begins with 0
 * or + and has 7; anything less is words, so that "10 20 30 bags" stays words.
 */
export function numberAt(text: string): { readonly digits: string; readonly length: number } | null {
  const row = ROW.exec(text);
  if (row === null) return null;
  const groups = [...row[0].matchAll(GROUP)].map((match) => ({
    raw: match[0],
    digits: match[0].replace(/\D/g, ''),
    end: match.index + match[0].length
  }));
  // A group that goes on as a word or a pattern (900abc, 900*) is no part of a number.
  if (/^[\p{L}\p{N}\p{M}*_]/u.test(text.slice(row[0].length))) groups.pop();
  let digits = '';
  let length = 0;
  let count = 0;
  for (const group of groups) {
    if (digits.length >= LIKELY_WHOLE && /^[+(]*0/.test(group.raw) && group.raw !== '(0)') break;
    if (digits.length + group.digits.length > NUMBER_DIGITS.most) break;
    if (!(group.raw === '(0)' && count > 0)) digits += group.digits;
    length = group.end;
    count++;
  }
  const fewest = count === 1 || /^\D*0/.test(row[0]) || text.startsWith('+') ? NUMBER_DIGITS.fewest : LIKELY_WHOLE;
  return digits.length >= fewest && !/^0+$/.test(digits) ? { digits, length } : null;
}
