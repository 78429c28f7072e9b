/** Lanes as they are drawn and listed: bars by day or week, and where each begins and ends. */
import { byWeek, weekdayOf } from '$lib/analysis/timeline/series.ts';
import type { CaseFilter } from '$lib/pipeline/contract.ts';
import type { TimelineLane, TimelineView } from '$lib/pipeline/timeline-contract.ts';

export type Step = 'day' | 'week';

export interface Bars {
  /** UTC: bar i goes from fromMs[i] to fromMs[i + 1]. */
  readonly fromMs: Float64Array;
  readonly of: (counts: Uint32Array) => Uint32Array;
}

/** Weeks begin on Monday; the first and the last may be cut short. Bins of several days stay as they are. */
export function barsOf({ fromMs, firstDay, binDays }: Pick<TimelineView, 'fromMs' | 'firstDay' | 'binDays'>, step: Step): Bars {
  if (step === 'day' || binDays !== 1) return { fromMs, of: (counts) => counts };
  const bins = fromMs.length - 1;
  const starts: number[] = [];
  for (let i = 0; i < bins; i++) if (i === 0 || weekdayOf(firstDay + i) === 0) starts.push(fromMs[i]!);
  if (bins > 0) starts.push(fromMs[bins]!);
  return { fromMs: Float64Array.from(starts), of: (counts) => byWeek(counts, firstDay) };
}

export interface DrawnLane {
  readonly lane: TimelineLane;
  readonly counts: Uint32Array;
  readonly most: number;
  /** Bars in a box as wide as there are bars and one high. */
  readonly path: string;
}

export function drawnLane(lane: TimelineLane, bars: Bars): DrawnLane {
  const counts = bars.of(lane.counts);
  let most = 0;
  for (const count of counts) most = Math.max(most, count);
  let path = '';
  for (const [i, count] of counts.entries())
    // A bar is never so low that it vanishes: one message is there.
    if (count > 0) path += `M${i} 1V${(1 - Math.max(0.06, count / most)).toFixed(3)}h1V1z`;
  return { lane, counts, most, path };
}

/** The next bar with messages in a direction; the same where there is none. */
export function nextBar(counts: Uint32Array, at: number, by: 1 | -1): number {
  for (let i = at + by; i >= 0 && i < counts.length; i += by) if (counts[i]! > 0) return i;
  return at;
}

/** Bar that holds a time, from 0 to the last. */
export function barAt(fromMs: Float64Array, ms: number): number {
  let low = 0;
  let high = Math.max(0, fromMs.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (fromMs[middle]! <= ms) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The filter's time narrowed to a span: a bar is whole days, and the filter may begin or end within one. */
export function inside(
  time: CaseFilter['time'],
  span: { readonly fromMs: number; readonly toMs: number } | null
): Pick<CaseFilter, 'time'> {
  if (span === null) return {};
  return {
    time: { fromMs: Math.max(span.fromMs, time?.fromMs ?? -Infinity), toMs: Math.min(span.toMs, time?.toMs ?? Infinity) }
  };
}
