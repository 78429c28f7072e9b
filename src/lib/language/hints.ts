/**
 * Words of a line with what they may mean in English, written into the line for the model to use.
 *
 * [Note: Hints] A model small enough for a page holds grammar and the common words; thousands of words of everyday life
 * it mixes up with words of like sound. A table of the model's own (models/train/chat/*.words.tsv, made by
 * models/train/hints_json.py) has their English, and each word that it holds is followed by it between two marks that the
 * model was trained with. The model takes or leaves it: the table knows no context. The officer's text is never changed:
 * only what the model reads.
 */
import type { LanguageCode } from './contract.ts';
import { folded } from './fold.ts';
import { readStringTable } from './string-table.ts';

export const HINTS_FILE = 'hints.json';

/** Marks before and behind the English of a word: pieces of the model's vocabulary. */
export type HintMarks = readonly [open: string, close: string];

const WORD = /\p{L}+/gu;

export class Hints {
  readonly #tables: ReadonlyMap<LanguageCode, ReadonlyMap<string, string>>;

  /** @param tables per language, folded form -> English, "one, other" */
  constructor(
    tables: Readonly<Record<LanguageCode, Readonly<Record<string, string>>>>,
    private readonly marks: HintMarks
  ) {
    this.#tables = new Map(Object.entries(tables).map(([language, table]) => [language, new Map(Object.entries(table))]));
  }

  /** What the model reads of a line; the line itself where nothing is known or a mark stands in it already. */
  into(line: string, language: LanguageCode | undefined): string {
    const table = language === undefined ? undefined : this.#tables.get(language);
    const [open, close] = this.marks;
    if (table === undefined || line.includes(open) || line.includes(close)) return line;
    return line.replace(WORD, (word) => {
      const english = table.get(folded(word));
      return english === undefined ? word : `${word}${open} ${english}${close}`;
    });
  }
}

/**
 * Reads a model's table.
 * @throws Error when it is not of the shape above
 */
export const readHints = (bytes: Uint8Array, marks: HintMarks): Hints =>
  new Hints(readStringTable(bytes, `${HINTS_FILE} is not a table of words`), marks);
