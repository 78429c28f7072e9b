import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from './segment.ts';

const segments = (text: string): string[] =>
  partsOf(text)
    .filter((p) => p.kind === 'segment')
    .map((p) => p.text);

describe('partsOf', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['👍🏽👩‍👩‍👧 ❤️', []],
    ['unde ești?', ['unde ești?']],
    ['unde ești? te aștept. vino', ['unde ești?', 'te aștept.', 'vino']],
    ['Bună!\nSună-mă', ['Bună!', 'Sună-mă']],
    ['vino la nr. 5 acum', ['vino la nr. 5 acum']],
    ['costă 3.50 lei', ['costă 3.50 lei']],
    ['uite https://example.org/a?b=c. vino', ['uite', '.', 'vino']],
    ['scrie la ion@example.org azi', ['scrie la', 'azi']],
    ['mâine 😀😀 la gară', ['mâine', 'la gară']],
    ['#1 e bun', ['#1 e bun']]
  ])('%j', (text, wanted) => {
    expect(segments(text)).toEqual(wanted);
  });

  it('cuts a long sentence at a clause, and a wall of letters anyway', () => {
    const long = 'je suis arrivé hier soir avec les deux autres, '.repeat(5).trim();
    expect(segments(long).every((s) => s.length <= 120)).toBe(true);
    expect(segments(long)[0]?.endsWith(',')).toBe(true);
    expect(segments('x'.repeat(500)).map((s) => s.length)).toEqual([120, 120, 120, 120, 20]);
  });

  it('gives every text back byte for byte', () => {
    const pieces = fc.constantFrom(
      'unde ',
      'ești?',
      ' 😀',
      '\n',
      'https://example.org/x',
      'a@example.org',
      '. ',
      'nr. ',
      '\u200e',
      '🇷🇴',
      '#️⃣'
    );
    const chat = fc.array(pieces, { maxLength: 40 }).map((p) => p.join(''));
    fc.assert(
      fc.property(fc.oneof(chat, fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'binary' })), (text) => {
        expect(
          partsOf(text)
            .map((p) => p.text)
            .join('')
        ).toBe(text);
      })
    );
  });
});
