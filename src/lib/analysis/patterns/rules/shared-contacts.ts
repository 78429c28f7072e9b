/** People with whom the owners of two seized phones were both in direct contact. */
import { phones } from '../two-phones.ts';
import { rowsByThread, rowsOfThreads, spanOf, threadsByPair, type PatternFinding, type PatternRule } from '../facts.ts';

/** Known to more people than this is a shop, a bank, a taxi office: it ties nobody. */
const MOST_KNOWN = 40;
const LEAST_SHARED = 1;

export const sharedContacts: PatternRule = {
  id: 'shared-contacts',
  version: 1,
  async find(facts, pace) {
    const { parties, utcMs } = facts;
    const { phoneOf } = phones(facts);
    const byThread = rowsByThread(facts);
    /** Contacts of each phone, whichever of its numbers they wrote to, and how many parties each contact knows. */
    const contacts = new Map<number, Map<number, number[]>>();
    const known = new Map<number, number>();
    for (const [pair, threads] of threadsByPair(facts)) {
      if (pace.due()) await pace.breathe(0.5);
      if (rowsOfThreads(facts, byThread, threads).length === 0) continue;
      const ends = [Math.floor(pair / parties), pair % parties] as const;
      for (const [one, other] of [ends, [ends[1], ends[0]]] as const) {
        known.set(one, (known.get(one) ?? 0) + 1);
        const phone = phoneOf.get(one);
        if (phone === undefined || phoneOf.has(other)) continue;
        const ofPhone = contacts.get(phone) ?? new Map<number, number[]>();
        contacts.set(phone, ofPhone.set(other, [...(ofPhone.get(other) ?? []), ...threads]));
      }
    }
    const owners = [...contacts.keys()].sort((x, y) => x - y);
    const found: PatternFinding[] = [];
    for (const [i, first] of owners.entries()) {
      for (const second of owners.slice(i + 1)) {
        const shared = [...(contacts.get(first) ?? [])].filter(
          ([contact]) => contacts.get(second)?.has(contact) && (known.get(contact) ?? 0) <= MOST_KNOWN
        );
        if (shared.length < LEAST_SHARED) continue;
        const threads = shared.flatMap(([contact, ofFirst]) => [...ofFirst, ...(contacts.get(second)?.get(contact) ?? [])]);
        const messages = rowsOfThreads(facts, byThread, threads)
          .slice()
          .sort((x, y) => utcMs[x]! - utcMs[y]! || x - y);
        found.push({
          rule: 'shared-contacts',
          people: [first, second, ...shared.map(([contact]) => contact).sort((x, y) => x - y)],
          messages,
          against: new Uint32Array(),
          values: { people: shared.length, messages: messages.length },
          ...spanOf(facts, messages)
        });
      }
    }
    return found;
  }
};
