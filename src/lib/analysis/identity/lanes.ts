/**
 * [Note: Lanes of use]
 * When a card (IMSI, ICCID), a handset (IMEI), a number or a handle was in use: its dated uses, and the spans that they make.
 * A span ends where nothing is known for a fortnight; shorter pauses are weekends and holidays of something that stays
 * where it is. A span says that the first and the last of its uses are known, not that every day between was one.
 * Two are together where one row of a file names both; that neither was elsewhere between two such rows is nowhere said.
 */
import { Pace, type PaceOptions } from '../pace.ts';

const DAY_MS = 86_400_000;
export const REST_MS = 14 * DAY_MS;

/** Uses as columns, in any order; times are milliseconds UTC, NaN where a use has none. */
export interface LaneUses {
  readonly lane: ArrayLike<number>;
  readonly utcMs: ArrayLike<number>;
}

export interface UseSpan {
  readonly fromMs: number;
  /** The last use itself. */
  readonly toMs: number;
  readonly uses: number;
}

export interface LaneUse {
  readonly dated: number;
  readonly undated: number;
  /** In order of time. */
  readonly spans: readonly UseSpan[];
}

/**
 * What each of `lanes` lanes was used, whatever the order of the uses.
 * @throws the signal's reason when aborted
 */
export async function useSpans(lanes: number, { lane, utcMs }: LaneUses, options: PaceOptions = {}): Promise<LaneUse[]> {
  const pace = new Pace(options);
  const offsets = new Uint32Array(lanes + 1);
  for (let i = 0; i < lane.length; i++) offsets[lane[i]! + 1]!++;
  for (let l = 0; l < lanes; l++) offsets[l + 1]! += offsets[l]!;
  const next = offsets.slice(0, lanes);
  const times = new Float64Array(lane.length);
  for (let i = 0; i < lane.length; i++) times[next[lane[i]!]!++] = utcMs[i]!;
  const found: LaneUse[] = [];
  for (let l = 0; l < lanes; l++) {
    if (pace.due()) await pace.breathe(l / lanes);
    // Undated uses sort behind all others.
    found.push(spansOf(times.subarray(offsets[l], offsets[l + 1]).sort()));
  }
  return found;
}

function spansOf(times: Float64Array): LaneUse {
  const firstUndated = times.findIndex(Number.isNaN);
  const dated = firstUndated < 0 ? times.length : firstUndated;
  const spans: UseSpan[] = [];
  let from = 0;
  for (let i = 1; i <= dated; i++) {
    if (i < dated && times[i]! - times[i - 1]! < REST_MS) continue;
    spans.push({ fromMs: times[from]!, toMs: times[i - 1]!, uses: i - from });
    from = i;
  }
  return { dated, undated: times.length - dated, spans };
}

/** Whether the whole times of two overlap: both were in use by turns, as two cards of one handset are. */
export function areByTurns(a: LaneUse, b: LaneUse): boolean {
  const [a0, a1, b0, b1] = [a.spans[0], a.spans.at(-1), b.spans[0], b.spans.at(-1)];
  if (a0 === undefined || a1 === undefined || b0 === undefined || b1 === undefined) return false;
  return a0.fromMs < b1.toMs && b0.fromMs < a1.toMs;
}
