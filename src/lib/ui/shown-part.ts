/**
 * How much of a text stands on screen at first, and how much more at each asking: a message may hold a megabyte, and a
 * page that draws all of it stands still. Nothing is dropped: what is not shown is counted and one click away, and a copied
 * message is copied whole.
 */

/** Some two pages; longer messages are pasted files. */
export const FIRST = 4000;
export const MORE = 20_000;
/** Shown before a search hit that lies farther in. */
const BEFORE_HIT = 400;
/** One line of a table shows less than this whatever its width. */
const ONE_LINE = 1000;

interface ShownPart {
  /** Half-open, UTF-16; never inside a character of two units. */
  readonly from: number;
  readonly to: number;
}

type Ranges = readonly (readonly [number, number])[];

/**
 * The beginning of a text, or what stands around its first hit where that lies farther in.
 * @param hit where the first hit begins, 0 without one
 */
export function firstPart(text: string, hit: number): ShownPart {
  if (text.length <= FIRST) return { from: 0, to: text.length };
  const from = hit < FIRST ? 0 : cutBefore(text, hit - BEFORE_HIT);
  return { from, to: cutBefore(text, from + FIRST) };
}

export const withMore = (text: string, { from, to }: ShownPart): ShownPart => ({ from, to: cutBefore(text, to + MORE) });
export const withEarlier = (text: string, { from, to }: ShownPart): ShownPart => ({ from: cutBefore(text, from - MORE), to });

/** Ranges of the whole text as ranges of a part of it. */
export function rangesWithin(ranges: Ranges, { from, to }: ShownPart): [number, number][] {
  return ranges
    .filter(([start, end]) => end > from && start < to)
    .map(([start, end]) => [Math.max(start, from) - from, Math.min(end, to) - from]);
}

/** The beginning of a text on one line, its line ends as signs. */
export function oneLineOf(text: string): string {
  return text.slice(0, cutBefore(text, ONE_LINE)).replace(/(?<!\s)\s*\n\s*/g, ' ⏎ ');
}

/** The place itself, or the one before where it would part a character; within the text. */
export function cutBefore(text: string, at: number): number {
  const within = Math.min(Math.max(at, 0), text.length);
  const code = text.charCodeAt(within);
  return within > 0 && code >= 0xdc00 && code < 0xe000 ? within - 1 : within;
}
