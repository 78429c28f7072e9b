/** Two people who write to each other at night, again and again, and more than the case as a whole does. */
import { rowsByThread, rowsOfThreads, spanOf, threadsByPair, type PatternFinding, type PatternRule } from '../facts.ts';

/** From midnight to five by the clock that the case is shown in. */
const UNTIL_MINUTE = 5 * 60;
const LEAST_NIGHTS = 5;
const LEAST_MESSAGES = 10;
/** Times the case's own share of night messages. */
const TIMES_USUAL = 3;

export const night: PatternRule = {
  id: 'night',
  version: 1,
  async find(facts, pace) {
    const { rows, utcMs, parties } = facts;
    const isNight = (row: number): boolean => facts.local(utcMs[row]!).minute < UNTIL_MINUTE;
    let nightly = 0;
    for (let i = 0; i < rows.length; i++) {
      if ((i & 4095) === 0 && pace.due()) await pace.breathe(i / rows.length / 2);
      nightly += Number(isNight(rows[i]!));
    }
    const usual = rows.length === 0 ? 0 : nightly / rows.length;
    const byThread = rowsByThread(facts);
    const found: PatternFinding[] = [];
    for (const [pair, threads] of threadsByPair(facts)) {
      if (pace.due()) await pace.breathe(0.5);
      const all = rowsOfThreads(facts, byThread, threads);
      if (all.length < LEAST_MESSAGES) continue;
      const messages = all.filter(isNight);
      const nights = new Set(Array.from(messages, (row) => facts.local(utcMs[row]!).day)).size;
      if (nights < LEAST_NIGHTS || messages.length < LEAST_MESSAGES) continue;
      if (messages.length / all.length < TIMES_USUAL * usual) continue;
      found.push({
        rule: 'night',
        people: [Math.floor(pair / parties), pair % parties],
        messages,
        against: all.filter((row) => !isNight(row)),
        values: { nights, messages: messages.length, all: all.length, usual: Math.round(usual * 1000), until: UNTIL_MINUTE },
        ...spanOf(facts, messages)
      });
    }
    return found;
  }
};
