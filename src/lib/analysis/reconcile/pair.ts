/** Two devices: exact ids, then distances of clocks round by round, then what is marked as changed, then what is left. */
import type { Pace } from '../pace.ts';
import { assign } from './assign.ts';
import { comparedForm, type DevicePair, type Match, type OnlyOn, type ReconcileFacts, type Skew } from './facts.ts';
import { REACH_MS, tolerances, usualDistance, type Vote } from './skew.ts';

/** Texts of fewer letters are equal by chance. */
const TELLING = 6;
/** A clock that was set more often than this is not one that a phone has. */
const MOST_ROUNDS = 8;

export interface Sides {
  readonly a: number;
  readonly b: number;
  /** Ids in order of time. */
  readonly onlyA: number[];
  readonly onlyB: number[];
}

/** What both devices hold under one text key; ids in order of time. */
interface Group {
  readonly a: number[];
  readonly b: number[];
}

type SpanOf = (conversation: number, device: number) => readonly [number, number] | undefined;

export async function pairDevices(
  facts: ReconcileFacts,
  sides: Sides & { readonly both: number },
  keys: Float64Array,
  spanOf: SpanOf,
  pace: Pace
): Promise<DevicePair> {
  const { utcMs } = facts;
  const work = new PairWork(facts, sides);
  const keyed = work.matchKeys();
  let groups = groupsOf(facts, sides, keys);
  const skews: Skew[] = [];
  let votes: Vote[] = keyed.map(({ a, b }) => ({ ms: utcMs[b]! - utcMs[a]!, isKey: true }));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (pace.due()) await pace.breathe(0.8);
    groups = work.open(groups);
    const unique = groups.filter(({ a, b }) => a.length === 1 && b.length === 1 && isTelling(facts, a[0]!));
    const byText = unique.map(({ a, b }): Vote => ({ ms: utcMs[b[0]!]! - utcMs[a[0]!]!, isKey: false }));
    const distance = usualDistance([...votes, ...byText]);
    if (distance === null) break;
    skews.push({ ...distance, sameTime: 0 });
    votes = votes.filter(({ ms }) => Math.abs(ms - distance.ms) > REACH_MS);
    work.matchTexts(groups, distance.ms, distance.spread_ms);
  }
  if (sides.both > 0) addSameTime(skews, sides.both);
  // Copies at the very same time say that the clocks agreed once; where nothing says how far apart they are, nearness must do.
  if (sides.both > 0 || skews.length === 0) work.matchTexts(work.open(groups), 0, 0);
  skews.sort((x, y) => standsOn(y) - standsOn(x) || Math.abs(x.ms) - Math.abs(y.ms));
  work.matchChanged(skews.length === 0 ? [{ ms: 0, spread_ms: 0 }] : skews);
  return {
    a: sides.a,
    b: sides.b,
    skews,
    matches: work.matches.sort((x, y) => utcMs[x.a]! - utcMs[y.a]! || x.a - y.a),
    sameTime: sides.both,
    onlyA: onlyOn(facts, work.left(sides.onlyA), sides.b, spanOf),
    onlyB: onlyOn(facts, work.left(sides.onlyB), sides.a, spanOf),
    ambiguous: [...work.ambiguous].sort((x, y) => utcMs[x]! - utcMs[y]! || x - y)
  };
}

const standsOn = ({ byKey, byText, sameTime }: Skew): number => byKey + byText + sameTime;

function addSameTime(skews: Skew[], sameTime: number): void {
  const near = skews.findIndex(({ ms }) => Math.abs(ms) <= 5_000);
  if (near >= 0) skews[near] = { ...skews[near]!, sameTime };
  else skews.push({ ms: 0, spread_ms: 0, byKey: 0, byText: 0, sameTime });
}

const isTelling = (facts: ReconcileFacts, id: number): boolean => facts.text(id).length >= TELLING;

/** Texts that both devices hold, each side in order of time. */
function groupsOf({ text }: ReconcileFacts, { onlyA, onlyB }: Sides, keys: Float64Array): Group[] {
  const groups = new Map<number, Group>();
  for (const id of onlyA) {
    const group = groups.get(keys[id]!);
    if (group === undefined) groups.set(keys[id]!, { a: [id], b: [] });
    else group.a.push(id);
  }
  for (const id of onlyB) groups.get(keys[id]!)?.b.push(id);
  const found: Group[] = [];
  for (const { a, b } of groups.values()) {
    if (b.length === 0) continue;
    // A hash never decides.
    const form = comparedForm(text(a[0]!));
    const isSame = (id: number): boolean => comparedForm(text(id)) === form;
    found.push({ a: a.filter(isSame), b: b.filter(isSame) });
  }
  return found;
}

/** Pairs of one two devices, as they come. */
class PairWork {
  readonly matches: Match[] = [];
  readonly ambiguous = new Set<number>();
  readonly #facts: ReconcileFacts;
  readonly #sides: Sides;
  readonly #taken = new Set<number>();

  constructor(facts: ReconcileFacts, sides: Sides) {
    this.#facts = facts;
    this.#sides = sides;
  }

