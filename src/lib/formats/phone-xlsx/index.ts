/**
 * Workbooks of phone downloads (Cellebrite, AXIOM, XRY and others): each sheet is a table of its own, read as a CSV is,
 * by guessed columns or by an officer's recipe. A recipe is for the sheets that have its columns; the others are guessed.
 */
import { SourceError, told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { FindingTally } from '../finding-tally.ts';
import { findHeader } from '../phone-csv/header-rows.ts';
import { CsvPeople } from '../phone-csv/people.ts';
import {
  assertOrder,
  givenRecipe,
  orderOf,
  prepareTable,
  questionsOf,
  readTable,
  type PreparedTable
} from '../phone-csv/reading.ts';
import type { Recipe } from '../phone-csv/recipe.ts';
import { isBlank, type Row } from '../phone-csv/rows.ts';
import { placeOfRecipe, type RowSink, type Table } from '../phone-csv/table.ts';
import { streamSheet, type SheetCounts } from './sheet-rows.ts';
import { openWorkbook, WORKBOOK_ENTRY, type SheetPlace, type Workbook } from './workbook.ts';

/** Rows that decide about header and columns. */
const ROWS_LOOKED_AT = 500;

interface PreparedSheet {
  readonly sheet: SheetPlace;
  readonly prepared: PreparedTable;
}

interface PreparedBook {
  readonly sheets: readonly PreparedSheet[];
  readonly empty: readonly string[];
  /** Of sheets that end in damage before their first row, what was the matter. */
  readonly broken: readonly SourceError[];
  /** The order of day and month of the workbook; a sheet that decides it decides for all. */
  readonly order: ReturnType<typeof orderOf>;
  /** The first sheet that leaves it open. */
  readonly open: PreparedTable | null;
}

/** The first rows of a sheet, each as wide as the widest of them. */
async function headOf(book: Workbook, sheet: SheetPlace, signal: AbortSignal): Promise<{ rows: Row[]; width: number }> {
  const rows: Row[] = [];
  await streamSheet(
    book,
    sheet,
    (row) => rows.push(row) < ROWS_LOOKED_AT,
    () => {},
    signal
  );
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return { rows: rows.map((row) => widened(row, width)), width };
}

/** Cells at the end of a row that are empty are not in the file. */
function widened(row: Row, width: number): Row {
  if (row.cells.length >= width) return row;
  return { ...row, cells: [...row.cells, ...Array<string>(width - row.cells.length).fill('')] };
}

async function tableOf(
  input: SourceInput,
  book: Workbook,
  sheet: SheetPlace,
  given: Recipe | null,
  signal: AbortSignal
): Promise<{ table: Table; isGiven: boolean } | null> {
  const { rows, width } = await headOf(book, sheet, signal);
  const full = rows.filter((row) => !isBlank(row));
  if (full.length === 0) return null;
  const recipePlace = given === null ? null : placeOfRecipe(rows, given);
  const place = recipePlace ?? findHeader(rows, width);
  // Rows are counted by the sheet, and blank ones need not be in it: the header stands under its own number.
  const stream = async (sink: RowSink, stop: AbortSignal): Promise<void> => {
    const tally = new FindingTally();
    const counts: SheetCounts = await streamSheet(
      book,
      sheet,
      (row) => {
        if (row.row > place.headerRow) sink.row(widened(row, width));
        return true;
      },
      (done) => sink.bytes(done),
      stop
    );
    tally.add('cell-cut', 'warning', 'xlsx-cells-beyond', null, counts.beyond);
    tally.add('item-unreadable', 'note', 'xlsx-cells-errors', null, counts.errors);
    tally.flush(sink);
  };
  const table: Table = { input, path: sheet.name, delimiter: given?.delimiter ?? ',', place, evenShare: 1, stream };
  return { table, isGiven: recipePlace !== null };
}

async function prepare(input: SourceInput, options: ReadOptions, book: Workbook, signal: AbortSignal): Promise<PreparedBook> {
  const given = givenRecipe(input.name, options);
  const sheets: PreparedSheet[] = [];
  const empty: string[] = [];
  const broken: SourceError[] = [];
  let fits = 0;
  for (const sheet of book.sheets) {
    try {
      const found = await tableOf(input, book, sheet, given, signal);
      if (found === null) {
        empty.push(sheet.name);
        continue;
      }
      if (found.isGiven) fits++;
      const people = new CsvPeople(input.name, options, sheet.name);
      const prepared = await prepareTable(found.table, found.isGiven ? given : null, sheet.name, people, signal);
      sheets.push({ sheet, prepared });
    } catch (error) {
      if (!(error instanceof SourceError) || signal.aborted) throw error;
      broken.push(error);
    }
  }
  if (given !== null && fits === 0) {
    const columns = given.columns
      .filter((column) => column.role !== null)
      .slice(0, 6)
      .map((column) => sentence('quoted', { text: column.header }));
    throw new SourceError(
      'not-recognised',
      sentence('table-recipe-elsewhere', { file: input.name, recipe: given.name, columns }),
      input.name
    );
  }
  const orders = sheets.map(({ prepared }) => ({ prepared, decided: orderOf(prepared, options) }));
  const open = orders.find(({ decided }) => decided.isOpen)?.prepared ?? null;
  const decided = orders.find(({ decided: one }) => one.order === 'dmy' || one.order === 'mdy')?.decided.order ?? null;
  const order = decided !== null ? { order: decided, isOpen: false } : { order: null, isOpen: open !== null };
  return { sheets, empty, broken, order, open };
}

/** A sheet that is in its own order keeps it; one that is open takes the workbook's. */
function orderIn(prepared: PreparedTable, book: PreparedBook, options: ReadOptions): ReturnType<typeof orderOf> {
  const own = orderOf(prepared, options);
  return own.isOpen ? book.order : own;
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const book = await openWorkbook(input, options, signal);
  try {
    const prepared = await prepare(input, options, book, signal);
    // The widest choice of what to ask about: the sheet with the most rows that are events.
    const ranked = [...prepared.sheets].sort(
      (a, b) => Number(isEvents(b.prepared)) - Number(isEvents(a.prepared)) || b.prepared.survey.rows - a.prepared.survey.rows
    );
    const questions = new Map<SourceQuestion['kind'], SourceQuestion>();
    for (const { prepared: one } of ranked) {
      const { order, isOpen } = orderIn(one, prepared, options);
      for (const question of questionsOf(one, options, order, isOpen))
        if (!questions.has(question.kind)) questions.set(question.kind, question);
    }
    return { questions: [...questions.values()], facts: factsOf(book, prepared) };
  } finally {
    await book.zip.close();
  }
}

function isEvents({ recipe }: PreparedTable): boolean {
  return recipe.kind.fallback === 'message' || recipe.kind.fallback === 'call';
}

function factsOf(book: Workbook, { sheets, empty }: PreparedBook): Sentence[] {
  const facts = [sentence('xlsx-sheets', { sheets: book.sheets.length, empty: empty.length })];
  for (const { sheet, prepared } of sheets.slice(0, 20)) {
    const kind = sentence(`kind-${prepared.recipe.kind.fallback}`);
    const values = { sheet: sheet.name, rows: prepared.survey.rows, kind };
    facts.push(sheet.isHidden ? sentence('xlsx-sheet-hidden', values) : sentence('xlsx-sheet', values));
  }
  return facts;
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const book = await openWorkbook(input, options, signal);
  try {
    const prepared = await prepare(input, options, book, signal);
    if (prepared.open !== null) assertOrder(prepared.open, prepared.order.isOpen);
    for (const note of book.zip.notes) sink.note(note);
    if (book.missing.length > 0) {
      const said = told(sentence('xlsx-sheets-missing', { file: input.name, sheets: book.missing.slice(0, 20) }));
      sink.note({ code: 'damaged-container', severity: 'warning', ...said, place: null });
    }
    for (const error of prepared.broken)
      sink.note({ code: error.code, severity: 'failure', ...told(error.sentence), place: error.place });
    let before = 0;
    let last: SourceError | null = prepared.broken.at(-1) ?? null;
    const total = Math.max(
      1,
      prepared.sheets.reduce((sum, { sheet }) => sum + sheet.entry.sizeBytes, 0)
    );
    for (const { sheet, prepared: one } of prepared.sheets) {
      if (sheet.isHidden)
        sink.note({
          code: 'header-guessed',
          severity: 'note',
          ...told(sentence('xlsx-hidden', { sheet: sheet.name })),
          place: { path: sheet.name, offset: 1, unit: 'row' }
        });
      const start = before;
      const within = shareOf(sink, (done) => Math.floor((input.sizeBytes * Math.min(total, start + done)) / total));
      try {
        await readTable(one, options, orderIn(one, prepared, options).order, within, signal);
      } catch (error) {
        if (!(error instanceof SourceError) || signal.aborted) throw error;
        // One damaged sheet of several must not take the others with it.
        if (prepared.sheets.length > 1)
          sink.note({ code: error.code, severity: 'failure', ...told(error.sentence), place: error.place });
        last = error;
      }
      before += sheet.entry.sizeBytes;
    }
    if (last !== null && prepared.sheets.length <= 1) throw last;
    sink.progress(input.sizeBytes);
  } finally {
    await book.zip.close();
  }
}

/** The sink with progress counted over the whole workbook; what a sheet says of itself goes through unchanged. */
function shareOf(sink: EvidenceSink, progress: (done: number) => number): EvidenceSink {
  return {
    seen: (kind) => sink.seen(kind),
    message: (record) => sink.message(record),
    call: (record) => sink.call(record),
    contact: (record) => sink.contact(record),
    account: (record) => sink.account(record),
    location: (record) => sink.location(record),
    generic: (record) => sink.generic(record),
    device: (fact) => sink.device(fact),
    membership: (record) => sink.membership(record),
    refuse: (kind, finding) => sink.refuse(kind, finding),
    note: (finding) => sink.note(finding),
    fold: (kind, place) => sink.fold(kind, place),
    progress: (done) => sink.progress(progress(done))
  };
}

function sniff(head: SniffHead): number {
  return head.entries?.some((name) => WORKBOOK_ENTRY.test(name)) === true ? 0.92 : 0;
}

export const phoneXlsx: Format = {
  id: 'phone-xlsx',
  version: 1,
  label: 'Workbook of a phone download (XLSX)',
  isContainer: true,
  sniff,
  probe,
  read
};
