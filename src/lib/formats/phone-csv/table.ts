/** A delimited file as a table: its text, its delimiter, its header, and its records as they stream. */
import { SourceError, told, type Finding } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { looksLikeZip } from '../container/zip.ts';
import type { SourceInput } from '../contract.ts';
import { blobChunks, decodeText } from '../text/decode.ts';
import { controlShare } from '../text/encoding.ts';
import { notUtf8Sentence } from '../text/not-utf8.ts';
import { findHeader, headerText, type HeaderPlace } from './header-rows.ts';
import { placesOf, plainHeader, type Recipe, type Role } from './recipe.ts';
import { RowReader, guessDelimiter, headRows, type Row } from './rows.ts';

const HEAD_CHARS = 256 * 1024;
/** A spreadsheet's own limit is 16,384; no phone table comes near it. */
const MOST_COLUMNS = 2000;

export interface Table {
  /** The source that it stands in, for sentences. */
  readonly input: Pick<SourceInput, 'name'>;
  /** Path of its rows in the source: '' for a file that is the table, the sheet's name in a workbook. */
  readonly path: string;
  readonly delimiter: string;
  readonly place: HeaderPlace;
  /** Share of the first records that have the commonest width. */
  readonly evenShare: number;
  /** Streams all records below the header into `sink`, as often as it is asked. */
  stream(sink: RowSink, signal: AbortSignal): Promise<void>;
}

export interface RowSink {
  row(row: Row): void;
  bytes(done: number): void;
  note(finding: Note): void;
}

type Note = Omit<Finding, 'file'>;

/** The text of a file in pieces; `onBytes` is told the bytes consumed. */
async function* textOf(
  input: SourceInput,
  signal: AbortSignal,
  onBytes: (done: number) => void,
  note: (finding: Note) => void
): AsyncGenerator<string> {
  async function* counted(): AsyncGenerator<Uint8Array> {
    let done = 0;
    for await (const chunk of blobChunks(input.blob, signal)) {
      yield chunk;
      onBytes((done += chunk.length));
    }
  }
  yield* decodeText(counted(), (offset, page) => {
    const said = told(notUtf8Sentence(input.name, offset, page));
    note({ code: 'not-utf8', severity: 'warning', ...said, place: { path: '', offset, unit: 'byte' } });
  });
}

