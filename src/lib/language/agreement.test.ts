import { describe, expect, it } from 'vitest';
import { agreementOf, chrF, enginesDisagree } from './agreement.ts';
import { DEFAULT_THRESHOLDS } from './quality.ts';

describe('chrF', () => {
  it.each([
    ['', '', 100],
    ['a', '', 0],
    ['', 'a', 0],
    ['the cat sat', 'the cat sat', 100],
    ['thecatsat', 'the cat sat', 100],
    ['xyz', 'abc', 0]
  ])('%j against %j', (text, reference, wanted) => {
    expect(chrF(text, reference)).toBeCloseTo(wanted, 6);
  });

  it('counts as sacrebleu does', () => {
    // One letter of four wrong: orders 1 to 4 give 3/4, 2/3, 1/2, 0 on both sides.
    expect(chrF('abcx', 'abcd')).toBeCloseTo((100 * (3 / 4 + 2 / 3 + 1 / 2 + 0)) / 4, 6);
  });
});

describe('enginesDisagree', () => {
  it('goes by sense-bearing letters, not by capitals or order of the two', () => {
    const [one, other] = ['The boss will not pay us.', 'the boss is not going to pay us'];
    expect(agreementOf(one, other)).toBe(agreementOf(other, one));
    expect(enginesDisagree(one, other, DEFAULT_THRESHOLDS)).toBe(false);
    expect(enginesDisagree(one, 'It is raining in the mountains.', DEFAULT_THRESHOLDS)).toBe(true);
  });
});
