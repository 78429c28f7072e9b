/** Rows as CSV (RFC 4180), a table that other programs open. */

/** First characters that a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r]/u;

/** A text is quoted, and one that a spreadsheet would compute gets an apostrophe in front; numbers stay numbers. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = FORMULA.test(value) ? `'${value}` : value;
  return `"${plain.replaceAll('"', '""')}"`;
}

export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
