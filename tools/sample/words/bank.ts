/** Shape of a language's word bank, and the reader of its compact notation. */

export const LANGUAGES = ['ro', 'es', 'pt', 'fr', 'it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a stretch of talk is about. Each bank holds every topic. */
export const TOPICS = [
  'open',
  'reply',
  'close',
  'place',
  'money',
  'travel',
  'work',
  'lodging',
  'papers',
  'orders',
  'threats',
  'sorry',
  'family',
  'food',
  'football',
  'weather'
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * A language's lines. A line may hold `{slot}` (one of the slot's phrases, which carry their own
 * preposition and article so that agreement holds) and `[masculine/feminine]` (by the writer).
 */
export interface Bank {
  readonly language: Language;
  readonly topics: Readonly<Record<Topic, readonly string[]>>;
  readonly slots: Readonly<Record<string, readonly string[]>>;
  /** Whole words and the short forms people type instead. */
  readonly shortForms: readonly (readonly [string, string])[];
  /** Laughter and fillers put before or after a line. */
  readonly fillers: readonly string[];
}

/** Lines of a text block: separated by `|` or line ends, trimmed. */
export function lines(block: string): string[] {
  return block
    .split(/[|\n]/)
    .map((line) => line.trim())
    .filter((line) => line.length > 0);
}

/** Builds a bank from text blocks; short forms are written "whole=short". */
export function bank(
  language: Language,
  topics: Readonly<Record<Topic, string>>,
  slots: Readonly<Record<string, string>>,
  shortForms: string,
  fillers: string
): Bank {
  const read = <K extends string>(blocks: Readonly<Record<K, string>>): Record<K, string[]> =>
    Object.fromEntries((Object.entries(blocks) as [K, string][]).map(([key, block]) => [key, lines(block)])) as Record<
      K,
      string[]
    >;
  return {
    language,
    topics: read(topics),
    slots: read(slots),
    shortForms: lines(shortForms).map((pair) => {
      const cut = pair.indexOf('=');
      return [pair.slice(0, cut), pair.slice(cut + 1)] as const;
    }),
    fillers: lines(fillers)
  };
}
