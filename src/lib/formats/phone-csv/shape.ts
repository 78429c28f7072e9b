/** What the cells of a column look like, measured on the first rows of data. */
import { dateOrderOf } from '../time/stamp.ts';
import { cleanCell, secondsOf } from './cells.ts';
import { partiesOf } from './party.ts';
import { plainHeader } from './recipe.ts';
import { DIRECTION_WORDS, KIND_WORDS } from './vocabulary.ts';

/** Shares (0 to 1) of the non-empty cells. */
export interface ColumnShape {
  readonly filled: number;
  readonly dateTime: number;
  readonly dateOnly: number;
  readonly clock: number;
  readonly unix: number;
  readonly excel: number;
  /** Cells with a telephone number or an address in them, spoilt numbers included. */
  readonly party: number;
  /** The same where nothing but the number stands in the cell. */
  readonly bareNumber: number;
  readonly direction: number;
  readonly kind: number;
  readonly duration: number;
  readonly smallInteger: number;
  readonly decimal: number;
  /** Several words, or letters over 12 characters. */
  readonly prose: number;
  readonly distinct: number;
}

const DIRECTIONS = new Set([...DIRECTION_WORDS.incoming, ...DIRECTION_WORDS.outgoing]);
const KINDS = new Set(Object.values(KIND_WORDS).flat());
const CLOCK =
  /^\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?(?: ?[ap]\.? ?m\.?)?(?: ?\(?(?:utc|gmt|z)?[+-]?\d{0,2}:?\d{0,2}\)?)?$/i;
const HAS_CLOCK = /\d{1,2}[:.]\d{2}/;

export function shapeOf(cells: readonly string[]): ColumnShape {
  const full = cells.map((cell) => cleanCell(cell).trim()).filter((cell) => cell !== '');
  const share = (test: (cell: string) => boolean): number => (full.length === 0 ? 0 : full.filter(test).length / full.length);
  const isDate = (cell: string): boolean => cell.length <= 80 && dateOrderOf(cell) !== null;
  return {
    filled: cells.length === 0 ? 0 : full.length / cells.length,
    dateTime: share((cell) => isDate(cell) && HAS_CLOCK.test(cell.replace(/^\S+/, ''))),
    dateOnly: share((cell) => isDate(cell) && !HAS_CLOCK.test(cell.replace(/^\S+/, ''))),
    clock: share((cell) => CLOCK.test(cell)),
    unix: share((cell) => /^(?:[89]\d{8}|1\d{9}|[89]\d{11}|1\d{12})$/.test(cell)),
    excel: share((cell) => /^[2-7]\d{4}(?:[.,]\d+)?$/.test(cell)),
    party: share((cell) => cell.length < 400 && partiesOf(cell).some((party) => party.kind !== 'word')),
    bareNumber: share(
      (cell) =>
        cell.length < 40 &&
        partiesOf(cell).every((party) => (party.kind === 'number' || party.kind === 'damaged') && party.name === '')
    ),
    direction: share((cell) => DIRECTIONS.has(plainHeader(cell))),
    kind: share((cell) => KINDS.has(plainHeader(cell))),
    duration: share((cell) => secondsOf(cell) !== null),
    smallInteger: share((cell) => /^\d{1,5}$/.test(cell)),
    decimal: share((cell) => /^-?\d{1,3}[.,]\d{2,}$/.test(cell)),
    prose: share((cell) => /\p{L}/u.test(cell) && (cell.split(/\s+/).length >= 3 || cell.length > 24)),
    distinct: full.length === 0 ? 0 : new Set(full).size / full.length
  };
}
