/** Times of day set by one person in one conversation, week after week: a rota, a pick-up, a timetable. */
import { rowsByThread, spanOf, type PatternFinding, type PatternRule } from '../facts.ts';

/** A time with a colon, a point or an h between hour and minute. */
const CLOCK = /(?<![\d:./+-])([01]?\d|2[0-3])[:.h]([0-5]\d)(?![\d:/]|[.,-]\d)/gu;
const LEAST_DAYS = 8;
const LEAST_WEEKS = 3;

export const timesOfDay: PatternRule = {
  id: 'times-of-day',
  version: 1,
  async find(facts, pace) {
    const { from, utcMs, parties } = facts;
    const { offsets, rows } = rowsByThread(facts);
    const found: PatternFinding[] = [];
    for (let thread = 0; thread + 1 < offsets.length; thread++) {
      if (pace.due()) await pace.breathe(thread / offsets.length);
      const all = rows.subarray(offsets[thread], offsets[thread + 1]);
      if (all.length < LEAST_DAYS) continue;
      const bySender = new Map<number, { rows: number[]; minutes: number[] }>();
      for (const row of all) {
        const minutes = Array.from(facts.text(row).matchAll(CLOCK), ([, hour, minute]) => Number(hour) * 60 + Number(minute));
        if (minutes.length === 0 || from[row] === parties) continue;
        const known = bySender.get(from[row]!) ?? { rows: [], minutes: [] };
        known.rows.push(row);
        known.minutes.push(...minutes);
        bySender.set(from[row]!, known);
      }
      for (const [sender, { rows: list, minutes }] of bySender) {
        const days = new Set(list.map((row) => facts.local(utcMs[row]!).day));
        const weeks = new Set([...days].map((day) => Math.floor(day / 7)));
        if (days.size < LEAST_DAYS || weeks.size < LEAST_WEEKS) continue;
        const messages = Uint32Array.from(list);
        const inside = new Set(list);
        found.push({
          rule: 'times-of-day',
          people: [sender],
          messages,
          against: all.filter((row) => from[row] === sender && !inside.has(row)),
          values: { messages: list.length, days: days.size, weeks: weeks.size, usual: mostFrequent(minutes) },
          ...spanOf(facts, messages)
        });
      }
    }
    return found;
  }
};

/** The value that stands most often; the lowest of equals. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([x, nx], [y, ny]) => ny - nx || x - y)[0]?.[0] ?? 0;
}
