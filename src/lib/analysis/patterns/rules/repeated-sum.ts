/** The same number named again and again, over weeks, in one conversation: a rent, a rate, a debt that does not move. */
import { byTime, rowsByThread, spanOf, type PatternFacts, type PatternFinding, type PatternRule } from '../facts.ts';
import { sumsIn } from '../sums.ts';

const LEAST_TIMES = 4;
const LEAST_DAYS = 4;
const LEAST_SPAN_MS = 21 * 86_400_000;
export const repeatedSum: PatternRule = {
  id: 'repeated-sum',
  version: 1,
  async find(facts, pace) {
    const { from, parties } = facts;
    const { offsets, rows } = rowsByThread(facts);
    /** By sum and by who names it most: a price that one person tells to many is one finding. */
    const hits = new Map<string, { sum: number; rows: number[]; others: number[]; threads: number }>();
    for (let thread = 0; thread + 1 < offsets.length; thread++) {
      if (pace.due()) await pace.breathe(thread / offsets.length);
      if (offsets[thread + 1]! - offsets[thread]! < LEAST_TIMES) continue;
      const bySum = new Map<number, number[]>();
      const withSums: number[] = [];
      for (const row of rows.subarray(offsets[thread], offsets[thread + 1])) {
        const sums = sumsIn(facts.text(row));
        if (sums.size > 0) withSums.push(row);
        for (const sum of sums) {
          const list = bySum.get(sum);
          if (list === undefined) bySum.set(sum, [row]);
          else list.push(row);
        }
      }
      for (const [sum, list] of bySum) {
        if (!isRepeated(facts, list)) continue;
        const key = `${sum} ${mostFrequent(list.map((row) => from[row]!))}`;
        const hit = hits.get(key) ?? { sum, rows: [], others: [], threads: 0 };
        const inside = new Set(list);
        hit.rows.push(...list);
        hit.others.push(...withSums.filter((row) => !inside.has(row)));
        hit.threads++;
        hits.set(key, hit);
      }
    }
    const inOrder = byTime(facts);
    return [...hits.values()].map(({ sum, rows: list, others, threads }): PatternFinding => {
      const messages = Uint32Array.from(list).sort(inOrder);
      return {
        rule: 'repeated-sum',
        people: [...new Set(Array.from(messages, (row) => from[row]!))].filter((party) => party !== parties),
        messages,
        against: Uint32Array.from(others).sort(inOrder),
        values: { sum, times: messages.length, days: daysOf(facts, list), conversations: threads },
        ...spanOf(facts, messages)
      };
    });
  }
};

const daysOf = ({ utcMs, local }: PatternFacts, rows: readonly number[]): number =>
  new Set(rows.map((row) => local(utcMs[row]!).day)).size;

function isRepeated(facts: PatternFacts, rows: readonly number[]): boolean {
  if (rows.length < LEAST_TIMES || daysOf(facts, rows) < LEAST_DAYS) return false;
  const { fromMs, toMs } = spanOf(facts, rows);
  return toMs - fromMs >= LEAST_SPAN_MS;
}

/** The value that stands most often; the first of equals. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, x], [, y]) => y - x)[0]?.[0] ?? -1;
}
