import { describe, expect, it } from 'vitest';
import { readWordTable, wordsUnanswered } from './word-table.ts';

const words = { spa: { jefe: 'boss chie', pagado: 'paid pay', manana: 'tomo morn' } };

describe('wordsUnanswered', () => {
  it.each([
    ['el jefe no ha pagado', 'The boss has not paid.', 2, 0],
    ['el jefe no ha pagado', 'The weather is fine.', 2, 2],
    ['Mañana viene el jefe', 'The chief comes tomorrow.', 2, 0],
    ['mañana, mañana', 'yesterday', 1, 1],
    ['constructor toString', 'anything', 0, 0]
  ])('%s => %s', (source, english, known, unanswered) => {
    expect(wordsUnanswered(source, english, 'spa', words)).toEqual({ known, unanswered });
  });

  it('knows nothing of a language that the table has not', () => {
    expect(wordsUnanswered('szef nie zapłacił', 'The boss', 'pol', words)).toEqual({ known: 0, unanswered: 0 });
  });
});

describe('readWordTable', () => {
  const bytes = (json: string): Uint8Array => new TextEncoder().encode(json);
  it('reads what training wrote, and refuses any other shape', () => {
    expect(readWordTable(bytes(JSON.stringify(words)))).toEqual(words);
    for (const wrong of ['[]', 'null', '{"spa":["a"]}', '{"spa":{"jefe":1}}']) {
      expect(() => readWordTable(bytes(wrong))).toThrow('lexicon.json');
    }
  });
});
