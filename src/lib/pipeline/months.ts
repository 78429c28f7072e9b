/** Messages by calendar month, for the activity plot of the overview. */

export interface MonthCount {
  /** First millisecond of the month, UTC. */
  readonly fromMs: number;
  readonly messages: number;
}

/** @param utcMs NaN where a message has no usable time; those are left out. Months without messages are not listed. */
export function messagesByMonth(utcMs: Float64Array): MonthCount[] {
  const counts = new Map<number, number>();
  let from = 0;
  let to = 0;
  let count = 0;
  for (const ms of utcMs) {
    if (Number.isNaN(ms)) continue;
    // Neighbours mostly share their month: the calendar is only asked where it changes.
    if (ms < from || ms >= to) {
      if (count > 0) counts.set(from, (counts.get(from) ?? 0) + count);
      count = 0;
      const day = new Date(ms);
      from = Date.UTC(day.getUTCFullYear(), day.getUTCMonth());
      to = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1);
    }
    count++;
  }
  if (count > 0) counts.set(from, (counts.get(from) ?? 0) + count);
  return [...counts].sort(([a], [b]) => a - b).map(([fromMs, messages]) => ({ fromMs, messages }));
}
