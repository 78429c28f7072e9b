/** Columns of the people table and the order that each gives. Counts and times only: nothing weighs a person. */
import type { PartyRow } from '$lib/pipeline/contract.ts';
import { m } from '$lib/paraglide/messages.js';

export type PartyColumnId = 'label' | 'identifiers' | 'services' | 'sent' | 'received' | 'calls' | 'threads' | 'first' | 'last';

export interface PartyColumn {
  readonly id: PartyColumnId;
  readonly title: () => string;
  readonly isNumber: boolean;
  /** Track of the table's grid. */
  readonly track: string;
}

export const PARTY_COLUMNS: readonly PartyColumn[] = [
  { id: 'label', title: () => m.people_column_name(), isNumber: false, track: 'minmax(200px, 2fr)' },
  { id: 'sent', title: () => m.people_column_sent(), isNumber: true, track: '72px' },
  { id: 'received', title: () => m.people_column_received(), isNumber: true, track: '84px' },
  { id: 'calls', title: () => m.people_column_calls(), isNumber: true, track: '68px' },
  { id: 'threads', title: () => m.people_column_conversations(), isNumber: true, track: '112px' },
  { id: 'first', title: () => m.people_column_first(), isNumber: true, track: '100px' },
  { id: 'last', title: () => m.people_column_last(), isNumber: true, track: '100px' },
  { id: 'identifiers', title: () => m.people_column_identifiers(), isNumber: false, track: 'minmax(130px, 1.5fr)' },
  { id: 'services', title: () => m.people_column_apps(), isNumber: false, track: 'minmax(90px, 1fr)' }
];

export interface PartyOrder {
  /** 'volume' is messages and calls together: the order in which the case answers. */
  readonly by: PartyColumnId | 'volume';
  readonly isDescending: boolean;
}

/** Rows in order; equal ones stay by volume, as the case gives them. Undated ones stand last either way. */
export function orderParties(rows: readonly PartyRow[], order: PartyOrder): readonly PartyRow[] {
  const { by, isDescending } = order;
  if (by === 'volume') return isDescending ? rows : [...rows].reverse();
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [keyOf(a, by), keyOf(b, by)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'string' || typeof right === 'string') return sign * String(left).localeCompare(String(right));
    return sign * (left - right);
  });
}

/** A click on a head: numbers begin with the greatest, words with A; a second click turns the order around. */
export function nextOrder(order: PartyOrder, column: PartyColumn): PartyOrder {
  if (order.by !== column.id) return { by: column.id, isDescending: column.isNumber };
  return { by: column.id, isDescending: !order.isDescending };
}

/** Whether a text stands in one of the names or identifiers. */
export function partyHas(row: PartyRow, text: string): boolean {
  const wanted = text.toLocaleLowerCase();
  const has = (value: string): boolean => value.toLocaleLowerCase().includes(wanted);
  return has(row.label) || row.identifiers.some(has) || row.names.some((one) => has(one.name));
}

function keyOf(row: PartyRow, by: PartyColumnId): string | number | null {
  switch (by) {
    case 'label':
      return row.label;
    case 'identifiers':
      return row.identifiers[0] ?? '';
    case 'services':
      return row.services.join(' ');
    case 'first':
      return row.firstMs;
    case 'last':
      return row.lastMs;
    default:
      return row[by];
  }
}
