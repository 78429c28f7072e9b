/**
 * [Note: Rosters] Who could receive a message of a conversation, as columns. Each conversation with dated members is cut
 * where somebody came or went, and each distinct set of members is a roster: a small number that every message gets. A
 * conversation without dates has one roster, numbered like the conversation itself; roster t holds all members of
 * conversation t, for its messages without a time as well. Those that dates call for follow behind. So kernels that count
 * by conversation and members count by roster and members instead, and look at no date.
 */
import type { MembershipGap } from './periods.ts';

/** Gaps of one member of one conversation. */
export interface MemberGaps {
  readonly thread: number;
  /** Account, numbered as in the members. */
  readonly member: number;
  readonly gaps: readonly MembershipGap[];
}

export interface RosterInput {
  /** Members of thread t: ids[offsets[t] .. offsets[t + 1]). */
  readonly members: { readonly offsets: Uint32Array; readonly ids: Uint32Array };
  readonly gaps: readonly MemberGaps[];
  /** Of each message. */
  readonly thread: Uint32Array;
  /** UTC milliseconds of each message, NaN where unknown. */
  readonly utcMs: Float64Array;
}

export interface Rosters {
  /** Conversations; rosters from here on are those that dates call for. */
  readonly threads: number;
  /** Roster of each message. */
  readonly of: Uint32Array;
  /** Members of roster r. */
  readonly offsets: Uint32Array;
  readonly ids: Uint32Array;
  /** Conversation of roster r. */
  readonly thread: Uint32Array;
  /** Conversations that were left whole for their size; their messages count as if no date were known. */
  readonly whole: readonly number[];
}

/**
 * Members over all rosters of one conversation. A group of a thousand in which all come one by one needs half a million;
 * a channel of many thousands would need more memory than its case.
 */
const MOST_LISTED = 4_000_000;

export function rostersOf({ members, gaps, thread, utcMs }: RosterInput, mostListed = MOST_LISTED): Rosters {
  const threads = members.offsets.length - 1;
  const cuts = new Map<number, ThreadCuts>();
  for (const one of gaps) {
    if (one.gaps.length === 0) continue;
    let held = cuts.get(one.thread);
    if (held === undefined) cuts.set(one.thread, (held = new ThreadCuts(members, one.thread)));
    held.add(one);
  }
  if (cuts.size === 0) {
    const own = Uint32Array.from({ length: threads }, (_, t) => t);
    return { of: thread, offsets: members.offsets, ids: members.ids, threads, thread: own, whole: [] };
  }
  const whole: number[] = [];
  const lists: Uint32Array[] = [];
  const threadOf: number[] = [];
  /** Roster of each stretch of a conversation's time. */
  const stretches = new Map<number, { readonly times: Float64Array; readonly rosters: Uint32Array }>();
  for (const [t, held] of cuts) {
    const made = held.rosters(mostListed);
    if (made === null) {
      whole.push(t);
      continue;
    }
    const first = threads + lists.length;
    for (const list of made.lists) {
      lists.push(list);
      threadOf.push(t);
    }
    stretches.set(t, { times: made.times, rosters: made.numbers.map((n) => (n === 0 ? t : first + n - 1)) });
  }
  const of = thread.slice();
  for (let row = 0; row < of.length; row++) {
    const held = stretches.get(thread[row]!);
    if (held === undefined || Number.isNaN(utcMs[row]!)) continue;
    of[row] = held.rosters[stretchOf(held.times, utcMs[row]!)]!;
  }
  const offsets = new Uint32Array(threads + lists.length + 1);
  offsets.set(members.offsets);
  for (const [i, list] of lists.entries()) offsets[threads + i + 1] = offsets[threads + i]! + list.length;
  const ids = new Uint32Array(offsets[threads + lists.length]!);
  ids.set(members.ids.subarray(0, members.offsets[threads]));
  for (const [i, list] of lists.entries()) ids.set(list, offsets[threads + i]);
  const own = new Uint32Array(threads + lists.length);
  for (let t = 0; t < threads; t++) own[t] = t;
  own.set(threadOf, threads);
  return { of, offsets, ids, threads, thread: own, whole: whole.sort((x, y) => x - y) };
}

/** With times t0 < t1 < ...: stretch 2k is the open interval before tk, 2k + 1 the moment tk, 2n that after the last. */
function stretchOf(times: Float64Array, ms: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < ms) low = middle + 1;
    else high = middle;
  }
  return low < times.length && times[low] === ms ? 2 * low + 1 : 2 * low;
}

/** The gaps of one conversation's members, and the rosters that they make. */
class ThreadCuts {
  readonly #ids: Uint32Array;
  readonly #held: MemberGaps[] = [];

  constructor(members: RosterInput['members'], thread: number) {
    this.#ids = members.ids.subarray(members.offsets[thread], members.offsets[thread + 1]);
  }

  add(one: MemberGaps): void {
    this.#held.push(one);
  }

  /** Roster 0 is the whole conversation; the others are `lists`, from 1. Null where they would hold too much. */
  rosters(mostListed: number): { times: Float64Array; numbers: Uint32Array; lists: Uint32Array[] } | null {
    const ends = this.#held.flatMap(({ gaps }) => gaps.flatMap(({ afterMs, beforeMs }) => [afterMs, beforeMs]));
    const times = Float64Array.from(new Set(ends.filter((ms) => Number.isFinite(ms)))).sort();
    const numbers = new Uint32Array(2 * times.length + 1);
    /** At each stretch, who goes out of the roster there, and who comes into it. */
    const going = new Map<number, number[]>();
    const coming = new Map<number, number[]>();
    for (const { member, gaps } of this.#held) {
      for (const { afterMs, beforeMs } of gaps) {
        push(going, Number.isFinite(afterMs) ? stretchOf(times, afterMs) + 1 : 0, member);
        if (Number.isFinite(beforeMs)) push(coming, stretchOf(times, beforeMs), member);
      }
    }
    const isOut = new Set<number>();
    const known = new Map<string, number>([['', 0]]);
    const lists: Uint32Array[] = [];
    let listed = 0;
    for (let stretch = 0; stretch < numbers.length; stretch++) {
      for (const member of coming.get(stretch) ?? []) isOut.delete(member);
      for (const member of going.get(stretch) ?? []) isOut.add(member);
      const key = [...isOut].sort((x, y) => x - y).join(' ');
      let number = known.get(key);
      if (number === undefined) {
        const list = this.#ids.filter((id) => !isOut.has(id));
        listed += this.#ids.length;
        if (listed > mostListed) return null;
        number = lists.push(list);
        known.set(key, number);
      }
      numbers[stretch] = number;
    }
    return { times, numbers, lists };
  }
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else held.push(value);
}
