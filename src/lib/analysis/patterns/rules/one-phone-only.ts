/** Messages between the owners of two seized phones that only one of the phones still has. */
import { spanOf, type PatternFinding, type PatternRule } from '../facts.ts';
import { phonePairs } from '../two-phones.ts';

const LEAST_MESSAGES = 5;

export const onePhoneOnly: PatternRule = {
  id: 'one-phone-only',
  version: 1,
  async find(facts, pace) {
    const found: PatternFinding[] = [];
    for (const { a, b, onlyA, onlyB, both } of await phonePairs(facts, pace)) {
      for (const [lacking, other, list] of [
        [b, a, onlyA],
        [a, b, onlyB]
      ] as const) {
        if (list.length < LEAST_MESSAGES) continue;
        const messages = Uint32Array.from(list);
        found.push({
          rule: 'one-phone-only',
          people: [lacking, other],
          messages,
          against: Uint32Array.from(both),
          values: { messages: messages.length, both: both.length },
          ...spanOf(facts, messages)
        });
      }
    }
    return found;
  }
};
