/** Who brought two people together: somebody sends a number to another, and soon these two write for the first time. */
import { rowsByThread, rowsOfThreads, spanOf, threadsByPair, type PatternFinding, type PatternRule } from '../facts.ts';

const WITHIN_MS = 7 * 86_400_000;

export const introduced: PatternRule = {
  id: 'introduced',
  version: 2,
  async find(facts, pace) {
    const { rows, from, utcMs, parties, audience } = facts;
    const byThread = rowsByThread(facts);
    const firstOf = new Map<number, number>();
    for (const [pair, threads] of threadsByPair(facts)) {
      const [first] = rowsOfThreads(facts, byThread, threads);
      if (first !== undefined) firstOf.set(pair, first);
    }
    const found: PatternFinding[] = [];
    const seen = new Set<number>();
    for (let i = 0; i < rows.length; i++) {
      if ((i & 4095) === 0 && pace.due()) await pace.breathe(i / rows.length);
      const row = rows[i]!;
      const by = from[row]!;
      if (by === parties) continue;
      for (const given of facts.numbersIn(facts.text(row))) {
        if (given === by) continue;
        const group = audience.of[row]!;
        for (const receiver of audience.ids.subarray(audience.offsets[group], audience.offsets[group + 1])) {
          if (receiver === by || receiver === given) continue;
          const pair = Math.min(receiver, given) * parties + Math.max(receiver, given);
          const first = firstOf.get(pair);
          if (first === undefined || seen.has(pair)) continue;
          const waited = utcMs[first]! - utcMs[row]!;
          if (waited < 0 || waited > WITHIN_MS) continue;
          seen.add(pair);
          const messages = Uint32Array.of(row, first);
          found.push({
            rule: 'introduced',
            people: [by, receiver, given],
            messages,
            against: new Uint32Array(),
            values: { hours: Math.ceil(waited / 3_600_000) },
            ...spanOf(facts, messages)
          });
        }
      }
    }
    return found;
  }
};
