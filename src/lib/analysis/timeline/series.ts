/**
 * [Note: Series]
 * Events by day and lane, and by hour and weekday, from columns. The hour and the day are those of the wall clock at
 * that very instant, so an hour that the clocks repeat counts twice and one that they skip not at all. A first pass
 * over the rows finds days, hours and totals, a second one fills the lanes that are kept: a case has a hundred thousand
 * senders, and a screen shows a few.
 */
import { Pace, type PaceOptions } from '../pace.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Bins of a series at most: eleven years of days. Longer spans get bins of several days. */
const MOST_BINS = 4000;
const ROWS_A_TURN = 1 << 16;
/** 1 January 1970 was a Thursday, the fourth day of a week that begins on Monday. */
const EPOCH_WEEKDAY = 3;
export const WEEK_HOURS = 7 * 24;

export interface LaneColumn {
  /** Lane of each row, by row number; a value of `size` or above is in no lane. */
  readonly values: Uint8Array | Uint16Array | Uint32Array;
  readonly size: number;
  /** Lanes kept: those with most events, the lower number first of equals. */
  readonly keep: number;
}

export interface SeriesInput {
  /** Rows with a time, in order of time. */
  readonly rows: Uint32Array;
  /** By row. */
  readonly utcMs: Float64Array;
  /** Milliseconds that the wall clock is ahead of UTC at an instant. */
  readonly offsetMs: (utcMs: number) => number;
  readonly columns: readonly LaneColumn[];
}

export interface LaneSeries {
  /** Lane numbers, most events first. */
  readonly lanes: Uint32Array;
  /** Events of each kept lane. */
  readonly totals: Uint32Array;
  /** Events by bin: kept lane i has counts[i * bins .. (i + 1) * bins). */
  readonly counts: Uint32Array;
  /** Lanes with any event, and the events of those that were not kept. */
  readonly seen: number;
  readonly rest: number;
}

export interface Series {
  /** Day number of the first bin, days since 1 January 1970 on the wall clock; 0 where there is no event. */
  readonly firstDay: number;
  readonly bins: number;
  /** Days in one bin: 1 unless the span is very long. */
  readonly binDays: number;
  readonly all: Uint32Array;
  readonly columns: readonly LaneSeries[];
  /** Events by weekday and hour: Monday's hours first. */
  readonly week: Uint32Array;
  /** Cell of `week` for each of `rows`. */
  readonly cellOf: Uint8Array;
}

/**
 * Counts events. The same rows give the same counts in any order.
 * @throws the signal's reason when aborted
 */
export async function eventSeries({ rows, utcMs, offsetMs, columns }: SeriesInput, options: PaceOptions = {}): Promise<Series> {
  const pace = new Pace(options);
  const dayOf = new Int32Array(rows.length);
  const cellOf = new Uint8Array(rows.length);
  const week = new Uint32Array(WEEK_HOURS);
  const totals = columns.map(({ size }) => new Uint32Array(size + 1));
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < rows.length; start += ROWS_A_TURN) {
    if (pace.due()) await pace.breathe(start / rows.length / 2);
    const end = Math.min(rows.length, start + ROWS_A_TURN);
    for (let i = start; i < end; i++) {
      const ms = utcMs[rows[i]!]!;
      const local = ms + offsetMs(ms);
      const day = Math.floor(local / DAY_MS);
      if (day < first) first = day;
      if (day > last) last = day;
      dayOf[i] = day;
      const cell = weekdayOf(day) * 24 + Math.floor((local - day * DAY_MS) / HOUR_MS);
      cellOf[i] = cell;
      week[cell]!++;
    }
    for (const [c, { values, size }] of columns.entries()) {
      const sums = totals[c]!;
      for (let i = start; i < end; i++) sums[Math.min(size, values[rows[i]!]!)]!++;
    }
  }
  const days = rows.length === 0 ? 0 : last - first + 1;
  const binDays = Math.max(1, Math.ceil(days / MOST_BINS));
  const bins = Math.ceil(days / binDays);
  const all = new Uint32Array(bins);
  const kept = columns.map(({ size, keep }, c) => keptLanes(totals[c]!.subarray(0, size), keep));
  const places = kept.map((lanes, c) => placesOf(lanes, columns[c]!.size));
  const counts = kept.map((lanes) => new Uint32Array(lanes.length * bins));
  for (let start = 0; start < rows.length; start += ROWS_A_TURN) {
    if (pace.due()) await pace.breathe(0.5 + start / rows.length / 2);
    const end = Math.min(rows.length, start + ROWS_A_TURN);
    for (let i = start; i < end; i++) all[Math.floor((dayOf[i]! - first) / binDays)]!++;
    for (const [c, { values, size }] of columns.entries()) {
      const place = places[c]!;
      const into = counts[c]!;
      for (let i = start; i < end; i++) {
        const at = place[Math.min(size, values[rows[i]!]!)]!;
        if (at >= 0) into[at * bins + Math.floor((dayOf[i]! - first) / binDays)]!++;
      }
    }
  }
  return {
    firstDay: rows.length === 0 ? 0 : first,
    bins,
    binDays,
    all,
    columns: kept.map((lanes, c) => laneSeries(lanes, totals[c]!.subarray(0, columns[c]!.size), counts[c]!)),
    week,
    cellOf
  };
}

/** 0 Monday to 6 Sunday. */
export function weekdayOf(day: number): number {
  return (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

/** Counts by day as counts by week, weeks beginning on Monday; the first and the last may be cut short by the span. */
export function byWeek(counts: Uint32Array, firstDay: number): Uint32Array {
  const lead = weekdayOf(firstDay);
  const weeks = new Uint32Array(Math.ceil((counts.length + lead) / 7));
  for (let i = 0; i < counts.length; i++) weeks[Math.floor((i + lead) / 7)]! += counts[i]!;
  return counts.length === 0 ? new Uint32Array() : weeks;
}

function keptLanes(totals: Uint32Array, keep: number): Uint32Array {
  const seen: number[] = [];
  for (let lane = 0; lane < totals.length; lane++) if (totals[lane]! > 0) seen.push(lane);
  seen.sort((a, b) => totals[b]! - totals[a]! || a - b);
  return Uint32Array.from(seen.slice(0, keep));
}

function placesOf(lanes: Uint32Array, size: number): Int32Array {
  const places = new Int32Array(size + 1).fill(-1);
  for (const [i, lane] of lanes.entries()) places[lane] = i;
  return places;
}

function laneSeries(lanes: Uint32Array, totals: Uint32Array, counts: Uint32Array): LaneSeries {
  let seen = 0;
  let rest = 0;
  for (const total of totals) {
    if (total > 0) seen++;
    rest += total;
  }
  const ofKept = lanes.map((lane) => totals[lane]!);
  for (const total of ofKept) rest -= total;
  return { lanes, totals: ofKept, counts, seen, rest };
}
