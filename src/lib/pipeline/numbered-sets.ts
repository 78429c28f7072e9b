/**
 * [Note: Numbered sets]
 * What was computed from a filter's messages is named in a later filter by number: finding 3, the cell of Monday at
 * nine. A number has a meaning until the next answer, and until the evidence changes.
 */
export type NumberedPart = 'patterns' | 'timeline' | 'places' | 'phones';
export const NUMBERED_PARTS: readonly NumberedPart[] = ['patterns', 'timeline', 'places', 'phones'];

/** Messages that a number stands for; none for a number that stands for nothing. */
export type SetOf = (n: number) => ArrayLike<number> | undefined;
