/**
 * [Note: Patterns]
 * A rule looks at who wrote to whom, when, and which numbers and equal texts occur. It never reads a name, a language or
 * a translation, so that exchanging these changes nothing (tests/sample/fairness.test.ts holds it to that). What it
 * finds is a question to a person, with every message that met it, and with those of the same people that did not.
 * Parties are numbers 0..parties-1; `parties` stands for nobody. Times are milliseconds UTC.
 */
import type { Pace } from '../pace.ts';

export interface PatternFacts {
  readonly parties: number;
  /** Messages looked at, in order of time: those with a time, without lines that the service wrote itself. */
  readonly rows: Uint32Array;
  /** By message id. */
  readonly from: Uint32Array;
  readonly thread: Uint32Array;
  readonly utcMs: Float64Array;
  /** Members of thread t, as parties, each once: ids[offsets[t] .. offsets[t + 1]). */
  readonly members: { readonly offsets: Uint32Array; readonly ids: Uint32Array };
  /** Who could receive message m: ids[offsets[of[m]] .. offsets[of[m] + 1]), parties, each once. See [Note: Rosters]. */
  readonly audience: { readonly of: Uint32Array; readonly offsets: Uint32Array; readonly ids: Uint32Array };
  readonly isGroup: Uint8Array;
  /** Day number and minute of the day on the clock that the case is shown in. */
  readonly local: (utcMs: number) => { readonly day: number; readonly minute: number };
  /** The text as written. */
  readonly text: (message: number) => string;
  /** Sources that hold a message, its copies counted. */
  readonly sourcesOf: (message: number) => readonly number[];
  /** Whose device each source is. */
  readonly owners: readonly { readonly source: number; readonly party: number }[];
  /** Parties whose telephone numbers a text holds, in any spelling. */
  readonly numbersIn: (text: string) => readonly number[];
}

export type RuleId =
  | 'broadcast'
  | 'clock-apart'
  | 'equal-text'
  | 'introduced'
  | 'ledger'
  | 'movement'
  | 'night'
  | 'number-succession'
  | 'one-phone-only'
  | 'one-sided'
  | 'repeated-sum'
  | 'shared-contacts'
  | 'stopped'
  | 'times-of-day';

export interface PatternFinding {
  readonly rule: RuleId;
  readonly people: readonly number[];
  /** Every message that met the rule, in order of time; empty where ties and no messages did. */
  readonly messages: Uint32Array;
  /** Messages of the same people that speak against the reading, in order of time. */
  readonly against: Uint32Array;
  /** What the rule's words name, each a count, minutes of the day or days, as the name says. */
  readonly values: Readonly<Record<string, number>>;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface PatternRule {
  readonly id: RuleId;
  /** Raised whenever the same evidence may give another result. */
  readonly version: number;
  find(facts: PatternFacts, pace: Pace): Promise<PatternFinding[]>;
}

/** Rows by thread, each thread's in order of time. */
export interface ThreadRows {
  readonly offsets: Uint32Array;
  readonly rows: Uint32Array;
}

export function rowsByThread({ rows, thread, members }: PatternFacts): ThreadRows {
  const offsets = new Uint32Array(members.offsets.length);
  for (let i = 0; i < rows.length; i++) offsets[thread[rows[i]!]! + 1]!++;
  for (let t = 1; t < offsets.length; t++) offsets[t]! += offsets[t - 1]!;
  const next = offsets.slice();
  const sorted = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) sorted[next[thread[rows[i]!]!]!++] = rows[i]!;
  return { offsets, rows: sorted };
}

/** The two of a conversation of two, lower number first; null for groups and for conversations with one known end. */
export function pairOf({ members, isGroup }: PatternFacts, thread: number): readonly [number, number] | null {
  const start = members.offsets[thread]!;
  if (isGroup[thread] === 1 || members.offsets[thread + 1]! - start !== 2) return null;
  const [a, b] = [members.ids[start]!, members.ids[start + 1]!];
  return a < b ? [a, b] : [b, a];
}

/** Conversations of two by pair: one pair may talk in several apps. */
export function threadsByPair(facts: PatternFacts): Map<number, number[]> {
  const pairs = new Map<number, number[]>();
  for (let thread = 0; thread + 1 < facts.members.offsets.length; thread++) {
    const pair = pairOf(facts, thread);
    if (pair === null) continue;
    const key = pair[0] * facts.parties + pair[1];
    const threads = pairs.get(key);
    if (threads === undefined) pairs.set(key, [thread]);
    else threads.push(thread);
  }
  return pairs;
}

/** Compares messages by time, ties by id. */
export function byTime({ utcMs }: Pick<PatternFacts, 'utcMs'>): (x: number, y: number) => number {
  return (x, y) => utcMs[x]! - utcMs[y]! || x - y;
}

/** Messages of some threads, in order of time. */
export function rowsOfThreads({ utcMs }: PatternFacts, { offsets, rows }: ThreadRows, threads: readonly number[]): Uint32Array {
  if (threads.length === 1) return rows.subarray(offsets[threads[0]!], offsets[threads[0]! + 1]);
  const all = threads.flatMap((thread) => [...rows.subarray(offsets[thread], offsets[thread + 1])]);
  return Uint32Array.from(all.sort((x, y) => utcMs[x]! - utcMs[y]! || x - y));
}

/** A finding's times and messages from message ids in order of time. */
export function spanOf({ utcMs }: PatternFacts, messages: ArrayLike<number>): { fromMs: number; toMs: number } {
  return { fromMs: utcMs[messages[0]!]!, toMs: utcMs[messages[messages.length - 1]!]! };
}

/** A text as it is compared with others: case, blanks and marks aside, digits kept. */
export function plainForm(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
