import { describe, expect, it } from 'vitest';
import { chosenOutput, widerIsBetter, type Choosing } from './choose.ts';
import { QualityFlag, type EngineOutput } from './contract.ts';

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

  it('keeps a reading beside it that is nearly as likely with other persons, and whole', () => {
    const alternatives = [{ text: 'They clean the brush.', meanLogProb: -0.45, tokens: 5 }];
    const mine = { ...output, text: 'I clean the brush.', alternatives };
    const options = by({ words: null });
    expect(chosenOutput(mine, options).otherReading).toBe('They clean the brush.');
    const isWhole = (text: string): boolean => text.startsWith('I ');
    expect(chosenOutput(mine, { ...options, isWhole })).not.toHaveProperty('otherReading');
    expect(chosenOutput(output, options)).not.toHaveProperty('otherReading');
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

describe('widerIsBetter', () => {
  const together = { text: 'The brush is dirty.', meanLogProb: -0.3, flags: 0 };
  const choosing = { ...by(), bonus: 0 };

  it('asks for fewer plain doubts first', () => {
    const apart = { ...together, meanLogProb: -0.1, flags: QualityFlag.namesChanged };
    expect(widerIsBetter(together, apart, choosing)).toBe(true);
    expect(widerIsBetter(apart, together, choosing)).toBe(false);
  });

  it('then for likelihood and words, a model that is no surer together counting for its bonus', () => {
    const apart = { ...together, meanLogProb: -0.25 };
    expect(widerIsBetter(together, apart, choosing)).toBe(false);
    expect(widerIsBetter(together, apart, { ...choosing, bonus: 0.1 })).toBe(true);
    expect(widerIsBetter(together, { ...apart, text: 'The space is fine.' }, choosing)).toBe(true);
  });

  it('leaves sentences by themselves where lengths or likelihoods alone are in doubt, or unknown', () => {
    const doubts = QualityFlag.lengthRatio | QualityFlag.lowConfidence;
    expect(widerIsBetter(together, { ...together, meanLogProb: -0.2, flags: doubts }, choosing)).toBe(false);
    const unknown = { ...together, meanLogProb: Number.NaN };
    expect(widerIsBetter(unknown, unknown, { ...choosing, bonus: 1 })).toBe(false);
  });
});
