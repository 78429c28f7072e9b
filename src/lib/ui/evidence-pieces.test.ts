import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidencePieces } from './evidence-pieces.ts';

describe('evidencePieces', () => {
  it('shows an override that would turn a file name around', () => {
    expect(evidencePieces('photo\u202Egpj.exe')).toEqual([
      { kind: 'text', text: 'photo', name: '' },
      { kind: 'mark', text: '\u202E', name: 'RLO' },
      { kind: 'text', text: 'gpj.exe', name: '' }
    ]);
  });

  it('keeps joined emoji and shaped scripts whole', () => {
    expect(evidencePieces('👩\u200D🌾')).toHaveLength(1);
    expect(evidencePieces('می\u200Cخواهم')).toHaveLength(1);
  });

  it('marks a joiner hidden between Latin letters', () => {
    expect(evidencePieces('pa\u200Dss').map((piece) => piece.name)).toEqual(['', 'ZWJ', '']);
  });

  it('lights up hits and cuts ranges that reach outside', () => {
    expect(
      evidencePieces('la gara alle', [
        [3, 7],
        [8, 99]
      ]).map((piece) => [piece.kind, piece.text])
    ).toEqual([
      ['text', 'la '],
      ['hit', 'gara'],
      ['text', ' '],
      ['hit', 'alle']
    ]);
  });

  it('looks at the letters beside a joiner alone, in a text of any length', { timeout: 120_000 }, () => {
    const families = '👩\u200D👧 pa\u200Dss '.repeat(60_000);
    const pieces = evidencePieces(families);
    expect(pieces.filter(({ kind }) => kind === 'mark').length).toBe(60_000);
    expect(pieces.map(({ text }) => text).join('') === families).toBe(true);
  });

  it('loses no character, whatever the text and the ranges', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '\u202E', '\u200B', '\u0000', '😀', '\u200D', ' ', '<b>'))
      .map((parts) => parts.join(''));
    const ranges = fc.array(fc.tuple(fc.nat(30), fc.nat(30)));
    fc.assert(
      fc.property(text, ranges, (value, some) => {
        expect(
          evidencePieces(value, some)
            .map((piece) => piece.text)
            .join('')
        ).toBe(value);
      })
    );
  });
});
