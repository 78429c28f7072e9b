/** Pairs of parties that may be one person, with what speaks for and against. See [Note: Suggestions]. */
import { Pace, type PaceOptions } from '../pace.ts';
import type { IdentityFacts, PartyName, ReasonAgainst, ReasonFor, Suggestion } from './facts.ts';
import { neighboursOf, tieAt, type Neighbours } from './neighbours.ts';
import { successions } from './succession.ts';

/** A name borne by more parties than this leads to none of them; more than two are said as a reason against. */
const MOST_BEARERS = 6;
/** Direct contacts that two share count when at least so many are known to few. */
const LEAST_SHARED = 2;
const FEW_KNOW = 12;
/** Two numbers in one group, both in use for so long, are rather two people. */
const GROUP_OVERLAP_MS = 7 * 86_400_000;

/** Reasons that stand by themselves; the others need a second one beside them. */
const STRONG: ReadonlySet<ReasonFor['kind']> = new Set(['one-entry', 'one-device', 'one-number', 'said-so']);
/**
 * So does a hand-over of at least so many contacts. Fewer are a coincidence: in a case that stands on a few seized
 * phones their owners are everybody's contacts, and a number that begins when another ends shares one or two of them.
 */
const LEAST_OVER = 3;

/**
 * Every suggestion, those with more kinds of reasons first, then by party number. The order is for reading and no
 * measure of anything.
 * @throws the signal's reason when it was aborted
 */
export async function suggestIdentities(facts: IdentityFacts, options: PaceOptions = {}): Promise<Suggestion[]> {
  const pace = new Pace(options);
  const ties = neighboursOf(facts.parties, facts.dyads);
  const pairs = new Pairs(facts.parties);
  for (const { parties, source, record } of facts.entries)
    eachPair(parties, (a, b) => pairs.add(a, b, { kind: 'one-entry', source, record }));
  for (const [source, parties] of ownersBySource(facts))
    eachPair(parties, (a, b) => pairs.add(a, b, { kind: 'one-device', source }));
  for (const parties of facts.spellings) eachPair(parties, (a, b) => pairs.add(a, b, { kind: 'one-number' }));
  for (const { message, speaker, named, isOwn } of facts.statements) {
    pairs.add(speaker, named, { kind: isOwn ? 'said-so' : 'number-given', message, speaker });
  }
  for (const reason of await successions(facts.parties, ties, pace)) pairs.add(reason.earlier, reason.later, reason);
  const bearers = addNames(facts.names, pairs);
  const namesOf = groupBy(facts.names, (name) => name.party);
  const groupsOf = groupsByParty(facts);
  const suggestions: Suggestion[] = [];
  for (const { a, b, reasons } of pairs.all()) {
    if (pace.due()) await pace.breathe(1);
    const contacts = sharedContacts(ties, a, b);
    if (contacts.length >= LEAST_SHARED) reasons.push({ kind: 'shared-contacts', contacts });
    const against = reasonsAgainst(a, b, ties, namesOf, groupsOf, reasons, bearers);
    suggestions.push({ a, b, reasonsFor: reasons, reasonsAgainst: against, shown: isShown(reasons, against) });
  }
  return suggestions.sort((x, y) => kinds(y) - kinds(x) || x.a - y.a || x.b - y.b);
}

/**
 * One reason that stands by itself, unless the two wrote to each other; or two of different kinds and nothing that
 * speaks against. A hand-over of few contacts stands beside any other reason, also where one address book names the two
 * apart: people save a new number under a new name. The rest is there for whoever asks for weaker suggestions.
 */
export function isShown(reasonsFor: readonly ReasonFor[], reasonsAgainst: readonly ReasonAgainst[]): boolean {
  const found = new Set(reasonsFor.map(({ kind }) => kind));
  // Those who went over are shared contacts: one finding, not two.
  if (found.has('takes-over')) found.delete('shared-contacts');
  const isHandOver = reasonsFor.some((reason) => reason.kind === 'takes-over' && reason.contacts.length >= LEAST_OVER);
  const isStrong = isHandOver || (found.has('takes-over') && found.size > 1) || [...found].some((kind) => STRONG.has(kind));
  if (isStrong) return !reasonsAgainst.some(({ kind }) => kind === 'wrote-to-each-other');
  return found.size > 1 && reasonsAgainst.length === 0;
}

const kinds = ({ reasonsFor }: Suggestion): number => new Set(reasonsFor.map(({ kind }) => kind)).size;

function eachPair(parties: readonly number[], visit: (a: number, b: number) => void): void {
  const distinct = [...new Set(parties)];
  for (let i = 0; i < distinct.length; i++) for (let j = i + 1; j < distinct.length; j++) visit(distinct[i]!, distinct[j]!);
}

/** Reasons by pair; a pair of one party with itself is none. */
class Pairs {
  readonly #parties: number;
  readonly #byKey = new Map<number, ReasonFor[]>();

  constructor(parties: number) {
    this.#parties = parties;
  }

  add(x: number, y: number, reason: ReasonFor): void {
    if (x === y) return;
    const key = Math.min(x, y) * this.#parties + Math.max(x, y);
    const reasons = this.#byKey.get(key);
    if (reasons === undefined) this.#byKey.set(key, [reason]);
    else reasons.push(reason);
  }

