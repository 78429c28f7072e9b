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

  it('parts no character of two units where it cuts', () => {
    const bold = '𝔟'.repeat(300);
    expect(segments(bold).every((piece) => !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(piece))).toBe(true);
    expect(segments(bold).join('')).toBe(bold);
  });

  // [Note: Texts of any length]: with one pattern that takes the square of the length none of these ends.
  it.each(['x', '你好吗', ' ', ' \n', '\n', '.', '"', 'nr. ', '7', '😀', '-', ', ', 'a@', 'www.', '\u202eאב ', 'te sun maine '])(
    'a megabyte of %j comes back whole, in pieces that a model can read',
    { timeout: 120_000 },
    (unit) => {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      const parts = partsOf(text);
      expect(parts.map((part) => part.text).join('') === text).toBe(true);
      expect(parts.some((part) => part.kind === 'segment' && part.text.length > 120)).toBe(false);
    }
  );

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
