/** ties.json: ties that are no talk (address books, shared handsets and cards, nearness), each with the rows that say so. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseSession } from '../lib/pipeline/session.ts';
import { TIE_KINDS, type OtherTie, type TieKind, type TieRow } from '../lib/pipeline/tie-contract.ts';
import { iso } from './iso.ts';

/** How many there are of each kind. */
export type TiesSummary = Readonly<Partial<Record<TieKind, number>>>;

export async function writeTies(session: CaseSession, out: string | null): Promise<TiesSummary> {
  const { ties, of, unowned, rule } = await session.otherTies(TIE_KINDS, () => {});
  if (out !== null) {
    const listed = ties.map((tie) => ({ a: tie.a.label, b: tie.b.label, ...tieOutput(tie) }));
    // Of one kind in a large case there may be more than are listed: `of` says how many.
    await writeFile(join(out, 'ties.json'), JSON.stringify({ rule, of, tie_nobody: unowned, ties: listed }, null, 2) + '\n');
  }
  return of;
}

interface TieOutput {
  readonly kind: TieKind;
  readonly row_count: number;
  readonly rows: readonly object[];
}

/** What a tie says beside whom it ties. */
export function tieOutput({ a: _a, b: _b, rows, rowCount, ...tie }: OtherTie): TieOutput {
  return { ...tie, row_count: rowCount, rows: rows.map(rowOf) };
}

const rowOf = ({ words, utcMs, timeRaw, provenance }: TieRow): object => ({
  words,
  time_utc: iso(utcMs),
  time_raw: timeRaw,
  file: provenance.fileName,
  sha256: provenance.sha256Hex,
  path: provenance.path,
  offset: provenance.offset,
  unit: provenance.unit
});
