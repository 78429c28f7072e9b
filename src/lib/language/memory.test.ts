import { describe, expect, it } from 'vitest';
import { normalForm, TranslationMemory } from './memory.ts';

describe('normalForm', () => {
  it.each([
    ['  unde   esti ', 'unde esti'],
    ['vinooooo!!!', 'vino!'],
    ['stai...', 'stai…'],
    ['NU VREAU', 'Nu vreau'],
    ['SMS', 'SMS'],
    ['es\u0327ti', 'eşti'],
    ['2000', '2000']
  ])('%j -> %j', (text, wanted) => {
    expect(normalForm(text)).toBe(wanted);
    expect(normalForm(wanted)).toBe(wanted);
  });
});

it('keeps models apart', () => {
  const memory = new TranslationMemory();
  const output = { text: 'a', meanLogProb: -1, tokens: 1, sourceTokens: 2, unknownTokens: 0, isCut: false };
  memory.keep('m1', 'x', output);
  expect(memory.find('m1', 'x')).toBe(output);
  expect(memory.find('m2', 'x')).toBeUndefined();
});
