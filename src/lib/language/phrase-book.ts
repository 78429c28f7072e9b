/**
 * Whole segments that people translated: "tkt", "mi sa di no", "las-o balta". Short lines are the commonest of all and the
 * ones that a small model, with nothing around them to go by, gets wrong most; here they need no model.
 *
 * [Note: Keys] A segment is looked up by its words in lower case without accents, since chat leaves accents out, and by
 * whether it asks. Where accents tell two phrases of different English apart ("papa", "papà"), the book has the accented
 * keys alone, and a segment must be spelt as one of them.
 */
import type { LanguageCode } from './contract.ts';
import { foldedWords } from './fold.ts';
import { readStringTable, type StringTable } from './string-table.ts';

/** models/<name>/phrases.json: per language, key -> English. */
export type PhraseTable = StringTable;

/** Most words of a segment that is looked up. */
export const MOST_WORDS = 6;

const ASKS = /[?？]/u;

/** The two keys of a segment, accented first; null where it has no words or too many, or carries digits. */
export function keysOf(segment: string): readonly [accented: string, plain: string] | null {
  const plain = foldedWords(segment);
  if (plain.length === 0 || plain.length > MOST_WORDS || /\p{N}/u.test(segment)) return null;
  const accented =
    segment
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [];
  const asks = ASKS.test(segment) ? '?' : '';
  return [accented.join(' ') + asks, plain.join(' ') + asks];
}

export class PhraseBook {
  readonly #table: ReadonlyMap<LanguageCode, ReadonlyMap<string, string>>;

  constructor(table: PhraseTable) {
    this.#table = new Map(Object.entries(table).map(([language, phrases]) => [language, new Map(Object.entries(phrases))]));
  }

  /** What people made of the whole segment, or null. */
  find(language: LanguageCode, segment: string): string | null {
    const phrases = this.#table.get(language);
    const keys = phrases === undefined ? null : keysOf(segment);
    if (phrases === undefined || keys === null) return null;
    return phrases.get(keys[0]) ?? phrases.get(keys[1]) ?? null;
  }
}

/**
 * Reads the file.
 * @throws Error when it is not of the shape above
 */
export const readPhraseBook = (bytes: Uint8Array): PhraseBook =>
  new PhraseBook(readStringTable(bytes, 'phrases.json is not a table of phrases'));
