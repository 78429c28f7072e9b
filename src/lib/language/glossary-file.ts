/**
 * A glossary as a small file to hand on, JSON or CSV. It holds what officers wrote about words and nothing of the
 * case: no message, no number of messages, no label.
 */
import { BUILD_ID } from '../evidence/build-id.ts';
import Papa from 'papaparse';
import type { TermText } from './glossary.ts';

export interface FileTerm extends TermText {
  readonly who: string;
  /** Milliseconds since 1970; null where the file names no readable day. */
  readonly atMs: number | null;
}

export type GlossaryFormat = 'json' | 'csv';
export type FileFault = 'too-large' | 'not-a-glossary' | 'newer-version';
export type ReadGlossary =
  { readonly ok: true; readonly terms: readonly FileTerm[] } | { readonly ok: false; readonly fault: FileFault };

/** A glossary of 5,000 long terms is below this. */
export const FILE_UNITS = 8_000_000;
const MARK = 'skein-glossary';
const VERSION = 1;
const COLUMNS = ['term', 'language', 'meaning', 'innocent', 'note', 'who', 'when'] as const;

/** Where a spreadsheet would take the cell for a formula. Apostrophes in front count, so that reading can take one off. */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;
const guard = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);
const unguard = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);

export function writeGlossary(terms: readonly FileTerm[], format: GlossaryFormat): string {
  const rows = terms.map(({ term, language, meaning, innocent, note, who, atMs }) => ({
    term,
    language,
    meaning,
    innocent,
    note,
    who,
    when: atMs === null ? '' : new Date(atMs).toISOString()
  }));
  if (format === 'json') return JSON.stringify({ kind: MARK, version: VERSION, build: BUILD_ID, terms: rows }, null, 2) + '\n';
  // Of each row: a line above or below the table would be one of its rows to other programs.
  const lines = rows.map((row) => [...COLUMNS.map((column) => guard(row[column])), BUILD_ID]);
  return Papa.unparse([[...COLUMNS, 'skein_build'], ...lines], { newline: '\r\n' }) + '\r\n';
}

/** Reads either format, by what the text begins with. Terms are not checked here: the glossary does that. */
export function readGlossary(text: string): ReadGlossary {
  if (text.length > FILE_UNITS) return { ok: false, fault: 'too-large' };
  const plain = text.replace(/^\ufeff/, '');
  return plain.trimStart().startsWith('{') ? readJson(plain) : readCsv(plain);
}

function readJson(text: string): ReadGlossary {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'not-a-glossary' };
  }
  const { kind, version, terms } = value as Record<string, unknown>;
  if (kind !== MARK || typeof version !== 'number' || !Array.isArray(terms)) return { ok: false, fault: 'not-a-glossary' };
  if (version > VERSION) return { ok: false, fault: 'newer-version' };
  return { ok: true, terms: terms.map((row: unknown) => fileTerm(isRecord(row) ? row : {})) };
}

function readCsv(text: string): ReadGlossary {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: 'greedy' });
  const has = (column: string): boolean => meta.fields?.includes(column) === true;
  if (!has('term') || !has('meaning') || !has('innocent')) return { ok: false, fault: 'not-a-glossary' };
  const cells = data.map((row) => Object.entries(row).map(([name, cell]) => [name, unguard(String(cell))] as const));
  return { ok: true, terms: cells.map((row) => fileTerm(Object.fromEntries(row))) };
}

function fileTerm(row: Readonly<Record<string, unknown>>): FileTerm {
  const cell = (name: (typeof COLUMNS)[number]): string => {
    const value = row[name];
    return typeof value === 'string' ? value : '';
  };
  const atMs = Date.parse(cell('when'));
  return {
    term: cell('term'),
    language: cell('language'),
    meaning: cell('meaning'),
    innocent: cell('innocent'),
    note: cell('note'),
    who: cell('who'),
    atMs: Number.isNaN(atMs) ? null : atMs
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
