/** A conversation of two in which nearly every exchange is begun by one, who writes at length and gets short answers. */
import { rowsByThread, rowsOfThreads, spanOf, threadsByPair, type PatternFinding, type PatternRule } from '../facts.ts';

/** A message after so long a silence begins a new exchange. */
const PAUSE_MS = 3 * 3_600_000;
const LEAST_EXCHANGES = 15;
const LEAST_SHARE = 0.9;
/** Words of the median message. */
const LONG = 5;
const SHORT = 3;

export const oneSided: PatternRule = {
  id: 'one-sided',
  version: 1,
  async find(facts, pace) {
    const { from, utcMs, parties } = facts;
    const byThread = rowsByThread(facts);
    const found: PatternFinding[] = [];
    for (const [pair, threads] of threadsByPair(facts)) {
      if (pace.due()) await pace.breathe(0.5);
      const all = rowsOfThreads(facts, byThread, threads);
      const openings = Array.from(all).filter((row, i) => i === 0 || utcMs[row]! - utcMs[all[i - 1]!]! >= PAUSE_MS);
      if (openings.length < LEAST_EXCHANGES) continue;
      const [a, b] = [Math.floor(pair / parties), pair % parties];
      for (const [leader, other] of [
        [a, b],
        [b, a]
      ] as const) {
        const begun = openings.filter((row) => from[row] === leader);
        if (begun.length < LEAST_SHARE * openings.length) continue;
        const median = (party: number): number =>
          medianOf(
            Array.from(all)
              .filter((row) => from[row] === party)
              .map((row) => wordsIn(facts.text(row)))
          );
        const [long, short] = [median(leader), median(other)];
        if (!(long >= LONG) || !(short <= SHORT)) continue;
        const messages = Uint32Array.from(begun);
        found.push({
          rule: 'one-sided',
          people: [leader, other],
          messages,
          against: Uint32Array.from(openings.filter((row) => from[row] !== leader)),
          values: { begun: begun.length, all: openings.length, long, short },
          ...spanOf(facts, messages)
        });
      }
    }
    return found;
  }
};

const wordsIn = (text: string): number => (text.match(/[\p{L}\p{N}]+/gu) ?? []).length;

/** NaN of nothing. */
function medianOf(values: number[]): number {
  return values.sort((x, y) => x - y)[values.length >> 1] ?? Number.NaN;
}
