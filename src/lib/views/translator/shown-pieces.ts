/** How much of a long comparison stands on screen: see ui/shown-part.ts. */
import type { DiffPiece } from '$lib/pipeline/translator-contract.ts';
import { cutBefore } from '$lib/ui/shown-part.ts';

/** Characters of all pieces together. */
export const lengthOf = (pieces: readonly DiffPiece[]): number => pieces.reduce((sum, { text }) => sum + text.length, 0);

/** The pieces up to `most` characters (UTF-16 units), the last one cut where they end inside it. */
export function piecesUpTo(pieces: readonly DiffPiece[], most: number): DiffPiece[] {
  const shown: DiffPiece[] = [];
  let left = most;
  for (const piece of pieces) {
    if (left <= 0) break;
    const text = piece.text.length <= left ? piece.text : piece.text.slice(0, cutBefore(piece.text, left));
    if (text !== '') shown.push({ ...piece, text });
    left -= piece.text.length;
  }
  return shown;
}
