/**
 * "CSV phone downloads": tables of messages, calls or contacts, one row each, from any program. The columns are
 * guessed with reasons and shown; an officer's recipe overrides the guess.
 */
import { ownTable } from '../../evidence/own-table.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe } from '../contract.ts';
import { headText } from '../text/decode.ts';
import { readHeader } from '../whatsapp-text/header.ts';
import { findHeader } from './header-rows.ts';
import { CsvPeople } from './people.ts';
import { proposeRecipe } from './propose.ts';
import { assertOrder, givenRecipe, orderOf, prepareTable, questionsOf, readTable, type PreparedTable } from './reading.ts';
import { guessDelimiter } from './rows.ts';
import { openTable, whatElse } from './table.ts';

async function prepare(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<PreparedTable> {
  const given = givenRecipe(input.name, options);
  const table = await openTable(input, given, signal);
  return prepareTable(table, given, input.name, new CsvPeople(input.name, options), signal);
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const prepared = await prepare(input, options, signal);
  const { table, survey } = prepared;
  const { order, isOpen } = orderOf(prepared, options);
  const facts = [
    sentence('table-shape', {
      rows: survey.rows,
      columns: table.place.headers.length,
      delimiter: sentence(DELIMITERS[table.delimiter] ?? 'by-control')
    }),
    table.place.headerRow === 0 ? sentence('table-headerless') : sentence('table-header-row', { row: table.place.headerRow })
  ];
  return { questions: questionsOf(prepared, options, order, isOpen), facts };
}

const DELIMITERS: Readonly<Record<string, 'by-commas' | 'by-semicolons' | 'by-tabs' | 'by-bars'>> = ownTable({
  ',': 'by-commas',
  ';': 'by-semicolons',
  '\t': 'by-tabs',
  '|': 'by-bars'
});

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const prepared = await prepare(input, options, signal);
  const { order, isOpen } = orderOf(prepared, options);
  assertOrder(prepared, isOpen);
  await readTable(prepared, options, order, sink, signal);
}

/** Confidence by what the columns mean; a table of anything else stays far below every other format. */
function sniff(head: SniffHead): number {
  if (head.bytes.length === 0 || whatElse(head.bytes) !== null) return 0;
  const text = headText(head.bytes);
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

export const phoneCsv: Format = { id: 'phone-csv', version: 3, label: 'Table of a phone download (CSV)', sniff, probe, read };

export { parseRecipe, type Recipe, type RecipeColumn, type Role } from './recipe.ts';
