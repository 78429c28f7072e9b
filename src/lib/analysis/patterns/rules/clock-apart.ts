/** The same messages on two seized phones at different times, always by about as much: one of the clocks was wrong. */
import { byTime, spanOf, type PatternFinding, type PatternRule } from '../facts.ts';
import { phonePairs } from '../two-phones.ts';

export const clockApart: PatternRule = {
  id: 'clock-apart',
  version: 1,
  async find(facts, pace) {
    return (await phonePairs(facts, pace)).flatMap(({ a, b, apart, both }) =>
      apart.map(({ ms, pairs }): PatternFinding => {
        const messages = Uint32Array.from(pairs.flat()).sort(byTime(facts));
        return {
          rule: 'clock-apart',
          // First the one whose phone is ahead.
          people: ms > 0 ? [b, a] : [a, b],
          messages,
          against: Uint32Array.from(both),
          values: { pairs: pairs.length, minutes: Math.round(Math.abs(ms) / 60_000), both: both.length },
          ...spanOf(facts, messages)
        };
      })
    );
  }
};
