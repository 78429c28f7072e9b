/** The table's columns: order, widths, and which part of the filter a cell stands for. */
import type { MessageRow } from '$lib/pipeline/contract.ts';
import type { ListPart } from '$lib/case/filter-parts.ts';
import { m } from '$lib/paraglide/messages.js';

export type ColumnId = 'time' | 'from' | 'to' | 'conversation' | 'app' | 'original' | 'machine' | 'language' | 'tags' | 'state';

export interface Column {
  readonly id: ColumnId;
  readonly title: () => string;
  /** Starting width in pixels. */
  readonly width: number;
}

export const COLUMNS: readonly Column[] = [
  { id: 'time', title: () => m.messages_column_time(), width: 178 },
  { id: 'from', title: () => m.messages_column_from(), width: 112 },
  { id: 'original', title: () => m.messages_column_original(), width: 230 },
  { id: 'machine', title: () => m.messages_column_machine(), width: 230 },
  { id: 'to', title: () => m.messages_column_to(), width: 112 },
  { id: 'language', title: () => m.messages_column_language(), width: 96 },
  { id: 'app', title: () => m.messages_column_app(), width: 92 },
  { id: 'conversation', title: () => m.messages_column_conversation(), width: 150 },
  { id: 'tags', title: () => m.filter_part_tags(), width: 130 },
  { id: 'state', title: () => m.messages_column_state(), width: 130 }
];

export const NARROWEST_PX = 56;
const WIDEST_PX = 1200;

export function fitWidth(px: number): number {
  return Math.round(Math.min(WIDEST_PX, Math.max(NARROWEST_PX, px)));
}

export type CellTarget =
  | { readonly part: ListPart; readonly value: number | string }
  | { readonly part: 'states'; readonly value: number }
  | { readonly part: 'time'; readonly value: number };

/** What "filter to this" means in a cell; null where the cell holds nothing to filter by. */
export function cellTarget(column: ColumnId, row: MessageRow): CellTarget | null {
  switch (column) {
    case 'time':
      return row.utcMs === null ? null : { part: 'time', value: row.utcMs };
    case 'from':
      return row.fromParty === null ? null : { part: 'parties', value: row.fromParty };
    case 'app':
      return { part: 'services', value: row.service };
    case 'language':
      return row.language === '' ? null : { part: 'languages', value: row.language };
    case 'tags':
      return row.tags[0] === undefined ? null : { part: 'tags', value: row.tags[0].id };
    case 'state':
      return row.state === 0 ? null : { part: 'states', value: row.state };
    default:
      return { part: 'threads', value: row.threadId };
  }
}
