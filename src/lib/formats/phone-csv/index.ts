/**
 * "CSV phone downloads": tables of messages, calls or contacts, one row each, from any program. The columns are
 * guessed with reasons and shown; an officer's recipe overrides the guess.
 */
import { ASSUMED_ZONE } from '../../evidence/assumptions.ts';
import { SourceError, told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { decodeStrict, wholeUtf8Length } from '../text/decode.ts';
import { detectEncoding } from '../text/encoding.ts';
import type { DateOrder } from '../time/stamp.ts';
import { quotedExamples } from '../time/date-examples.ts';
import { chosenClock } from '../time/zone-clock.ts';
import { readHeader } from '../whatsapp-text/header.ts';
import { findHeader } from './header-rows.ts';
import { CsvPeople } from './people.ts';
import { proposeRecipe, recipeInWords } from './propose.ts';
import { parseRecipe, placesOf, type Recipe, type Role } from './recipe.ts';
import { RowRecords } from './row-records.ts';
import { RowTime } from './row-time.ts';
import { guessDelimiter } from './rows.ts';
import { CsvThreads, surveyTable, type Survey } from './survey.ts';
import { openTable, streamRows, whatElse, type Table } from './table.ts';

interface Prepared {
  readonly table: Table;
  readonly recipe: Recipe;
  readonly isGuessed: boolean;
  readonly places: ReadonlyMap<Role, readonly number[]>;
  readonly people: CsvPeople;
  readonly survey: Survey;
}

async function prepare(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<Prepared> {
  let given: Recipe | null = null;
  if (options.recipe !== undefined) {
    const parsed = parseRecipe(options.recipe);
    if ('problem' in parsed)
      throw new SourceError(
        'not-recognised',
        sentence('table-recipe-unusable', { file: input.name, problem: parsed.problem }),
        input.name
      );
    given = parsed.recipe;
  }
  const table = await openTable(input, given, signal);
  const recipe = given ?? proposeRecipe({ fileName: input.name, delimiter: table.delimiter, place: table.place });
  const places = placesOf(recipe, table.place.headers) ?? new Map<Role, number[]>();
  const people = new CsvPeople(input.name, options);
  const survey = await surveyTable(table, recipe, places, people, signal);
  return { table, recipe, isGuessed: given === null, places, people, survey };
}

/** The order of day and month to read by: the officer's, the recipe's, or what the whole file decides. */
function orderOf(
  recipe: Recipe,
  survey: Survey,
  options: ReadOptions
): { readonly order: DateOrder | null; readonly isOpen: boolean } {
  const stated = options.dateOrder ?? recipe.dateOrder;
  if (stated !== null) return { order: stated, isOpen: false };
  if (survey.dateOrder === null) return { order: null, isOpen: false };
  const decided = survey.dateOrder.order;
  return { order: decided === 'ydm' ? null : decided, isOpen: decided === null };
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const { table, recipe, isGuessed, survey, people } = await prepare(input, options, signal);
  const { order, isOpen } = orderOf(recipe, survey, options);
  const questions: SourceQuestion[] = [];
  if (isGuessed)
    questions.push({
      kind: 'recipe',
      reason: sentence('table-ask-recipe', { columns: recipeInWords(recipe) }),
      proposal: { ...recipe, dateOrder: order }
    });
  if (isOpen && survey.dateOrder?.order === null) {
    questions.push({
      kind: 'dateOrder',
      reason: sentence('ask-order', { file: input.name }),
      options: survey.dateOrder.options,
      examples: survey.dateOrder.examples
    });
  }
  if (options.zone === null && survey.zoneless)
    questions.push({ kind: 'zone', reason: sentence('table-ask-zone'), assumed: ASSUMED_ZONE });
  if (options.owner === null && recipe.kind.fallback !== 'generic' && recipe.kind.fallback !== 'contact') {
    // Whoever the table marks as owner, then whoever is on the most rows.
    const candidates = [...new Set([...people.marked, ...survey.accounts.slice(0, 20).map((one) => one.ref)])];
    questions.push({ kind: 'owner', reason: sentence('table-ask-owner'), candidates });
  }
  const facts = [
    sentence('table-shape', {
      rows: survey.rows,
      columns: table.place.headers.length,
      delimiter: sentence(DELIMITERS[table.delimiter] ?? 'by-control')
    }),
    table.place.headerRow === 0 ? sentence('table-headerless') : sentence('table-header-row', { row: table.place.headerRow })
  ];
  return { questions, facts };
}

const DELIMITERS: Readonly<Record<string, 'by-commas' | 'by-semicolons' | 'by-tabs' | 'by-bars'>> = {
  ',': 'by-commas',
  ';': 'by-semicolons',
  '\t': 'by-tabs',
  '|': 'by-bars'
};

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const prepared = await prepare(input, options, signal);
  const { table, recipe, isGuessed, places, people, survey } = prepared;
  const { order, isOpen } = orderOf(recipe, survey, options);
  if (isOpen && survey.dateOrder?.order === null) {
    throw new SourceError(
      'date-order-undecided',
      sentence('chat-order-open', { chat: input.name, examples: quotedExamples(survey.dateOrder.examples) }),
      input.name
    );
  }
  noteHeader(prepared, sink, isGuessed);
  const decided = survey.dateOrder?.order ?? null;
  if (order !== null && decided !== null && decided !== 'ymd' && decided !== order && survey.dateOrder?.order !== null) {
    sink.note({
      code: 'date-order-undecided',
      severity: 'warning',
      ...told(
        sentence('table-order-other', {
          file: input.name,
          order: sentence(`order-${order}`),
          decided: sentence(`order-${decided}`)
        })
      ),
      place: null
    });
  }
  for (const title of table.place.titles) {
    const [name = '', value = '', ...more] = title.cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    if (name !== '' && value !== '' && more.length === 0)
      sink.device({ name, value, place: { path: '', offset: title.row, unit: 'row' } });
  }
  const records = new RowRecords(
    {
      table,
      recipe,
      places,
      people,
      threads: new CsvThreads(survey, people, input.name),
      time: new RowTime(recipe.timeFormat, order, chosenClock(options.zone))
    },
    sink
  );
  await streamRows(
    table,
    { row: (row) => records.add(row), bytes: (done) => sink.progress(done), note: (finding) => sink.note(finding) },
    signal
  );
  records.finish();
}

function noteHeader({ table, recipe }: Prepared, sink: EvidenceSink, isGuessed: boolean): void {
  const { place, input } = table;
  const at = place.headerRow === 0 ? null : ({ path: '', offset: place.headerRow, unit: 'row' } as const);
  if (isGuessed) {
    const where =
      place.headerRow === 0
        ? sentence('table-no-header')
        : place.titles.length === 0
          ? sentence('table-header-at', { row: place.headerRow })
          : sentence('table-header-under-titles', { row: place.headerRow, titles: place.titles.length });
    sink.note({
      code: 'header-guessed',
      severity: 'note',
      ...told(sentence('table-columns-read', { file: input.name, where, columns: recipeInWords(recipe) })),
      place: at
    });
  }
  const unread = recipe.columns
    .filter((column) => column.role === null && column.header !== '')
    .map((column): Sentence => sentence('quoted', { text: column.header }));
  if (recipe.kind.fallback !== 'generic' && recipe.kind.fallback !== 'contact' && unread.length > 0) {
    sink.note({
      code: 'header-guessed',
      severity: 'note',
      ...told(
        sentence('table-columns-unread', {
          file: input.name,
          count: unread.length,
          columns: unread.length > 12 ? [...unread.slice(0, 12), sentence('and-more')] : unread
        })
      ),
      place: at
    });
  }
}

/** Confidence by what the columns mean; a table of anything else stays far below every other format. */
function sniff(head: SniffHead): number {
  if (head.bytes.length === 0 || whatElse(head.bytes) !== null) return 0;
  const { encoding, bomBytes } = detectEncoding(head.bytes);
  const bytes = head.bytes.subarray(bomBytes);
  const text =
    encoding === 'utf-8' ? decodeStrict(bytes.subarray(0, wholeUtf8Length(bytes))).text : new TextDecoder(encoding).decode(bytes);
  const guess = guessDelimiter(text, head.bytes.length >= head.sizeBytes);
  if (guess.width < 2 || guess.rows.length === 0) return 0;
  // A chat's lines have a comma or two in the same place.
  const chat = text.split('\n', 50).filter((line) => readHeader(line) !== null).length;
  if (chat > 0 && !text.slice(0, 2000).split('\n', 1)[0]?.includes(guess.delimiter.repeat(2))) {
    const first = guess.rows.slice(0, 50);
    if (chat * 2 >= Math.min(50, first.length)) return 0;
  }
  const recipe = proposeRecipe({ fileName: head.name, delimiter: guess.delimiter, place: findHeader(guess.rows, guess.width) });
  const isNamed = /\.(?:csv|tsv|tab)$/i.test(head.name);
  if (recipe.kind.fallback === 'generic') return guess.share < 0.5 ? 0 : isNamed ? 0.1 : 0.05;
  const score = recipe.columns.filter((column) => column.role !== null).length >= 3 ? 0.8 : 0.5;
  return Math.min(0.9, score * (guess.share < 0.5 ? 0.6 : 1) + (isNamed ? 0.1 : 0));
}

export const phoneCsv: Format = { id: 'phone-csv', version: 2, label: 'Table of a phone download (CSV)', sniff, probe, read };

export { parseRecipe, type Recipe, type RecipeColumn, type Role } from './recipe.ts';
