/**
 * [Note: Meetings]
 * Two devices were together on a day where a fix of one and a fix of the other lie within 200 m and fifteen minutes.
 * Days are counted and not fixes, because a phone that lies on a table writes one every minute.
 *
 * Two who work in one shed are together every weekday without meeting. So the days of the second device are dealt anew,
 * Mondays among Mondays and so on, 1,999 times with a seed, and the days together are counted each time: what both
 * do week after week stays, what they did on the same day goes. `chance` is the share of deals with at least as many
 * days, the real one counted among them (Phipson and Smyth 2010). Only days between the first and the last that both
 * devices have fixes from are dealt, days without any fix with them.
 */
import { Pace, type PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import { weekdayOf } from '../timeline/series.ts';
import { byDeviceAndTime, type Fixes } from './fixes.ts';
import { metresBetween } from './sphere.ts';

export const NEAR_M = 200;
export const NEAR_MS = 15 * 60_000;
export const DEALS = 1999;
/** A pair is said to be together more often than its habits explain where chance alone, over all pairs, is below this. */
const ALLOWED_CHANCE = 0.05;
const DAY_MS = 86_400_000;

export interface Meeting {
  readonly day: number;
  /** First and last fixes of either device that lie near one of the other. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
}

export interface MeetingPair {
  readonly a: number;
  readonly b: number;
  /** Days on which both have fixes, and all days from the first to the last of them. */
  readonly daysOfBoth: number;
  readonly span: number;
  readonly meetings: readonly Meeting[];
  /** Days together that the deals gave: on the mean, and the greatest of 95 in 100. */
  readonly byChance: number;
  readonly upTo: number;
  /** Deals with at least as many days as there really were. */
  readonly asMany: number;
  readonly isMoreThanHabit: boolean;
}

/** Fixes of one device by day of the wall clock. */
interface Days {
  readonly first: number;
  readonly last: number;
  /** Fixes of each day, by time of day; none where the day is silent. */
  readonly of: ReadonlyMap<number, Uint32Array>;
}

/**
 * Every pair of devices that both have fixes on a day, most days together first.
 * @throws the signal's reason when aborted
 */
export async function findMeetings(
  fixes: Fixes,
  offsetMs: (utcMs: number) => number,
  seed: number,
  options: PaceOptions = {}
): Promise<MeetingPair[]> {
  const pace = new Pace(options);
  const localMs = fixes.utcMs.map((ms) => (Number.isNaN(ms) ? ms : ms + offsetMs(ms)));
  const devices = [...daysByDevice(fixes, localMs)].sort(([a], [b]) => a - b);
  const pairs = devices.flatMap(([a, ofA], i) => devices.slice(i + 1).map(([b, ofB]) => ({ a, b, ofA, ofB })));
  const found: Omit<MeetingPair, 'isMoreThanHabit'>[] = [];
  for (const [done, { a, b, ofA, ofB }] of pairs.entries()) {
    const pair = await meetingsOf(fixes, localMs, ofA, ofB, seed, pace, done / pairs.length);
    if (pair !== null) found.push({ a, b, ...pair });
  }
  return found
    .map((pair) => ({
      ...pair,
      isMoreThanHabit: pair.meetings.length > 0 && ((pair.asMany + 1) / (DEALS + 1)) * found.length <= ALLOWED_CHANCE
    }))
    .sort((x, y) => y.meetings.length - x.meetings.length || x.a - y.a || x.b - y.b);
}

function daysByDevice(fixes: Fixes, localMs: Float64Array): Map<number, Days> {
  const lists = new Map<number, Map<number, number[]>>();
  for (const fix of byDeviceAndTime(fixes)) {
    const days = lists.get(fixes.device[fix]!) ?? new Map<number, number[]>();
    lists.set(fixes.device[fix]!, days);
    const day = Math.floor(localMs[fix]! / DAY_MS);
    const list = days.get(day);
    if (list === undefined) days.set(day, [fix]);
    else list.push(fix);
  }
  const byDevice = new Map<number, Days>();
  for (const [device, days] of lists) {
    const numbers = [...days.keys()].sort((a, b) => a - b);
    const timeOfDay = (fix: number): number => localMs[fix]! - Math.floor(localMs[fix]! / DAY_MS) * DAY_MS;
    const of = new Map(
      [...days].map(([day, list]) => [day, Uint32Array.from(list.sort((a, b) => timeOfDay(a) - timeOfDay(b) || a - b))])
    );
    byDevice.set(device, { first: numbers[0]!, last: numbers.at(-1)!, of });
  }
  return byDevice;
}

async function meetingsOf(
  fixes: Fixes,
  localMs: Float64Array,
  a: Days,
  b: Days,
  seed: number,
  pace: Pace,
  share: number
): Promise<Omit<MeetingPair, 'a' | 'b' | 'isMoreThanHabit'> | null> {
  const first = Math.max(a.first, b.first);
  const last = Math.min(a.last, b.last);
  let daysOfBoth = 0;
  for (const day of a.of.keys()) if (b.of.has(day)) daysOfBoth++;
  if (daysOfBoth === 0) return null;
  const near = new NearDays(fixes, localMs);
  const meetings: Meeting[] = [];
  const classes: number[][] = [[], [], [], [], [], [], []];
  for (let day = first; day <= last; day++) {
    classes[weekdayOf(day)]!.push(day);
    const meeting = near.meeting(a.of.get(day), b.of.get(day), day);
    if (meeting !== null) meetings.push(meeting);
  }
  const sums = new Uint32Array(DEALS);
  const random = new SeededRandom(seed);
  // Without any day together, every deal has at least as many.
  if (meetings.length > 0) {
    for (const days of classes) {
      const together = new Uint8Array(days.length * days.length);
      for (const [i, dayA] of days.entries()) {
        if (pace.due()) await pace.breathe(share);
        for (const [j, dayB] of days.entries()) if (near.isAny(a.of.get(dayA), b.of.get(dayB))) together[i * days.length + j] = 1;
      }
      const dealt = Uint32Array.from(days, (_, i) => i);
      for (let deal = 0; deal < DEALS; deal++) {
        if (pace.due()) await pace.breathe(share);
        random.shuffle(dealt);
        for (let i = 0; i < dealt.length; i++) sums[deal]! += together[i * dealt.length + dealt[i]!]!;
      }
    }
  }
  const sorted = sums.slice().sort();
  return {
    daysOfBoth,
    span: last - first + 1,
    meetings,
    byChance: sums.reduce((sum, days) => sum + days, 0) / DEALS,
    upTo: sorted[Math.ceil(DEALS * 0.95) - 1]!,
    asMany: sums.reduce((sum, days) => sum + Number(days >= meetings.length), 0)
  };
}

/** Whether the fixes of two days, laid over each other by time of day, come near. */
class NearDays {
  readonly #fixes: Fixes;
  readonly #timeOfDay: Float64Array;

  constructor(fixes: Fixes, localMs: Float64Array) {
    this.#fixes = fixes;
    this.#timeOfDay = localMs.map((ms) => ms - Math.floor(ms / DAY_MS) * DAY_MS);
  }

  isAny(a: Uint32Array | undefined, b: Uint32Array | undefined): boolean {
    return this.#pairs(a, b, () => true);
  }

  meeting(a: Uint32Array | undefined, b: Uint32Array | undefined, day: number): Meeting | null {
    const { utcMs, latitude_deg, longitude_deg } = this.#fixes;
    let fromMs = Number.POSITIVE_INFINITY;
    let toMs = Number.NEGATIVE_INFINITY;
    let at = -1;
    this.#pairs(a, b, (x, y) => {
      if (at < 0) at = x;
      fromMs = Math.min(fromMs, utcMs[x]!, utcMs[y]!);
      toMs = Math.max(toMs, utcMs[x]!, utcMs[y]!);
      return false;
    });
    return at < 0 ? null : { day, fromMs, toMs, latitude_deg: latitude_deg[at]!, longitude_deg: longitude_deg[at]! };
  }

  /** Calls for every near pair until one says that it is enough; true where one did. */
  #pairs(a: Uint32Array | undefined, b: Uint32Array | undefined, isEnough: (a: number, b: number) => boolean): boolean {
    if (a === undefined || b === undefined) return false;
    const time = this.#timeOfDay;
    let start = 0;
    for (let i = 0; i < a.length; i++) {
      const at = time[a[i]!]!;
      while (start < b.length && time[b[start]!]! < at - NEAR_MS) start++;
      for (let j = start; j < b.length && time[b[j]!]! <= at + NEAR_MS; j++)
        if (this.#isNear(a[i]!, b[j]!) && isEnough(a[i]!, b[j]!)) return true;
    }
    return false;
  }

  #isNear(a: number, b: number): boolean {
    const { latitude_deg, longitude_deg } = this.#fixes;
    // A degree of latitude is 111 km: most pairs end here.
    if (Math.abs(latitude_deg[a]! - latitude_deg[b]!) > 0.003) return false;
    return metresBetween(latitude_deg[a]!, longitude_deg[a]!, latitude_deg[b]!, longitude_deg[b]!) <= NEAR_M;
  }
}
