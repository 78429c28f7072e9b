/** Two who wrote regularly and then not at all, while both went on writing to others. */
import { rowsByThread, rowsOfThreads, spanOf, threadsByPair, type PatternFinding, type PatternRule } from '../facts.ts';

const DAY_MS = 86_400_000;
const LEAST_MESSAGES = 20;
const LEAST_DAYS = 10;
const LEAST_SILENCE_MS = 14 * DAY_MS;
/** Times the longest pause that there had been before. */
const TIMES_LONGEST_PAUSE = 3;
const LAST_MESSAGES = 10;
/** Each of the two must have written to others so often after the last message. */
const LEAST_AFTER = 5;

export const stopped: PatternRule = {
  id: 'stopped',
  version: 1,
  async find(facts, pace) {
    const { rows, from, utcMs, parties } = facts;
    const byThread = rowsByThread(facts);
    const written = timesBySender(facts);
    const endMs = rows.length === 0 ? 0 : utcMs[rows[rows.length - 1]!]!;
    const found: PatternFinding[] = [];
    for (const [pair, threads] of threadsByPair(facts)) {
      if (pace.due()) await pace.breathe(0.5);
      const all = rowsOfThreads(facts, byThread, threads);
      if (all.length < LEAST_MESSAGES || new Set(Array.from(all, (row) => from[row]!)).size < 2) continue;
      const days = new Set(Array.from(all, (row) => facts.local(utcMs[row]!).day)).size;
      if (days < LEAST_DAYS) continue;
      let longest = 0;
      for (let i = 1; i < all.length; i++) longest = Math.max(longest, utcMs[all[i]!]! - utcMs[all[i - 1]!]!);
      const lastMs = utcMs[all.at(-1)!]!;
      if (endMs - lastMs < Math.max(LEAST_SILENCE_MS, TIMES_LONGEST_PAUSE * longest)) continue;
      const people = [Math.floor(pair / parties), pair % parties];
      const after = people.map((party) => (written.get(party) ?? []).filter((row) => utcMs[row]! > lastMs));
      if (after.some((list) => list.length < LEAST_AFTER)) continue;
      const messages = all.slice(-LAST_MESSAGES);
      found.push({
        rule: 'stopped',
        people,
        messages,
        // What they wrote to others afterwards: the phones were still in use.
        against: Uint32Array.from(after.flatMap((list) => list.slice(0, LAST_MESSAGES))).sort((x, y) => utcMs[x]! - utcMs[y]!),
        values: {
          messages: all.length,
          days,
          silentDays: Math.floor((endMs - lastMs) / DAY_MS),
          longestPauseDays: Math.ceil(longest / DAY_MS)
        },
        ...spanOf(facts, messages)
      });
    }
    return found;
  }
};

function timesBySender({ rows, from }: { readonly rows: Uint32Array; readonly from: Uint32Array }): Map<number, number[]> {
  const bySender = new Map<number, number[]>();
  for (const row of rows) {
    const list = bySender.get(from[row]!);
    if (list === undefined) bySender.set(from[row]!, [row]);
    else list.push(row);
  }
  return bySender;
}
