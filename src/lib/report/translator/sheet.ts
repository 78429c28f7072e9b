/**
 * A translator's sheet: numbered lines with what a translator needs, an empty column for the translation, and marks
 * by which a returned file is read again whatever its language, its order of rows or its styles.
 *
 * [Note: Marks of a sheet] Columns carry a capital letter before their title ("F Translation"), form fields a small
 * Roman numeral ("(i) Translator's name"), and each line a reference with a check ("T3-0012 · 9f2c41d07a"). All three
 * survive a re-save by an office program, a changed order and a translated heading.
 */

import { parseReference } from './line-check.ts';

export const COLUMNS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;
/** A reference, B when and from, C original, D machine text, E its caveat and doubts, F translation, G notes. */
export type ColumnMark = (typeof COLUMNS)[number];

export const FIELDS = ['(i)', '(ii)', '(iii)'] as const;
/** (i) translator's name, (ii) qualification or membership, (iii) date of translation. */
export type FieldMark = (typeof FIELDS)[number];

export interface SheetRow {
  readonly request: number;
  readonly line: number;
  /** Of request, line and original: see line-check.ts. */
  readonly check: string;
  readonly isContext: boolean;
  /** Time, sender and receiver in one or more lines. */
  readonly about: string;
  /** ISO 639-3, 'und' where unknown. */
  readonly language: string;
  readonly original: string;
  /** Null where no machine text exists. */
  readonly machineText: string | null;
  /** Words that must go wherever the machine text goes; '' without it. */
  readonly caveat: string;
}

/** The words of a sheet in the officer's language; the marks are put before them by the writers. */
export interface SheetWords {
  readonly title: string;
  readonly instructions: readonly string[];
  readonly columns: Readonly<Record<ColumnMark, string>>;
  readonly fields: Readonly<Record<FieldMark, string>>;
  readonly instructionsTitle: string;
  readonly formTitle: string;
  readonly linesTitle: string;
  /** Before a line that is there for understanding only. */
  readonly context: string;
  /** In place of machine text where there is none. */
  readonly noMachine: string;
  /** Behind a text that was cut at what a spreadsheet cell holds. */
  readonly cut: string;
}

export interface TranslatorSheet {
  readonly request: number;
  /** Facts for the head: number of the request, date, lines; the case's label only where the officer allows it. */
  readonly head: readonly string[];
  readonly words: SheetWords;
  readonly rows: readonly SheetRow[];
}

/** One row as it came back, as text; nothing is trusted yet. */
export interface ReturnedRow {
  /** Where in the file, for a person who looks it up: 'table 2, row 14', 'Lines!14', 'unit T3-0012'. */
  readonly place: string;
  readonly reference: string;
  readonly original: string;
  readonly machineText: string;
  readonly translation: string;
  readonly note: string;
  /** 'formula': a cell computes its text. 'partly': only some segments of the unit are translated. */
  readonly flaw: 'formula' | 'partly' | null;
}

export interface ReturnedSheet {
  readonly format: SheetFormat;
  readonly fields: Readonly<Record<FieldMark, string>>;
  readonly rows: readonly ReturnedRow[];
  /** True where the file carries macros; they are never read. */
  readonly hasMacros: boolean;
}

export type SheetFormat = 'docx' | 'xlsx' | 'xliff';

/** "F Translation" */
export const headingOf = (words: SheetWords, mark: ColumnMark): string => `${mark} ${words.columns[mark]}`;
/** "(i) Translator's name" */
export const fieldLabel = (words: SheetWords, mark: FieldMark): string => `${mark} ${words.fields[mark]}`;
export const aboutOf = (row: SheetRow, words: SheetWords): string =>
  row.isContext ? `${words.context}\n${row.about}` : row.about;

/** The column whose mark begins this heading; null where it is no heading of ours. */
function columnOf(heading: string): ColumnMark | null {
  const mark = /^\s*([A-G])(?:[\s.:)]|$)/.exec(heading)?.[1];
  return COLUMNS.find((one) => one === mark) ?? null;
}

/** The form field whose mark begins this label; null where it is none. */
export function fieldOf(label: string): FieldMark | null {
  const mark = /^\s*(\(i{1,3}\))/.exec(label)?.[1];
  return FIELDS.find((one) => one === mark) ?? null;
}

/** Row of headings: reference, original and translation at least are named. Gives the place of each column. */
function headingRow(cells: readonly string[]): Map<ColumnMark, number> | null {
  // Words of a line may begin with single letters too; headings stand beside no reference.
  if (cells.some((cell) => parseReference(cell) !== null)) return null;
  const places = new Map<ColumnMark, number>();
  for (const [at, cell] of cells.entries()) {
    const mark = columnOf(cell);
    if (mark !== null && !places.has(mark)) places.set(mark, at);
  }
  return places.has('A') && places.has('C') && places.has('F') ? places : null;
}

/** Reads rows of cells against the headings that stand above them; used by both office formats. */
export class SheetReading {
  readonly fields: Record<FieldMark, string> = { '(i)': '', '(ii)': '', '(iii)': '' };
  readonly rows: ReturnedRow[] = [];
  #places: Map<ColumnMark, number> | null = null;
  #isForm = true;

  get hasHeadings(): boolean {
    return this.#places !== null;
  }

  /** @param formulas places of cells that compute their text. */
  row(place: string, cells: readonly string[], formulas: ReadonlySet<number> = new Set()): void {
    const headings = headingRow(cells);
    if (headings !== null) {
      this.#places = headings;
      this.#isForm = false;
      return;
    }
    const field = fieldOf(cells[0] ?? '');
    if (field !== null) {
      const value = cells.slice(1).find((cell) => cell.trim() !== '') ?? '';
      if (this.fields[field] === '') this.fields[field] = value.trim();
      return;
    }
    // Before the first headings stand instructions and the form.
    if (this.#isForm || this.#places === null || cells.every((cell) => cell.trim() === '')) return;
    const at = (mark: ColumnMark): string => cells[this.#places?.get(mark) ?? -1] ?? '';
    const isComputed = ([...this.#places.values()] as const).some((column) => formulas.has(column));
    this.rows.push({
      place,
      reference: at('A').trim(),
      original: at('C'),
      machineText: at('D'),
      translation: at('F').trim(),
      note: at('G').trim(),
      flaw: isComputed ? 'formula' : null
    });
  }
}
