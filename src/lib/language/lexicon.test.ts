import { describe, expect, it } from 'vitest';
import { readLexicon, wordsUnanswered } from './lexicon.ts';

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

describe('readLexicon', () => {
  const bytes = (json: string): Uint8Array => new TextEncoder().encode(json);
  it('reads what training wrote, and refuses any other shape', () => {
    expect(readLexicon(bytes(JSON.stringify(lexicon)))).toEqual(lexicon);
    for (const wrong of ['[]', 'null', '{"spa":["a"]}', '{"spa":{"jefe":1}}']) {
      expect(() => readLexicon(bytes(wrong))).toThrow('lexicon.json');
    }
  });
});
