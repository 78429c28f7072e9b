/**
 * Records of a delimited text, streamed through papaparse's own parser, with the row numbers that a spreadsheet
 * would show.
 *
 * [Note: Stray quotes] One quote that is never closed makes a parser take the rest of the file for one cell. Where
 * a record runs over several lines and its quotes are broken, only its first line is given up (`isDamaged`) and
 * reading goes on with the next line. After `RESYNCS` of these, quotes are taken as plain characters to the
 * end, so that a hostile file costs time in proportion to its size.
 */
import Papa from 'papaparse';

export interface Row {
  /** Cells as the file has them, quotes undone. */
  readonly cells: readonly string[];
  /** Record number in the file, from 1, empty lines counted. */
  readonly row: number;
  /** The record's own characters. */
  readonly raw: string;
  /** Quotes of this record are broken; the cells are a best reading of its first line. */
  readonly isDamaged: boolean;
}

export interface RowOptions {
  readonly delimiter: string;
  /** Width that whole records have: a broken record with this many cells is believed even over several lines. */
  readonly width?: number;
}

/** Longest record in characters; a phone's longest message is some tens of thousands. */
const LONGEST_RECORD = 2_000_000;
const RESYNCS = 100;

interface Step {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly type: string; readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

export class RowReader {
  readonly #options: RowOptions;
  #newline: '\n' | '\r' | null = null;
  #rest = '';
  #row = 0;
  #resyncs = 0;

  constructor(options: RowOptions) {
    this.#options = options;
  }

  /** True once quotes are no longer believed. */
  get ignoresQuotes(): boolean {
    return this.#resyncs >= RESYNCS;
  }

  /** Records that are whole after this piece of text. */
  push(text: string): Row[] {
    this.#rest += text;
    if (this.#newline === null) {
      // The character behind the first line end is wanted too, to tell CR LF from CR.
      if (!/[\n\r]./s.test(text) && this.#rest.length <= LONGEST_RECORD) return [];
      this.#newline = newlineOf(this.#rest);
    }
    return this.#parse(false);
  }

  /** The last records. */
  finish(): Row[] {
    this.#newline ??= newlineOf(this.#rest);
    return this.#rest === '' ? [] : this.#parse(true);
  }

  #parse(isLast: boolean): Row[] {
    const rows: Row[] = [];
    for (;;) {
      const text = this.#rest;
      const stop = this.#pass(text, isLast, rows);
      if (stop === null) {
        if (isLast || this.#rest.length <= LONGEST_RECORD) return rows;
        // A record longer than any message: its opening quote is taken as stray.
      }
      this.#giveUpLine(rows);
      if (this.#rest === '') return rows;
    }
  }

  /** One run over `text`; leaves the unread part in #rest. Returns the start of a broken record, or null. */
  #pass(text: string, isLast: boolean, rows: Row[]): number | null {
    let start = 0;
    let broken: number | null = null;
    const parser = new Papa.Parser({
      delimiter: this.#options.delimiter,
      newline: this.#newline ?? '\n',
      ...(this.ignoresQuotes ? { fastMode: true } : {}),
      step: (result: unknown) => {
        const { data, errors, meta } = result as Step;
        const cells = data[0];
        const raw = text.slice(start, meta.cursor);
        // The end of a file that ends with a line end is no record.
        if (cells === undefined || raw === '') return;
        const isDamaged = errors.some((error) => error.type === 'Quotes');
        const isUnclosed = errors.some((error) => error.code === 'MissingQuotes');
        if (isDamaged && (isUnclosed || cells.length !== this.#options.width) && /[\n\r]./s.test(raw)) {
          broken = start;
          parser.abort();
          return;
        }
        start = meta.cursor;
        this.#emit(rows, cells, raw, isDamaged);
      }
    });
    parser.parse(text, 0, !isLast);
    this.#rest = isLast && broken === null ? '' : text.slice(start);
    return broken;
  }

  /** Takes the first line of the rest as one damaged record. */
  #giveUpLine(rows: Row[]): void {
    const end = this.#rest.indexOf(this.#newline ?? '\n');
    const line = end < 0 ? this.#rest : this.#rest.slice(0, end + 1);
    this.#resyncs++;
    this.#rest = this.#rest.slice(line.length);
    this.#emit(rows, line.replace(/[\r\n]+$/, '').split(this.#options.delimiter), line, true);
  }

  #emit(rows: Row[], cells: readonly string[], raw: string, isDamaged: boolean): void {
    this.#row++;
    const last = cells[cells.length - 1] as string;
    // CR LF files are parted at LF, which leaves the CR on an unquoted last cell.
    const whole = last.endsWith('\r') ? [...cells.slice(0, -1), last.slice(0, -1)] : cells;
    rows.push({ cells: whole, row: this.#row, raw, isDamaged });
  }
}

/** LF also for CR LF files; CR only where a file has no LF at all. */
function newlineOf(text: string): '\n' | '\r' {
  return !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
}

/** True for a record without any content: an empty line, or cells that are all empty. */
export function isBlank(row: Row): boolean {
  return row.cells.every((cell) => cell.trim() === '');
}

const DELIMITERS = [',', ';', '\t', '|', '\x1e', '\x1f'];

/** Records of the beginning of a file. `text` may end anywhere; its last record is left out unless `isWhole`. */
export function headRows(text: string, delimiter: string, isWhole: boolean): Row[] {
  const reader = new RowReader({ delimiter });
  const rows = reader.push(text);
  if (isWhole) rows.push(...reader.finish());
  return rows;
}

export interface GuessedDelimiter {
  readonly delimiter: string;
  /** Commonest number of cells in a record. */
  readonly width: number;
  /** Share of the records, blank ones left out, that have this width. */
  readonly share: number;
  readonly rows: readonly Row[];
}

/** The delimiter under which the most records have the same number of cells. Excel's "sep=;" line decides at once. */
export function guessDelimiter(text: string, isWhole: boolean): GuessedDelimiter {
  const stated = /^sep=(.)\r?\n/.exec(text)?.[1];
  let best: GuessedDelimiter | null = null;
  let bestScore = -1;
  for (const delimiter of stated === undefined ? DELIMITERS : [stated]) {
    if (!text.includes(delimiter)) continue;
    const rows = headRows(text, delimiter, isWhole);
    const widths = new Map<number, number>();
    const full = rows.filter((row) => !isBlank(row));
    for (const { cells } of full) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    // Of equally common widths the wider: titles above a table are narrow.
    const [width, count] = [...widths].sort((x, y) => y[1] - x[1] || y[0] - x[0])[0] ?? [1, 0];
    const share = full.length === 0 ? 0 : count / full.length;
    const score = width < 2 ? 0 : share * Math.log2(width + 1);
    if (score > bestScore) {
      best = { delimiter, width, share, rows };
      bestScore = score;
    }
  }
  if (best !== null) return best;
  const rows = headRows(text, ',', isWhole);
  return { delimiter: ',', width: 1, share: 1, rows };
}
