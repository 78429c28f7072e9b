/**
 * Number succession: a new number takes over the contacts of an old one. What is looked for is a hand-over in time and
 * in people: the old number falls silent, a new one begins about then, and the old one's contacts turn up at the new one.
 */
import type { Pace } from '../pace.ts';
import type { ReasonFor } from './facts.ts';
import type { Neighbours } from './neighbours.ts';

const DAY_MS = 86_400_000;

export const SUCCESSION = {
  /** The old number may still be heard this long after the new one began. */
  overlap_ms: 3 * DAY_MS,
  /** And may have been silent this long before. */
  gap_ms: 14 * DAY_MS,
  /** Contacts count that the new number met within this time of its first. */
  settling_ms: 28 * DAY_MS,
  /** Fewer than this prove nothing. */
  leastContacts: 2,
  /** Share of the old number's contacts of its last `settling_ms` that went over. */
  leastShare: 0.5,
  /** A contact known to more parties than this is a shop, a bank, a broadcast: it says nothing of who calls it. */
  mostKnown: 400
} as const;

type TakesOver = Extract<ReasonFor, { kind: 'takes-over' }>;

/** All hand-overs, for each later number those whose contacts it took. */
export async function successions(parties: number, ties: Neighbours, pace: Pace): Promise<TakesOver[]> {
  const found: TakesOver[] = [];
  const shared = new Map<number, number[]>();
  for (let later = 0; later < parties; later++) {
    if (pace.due()) await pace.breathe(later / parties);
    const begins = ties.partyFirstMs[later]!;
    if (Number.isNaN(begins)) continue;
    shared.clear();
    for (let at = ties.offsets[later]!; at < ties.offsets[later + 1]!; at++) {
      const contact = ties.ids[at]!;
      if (!(ties.firstMs[at]! <= begins + SUCCESSION.settling_ms)) continue;
      if (ties.offsets[contact + 1]! - ties.offsets[contact]! > SUCCESSION.mostKnown) continue;
      for (let n = ties.offsets[contact]!; n < ties.offsets[contact + 1]!; n++) {
        const earlier = ties.ids[n]!;
        if (earlier === later || !handsOver(ties, earlier, begins)) continue;
        // The contact itself must have left the old number as well.
        if (!(ties.lastMs[n]! <= begins + SUCCESSION.overlap_ms)) continue;
        const list = shared.get(earlier);
        if (list === undefined) shared.set(earlier, [contact]);
        else list.push(contact);
      }
    }
    for (const [earlier, contacts] of shared) {
      const of = lastContacts(ties, earlier);
      if (contacts.length < SUCCESSION.leastContacts || contacts.length < SUCCESSION.leastShare * of) continue;
      const silentFromMs = ties.partyLastMs[earlier]!;
      found.push({ kind: 'takes-over', earlier, later, contacts, of, silentFromMs, firstMs: begins });
    }
  }
  return found;
}

/** Whether the party fell silent about when another began. */
function handsOver(ties: Neighbours, earlier: number, begins: number): boolean {
  const first = ties.partyFirstMs[earlier]!;
  const last = ties.partyLastMs[earlier]!;
  return first < begins && last <= begins + SUCCESSION.overlap_ms && last >= begins - SUCCESSION.gap_ms;
}

/** Contacts that the party was still in touch with in its last weeks. */
function lastContacts(ties: Neighbours, party: number): number {
  const from = ties.partyLastMs[party]! - SUCCESSION.settling_ms;
  let contacts = 0;
  for (let at = ties.offsets[party]!; at < ties.offsets[party + 1]!; at++) if (ties.lastMs[at]! >= from) contacts++;
  return contacts;
}
