import { describe, expect, it } from 'vitest';
import { DAY, factsOf, type Line } from './case.fixture.ts';
import { atLeast, Habit } from './habit.ts';
import { findPatterns } from './library.ts';

describe('probability of so many or more', () => {
  it.each([
    [1, 0.5, 1 - Math.exp(-0.5)],
    [2, 0.1, 1 - Math.exp(-0.1) * 1.1],
    // 1 - e^-2 (1 + 2 + 2 + 4/3)
    [4, 2, 1 - Math.exp(-2) * (1 + 2 + 2 + 4 / 3)],
    [3, 3, 1]
  ])('%i where %d are expected', (least, mean, expected) => {
    expect(atLeast(least, mean)).toBeCloseTo(expected, 9);
  });

  it('keeps its digits where it is tiny', () => {
    // The first term is all but the whole.
    expect(atLeast(10, 0.001) / ((Math.exp(-0.001) * 1e-30) / 3_628_800)).toBeCloseTo(1, 3);
  });
});

/** `lists` of `messages` from each `from` to `to`, the first ones, one a day. */
const sent = (from: number, to: number, messages: number, lists: number, text: (i: number) => string): Line[] =>
  Array.from({ length: messages }, (_, i) => ({ from, to: [to], at: i * 6 * DAY, text: i < lists ? text(i) : 'all right then' }));
const sums = (i: number): string => `${70 + i} and 60, rest ${3000 + i}`;
const postcode = (i: number): string => `M${1 + (i % 9)} ${Math.floor(i / 10) % 10}AB`;

describe('a habit', () => {
  it('of others is held against what one sends, not the sender’s own elsewhere', () => {
    const facts = factsOf([...sent(0, 1, 20, 0, sums), ...sent(2, 3, 100, 0, sums)]);
    const ofOne = new Habit(facts);
    for (let i = 0; i < 40; i++) ofOne.count(0);
    expect(ofOne.isExceeded(0, 5, 20, 10)).toBe(true);
    const ofOthers = new Habit(facts);
    for (let i = 0; i < 5; i++) ofOthers.count(0);
    for (let i = 0; i < 25; i++) ofOthers.count(2);
    expect(ofOthers.isExceeded(0, 5, 20, 10)).toBe(false);
  });

  it.each([
    ['ledger', sums],
    ['movement', postcode]
  ] as const)('%s: shown where one sends them, five people alike included, not where all do', async (rule, text) => {
    const shown = async (lines: Line[]): Promise<number> =>
      (await findPatterns(factsOf(lines))).filter((finding) => finding.rule === rule).length;
    const quiet = [10, 12, 14].flatMap((from) => sent(from, from + 1, 60, 0, text));
    const mine = (receivers: number): Line[] =>
      Array.from({ length: receivers }, (_, i) => sent(0, 1 + i, 12, 5, (n) => text(i * 10 + n))).flat();
    expect(await shown([...mine(1), ...quiet])).toBe(1);
    expect(await shown([...mine(5), ...quiet])).toBe(5);
    // Everybody writes as many of them as this one.
    const all = [10, 12, 14].flatMap((from) => sent(from, from + 1, 60, 25, (n) => text(from * 50 + n)));
    expect(await shown([...mine(1), ...all].filter(({ from }) => from === 0 || from > 9))).toBe(0 + (await shown(all)));
  });
});