/** First bytes that no table of text has. Returns what the file is instead, or null. */
export function whatElse(bytes: Uint8Array): 'is-zip-or-sheet' | 'is-xml' | 'is-json' | 'is-no-text' | null {
  if (looksLikeZip(bytes)) return 'is-zip-or-sheet';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 64)).replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (start.startsWith('<')) return 'is-xml';
  if (start.startsWith('{') || /^\[\s*[[{]/.test(start)) return 'is-json';
  if (start.startsWith('%PDF') || start.startsWith('SQLite format')) return 'is-no-text';
  return controlShare(bytes) > 0.01 ? 'is-no-text' : null;
}

/**
 * Looks at the beginning of a file.
 * @throws SourceError 'empty-file', 'not-recognised' (no text at all, or a recipe whose columns are not there).
 */
export async function openTable(input: SourceInput, recipe: Recipe | null, signal: AbortSignal): Promise<Table> {
  if (input.sizeBytes === 0) throw new SourceError('empty-file', sentence('file-empty', { file: input.name }), input.name);
  const bytes = new Uint8Array(await input.blob.slice(0, 64 * 1024).arrayBuffer());
  const other = whatElse(bytes);
  if (other !== null && other !== 'is-json')
    throw new SourceError('not-recognised', sentence('table-is-other', { file: input.name, what: sentence(other) }), input.name);
  let text = '';
  let isWhole = true;
  for await (const piece of textOf(
    input,
    signal,
    () => undefined,
    () => undefined
  )) {
    text += piece;
    if (text.length >= HEAD_CHARS) {
      isWhole = false;
      break;
    }
  }
  if (text.trim() === '') throw new SourceError('empty-file', sentence('file-blank', { file: input.name }), input.name);
  if (recipe === null) {
    const guess = guessDelimiter(text, isWhole);
    // One record without an end longer than the look ahead is no table.
    if (guess.rows.length === 0)
      throw new SourceError(
        'not-recognised',
        sentence('table-no-row', { file: input.name, characters: text.length }),
        input.name
      );
    if (guess.width > MOST_COLUMNS)
      throw new SourceError(
        'too-large',
        sentence('table-too-wide', { file: input.name, columns: guess.width, most: MOST_COLUMNS }),
        input.name
      );
    return textTable(input, guess.delimiter, findHeader(guess.rows, guess.width), guess.share);
  }
  const place = placeOfRecipe(headRows(text, recipe.delimiter, isWhole), recipe);
  if (place === null) {
    const wanted = recipe.columns.filter((column) => column.role !== null).slice(0, 6);
    const columns = wanted.map((column) => sentence('quoted', { text: column.header }));
    throw new SourceError(
      'not-recognised',
      sentence('table-recipe-elsewhere', { file: input.name, recipe: recipe.name, columns }),
      input.name
    );
  }
  return textTable(input, recipe.delimiter, place, 1);
}

/** The header of a recipe in a table: where it says, else the first row among forty that has all of its columns. */
export function placeOfRecipe(rows: readonly Row[], recipe: Recipe): HeaderPlace | null {
  if (recipe.headerRow === 0) {
    const headers = recipe.columns.map((column) => column.header);
    return rows.some((row) => row.cells.length === headers.length)
      ? { headerRow: 0, headerRows: 0, headers, names: headers, titles: [], data: rows }
      : null;
  }
  const wanted = recipe.columns.filter((column) => column.role !== null).map((column) => plainHeader(column.header));
  const order = [recipe.headerRow - 1, ...Array.from({ length: 40 }, (_, i) => i)];
  for (const at of order) {
    const row = rows[at];
    if (row === undefined) continue;
    const names = row.cells.map(headerText);
    // Two-row headers were joined when the recipe was made: their own names must then be where they were.
    const headers =
      recipe.headerRows > 1 && names.length === recipe.columns.length ? recipe.columns.map((column) => column.header) : names;
    const here = new Set(headers.map(plainHeader));
    const joins =
      recipe.headerRows < 2 ||
      recipe.columns.every((column, i) => plainHeader(column.header).endsWith(plainHeader(names[i] ?? '')));
    if (joins && wanted.every((name) => here.has(name)) && placesOf(recipe, headers) !== null) {
      return {
        headerRow: row.row,
        headerRows: recipe.headerRows,
        headers,
        names,
        titles: rows.slice(0, at),
        data: rows.slice(at + 1)
      };
    }
  }
  return null;
}

function textTable(input: SourceInput, delimiter: string, place: HeaderPlace, evenShare: number): Table {
  return {
    input,
    path: '',
    delimiter,
    place,
    evenShare,
    stream: (sink, signal) => streamText(input, delimiter, place, sink, signal)
  };
}

async function streamText(
  input: SourceInput,
  delimiter: string,
  place: HeaderPlace,
  sink: RowSink,
  signal: AbortSignal
): Promise<void> {
  const reader = new RowReader({ delimiter, width: place.headers.length });
  let done = 0;
  let wasTold = false;
  const take = (rows: readonly Row[]): void => {
    for (const row of rows) if (row.row > place.headerRow) sink.row(row);
    if (reader.ignoresQuotes && !wasTold) {
      wasTold = true;
      sink.note({
        code: 'damaged-csv',
        severity: 'warning',
        ...told(sentence('table-stray-quotes', { file: input.name, row: rows.at(-1)?.row ?? 0 })),
        place: null
      });
    }
  };
  for await (const piece of textOf(
    input,
    signal,
    (bytes) => (done = bytes),
    (finding) => sink.note(finding)
  )) {
    signal.throwIfAborted();
    take(reader.push(piece));
    sink.bytes(done);
  }
  take(reader.finish());
}

/** Cells of one record by role. */
export class RowView {
  readonly #places: ReadonlyMap<Role, readonly number[]>;
  cells: readonly string[] = [];

  constructor(places: ReadonlyMap<Role, readonly number[]>) {
    this.#places = places;
  }

  has(role: Role): boolean {
    return this.#places.has(role);
  }

  /** Raw cell of a role, '' where the table has no such column. */
  raw(role: Role): string {
    const at = this.#places.get(role)?.[0];
    return at === undefined ? '' : (this.cells[at] ?? '');
  }

  all(role: Role): string[] {
    return (this.#places.get(role) ?? []).map((at) => this.cells[at] ?? '');
  }
}
