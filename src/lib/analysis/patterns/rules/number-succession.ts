/** A number falls silent, another begins about then, and the old one's contacts turn up at the new one. */
import { successions } from '../../identity/succession.ts';
import { neighboursOf, tieAt } from '../../identity/neighbours.ts';
import { byTime, rowsByThread, rowsOfThreads, spanOf, threadsByPair, type PatternFinding, type PatternRule } from '../facts.ts';

/** Two go over by chance where a case stands on a few seized phones, whose owners are everybody's contacts. */
const LEAST_CONTACTS = 3;
const DAY_MS = 86_400_000;
const SETTLING_MS = 28 * DAY_MS;

export const numberSuccession: PatternRule = {
  id: 'number-succession',
  version: 1,
  async find(facts, pace) {
    const { parties, utcMs } = facts;
    const byThread = rowsByThread(facts);
    const rowsOf = new Map<number, Uint32Array>();
    for (const [pair, threads] of threadsByPair(facts)) {
      const rows = rowsOfThreads(facts, byThread, threads);
      if (rows.length > 0) rowsOf.set(pair, rows);
    }
    const pairs = [...rowsOf];
    const dyads = {
      a: Uint32Array.from(pairs, ([pair]) => Math.floor(pair / parties)),
      b: Uint32Array.from(pairs, ([pair]) => pair % parties),
      count: Uint32Array.from(pairs, ([, rows]) => rows.length),
      firstMs: Float64Array.from(pairs, ([, rows]) => utcMs[rows[0]!]!),
      lastMs: Float64Array.from(pairs, ([, rows]) => utcMs[rows.at(-1)!]!)
    };
    const ties = neighboursOf(parties, dyads);
    const between = (x: number, y: number): Uint32Array =>
      rowsOf.get(Math.min(x, y) * parties + Math.max(x, y)) ?? new Uint32Array();
    const found: PatternFinding[] = [];
    for (const { earlier, later, contacts, of, silentFromMs, firstMs } of await successions(parties, ties, pace)) {
      if (contacts.length < LEAST_CONTACTS) continue;
      const inOrder = byTime(facts);
      const met = contacts.flatMap((contact) => [between(earlier, contact).at(-1)!, between(later, contact)[0]!]);
      // Two who write to each other are two; contacts of the last weeks that stayed away did not get a new number.
      const stayed = Array.from(ties.ids.subarray(ties.offsets[earlier], ties.offsets[earlier + 1])).filter(
        (contact) =>
          contact !== later &&
          tieAt(ties, later, contact) < 0 &&
          ties.lastMs[tieAt(ties, earlier, contact)]! >= silentFromMs - SETTLING_MS
      );
      const against = [...between(earlier, later), ...stayed.map((contact) => between(earlier, contact).at(-1)!)];
      const messages = Uint32Array.from(new Set(met)).sort(inOrder);
      found.push({
        rule: 'number-succession',
        people: [earlier, later],
        messages,
        against: Uint32Array.from(new Set(against)).sort(inOrder),
        values: { contacts: contacts.length, of, days: Math.max(0, Math.round((firstMs - silentFromMs) / DAY_MS)) },
        ...spanOf(facts, messages)
      });
    }
    return found;
  }
};
