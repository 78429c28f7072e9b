/** Messages by calendar month of a zone, for the activity plot of the overview. */
import { DAY_MS, localMsOf } from '../formats/time/civil.ts';
import { zoneClock, type ZoneClock } from '../formats/time/zone-clock.ts';

export interface MonthCount {
  /** First millisecond of the month in the zone. */
  readonly fromMs: number;
  /** First millisecond of the next month. */
  readonly toMs: number;
  readonly messages: number;
}

/** Beyond this span (a clock that was wrong by decades) only months with messages are listed. */
const MOST_MONTHS = 120;

/**
 * Months between the first and the last, also those without messages.
 * @param utcMs NaN where a message has no usable time; those are left out.
 */
export function messagesByMonth(utcMs: Float64Array, zone: string): MonthCount[] {
  const clock = zoneClock(zone);
  const counts = new Map<number, number>();
  let from = 0;
  let to = 0;
  let index = 0;
  let count = 0;
  for (const ms of utcMs) {
    if (Number.isNaN(ms)) continue;
    // Neighbours mostly share their month: the calendar is only asked where it changes.
    if (ms < from || ms >= to) {
      if (count > 0) counts.set(index, (counts.get(index) ?? 0) + count);
      count = 0;
      index = monthIndex(ms + clock.offsetMs(ms));
      from = monthStart(index, clock);
      to = monthStart(index + 1, clock);
    }
    count++;
  }
  if (count > 0) counts.set(index, (counts.get(index) ?? 0) + count);
  const held = [...counts.keys()].sort((a, b) => a - b);
  const first = held[0] ?? 0;
  const last = held.at(-1) ?? -1;
  const indices = last - first < MOST_MONTHS ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : held;
  return indices.map((i) => ({ fromMs: monthStart(i, clock), toMs: monthStart(i + 1, clock), messages: counts.get(i) ?? 0 }));
}

/** Months since January 1970 of a wall clock. */
function monthIndex(localMs: number): number {
  const day = new Date(Math.floor(localMs / DAY_MS) * DAY_MS);
  return (day.getUTCFullYear() - 1970) * 12 + day.getUTCMonth();
}

function monthStart(index: number, clock: ZoneClock): number {
  const year = 1970 + Math.floor(index / 12);
  return clock.utcMs(localMsOf(year, (((index % 12) + 12) % 12) + 1, 1, 0, 0, 0, 0));
}
