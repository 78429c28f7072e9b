/** Where the header of a table stands: below title lines, in one row or in two. */
import { cleanCell } from './cells.ts';
import { isNumberCell } from './party.ts';
import { plainHeader } from './recipe.ts';
import { isBlank, type Row } from './rows.ts';
import { HEADER_WORDS } from './vocabulary.ts';
import { dateOrderOf } from '../time/stamp.ts';

export interface HeaderPlace {
  /** Record number of the (last) header row; 0 for none. */
  readonly headerRow: number;
  readonly headerRows: number;
  readonly headers: readonly string[];
  /** The last header row alone: the same as `headers` unless a row of groups stands above. */
  readonly names: readonly string[];
  /** Records above the header, and the group row of two. */
  readonly titles: readonly Row[];
  /** Records known below it. */
  readonly data: readonly Row[];
}

const LOOKED_AT = 40;

/** Header cells without the line ends that they may hold. */
export function headerText(cell: string): string {
  return cleanCell(cell).replace(/\s+/g, ' ').trim();
}

function isLabel(cell: string): boolean {
  const text = headerText(cell);
  return (
    text.length <= 80 &&
    !/^[-+.,\d\s]*\d[-+.,\d\s]*$/.test(text) &&
    !isNumberCell(text) &&
    dateOrderOf(text) === null &&
    !text.includes('@')
  );
}

/** How many cells of a row are words that headers have. */
function knownLabels(row: Row): number {
  return row.cells.filter((cell) => {
    const plain = plainHeader(headerText(cell));
    return plain !== '' && HEADER_WORDS.some(([, score, pattern]) => score >= 0.9 && pattern.test(plain));
  }).length;
}

/** Finds the header among the first records. `width` is the commonest number of cells. */
export function findHeader(rows: readonly Row[], width: number): HeaderPlace {
  const candidates = rows.slice(0, LOOKED_AT).flatMap((row, at) => {
    if (row.cells.length !== width || isBlank(row)) return [];
    const full = row.cells.filter((cell) => cell.trim() !== '');
    return full.every(isLabel) && full.length * 2 >= width ? [{ at, row, known: knownLabels(row), full: full.length }] : [];
  });
  // The row with the most words of headers; the first of equals. Words of headers do not stand below data.
  let best = candidates[0];
  for (const one of candidates) if (best !== undefined && one.known > best.known) best = one;
  const firstFull = rows.findIndex(
    (row) => row.cells.length === width && !isBlank(row) && row.cells.filter((cell) => cell.trim() !== '').length * 2 >= width
  );
  if (best === undefined || (best.known === 0 && best.at > firstFull)) {
    const numbered = Array.from({ length: width }, (_, i) => `column ${i + 1}`);
    return { headerRow: 0, headerRows: 0, headers: numbered, names: numbered, titles: [], data: rows };
  }
  const above = rows[best.at - 1];
  const names = best.row.cells.map(headerText);
  const isGroup = above !== undefined && above.cells.length === width && isGroupRow(above, best.row);
  return {
    headerRow: best.row.row,
    headerRows: isGroup ? 2 : 1,
    headers: isGroup ? withGroups(above.cells.map(headerText), names) : names,
    names,
    titles: rows.slice(0, best.at),
    data: rows.slice(best.at + 1)
  };
}

/** A row of groups names at least two columns, leaves gaps, and a title line names one. */
function isGroupRow(above: Row, names: Row): boolean {
  const full = above.cells.filter((cell) => cell.trim() !== '');
  return (
    full.length >= 2 &&
    full.length < names.cells.filter((cell) => cell.trim() !== '').length &&
    full.every(isLabel) &&
    above.cells[0] !== undefined &&
    knownLabels(names) >= 2
  );
}

/** "Party" over "Number, Name" becomes "Party Number", "Party Name". */
function withGroups(groups: readonly string[], names: readonly string[]): string[] {
  let group = '';
  return names.map((name, i) => {
    if ((groups[i] ?? '') !== '') group = groups[i] as string;
    return group === '' || plainHeader(name).startsWith(plainHeader(group)) ? name : `${group} ${name}`.trim();
  });
}
