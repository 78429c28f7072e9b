/** A table with its recipe: what must be asked of it, and its rows into the sink. The same for text and for a workbook's sheet. */
import { ASSUMED_ZONE } from '../../evidence/assumptions.ts';
import { SourceError, told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { ReadOptions, SourceQuestion } from '../contract.ts';
import { quotedExamples } from '../time/date-examples.ts';
import type { DateOrder } from '../time/stamp.ts';
import { chosenClock } from '../time/zone-clock.ts';
import type { CsvPeople } from './people.ts';
import { proposeRecipe, recipeInWords } from './propose.ts';
import { parseRecipe, placesOf, type Recipe, type Role } from './recipe.ts';
import { RowRecords } from './row-records.ts';
import { RowTime } from './row-time.ts';
import { CsvThreads, surveyTable, type Survey } from './survey.ts';
import type { Table } from './table.ts';

export interface PreparedTable {
  readonly table: Table;
  readonly recipe: Recipe;
  readonly isGuessed: boolean;
  readonly places: ReadonlyMap<Role, readonly number[]>;
  readonly people: CsvPeople;
  readonly survey: Survey;
}

/** The officer's recipe; null where none was given. @throws SourceError 'not-recognised' where it is none. */
export function givenRecipe(file: string, options: ReadOptions): Recipe | null {
  if (options.recipe === undefined) return null;
  const parsed = parseRecipe(options.recipe);
  if ('recipe' in parsed) return parsed.recipe;
  throw new SourceError('not-recognised', sentence('table-recipe-unusable', { file, problem: parsed.problem }), file);
}

/**
 * @param given the recipe that the table was opened by, or null to guess one.
 * @param name of the file or sheet: it may tell what the rows are.
 */
export async function prepareTable(
  table: Table,
  given: Recipe | null,
  name: string,
  people: CsvPeople,
  signal: AbortSignal
): Promise<PreparedTable> {
  const recipe = given ?? proposeRecipe({ fileName: name, delimiter: table.delimiter, place: table.place });
  const places = placesOf(recipe, table.place.headers) ?? new Map<Role, number[]>();
  const survey = await surveyTable(table, recipe, places, people, signal);
  return { table, recipe, isGuessed: given === null, places, people, survey };
}

/** The order of day and month to read by: the officer's, the recipe's, or what the whole table decides. */
export function orderOf(
  { recipe, survey }: Pick<PreparedTable, 'recipe' | 'survey'>,
  options: ReadOptions
): { readonly order: DateOrder | null; readonly isOpen: boolean } {
  const stated = options.dateOrder ?? recipe.dateOrder;
  if (stated !== null) return { order: stated, isOpen: false };
  if (survey.dateOrder === null) return { order: null, isOpen: false };
  const decided = survey.dateOrder.order;
  return { order: decided === 'ydm' ? null : decided, isOpen: decided === null };
}

/** What must be asked of one table. */
export function questionsOf(
  prepared: PreparedTable,
  options: ReadOptions,
  order: DateOrder | null,
  isOpen: boolean
): SourceQuestion[] {
  const { recipe, isGuessed, survey, people, table } = prepared;
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
      reason: sentence('ask-order', { file: table.input.name }),
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
  return questions;
}

/** @throws SourceError 'date-order-undecided' where the order of day and month is open. */
export function assertOrder({ survey, table }: PreparedTable, isOpen: boolean): void {
  if (!isOpen || survey.dateOrder?.order !== null) return;
  const { name } = table.input;
  throw new SourceError(
    'date-order-undecided',
    sentence('chat-order-open', { chat: name, examples: quotedExamples(survey.dateOrder.examples) }),
    name
  );
}

/** Streams the rows of a table into the sink, with what must be said of its header and its dates. */
export async function readTable(
  prepared: PreparedTable,
  options: ReadOptions,
  order: DateOrder | null,
  sink: EvidenceSink,
  signal: AbortSignal
): Promise<void> {
  const { table, recipe, places, people, survey } = prepared;
  const { path } = table;
  noteHeader(prepared, sink);
  const decided = survey.dateOrder?.order ?? null;
  if (order !== null && decided !== null && decided !== 'ymd' && decided !== order) {
    sink.note({
      code: 'date-order-undecided',
      severity: 'warning',
      ...told(
        sentence('table-order-other', {
          file: table.input.name,
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
      sink.device({ name, value, place: { path, offset: title.row, unit: 'row' } });
  }
  const records = new RowRecords(
    {
      table,
      recipe,
      places,
      people,
      threads: new CsvThreads(survey, people, table.input.name),
      time: new RowTime(recipe.timeFormat, order, chosenClock(options.zone))
    },
    sink
  );
  await table.stream(
    { row: (row) => records.add(row), bytes: (done) => sink.progress(done), note: (finding) => sink.note(finding) },
    signal
  );
  records.finish();
}

function noteHeader({ table, recipe, isGuessed }: PreparedTable, sink: EvidenceSink): void {
  const { place, input } = table;
  const at = place.headerRow === 0 ? null : ({ path: table.path, offset: place.headerRow, unit: 'row' } as const);
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