  /** Ids that one device has once and the other once. A copy within one device is nobody's partner. */
  matchKeys(): readonly Match[] {
    const { key } = this.#facts;
    const once = (ids: readonly number[]): Map<string, number> => {
      const found = new Map<string, number>();
      for (const id of ids) {
        const name = key(id);
        if (name !== '') found.set(name, found.has(name) ? -1 : id);
      }
      return found;
    };
    const onB = once(this.#sides.onlyB);
    for (const [name, a] of once(this.#sides.onlyA)) {
      const b = onB.get(name) ?? -1;
      if (a >= 0 && b >= 0) this.#match(a, b, 'key');
    }
    return [...this.matches];
  }

  /** The groups without what is paired or cannot be told. */
  open(groups: readonly Group[]): Group[] {
    const isOpen = (id: number): boolean => !this.#taken.has(id) && !this.ambiguous.has(id);
    return groups
      .map(({ a, b }) => ({ a: a.filter(isOpen), b: b.filter(isOpen) }))
      .filter(({ a, b }) => a.length > 0 && b.length > 0);
  }

  matchTexts(groups: readonly Group[], ms: number, spread_ms: number): void {
    const { utcMs } = this.#facts;
    const { tight_ms, noise_ms } = tolerances(spread_ms);
    for (const { a, b } of groups) {
      const isUnique = a.length === 1 && b.length === 1 && isTelling(this.#facts, a[0]!);
      if (a.length === 1 && b.length === 1) {
        // Most groups, and nothing to choose between.
        const isNear = Math.abs(utcMs[b[0]!]! - utcMs[a[0]!]! - ms) <= (isUnique ? REACH_MS : tight_ms);
        if (isNear && !this.#haveOtherKeys(a[0]!, b[0]!)) this.#match(a[0]!, b[0]!, 'text');
        continue;
      }
      const pick = (ids: readonly number[]): number[] => ids.map((id) => utcMs[id]!);
      const { pairs, unsureA, unsureB } = assign(pick(a), pick(b), ms, tight_ms, noise_ms);
      for (const [i, j] of pairs) if (!this.#haveOtherKeys(a[i]!, b[j]!)) this.#match(a[i]!, b[j]!, 'text');
      for (const i of unsureA) this.ambiguous.add(a[i]!);
      for (const j of unsureB) this.ambiguous.add(b[j]!);
    }
  }

  /** What is marked as edited or deleted on one device, and the one message of its sender at that time on the other. */
  matchChanged(distances: readonly Pick<Skew, 'ms' | 'spread_ms'>[]): void {
    const { utcMs, isChanged, conversation, from } = this.#facts;
    const placeOf = (id: number): string => `${conversation[id]!} ${from[id]!}`;
    const byPlace = (ids: readonly number[]): Map<string, number[]> => {
      const lists = new Map<string, number[]>();
      for (const id of ids) {
        const list = lists.get(placeOf(id));
        if (list === undefined) lists.set(placeOf(id), [id]);
        else list.push(id);
      }
      return lists;
    };
    for (const { ms, spread_ms } of distances) {
      const { tight_ms } = tolerances(spread_ms);
      const [leftA, leftB] = [this.left(this.#sides.onlyA), this.left(this.#sides.onlyB)];
      const [onA, onB] = [byPlace(leftA), byPlace(leftB)];
      const nearOnB = (a: number): number[] =>
        (onB.get(placeOf(a)) ?? []).filter((b) => Math.abs(utcMs[b]! - utcMs[a]! - ms) <= tight_ms);
      const nearOnA = (b: number): number[] =>
        (onA.get(placeOf(b)) ?? []).filter((a) => Math.abs(utcMs[b]! - utcMs[a]! - ms) <= tight_ms);
      const changed = [...leftA.filter(isChanged), ...leftB.filter(isChanged).flatMap(nearOnA)];
      for (const a of new Set(changed)) {
        const [b, ...more] = nearOnB(a);
        if (b === undefined || more.length > 0 || nearOnA(b).length !== 1) continue;
        if (this.#taken.has(a) || this.#taken.has(b) || this.#haveOtherKeys(a, b)) continue;
        if (isChanged(a) || isChanged(b)) this.#match(a, b, 'changed');
      }
    }
  }

  /** Ids that are neither paired nor in doubt. */
  left(ids: readonly number[]): number[] {
    return ids.filter((id) => !this.#taken.has(id) && !this.ambiguous.has(id));
  }

  /** Two ids of one service that differ are two messages, however alike their texts. */
  #haveOtherKeys(a: number, b: number): boolean {
    const { key, isServiceKey } = this.#facts;
    return isServiceKey(a) && isServiceKey(b) && key(a) !== key(b);
  }

  #match(a: number, b: number, kind: Match['kind']): void {
    this.#taken.add(a).add(b);
    this.matches.push({ a, b, kind });
  }
}

function onlyOn({ utcMs, conversation }: ReconcileFacts, ids: readonly number[], other: number, spanOf: SpanOf): OnlyOn {
  const between: number[] = [];
  const outside: number[] = [];
  const without: number[] = [];
  for (const id of ids) {
    const span = spanOf(conversation[id]!, other);
    if (span === undefined) without.push(id);
    else if (utcMs[id]! >= span[0] && utcMs[id]! <= span[1]) between.push(id);
    else outside.push(id);
  }
  return { between, outside, without };
}
