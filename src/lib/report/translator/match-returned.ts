/**
 * Which line of which request each returned row is, by number and check and never by order. What does not fit is
 * refused with its reason and its text; nothing is dropped.
 */
import { parseReference, type LineReference } from './line-check.ts';
import { isCutOf, isSameText } from './plain-text.ts';
import type { ReturnedRow, ReturnedSheet } from './sheet.ts';

/** What a row is held against. */
export interface SentLine {
  readonly original: string;
  readonly machineText: string | null;
  readonly check: string;
}

export const REFUSALS = [
  'reference-unreadable',
  'request-unknown',
  'line-unknown',
  'line-double',
  'check-disagrees',
  'original-edited',
  'formula',
  'partly-translated',
  'machine-edited'
] as const;
export type Refusal = (typeof REFUSALS)[number];

export interface MatchedRow {
  readonly row: ReturnedRow;
  readonly reference: LineReference | null;
  /** Null where the row fits. */
  readonly refusal: Refusal | null;
}

/** @param sent the line of a request, 'no-request' or 'no-line' where there is none. */
export function matchReturned(
  sheet: ReturnedSheet,
  sent: (request: number, line: number) => SentLine | 'no-request' | 'no-line'
): MatchedRow[] {
  const references = sheet.rows.map((row) => parseReference(row.reference));
  const times = new Map<string, number>();
  for (const reference of references) if (reference !== null) times.set(key(reference), (times.get(key(reference)) ?? 0) + 1);
  return sheet.rows.map((row, at) => {
    const reference = references[at] ?? null;
    const isDouble = reference !== null && (times.get(key(reference)) ?? 0) > 1;
    return { row, reference, refusal: refusalOf(row, reference, isDouble, sent) };
  });
}

const key = ({ request, line }: LineReference): string => `${request} ${line}`;

function refusalOf(
  row: ReturnedRow,
  reference: LineReference | null,
  isDouble: boolean,
  sent: (request: number, line: number) => SentLine | 'no-request' | 'no-line'
): Refusal | null {
  if (reference === null) return 'reference-unreadable';
  const line = sent(reference.request, reference.line);
  if (line === 'no-request') return 'request-unknown';
  if (line === 'no-line') return 'line-unknown';
  // A copy of a row says nothing about which of the two the translator meant.
  if (isDouble) return 'line-double';
  if (reference.check !== line.check) return 'check-disagrees';
  if (row.flaw === 'formula') return 'formula';
  if (!isSameText(row.original, line.original) && !isCutOf(row.original, line.original)) return 'original-edited';
  if (row.flaw === 'partly') return 'partly-translated';
  const isMachineEdited =
    row.translation === '' &&
    line.machineText !== null &&
    !isSameText(row.machineText, line.machineText) &&
    !isCutOf(row.machineText, line.machineText) &&
    row.machineText.trim() !== '';
  return isMachineEdited ? 'machine-edited' : null;
}
