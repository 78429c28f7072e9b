/**
 * The columns of a table, from the statement that made it. The statement is text of a hostile file: it is taken apart
 * here and never run. https://www.sqlite.org/lang_createtable.html
 */
import { ownTable } from '../../evidence/own-table.ts';
import type { SqlValue } from './record.ts';

interface ColumnDefinition {
  readonly name: string;
  /** The value of rows that are older than the column. */
  readonly fallback: SqlValue;
  /** Computed and not stored. */
  readonly isVirtual: boolean;
}

export interface TableDefinition {
  readonly columns: readonly ColumnDefinition[];
  /** The column that is another name of the row id, -1 if none. */
  readonly rowIdColumn: number;
  readonly isWithoutRowId: boolean;
}

type Token = { readonly text: string; readonly isQuoted: boolean };

const MOST_SQL = 1_000_000;
const CONSTRAINTS: ReadonlySet<string> = new Set(['constraint', 'primary', 'unique', 'check', 'foreign']);
const TYPE_ENDS: ReadonlySet<string> = new Set([
  'constraint',
  'primary',
  'not',
  'null',
  'unique',
  'check',
  'default',
  'collate',
  'references',
  'generated',
  'as',
  'on'
]);

/** @returns null where the text is no plain CREATE TABLE with a list of columns. */
export function readCreateTable(sql: string): TableDefinition | null {
  const tokens = tokensOf(sql.slice(0, MOST_SQL));
  const word = (n: number): string => (tokens[n]?.isQuoted === false ? tokens[n].text.toLowerCase() : '');
  if (word(0) !== 'create' || word(1) !== 'table') return null;
  const open = tokens.findIndex((token) => !token.isQuoted && token.text === '(');
  if (open < 3 || open > 6) return null;
  const { parts, end } = partsOf(tokens, open);
  const columns: ColumnDefinition[] = [];
  let rowIdColumn = -1;
  let tablePrimaryKey: readonly Token[] | null = null;
  const isInteger: boolean[] = [];
  for (const part of parts) {
    const first = part[0];
    if (first === undefined) continue;
    if (!first.isQuoted && CONSTRAINTS.has(first.text.toLowerCase())) {
      const key = part.findIndex((token) => lower(token) === 'primary');
      if (key >= 0) tablePrimaryKey = part.slice(key + 2);
      continue;
    }
    const words = part.map(lower);
    let typeEnd = 1;
    while (typeEnd < words.length && !TYPE_ENDS.has(words[typeEnd] as string)) typeEnd++;
    const type = words.slice(1, typeEnd).join(' ');
    isInteger.push(type === 'integer');
    const primary = words.indexOf('primary', typeEnd);
    // "INTEGER PRIMARY KEY DESC" is the one spelling that makes no alias.
    if (primary > 0 && type === 'integer' && words[primary + 2] !== 'desc') rowIdColumn = columns.length;
    columns.push({ name: first.text, fallback: defaultOf(part, typeEnd), isVirtual: isVirtual(words, typeEnd) });
  }
  if (columns.length === 0) return null;
  if (tablePrimaryKey !== null && rowIdColumn < 0) {
    const names = tablePrimaryKey.filter((token) => token.isQuoted || /^[^(),]/.test(token.text));
    const at = columns.findIndex((column) => column.name.toLowerCase() === names[0]?.text.toLowerCase());
    if (at >= 0 && isInteger[at] === true && !tablePrimaryKey.some((token) => token.text === ',')) rowIdColumn = at;
  }
  const isWithoutRowId = tokens.slice(end).some((token, i, rest) => lower(token) === 'without' && lower(rest[i + 1]) === 'rowid');
  return { columns, rowIdColumn: isWithoutRowId ? -1 : rowIdColumn, isWithoutRowId };
}

function lower(token: Token | undefined): string {
  return token === undefined || token.isQuoted ? '' : token.text.toLowerCase();
}

/** The parts between the commas of the list that opens at `open`, and where it ends. */
function partsOf(tokens: readonly Token[], open: number): { parts: Token[][]; end: number } {
  const parts: Token[][] = [[]];
  let depth = 0;
  let at = open;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (!token.isQuoted && token.text === '(' && depth++ === 0) continue;
    if (!token.isQuoted && token.text === ')' && --depth === 0) break;
    if (!token.isQuoted && token.text === ',' && depth === 1) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return { parts, end: at };
}

function isVirtual(words: readonly string[], from: number): boolean {
  const as = words.indexOf('as', from);
  return as >= 0 && words[as + 1] === '(' && !words.includes('stored', as);
}

/** Literals only: an expression is never worked out. */
function defaultOf(part: readonly Token[], from: number): SqlValue {
  const at = part.findIndex((token, i) => i >= from && lower(token) === 'default');
  if (at < 0) return null;
  let value = part[at + 1];
  let sign = 1;
  if (value !== undefined && !value.isQuoted && (value.text === '-' || value.text === '+')) {
    sign = value.text === '-' ? -1 : 1;
    value = part[at + 2];
  }
  if (value === undefined) return null;
  if (value.isQuoted) return value.text;
  if (/^\d+(?:\.\d+)?$/.test(value.text)) return sign * Number(value.text);
  if (/^true$/i.test(value.text)) return 1;
  return /^false$/i.test(value.text) ? 0 : null;
}

const CLOSING: Readonly<Record<string, string>> = ownTable({ '"': '"', "'": "'", '`': '`', '[': ']' });

function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const c = sql[at] as string;
    if (/\s/.test(c)) at++;
    else if (c === '-' && sql[at + 1] === '-') {
      const end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length : end + 1;
    } else if (c === '/' && sql[at + 1] === '*') {
      const end = sql.indexOf('*/', at + 2);
      at = end < 0 ? sql.length : end + 2;
    } else if (CLOSING[c] !== undefined) {
      const { text, end } = quoted(sql, at, CLOSING[c]);
      tokens.push({ text, isQuoted: true });
      at = end;
    } else {
      const word = /[^\s()[\],"'`;+/*-]+/y;
      word.lastIndex = at;
      const match = word.exec(sql)?.[0] ?? c;
      tokens.push({ text: match, isQuoted: false });
      at += match.length;
    }
  }
  return tokens;
}

/** A quoted name or text; the closing mark doubled stands for itself. */
function quoted(sql: string, from: number, close: string): { text: string; end: number } {
  let text = '';
  let at = from + 1;
  for (;;) {
    const end = sql.indexOf(close, at);
    if (end < 0) return { text: text + sql.slice(at), end: sql.length };
    text += sql.slice(at, end);
    if (close === ']' || sql[end + 1] !== close) return { text, end: end + 1 };
    text += close;
    at = end + 2;
  }
}
