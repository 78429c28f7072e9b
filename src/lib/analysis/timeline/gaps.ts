/**
 * [Note: Gaps]
 * A pause is long or short only against the habits of whoever pauses. Events within half an hour of each other are one
 * session. From all sessions of a lane comes its usual week, as sessions an hour for each of 168 hours of the wall
 * clock; a pause is measured by the sessions that this week would have held during it, times how busy the lane was in
 * the four weeks before and after (the quieter of the two). So a night is no pause, and a phone that was used less and
 * less has none either.
 *
 * How odd a pause is, is asked in two ways, and the milder answer counts. First against the lane's other pauses: beyond
 * their upper quartile they are taken to fall off exponentially, at the slower of two rates, by the median and by the
 * mean without the longest, so that the pause in question does not excuse itself. Second against its days: these are
 * fuller and emptier than a constant rate would make them, and by as much as they differ (negative binomial; by moments,
 * or by how many days were quiet, whichever is wider) an empty day is less of a wonder. And what comes again is a habit: a pause is left out where three others are at least
 * half as long by that measure. `chance` is the number of pauses at least that long that such a lane has by chance.
 * It says nothing about why: see the words beside it on screen.
 */
import { weekdayOf, WEEK_HOURS } from './series.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SESSION_MS = 30 * 60_000;
/** Fewer sessions, or a shorter span, say nothing about habits. */
const LEAST_SESSIONS = 60;
const LEAST_SPAN_MS = 21 * DAY_MS;
/** Shorter pauses are sleep and travel. */
const LEAST_GAP_MS = DAY_MS;
/** Hours of the lane's mean rate that each hour of the week is given on top: a rare hour is not an impossible one. */
const PRIOR_HOURS = 4;
const AROUND_MS = 28 * DAY_MS;
const LEAST_AROUND_MS = 7 * DAY_MS;
/** Sessions of the usual week that a stretch of four weeks is given on top of what it had. */
const PRIOR_SESSIONS = 2;
const TAIL_SHARE = 0.25;
/** A day is quiet with this share of what its weekday usually has. */
const QUIET = 0.25;
/** Beyond it nearly all days are empty. */
const MOST_SPREAD = 16;
/** So many other pauses, half as long or longer, make a habit. */
const HABIT = 3;
/** False alarms allowed over all lanes that are looked at together. */
export const ALLOWED_ALARMS = 0.05;

export interface Gap {
  /** Last event before, first event after. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Events up to and with the one at `fromMs`. */
  readonly before: number;
  /** Sessions that the lane would have had by its own habits. */
  readonly expected: number;
  /** Pauses at least as long that a lane like this has by chance. */
  readonly chance: number;
}

export interface LaneGaps {
  /** False: too little to know any habit. */
  readonly isEnough: boolean;
  readonly sessions: number;
  /** The pause between sessions that half of all stay under, milliseconds. */
  readonly usualMs: number;
  readonly gaps: readonly Gap[];
}

interface Sessions {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Events up to and with the end of each session. */
  readonly events: Uint32Array;
}

/**
 * Pauses of one lane that its own habits do not explain, in order of time.
 * @param utcMs times of its events, ascending
 * @param lanes how many lanes are looked at together: the more, the rarer a pause must be
 */
export function unusualGaps(utcMs: Float64Array, offsetMs: (utcMs: number) => number, lanes: number): LaneGaps {
  const sessions = sessionsOf(utcMs);
  const count = sessions.starts.length;
  const pauses = Float64Array.from({ length: Math.max(0, count - 1) }, (_, i) => sessions.starts[i + 1]! - sessions.ends[i]!);
  const usualMs = pauses.length === 0 ? 0 : quantile(pauses.slice().sort(), 0.5);
  const span = count === 0 ? 0 : sessions.ends[count - 1]! - sessions.starts[0]!;
  if (count < LEAST_SESSIONS || span < LEAST_SPAN_MS) return { isEnough: false, sessions: count, usualMs, gaps: [] };
  const usual = new UsualWeek(sessions.starts, offsetMs, sessions.starts[0]!, sessions.ends[count - 1]!);
  const level = pauses.map((_, i) => levelAround(sessions, usual, i));
  const expected = pauses.map((_, i) => usual.between(sessions.ends[i]!, sessions.starts[i + 1]!) * level[i]!);
  const tail = tailOf(expected);
  const spread = spreadOfDays(countsOfDays(sessions.starts, usual, offsetMs));
  const sorted = expected.slice().sort();
  // The pause itself is one of them.
  const isHabit = (length: number): boolean => sorted.length - firstAtOrAfter(sorted, length / 2) > HABIT;
  const gaps: Gap[] = [];
  for (let i = 0; i < pauses.length; i++) {
    if (pauses[i]! < LEAST_GAP_MS || isHabit(expected[i]!)) continue;
    const ofPauses = TAIL_SHARE * Math.exp(-(expected[i]! - tail.from) / tail.mean);
    const ofDays = emptyByChance(usual, sessions.ends[i]!, sessions.starts[i + 1]!, level[i]!, spread, offsetMs);
    const chance = pauses.length * Math.max(ofPauses, ofDays);
    if (chance * lanes > ALLOWED_ALARMS) continue;
    gaps.push({
      fromMs: sessions.ends[i]!,
      toMs: sessions.starts[i + 1]!,
      before: sessions.events[i]!,
      expected: expected[i]!,
      chance
    });
  }
  return { isEnough: true, sessions: count, usualMs, gaps };
}

