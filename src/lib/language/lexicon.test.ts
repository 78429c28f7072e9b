import { describe, expect, it } from 'vitest';
import { wordsUnanswered } from './lexicon.ts';

const lexicon = { spa: { jefe: 'boss chie', pagado: 'paid pay', manana: 'tomo morn' } };

describe('wordsUnanswered', () => {
  it.each([
    ['el jefe no ha pagado', 'The boss has not paid.', 2, 0],
    ['el jefe no ha pagado', 'The weather is fine.', 2, 2],
    ['Mañana viene el jefe', 'The chief comes tomorrow.', 2, 0],
    ['mañana, mañana', 'yesterday', 1, 1],
    ['constructor toString', 'anything', 0, 0]
  ])('%s => %s', (source, english, known, unanswered) => {
    expect(wordsUnanswered(source, english, 'spa', lexicon)).toEqual({ known, unanswered });
  });

  it('knows nothing of a language without a lexicon', () => {
    expect(wordsUnanswered('szef nie zapłacił', 'The boss', 'pol', lexicon)).toEqual({ known: 0, unanswered: 0 });
  });
});
