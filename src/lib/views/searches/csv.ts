/** Rows as CSV (RFC 4180), the annex that other programs open. */
import { BUILD_ID } from '$lib/evidence/build-id.ts';

/** First characters that a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r]/u;

/** A text is quoted, and one that a spreadsheet would compute gets an apostrophe in front; numbers stay numbers. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = FORMULA.test(value) ? `'${value}` : value;
  return `"${plain.replaceAll('"', '""')}"`;
}

/** With the build that wrote it in a last column: a line above or below the table would be one of its rows to other programs. */
export const annex = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  csv([[...head, 'skein_build'], ...rows.map((row) => [...row, BUILD_ID])]);

export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