function sessionsOf(utcMs: Float64Array): Sessions {
  const starts: number[] = [];
  const ends: number[] = [];
  const events: number[] = [];
  for (let i = 0; i < utcMs.length; i++) {
    const at = utcMs[i]!;
    if (ends.length > 0 && at - ends[ends.length - 1]! <= SESSION_MS) {
      ends[ends.length - 1] = at;
      events[events.length - 1] = i + 1;
    } else {
      starts.push(at);
      ends.push(at);
      events.push(i + 1);
    }
  }
  return { starts: Float64Array.from(starts), ends: Float64Array.from(ends), events: Uint32Array.from(events) };
}

/** Sessions that the usual week holds between any two instants of a span. */
class UsualWeek {
  readonly #firstHour: number;
  /** Sum of the rates of all hours before hour i of the span. */
  readonly #sums: Float64Array;

  constructor(starts: Float64Array, offsetMs: (utcMs: number) => number, fromMs: number, toMs: number) {
    this.#firstHour = Math.floor(fromMs / HOUR_MS);
    const hours = Math.floor(toMs / HOUR_MS) - this.#firstHour + 1;
    const cellOf = (ms: number): number => {
      const local = ms + offsetMs(ms);
      const day = Math.floor(local / DAY_MS);
      return weekdayOf(day) * 24 + Math.floor((local - day * DAY_MS) / HOUR_MS);
    };
    const cells = new Uint8Array(hours);
    const exposed = new Uint32Array(WEEK_HOURS);
    const seen = new Uint32Array(WEEK_HOURS);
    for (let h = 0; h < hours; h++) {
      // The middle of an hour of UTC, for zones that are half an hour off.
      cells[h] = cellOf((this.#firstHour + h + 0.5) * HOUR_MS);
      exposed[cells[h]!]!++;
    }
    for (const start of starts) seen[cellOf(start)]!++;
    const mean = starts.length / hours;
    const rate = Float64Array.from(seen, (n, cell) => (n + PRIOR_HOURS * mean) / (exposed[cell]! + PRIOR_HOURS));
    this.#sums = new Float64Array(hours + 1);
    for (let h = 0; h < hours; h++) this.#sums[h + 1] = this.#sums[h]! + rate[cells[h]!]!;
  }

  between(fromMs: number, toMs: number): number {
    return this.#until(toMs) - this.#until(fromMs);
  }

  #until(ms: number): number {
    const at = Math.min(this.#sums.length - 1, Math.max(0, ms / HOUR_MS - this.#firstHour));
    const hour = Math.min(this.#sums.length - 2, Math.floor(at));
    return this.#sums[hour]! + (at - hour) * (this.#sums[hour + 1]! - this.#sums[hour]!);
  }
}

/** How busy the lane was around pause i against its usual week: the quieter of the four weeks before and after. */
function levelAround({ starts, ends }: Sessions, usual: UsualWeek, i: number): number {
  const levelIn = (fromMs: number, toMs: number): number => {
    if (toMs - fromMs < LEAST_AROUND_MS) return Number.POSITIVE_INFINITY;
    const had = firstAtOrAfter(starts, toMs) - firstAtOrAfter(starts, fromMs);
    return (had + PRIOR_SESSIONS) / (usual.between(fromMs, toMs) + PRIOR_SESSIONS);
  };
  const beforeMs = ends[i]!;
  const afterMs = starts[i + 1]!;
  const level = Math.min(
    levelIn(Math.max(starts[0]!, beforeMs - AROUND_MS), beforeMs),
    levelIn(afterMs, Math.min(ends[ends.length - 1]!, afterMs + AROUND_MS))
  );
  return Number.isFinite(level) ? level : 1;
}

/** What each day of the lane held, and what the usual week would have it hold. */
interface DayCount {
  readonly had: number;
  readonly mean: number;
}

function countsOfDays(starts: Float64Array, usual: UsualWeek, offsetMs: (utcMs: number) => number): DayCount[] {
  const days: DayCount[] = [];
  let at = 0;
  for (const [fromMs, toMs] of daysOf(starts[0]!, starts[starts.length - 1]!, offsetMs)) {
    const until = firstAtOrAfter(starts, toMs);
    days.push({ had: until - at, mean: usual.between(fromMs, toMs) });
    at = until;
  }
  return days;
}

/** The wider of two answers, by all days and by the quiet ones; see [Note: Gaps]. */
function spreadOfDays(days: readonly DayCount[]): number {
  return Math.max(spreadByMoments(days), spreadByQuietDays(days));
}

/**
 * By how much days differ more than a constant rate makes them: the variance of a day that should hold `m` sessions is
 * m + spread * m * m. By moments, plus two standard errors: days that seem alike may only be few.
 */
function spreadByMoments(days: readonly DayCount[]): number {
  let excess = 0;
  let noise = 0;
  let squares = 0;
  for (const { had, mean } of days) {
    const ofDay = (had - mean) ** 2 - mean;
    excess += ofDay;
    noise += ofDay * ofDay;
    squares += mean * mean;
  }
  return Math.max(0, (excess + 2 * Math.sqrt(noise)) / squares);
}

/**
 * The spread at which as many days are quiet as were. A busy day's sessions run into each other, which narrows the upper
 * side and with it the moments; an empty day is a matter of the lower side.
 */
function spreadByQuietDays(days: readonly DayCount[]): number {
  const quiet = days.filter(({ had, mean }) => had <= mean * QUIET).length;
  // Half a standard error more: a count of few quiet days may have come out low.
  const share = (quiet + Math.sqrt(quiet) / 2) / days.length;
  const shareAt = (spread: number): number =>
    days.reduce((sum, { mean }) => sum + atMost(Math.floor(mean * QUIET), mean, spread), 0) / days.length;
  let low = 0;
  let high = MOST_SPREAD;
  if (shareAt(low) >= share) return 0;
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (shareAt(middle) < share) low = middle;
    else high = middle;
  }
  return high;
}

/** Probability of at most `most` sessions where `mean` are expected (negative binomial; Poisson at spread 0). */
function atMost(most: number, mean: number, spread: number): number {
  let term = spread === 0 ? Math.exp(-mean) : Math.exp(-Math.log1p(mean * spread) / spread);
  let sum = term;
  for (let n = 1; n <= most; n++) {
    term *= (mean * (1 + (n - 1) * spread)) / (n * (1 + mean * spread));
    sum += term;
  }
  return sum;
}

/** How likely a stretch is to hold no session, day by day; days are taken to be busy or quiet each for itself. */
function emptyByChance(
  usual: UsualWeek,
  fromMs: number,
  toMs: number,
  level: number,
  spread: number,
  offsetMs: (utcMs: number) => number
): number {
  let log = 0;
  for (const [dayFrom, dayTo] of daysOf(fromMs, toMs, offsetMs)) {
    const mean = usual.between(dayFrom, dayTo) * level;
    log -= spread === 0 ? mean : Math.log1p(mean * spread) / spread;
  }
  return Math.exp(log);
}

/** A stretch cut at the midnights of the wall clock; a day on which the clocks change may end an hour off. */
function* daysOf(fromMs: number, toMs: number, offsetMs: (utcMs: number) => number): Generator<[fromMs: number, toMs: number]> {
  for (let at = fromMs; at < toMs;) {
    const offset = offsetMs(at);
    const next = Math.min(toMs, (Math.floor((at + offset) / DAY_MS) + 1) * DAY_MS - offset);
    yield [at, next];
    at = next;
  }
}

/** Where the upper quartile begins, and how far beyond it the rest lies on the mean. */
function tailOf(expected: Float64Array): { readonly from: number; readonly mean: number } {
  const sorted = expected.slice().sort();
  const from = quantile(sorted, 1 - TAIL_SHARE);
  const beyond = sorted.filter((value) => value > from).map((value) => value - from);
  let sum = 0;
  for (let i = 0; i + 1 < beyond.length; i++) sum += beyond[i]!;
  const byMedian = quantile(beyond, 0.5) / Math.LN2;
  return { from, mean: Math.max(byMedian, sum / Math.max(1, beyond.length - 1), Number.MIN_VALUE) };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

/** Place of the first value not below `wanted`. */
export function firstAtOrAfter(sorted: Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
