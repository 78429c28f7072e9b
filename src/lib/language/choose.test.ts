import { describe, expect, it } from 'vitest';
import { chosenOutput, type Choosing } from './choose.ts';
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

const by = (other: Partial<Choosing> = {}): Choosing => ({ source, language: 'ita', words, weight: 0.4, ...other });

describe('chosenOutput', () => {
  it('takes a less likely output that has the words of the source', () => {
    expect(chosenOutput(output, by())).toEqual({
      ...first,
      text: 'The brush is dirty.',
      meanLogProb: -0.5,
      tokens: 6
    });
  });

  it('keeps the likeliest where words weigh less than likelihood, or nothing', () => {
    for (const weight of [0, 0.1]) expect(chosenOutput(output, by({ weight }))).toEqual(first);
  });

  it('keeps the likeliest without a table, in a language that the table has not, and without alternatives', () => {
    expect(chosenOutput(output, by({ words: null }))).toEqual(first);
    expect(chosenOutput(output, by({ language: 'fra' }))).toEqual(first);
    expect(chosenOutput(first, by())).toEqual(first);
    expect(alternatives).toHaveLength(2);
  });

  it('takes no output that lost what has to be put back, unless all did', () => {
    const isWhole = (text: string): boolean => text.includes('weather');
    expect(chosenOutput(output, by({ isWhole })).text).toBe('The weather is fine.');
    expect(chosenOutput(output, by({ isWhole: () => false })).text).toBe('The brush is dirty.');
  });

  it('takes a slightly less likely output before one that lost a "not"', () => {
    const wrong = { ...first, text: 'Let your wife find out.', meanLogProb: -0.3 };
    const alternatives = [{ text: "Your wife doesn't find out.", meanLogProb: -0.45, tokens: 6 }];
    const spanish = by({ source: 'que no se entere tu mujer', language: 'spa', words: null });
    expect(chosenOutput({ ...wrong, alternatives }, spanish).text).toBe("Your wife doesn't find out.");
    const farOff = alternatives.map((one) => ({ ...one, meanLogProb: -0.55 }));
    expect(chosenOutput({ ...wrong, alternatives: farOff }, spanish).text).toBe('Let your wife find out.');
  });
});
