/** Texts that are longer than what a model was trained on. */

/**
 * UTF-16 units of a text that are read. A stretch of talk has some 1,200; what is longer by so much is a pasted file, and
 * its beginning says what it is about.
 */
export const MOST_UNITS = 20_000;

/** The first `most` units, never half a character. */
export function beginningOf(text: string, most = MOST_UNITS): string {
  if (text.length <= most) return text;
  const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return text.slice(0, isHalf ? most - 1 : most);
}

/**
 * Cuts a text's tokens into as few pieces of at most `room` as will do, of like length: a rest of three words would count
 * as a piece of its own and say little.
 * @returns every token exactly once, in order; none for no tokens
 */
export function piecesOf(ids: readonly number[], room: number): number[][] {
  if (room < 1) throw new RangeError('a piece needs room for a token');
  const count = Math.ceil(ids.length / room);
  return Array.from({ length: count }, (_, i) =>
    ids.slice(Math.floor((i * ids.length) / count), Math.floor(((i + 1) * ids.length) / count))
  );
}
