/** Months as bars: every month between the first and the last, also those without messages. */
export interface MonthBar {
  readonly fromMs: number;
  /** First millisecond of the next month. */
  readonly toMs: number;
  readonly messages: number;
}

/** Beyond this span (a clock that was wrong by decades) only months with messages are drawn. */
const MOST_MONTHS = 120;

export function monthsWithGaps(months: readonly { readonly fromMs: number; readonly messages: number }[]): MonthBar[] {
  const first = months[0];
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const byMonth = new Map(months.map((month) => [monthIndex(month.fromMs), month.messages]));
  const from = monthIndex(first.fromMs);
  const to = monthIndex(last.fromMs);
  const indices = to - from < MOST_MONTHS ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [...byMonth.keys()];
  return indices.map((index) => ({ fromMs: monthStart(index), toMs: monthStart(index + 1), messages: byMonth.get(index) ?? 0 }));
}

/** Months since January 1970, UTC. */
function monthIndex(utcMs: number): number {
  const day = new Date(utcMs);
  return (day.getUTCFullYear() - 1970) * 12 + day.getUTCMonth();
}

function monthStart(index: number): number {
  return Date.UTC(1970 + Math.floor(index / 12), ((index % 12) + 12) % 12);
}
