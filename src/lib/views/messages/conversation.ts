/** How rows stand to the row before them in a conversation: a new day, another conversation, the same sender again. */
import type { MessageRow } from '$lib/pipeline/contract.ts';
import type { Clock } from '../filter/clock.ts';

export interface RowContext {
  readonly isNewDay: boolean;
  readonly isNewThread: boolean;
  readonly follows: boolean;
}

/** A sender who goes on within this time is not named again. */
const PAUSE_MS = 5 * 60_000;

/** @param before the row above, undefined at the start or where it was not fetched yet. */
export function rowContext(before: MessageRow | undefined, row: MessageRow, clock: Clock): RowContext {
  if (before === undefined) return { isNewDay: row.utcMs !== null, isNewThread: true, follows: false };
  const isNewDay = row.utcMs !== null && (before.utcMs === null || clock.dayKey(before.utcMs) !== clock.dayKey(row.utcMs));
  const isNewThread = before.threadId !== row.threadId;
  const isNear = row.utcMs !== null && before.utcMs !== null && Math.abs(row.utcMs - before.utcMs) <= PAUSE_MS;
  const isSameSender =
    before.fromParty === row.fromParty && before.fromLabel === row.fromLabel && before.direction === row.direction;
  return { isNewDay, isNewThread, follows: isSameSender && isNear && !isNewDay && !isNewThread };
}

/**
 * The stretch of a set that the list lays out around a place. Browsers cap an element near 33,554,428 px; bubbles of
 * 600 px at most keep 40,000 of them under it.
 */
export const STRETCH_ROWS = 40_000;

export interface Stretch {
  readonly start: number;
  readonly count: number;
}

/** The stretch that holds the place, starting at a multiple of half its length, so that neighbours overlap. */
export function stretchAround(index: number, total: number): Stretch {
  if (total <= STRETCH_ROWS) return { start: 0, count: total };
  const half = STRETCH_ROWS / 2;
  const start = Math.max(0, Math.min(Math.floor((index - half / 2) / half) * half, Math.floor((total - 1) / half) * half - half));
  return { start, count: Math.min(STRETCH_ROWS, total - start) };
}
