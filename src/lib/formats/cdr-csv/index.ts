/**
 * Call-data records of a network: who rang or wrote to whom, when, how long, by which handset and SIM, over which cells.
 * No content. The clock is UTC or local time, which no file states: it is asked, and recorded with the source.
 */
import { SourceError, told } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe } from '../contract.ts';
import { findHeader } from '../phone-csv/header-rows.ts';
import { CsvPeople } from '../phone-csv/people.ts';
import { assertOrder, orderOf, prepareTable, questionsOf, type PreparedTable } from '../phone-csv/reading.ts';
import { RowTime } from '../phone-csv/row-time.ts';
import { guessDelimiter, isBlank } from '../phone-csv/rows.ts';
import { CsvThreads } from '../phone-csv/survey.ts';
import { openTable, whatElse, type Table } from '../phone-csv/table.ts';
import { headText } from '../text/decode.ts';
import { chosenClock } from '../time/zone-clock.ts';
import { CdrRecords } from './cdr-records.ts';
import {
  BARE_COLUMNS,
  cdrLikeness,
  columnsOf,
  HEADERLESS,
  isHeaderless,
  operatorOf,
  recipeOf,
  type CdrColumns
} from './columns.ts';

interface PreparedCdr {
  readonly prepared: PreparedTable;
  readonly columns: CdrColumns;
  readonly operator: string | null;
  readonly headerless: { readonly latitudeFirst: boolean | null } | null;
}

async function prepare(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<PreparedCdr> {
  let table = await openTable(input, null, signal);
  const first = [...table.place.titles, ...table.place.data].find((row) => !isBlank(row));
  const isBare = first !== undefined && isHeaderless(first.cells);
  if (isBare) table = await openTable(input, recipeOf('bandicoot', table.delimiter, 0, HEADERLESS, BARE_COLUMNS), signal);
  const columns = isBare ? BARE_COLUMNS : columnsOf(table.place.headers);
  if (!isBare && cdrLikeness(columns) === 0)
    throw new SourceError('not-recognised', sentence('cdr-no-columns', { file: input.name }), input.name);
  const operator = isBare ? null : operatorOf(table.place.headers);
  const { delimiter, place } = table;
  const recipe = recipeOf(operator ?? input.name, delimiter, place.headerRow, place.headers, columns);
  const prepared = await prepareTable(table, recipe, input.name, new CsvPeople(input.name, options), signal);
  return { prepared, columns, operator, headerless: isBare ? { latitudeFirst: await latitudeFirst(table, signal) } : null };
}

/** Of two coordinates without names: one beyond 90 degrees is a longitude. Null where none is, or both are. */
async function latitudeFirst(table: Table, signal: AbortSignal): Promise<boolean | null> {
  let isFirstWide = false;
  let isSecondWide = false;
  await table.stream(
    {
      row: ({ cells }) => {
        isFirstWide ||= Math.abs(Number(cells[6] ?? '')) > 90;
        isSecondWide ||= Math.abs(Number(cells[7] ?? '')) > 90;
      },
      bytes: () => undefined,
      note: () => undefined
    },
    signal
  );
  return isFirstWide === isSecondWide ? null : isSecondWide;
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const cdr = await prepare(input, options, signal);
  const { order, isOpen } = orderOf(cdr.prepared, options);
  const questions = questionsOf(cdr.prepared, options, order, isOpen).map((question) => {
    if (question.kind === 'zone') return { ...question, reason: sentence('cdr-ask-zone') };
    return question.kind === 'owner' ? { ...question, reason: sentence('cdr-ask-owner') } : question;
  });
  return { questions, facts: factsOf(cdr) };
}

function factsOf({ prepared, columns, operator, headerless }: PreparedCdr): Sentence[] {
  const { survey, table } = prepared;
  const facts = [sentence('cdr-rows', { rows: survey.rows })];
  if (headerless !== null) facts.push(sentence('cdr-headerless'));
  else {
    facts.push(operator === null ? sentence('cdr-no-operator') : sentence('cdr-operator', { operator }));
    const named = [...columns].map(([role, at]) => `${table.place.headers[at] ?? ''} = ${role}`);
    facts.push(sentence('cdr-columns', { columns: named }));
  }
  return facts;
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const cdr = await prepare(input, options, signal);
  const { prepared, columns, headerless } = cdr;
  const { table, places, people, survey, recipe } = prepared;
  const { order, isOpen } = orderOf(prepared, options);
  assertOrder(prepared, isOpen);
  for (const fact of factsOf(cdr)) sink.note({ code: 'header-guessed', severity: 'note', ...told(fact), place: null });
  if (headerless?.latitudeFirst === null)
    sink.note({
      code: 'header-guessed',
      severity: 'warning',
      ...told(sentence('cdr-positions-open', { file: input.name })),
      place: null
    });
  const records = new CdrRecords(
    {
      table,
      columns,
      places,
      people,
      threads: new CsvThreads(survey, people, input.name),
      time: new RowTime(recipe.timeFormat, order, chosenClock(options.zone)),
      headerless
    },
    sink
  );
  await table.stream(
    { row: (row) => records.add(row), bytes: (done) => sink.progress(done), note: (finding) => sink.note(finding) },
    signal
  );
  records.finish();
}

function sniff(head: SniffHead): number {
  if (head.bytes.length === 0 || whatElse(head.bytes) !== null) return 0;
  const text = headText(head.bytes);
  const guess = guessDelimiter(text, head.bytes.length >= head.sizeBytes);
  if (guess.width < 4 || guess.rows.length === 0) return 0;
  const full = guess.rows.filter((row) => !isBlank(row));
  if (full.length > 0 && full.slice(0, 50).every((row) => isHeaderless(row.cells))) return 0.93;
  return cdrLikeness(columnsOf(findHeader(guess.rows, guess.width).headers));
}

export const cdrCsv: Format = { id: 'cdr-csv', version: 2, label: 'Call-data records (CSV)', sniff, probe, read };
