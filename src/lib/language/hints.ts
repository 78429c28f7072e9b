/**
 * Words of a line with what they may mean in English, written into the line for the model to use.
 *
 * [Note: Hints] A model small enough for a page holds grammar and the common words; thousands of words of everyday life
 * it mixes up with words of like sound, and set phrases ("comme d'hab") it reads word by word. A table of the model's own
 * (models/train/chat/*.words.tsv, made by models/train/hints_json.py) has their English, and each word or phrase that it
 * holds is followed by it between two marks that the model was trained with. The model takes or leaves it: the table knows
 * no context. The officer's text is never changed: only what the model reads.
 */
import type { LanguageCode } from './contract.ts';
import { folded } from './fold.ts';
import { readStringTable } from './string-table.ts';

export const HINTS_FILE = 'hints.json';

/** Marks before and behind the English of a word: pieces of the model's vocabulary. */
export type HintMarks = readonly [open: string, close: string];

const WORD = /\p{L}+/gu;
/** Between two words of a phrase. */
const GAP = /^[ '’-]$/u;

/** One language's table, with how many words the longest phrase has that begins with a word. */
interface Table {
  readonly english: ReadonlyMap<string, string>;
  readonly longest: ReadonlyMap<string, number>;
}

/** What is known of a language: folded form (a word, or words joined by blanks) and its English, "one, other". */
type Entries = Iterable<readonly [form: string, english: string]>;

function tableOf(entries: Entries): Table {
  const english = new Map(entries);
  const longest = new Map<string, number>();
  for (const form of english.keys()) {
    const blank = form.indexOf(' ');
    const first = blank < 0 ? form : form.slice(0, blank);
    const words = blank < 0 ? 1 : form.split(' ').length;
    if (words > (longest.get(first) ?? 0)) longest.set(first, words);
  }
  return { english, longest };
}

export class Hints {
  readonly #entries: ReadonlyMap<LanguageCode, () => Entries>;
  /** Of the languages that were asked for: one of 145,000 forms takes a third of a second, and a start waits for none. */
  readonly #tables = new Map<LanguageCode, Table>();

  constructor(
    entries: Readonly<Record<LanguageCode, () => Entries>>,
    private readonly marks: HintMarks
  ) {
    this.#entries = new Map(Object.entries(entries));
  }

  /**
   * What the model reads of a line; the line itself where nothing is known or a mark stands in it already. Of forms that
   * begin at one word the longest is taken, and the words in it get no hint of their own.
   */
  into(line: string, language: LanguageCode | undefined): string {
    const table = language === undefined ? undefined : this.#tableOf(language);
    const [open, close] = this.marks;
    if (table === undefined || line.includes(open) || line.includes(close)) return line;
    const words = Array.from(line.matchAll(WORD), (m) => ({ key: folded(m[0]), start: m.index, end: m.index + m[0].length }));
    let out = '';
    let at = 0;
    for (let i = 0; i < words.length; i++) {
      const found = longestFrom(words, i, line, table);
      if (found === undefined) continue;
      out += `${line.slice(at, found.end)}${open} ${found.english}${close}`;
      at = found.end;
      i += found.words - 1;
    }
    return out + line.slice(at);
  }

  #tableOf(language: LanguageCode): Table | undefined {
    const known = this.#tables.get(language);
    const entries = known === undefined ? this.#entries.get(language) : undefined;
    if (entries === undefined) return known;
    const table = tableOf(entries());
    this.#tables.set(language, table);
    return table;
  }
}

interface Word {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

function longestFrom(words: readonly Word[], from: number, line: string, table: Table) {
  const first = words[from];
  if (first === undefined) return undefined;
  let found: { english: string; end: number; words: number } | undefined;
  let key = '';
  let end = first.start;
  const most = table.longest.get(first.key) ?? 0;
  for (const [n, word] of words.slice(from, from + most).entries()) {
    if (n > 0 && !GAP.test(line.slice(end, word.start))) break;
    key = n === 0 ? word.key : `${key} ${word.key}`;
    end = word.end;
    const english = table.english.get(key);
    if (english !== undefined) found = { english, end, words: n + 1 };
  }
  return found;
}

/**
 * Reads a model's table: per language, English -> forms parted by blanks, the words of a phrase joined by "_".
 * @throws Error when it is not of that shape
 */
export function readHints(bytes: Uint8Array, marks: HintMarks): Hints {
  const byEnglish = readStringTable(bytes, `${HINTS_FILE} is not a table of words`);
  const entries = Object.entries(byEnglish).map(([language, table]) => [language, () => byForm(table)] as const);
  return new Hints(Object.fromEntries(entries), marks);
}

function* byForm(table: Readonly<Record<string, string>>): Entries {
  for (const [english, forms] of Object.entries(table)) {
    for (const form of forms.split(' ')) yield [form.replaceAll('_', ' '), english];
  }
}
