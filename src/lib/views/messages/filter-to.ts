/** "Filter to this" and "leave this out" for a message: one part of the filter, the rest stays. */
import type { CaseFilter, MessageRow } from '$lib/pipeline/contract.ts';
import { excludeValue, withPart, withPeople } from '$lib/case/filter-parts.ts';
import type { Clock } from '../filter/clock.ts';
import { cellTarget, type ColumnId } from './columns.ts';

/** The filter narrowed to the cell's value alone; null where the cell has none. */
export function narrowedTo(filter: CaseFilter, column: ColumnId, row: MessageRow, clock: Clock): CaseFilter | null {
  const target = cellTarget(column, row);
  if (target === null) return null;
  if (target.part === 'time')
    return withPart(filter, 'time', { fromMs: clock.dayStart(target.value), toMs: clock.dayEnd(target.value) });
  if (target.part === 'states') return withPart(filter, 'states', target.value);
  // The cell names a sender.
  if (target.part === 'parties') return withPeople(filter, [Number(target.value)], 'from');
  return withPart(filter, target.part, [target.value] as never);
}

/** The filter without messages that have the cell's value; null where that cannot be said. */
export function withoutThis(filter: CaseFilter, column: ColumnId, row: MessageRow): CaseFilter | null {
  const target = cellTarget(column, row);
  if (target === null || target.part === 'time') return null;
  if (target.part === 'states')
    return withPart(filter, 'not', withPart(filter.not ?? {}, 'states', (filter.not?.states ?? 0) | target.value));
  const excluded: readonly (number | string)[] = filter.not?.[target.part] ?? [];
  return excluded.includes(target.value) ? filter : excludeValue(filter, target.part, target.value as never);
}
