/** What rows of databases have in common as items: where they stand, and refusals. */
import { told } from '../../evidence/findings.ts';
import { MessageState, type DecodingConfidence, type ItemKind, type SourcePlace } from '../../evidence/records.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { SourceDatabase, SqlRow } from './database.ts';

/** A row's place is its table, behind the path of its database, and its row id. */
export function rowPlace(database: SourceDatabase, table: string, row: SqlRow): SourcePlace {
  return { path: database.path === '' ? table : `${database.path}/${table}`, offset: row.rowId, unit: 'row' };
}

/** Rows of a damaged table may lack what stood on other pages. */
export function rowState(row: SqlRow): number {
  return row.isPartial ? MessageState.partial : 0;
}

export function rowConfidence(row: SqlRow): DecodingConfidence {
  return row.isOrphan ? 'low' : 'unstated';
}

/** A row of which nothing can be told. */
export function refuseRow(sink: EvidenceSink, kind: ItemKind, place: SourcePlace, raw: string): void {
  sink.seen(kind);
  sink.refuse(kind, { code: 'item-unreadable', ...told(sentence('sqlite-row-bare')), place, raw: raw.slice(0, 500) });
}
