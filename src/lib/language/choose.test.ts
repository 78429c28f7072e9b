import { describe, expect, it } from 'vitest';
import { chosenOutput } from './choose.ts';
import type { EngineOutput } from './contract.ts';

const words = { ita: { spazzola: 'brus', sporca: 'dirt' } };
const source = 'la spazzola è sporca';
const output: EngineOutput = {
  text: 'The space is dirty.',
  meanLogProb: -0.4,
  tokens: 5,
  sourceTokens: 6,
  unknownTokens: 0,
  isCut: false,
  alternatives: [
    { text: 'The weather is fine.', meanLogProb: -0.45, tokens: 5 },
    { text: 'The brush is dirty.', meanLogProb: -0.5, tokens: 6 }
  ]
};
const { alternatives, ...first } = output;

describe('chosenOutput', () => {
  it('takes a less likely output that has the words of the source', () => {
    expect(chosenOutput(source, output, 'ita', words, 0.4)).toEqual({
      ...first,
      text: 'The brush is dirty.',
      meanLogProb: -0.5,
      tokens: 6
    });
  });

  it('keeps the likeliest where words weigh less than likelihood, or nothing', () => {
    for (const weight of [0, 0.1]) expect(chosenOutput(source, output, 'ita', words, weight)).toEqual(first);
  });

  it('keeps the likeliest without a table, in a language that the table has not, and without alternatives', () => {
    expect(chosenOutput(source, output, 'ita', null, 0.4)).toEqual(first);
    expect(chosenOutput(source, output, 'fra', words, 0.4)).toEqual(first);
    expect(chosenOutput(source, first, 'ita', words, 0.4)).toEqual(first);
    expect(alternatives).toHaveLength(2);
  });
});
