/** Conversations between the owners of two seized phones, and which phone holds which of their messages. */
import { byTime, plainForm, rowsByThread, rowsOfThreads, threadsByPair, type PatternFacts } from './facts.ts';
import type { Pace } from '../pace.ts';

/** A party stands for its phone: the lowest of the numbers that the phone's files call its own. */
export interface PhonePair {
  readonly a: number;
  readonly b: number;
  /** Messages that only one phone has, though the other holds something from before and after; in order of time. */
  readonly onlyA: readonly number[];
  readonly onlyB: readonly number[];
  /** One of each that both have. */
  readonly both: readonly number[];
  /** Messages that both hold, but at different times, by distance. They are in none of the lists above. */
  readonly apart: readonly ClockDistance[];
}

export interface ClockDistance {
  /** Time on B less time on A, about the same for all. */
  readonly ms: number;
  /** One on A and one on B, in order of time on A. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** Texts of fewer letters are equal by chance. */
const TELLING = 6;
const LEAST_APART = 5;
const SAME_MS = 120_000;
const MOST_APART_MS = 14 * 3_600_000;

export async function phonePairs(facts: PatternFacts, pace: Pace): Promise<PhonePair[]> {
  const { parties, utcMs } = facts;
  const { phoneOf, sourcesOf } = phones(facts);
  const spans = sourceSpans(facts);
  const byThread = rowsByThread(facts);
  const threadsOf = new Map<number, number[]>();
  for (const [pair, threads] of threadsByPair(facts)) {
    const [a, b] = [phoneOf.get(Math.floor(pair / parties)), phoneOf.get(pair % parties)];
    if (a === undefined || b === undefined || a === b) continue;
    const key = Math.min(a, b) * parties + Math.max(a, b);
    threadsOf.set(key, [...(threadsOf.get(key) ?? []), ...threads]);
  }
  const found: PhonePair[] = [];
  for (const [key, threads] of threadsOf) {
    const [a, b] = [Math.floor(key / parties), key % parties];
    const [ofA, ofB] = [sourcesOf.get(a), sourcesOf.get(b)];
    if (ofA === undefined || ofB === undefined) continue;
    if (pace.due()) await pace.breathe(0.5);
    let onlyA: number[] = [];
    let onlyB: number[] = [];
    const both: number[] = [];
    for (const row of rowsOfThreads(facts, byThread, threads)) {
      const holders = facts.sourcesOf(row);
      const [onA, onB] = [holders.some((s) => ofA.has(s)), holders.some((s) => ofB.has(s))];
      if (onA && onB) both.push(row);
      else if (onA && isCovered(utcMs[row]!, ofB, spans)) onlyA.push(row);
      else if (onB && isCovered(utcMs[row]!, ofA, spans)) onlyB.push(row);
    }
    const apart: ClockDistance[] = [];
    // Once for each distance: a clock may be set wrong, and right again, and a zone may change.
    for (
      let next = firstDistance(facts, phoneOf, onlyA, onlyB);
      next !== null;
      next = firstDistance(facts, phoneOf, onlyA, onlyB)
    ) {
      const inA = new Set(next.pairs.map(([row]) => row));
      const inB = new Set(next.pairs.map(([, row]) => row));
      onlyA = onlyA.filter((row) => !inA.has(row));
      onlyB = onlyB.filter((row) => !inB.has(row));
      // At one time, and yet two messages: one phone files them under another of its owner's numbers.
      if (Math.abs(next.ms) <= SAME_MS) both.push(...inA);
      else apart.push(next);
    }
    both.sort(byTime(facts));
    found.push({ a, b, both, onlyA, onlyB, apart });
  }
  return found;
}

/** Files that name a number in common as their own come from one phone, and so do numbers of one file. */
export function phones({ owners }: Pick<PatternFacts, 'owners'>): {
  readonly phoneOf: ReadonlyMap<number, number>;
  readonly sourcesOf: ReadonlyMap<number, ReadonlySet<number>>;
} {
  const phoneOf = new Map<number, number>();
  for (const { party } of owners) phoneOf.set(party, party);
  // As often as there are files at most: each round joins what shares a file.
  for (let changed = true; changed;) {
    changed = false;
    const lowest = new Map<number, number>();
    for (const { source, party } of owners) lowest.set(source, Math.min(lowest.get(source) ?? Infinity, phoneOf.get(party)!));
    for (const { source, party } of owners) {
      if (lowest.get(source)! >= phoneOf.get(party)!) continue;
      phoneOf.set(party, lowest.get(source)!);
      changed = true;
    }
  }
  const sourcesOf = new Map<number, Set<number>>();
  for (const { source, party } of owners) {
    const phone = phoneOf.get(party)!;
    sourcesOf.set(phone, (sourcesOf.get(phone) ?? new Set()).add(source));
  }
  return { phoneOf, sourcesOf };
}

/** Only where the other phone holds something from that time at all, is silence a question. */
function isCovered(ms: number, sources: ReadonlySet<number>, spans: ReadonlyMap<number, readonly [number, number]>): boolean {
  return [...sources].some((source) => {
    const span = spans.get(source);
    return span !== undefined && ms >= span[0] && ms <= span[1];
  });
}

/** The distance at which most of the messages of one list have a twin of equal text in the other, with these twins. */
function firstDistance(
  facts: PatternFacts,
  phoneOf: ReadonlyMap<number, number>,
  onlyA: readonly number[],
  onlyB: readonly number[]
): ClockDistance | null {
  const { utcMs, from } = facts;
  const keyOf = (row: number): string => `${phoneOf.get(from[row]!) ?? -1} ${plainForm(facts.text(row))}`;
  const byText = new Map<string, number[]>();
  for (const row of onlyB) {
    const list = byText.get(keyOf(row));
    if (list === undefined) byText.set(keyOf(row), [row]);
    else list.push(row);
  }
  const ms = usualDistance(
    facts,
    onlyA.filter((row) => facts.text(row).length >= TELLING),
    (row) => byText.get(keyOf(row)) ?? []
  );
  if (ms === null) return null;
  const pairs: [number, number][] = [];
  const taken = new Set<number>();
  for (const row of onlyA) {
    const isTwin = (other: number): boolean => !taken.has(other) && Math.abs(utcMs[other]! - utcMs[row]! - ms) <= SAME_MS;
    const twin = (byText.get(keyOf(row)) ?? []).find(isTwin);
    if (twin === undefined) continue;
    pairs.push([row, twin]);
    taken.add(twin);
  }
  // Two that mean one twin do not count twice.
  return pairs.length < LEAST_APART ? null : { ms, pairs };
}

/**
 * The distance in time at which most messages have one of equal text; null where fewer than LEAST_APART agree. All
 * distances are counted, since a text that comes twice has two.
 */
function usualDistance(
  { utcMs }: PatternFacts,
  rows: readonly number[],
  twinsOf: (row: number) => readonly number[]
): number | null {
  const distances = rows
    .flatMap((row) => twinsOf(row).map((twin) => utcMs[twin]! - utcMs[row]!))
    .filter((ms) => Math.abs(ms) <= MOST_APART_MS)
    .sort((x, y) => x - y);
  let most = 0;
  let at = 0;
  for (let from = 0, to = 0; from < distances.length; from++) {
    while (to < distances.length && distances[to]! - distances[from]! <= SAME_MS) to++;
    if (to - from > most) {
      most = to - from;
      at = from;
    }
  }
  return most < LEAST_APART ? null : distances[at + (most >> 1)]!;
}

/** First and last time of what each source holds. */
function sourceSpans({ rows, utcMs, sourcesOf }: PatternFacts): Map<number, [number, number]> {
  const spans = new Map<number, [number, number]>();
  for (let i = 0; i < rows.length; i++) {
    const ms = utcMs[rows[i]!]!;
    for (const source of sourcesOf(rows[i]!)) {
      const span = spans.get(source);
      if (span === undefined) spans.set(source, [ms, ms]);
      else span[1] = ms;
    }
  }
  return spans;
}