  *all(): Generator<{ a: number; b: number; reasons: ReasonFor[] }> {
    for (const [key, reasons] of this.#byKey) yield { a: Math.floor(key / this.#parties), b: key % this.#parties, reasons };
  }
}

function ownersBySource({ owners }: IdentityFacts): Map<number, number[]> {
  const bySource = new Map<number, number[]>();
  for (const [source, list] of groupBy(owners, (owner) => owner.source))
    bySource.set(
      source,
      list.map(({ party }) => party)
    );
  return bySource;
}

/** Adds the pairs that share a name; gives the number of parties that bear each name. */
function addNames(names: readonly PartyName[], pairs: Pairs): Map<string, number> {
  const bearers = new Map<string, number>();
  for (const [folded, list] of groupBy(names, (name) => name.folded)) {
    const parties = [...new Set(list.map(({ party }) => party))];
    bearers.set(folded, parties.length);
    if (parties.length < 2 || parties.length > MOST_BEARERS) continue;
    const books = groupBy(
      list.filter(({ isContact }) => isContact),
      (name) => name.party
    );
    const shown = new Set(list.filter(({ isContact }) => !isContact).map(({ party }) => party));
    eachPair(parties, (a, b) => {
      const [inA, inB] = [books.get(a), books.get(b)];
      if (inA !== undefined && inB !== undefined) {
        const sources = [...new Set([...inA, ...inB].map(({ source }) => source))].sort((x, y) => x - y);
        pairs.add(a, b, { kind: 'one-name', folded, sources });
      }
      if (shown.has(a) && shown.has(b)) pairs.add(a, b, { kind: 'one-shown-name', folded });
    });
  }
  return bearers;
}

/** Direct contacts of both that few others know. */
function sharedContacts(ties: Neighbours, a: number, b: number): number[] {
  const shared: number[] = [];
  let i = ties.offsets[a]!;
  let j = ties.offsets[b]!;
  while (i < ties.offsets[a + 1]! && j < ties.offsets[b + 1]!) {
    const difference = ties.ids[i]! - ties.ids[j]!;
    if (difference === 0) {
      const contact = ties.ids[i]!;
      if (ties.offsets[contact + 1]! - ties.offsets[contact]! <= FEW_KNOW) shared.push(contact);
    }
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return shared;
}

function reasonsAgainst(
  a: number,
  b: number,
  ties: Neighbours,
  namesOf: ReadonlyMap<number, PartyName[]>,
  groupsOf: ReadonlyMap<number, number[]>,
  reasons: readonly ReasonFor[],
  bearers: ReadonlyMap<string, number>
): ReasonAgainst[] {
  const against: ReasonAgainst[] = [];
  const tie = tieAt(ties, a, b);
  if (tie >= 0) against.push({ kind: 'wrote-to-each-other', count: ties.count[tie]! });
  const apart = namedApart(namesOf.get(a) ?? [], namesOf.get(b) ?? []);
  if (apart !== null) against.push(apart);
  const groups = (groupsOf.get(a) ?? []).filter((group) => groupsOf.get(b)?.includes(group));
  const overlap_ms =
    Math.min(ties.partyLastMs[a]!, ties.partyLastMs[b]!) - Math.max(ties.partyFirstMs[a]!, ties.partyFirstMs[b]!);
  if (groups.length > 0 && overlap_ms > GROUP_OVERLAP_MS)
    against.push({ kind: 'group-together', groups: groups.length, overlap_ms });
  for (const reason of reasons) {
    if (reason.kind !== 'one-name' && reason.kind !== 'one-shown-name') continue;
    const parties = bearers.get(reason.folded) ?? 0;
    const isSaid = against.some((said) => said.kind === 'common-name' && said.folded === reason.folded);
    if (parties > 2 && !isSaid) against.push({ kind: 'common-name', folded: reason.folded, parties });
  }
  return against;
}

/** One address book that has both and shares no name between them. */
function namedApart(a: readonly PartyName[], b: readonly PartyName[]): ReasonAgainst | null {
  for (const { source, folded, isContact } of a) {
    if (!isContact) continue;
    const ofA = new Set(a.filter((name) => name.isContact && name.source === source).map((name) => name.folded));
    const ofB = b.filter((name) => name.isContact && name.source === source);
    const [other] = ofB;
    if (other === undefined || ofB.some((name) => isAlike(ofA, name.folded))) continue;
    return { kind: 'named-apart', source, names: [folded, other.folded] };
  }
  return null;
}

/** "T line" and "T line new", "Sorin" and "Sorin 2": people save a second number under the name with something added. */
function isAlike(names: ReadonlySet<string>, name: string): boolean {
  return [...names].some((known) => `${name} `.startsWith(`${known} `) || `${known} `.startsWith(`${name} `));
}

function groupsByParty({ groups }: IdentityFacts): Map<number, number[]> {
  const byParty = new Map<number, number[]>();
  for (let group = 0; group + 1 < groups.offsets.length; group++) {
    for (let at = groups.offsets[group]!; at < groups.offsets[group + 1]!; at++) {
      const list = byParty.get(groups.ids[at]!);
      if (list === undefined) byParty.set(groups.ids[at]!, [group]);
      else list.push(group);
    }
  }
  return byParty;
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list === undefined) groups.set(key(item), [item]);
    else list.push(item);
  }
  return groups;
}
