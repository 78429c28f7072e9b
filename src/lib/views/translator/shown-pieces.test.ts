import { describe, expect, it } from 'vitest';
import type { DiffPiece } from '$lib/pipeline/translator-contract.ts';
import { lengthOf, piecesUpTo } from './shown-pieces.ts';

const PIECES: DiffPiece[] = [
  { kind: 'same', text: 'the van ' },
  { kind: 'removed', text: 'left' },
  { kind: 'added', text: 'came 🚐' },
  { kind: 'same', text: ' at six' }
];

describe('a comparison in parts', () => {
  it('is whole where it fits', () => {
    expect(lengthOf(PIECES)).toBe(26);
    expect(piecesUpTo(PIECES, 26)).toEqual(PIECES);
  });

  it('ends where it is told, keeps what each piece is, and parts no character', () => {
    for (let most = 0; most <= 26; most++) {
      const shown = piecesUpTo(PIECES, most);
      const text = shown.map((piece) => piece.text).join('');
      expect(
        PIECES.map((piece) => piece.text)
          .join('')
          .startsWith(text)
      ).toBe(true);
      expect(text.length).toBe(most === 18 ? 17 : most);
      expect(text.isWellFormed()).toBe(true);
      shown.forEach(({ kind }, i) => expect(kind).toBe(PIECES[i]?.kind));
    }
  });
});
