/** Numbers in a text that may be sums of money, whatever the language: bare, of two to five digits. */

/**
 * Not parts of longer numbers, dates, times, lists of dates or addresses: neither neighbour may be a digit or join
 * digits.
 */
const SUM = /(?<![\p{L}\d:./+-])\d{2,5}(?![\d:/]|[.,-]\d|\p{L}{3})/gu;
/** Digits in groups, nine or more together: a telephone, card or account number. */
const LONG_NUMBER = /\+?\d(?:[\s().-]{0,2}\d){8,}/gu;
/** Years, and the full hours and quarters that stand for times of day. */
const isTimeLike = (sum: number): boolean => (sum >= 1900 && sum <= 2100) || sum < 20;

/** Each sum once, in the order of the text. */
export function sumsIn(whole: string): Set<number> {
  const text = whole.replace(LONG_NUMBER, ' / ');
  return new Set(Array.from(text.matchAll(SUM), ([digits]) => Number(digits)).filter((sum) => !isTimeLike(sum)));
}
