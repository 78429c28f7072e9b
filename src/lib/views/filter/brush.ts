/** Geometry of the time brush: where times stand, which stretches hold nothing, how a drag becomes whole days. */
import type { Clock } from './clock.ts';

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Histogram {
  readonly fromMs: number;
  readonly bucketMs: number;
  readonly counts: Uint32Array;
}

export interface Bar {
  /** Share of the width, from 0 to 1. */
  readonly x: number;
  readonly width: number;
  /** Share of the height, from 0 to 1: the square root of the count, so that quiet days stay visible. */
  readonly height: number;
}

export interface Tick {
  readonly x: number;
  readonly label: string;
}

/** A run of empty buckets is drawn as a gap from this share of the width on; shorter ones are the grain of any chat. */
const GAP_SHARE = 0.02;
const DAY_MS = 86_400_000;

/** The histogram's own extent, or null where it holds nothing. */
export function extentOf(histogram: Histogram): Span | null {
  const { fromMs, bucketMs, counts } = histogram;
  if (counts.length === 0 || !(bucketMs > 0) || !Number.isFinite(fromMs)) return null;
  return { fromMs, toMs: fromMs + bucketMs * counts.length };
}

export function shareOf(span: Span, utcMs: number): number {
  return clamp((utcMs - span.fromMs) / (span.toMs - span.fromMs), 0, 1);
}

export function timeAt(span: Span, share: number): number {
  return span.fromMs + clamp(share, 0, 1) * (span.toMs - span.fromMs);
}

export function bars(histogram: Histogram, span: Span, most: number): Bar[] {
  const made: Bar[] = [];
  if (most <= 0) return made;
  const width = histogram.bucketMs / (span.toMs - span.fromMs);
  for (const [i, count] of histogram.counts.entries()) {
    if (count === 0) continue;
    const x = (histogram.fromMs + i * histogram.bucketMs - span.fromMs) / (span.toMs - span.fromMs);
    if (x + width <= 0 || x >= 1) continue;
    made.push({ x, width, height: Math.sqrt(Math.min(1, count / most)) });
  }
  return made;
}

export function greatest(counts: Uint32Array): number {
  let most = 0;
  for (const count of counts) if (count > most) most = count;
  return most;
}

/** Stretches without one message, wide enough to see. */
export function gaps(histogram: Histogram, span: Span): Span[] {
  const found: Span[] = [];
  const at = (i: number): number => histogram.fromMs + i * histogram.bucketMs;
  const least = GAP_SHARE * (span.toMs - span.fromMs);
  let start = -1;
  for (let i = 0; i <= histogram.counts.length; i++) {
    const isEmpty = i < histogram.counts.length && histogram.counts[i] === 0;
    if (isEmpty && start < 0) start = i;
    if (isEmpty || start < 0) continue;
    if (at(i) - at(start) >= least) found.push({ fromMs: at(start), toMs: at(i) });
    start = -1;
  }
  return found;
}

/** Whole days that cover both times; a span shorter than a day is that day. */
export function wholeDays(clock: Clock, a: number, b: number): Span {
  const fromMs = clock.dayStart(Math.min(a, b));
  return { fromMs, toMs: clock.dayEnd(Math.max(fromMs, Math.max(a, b) - 1)) };
}

/** The time moved by whole days, kept at midnight of the clock and inside the span. */
export function moveDays(clock: Clock, utcMs: number, days: number, span: Span): number {
  // Noon is in the intended day whatever the clocks do.
  const moved = clock.dayStart(clock.dayStart(utcMs) + days * DAY_MS + DAY_MS / 2);
  return clamp(moved, clock.dayStart(span.fromMs), clock.dayEnd(span.toMs - 1));
}

/** At most `most` ticks: months where the span is long, days where it is short. */
export function ticks(clock: Clock, span: Span, most: number): Tick[] {
  const days = (span.toMs - span.fromMs) / DAY_MS;
  const useMonths = days > 75;
  const made: Tick[] = [];
  const step = useMonths ? Math.max(1, Math.ceil(days / 30.4 / most)) : Math.max(1, Math.ceil(days / most));
  let last = '';
  let index = 0;
  for (let at = clock.dayStart(span.fromMs); at < span.toMs; at = clock.dayEnd(at)) {
    const label = useMonths ? clock.month(at) : clock.shortDay(at);
    const isNew = label !== last && (last !== '' || !useMonths);
    last = label;
    if (!isNew || at < span.fromMs) continue;
    if (index++ % step === 0) made.push({ x: shareOf(span, at), label });
  }
  return made;
}

/** At most 60 rows for the table beside the brush: neighbouring buckets together, empty stretches left in. */
export function brushRows(histogram: Histogram): { readonly span: Span; readonly count: number }[] {
  const extent = extentOf(histogram);
  if (extent === null) return [];
  const length = extent.toMs - extent.fromMs;
  const rows = Math.max(1, Math.min(histogram.counts.length, 60));
  const per = Math.ceil(histogram.counts.length / rows);
  const made: { span: Span; count: number }[] = [];
  for (let i = 0; i < histogram.counts.length; i += per) {
    let count = 0;
    for (let j = i; j < Math.min(i + per, histogram.counts.length); j++) count += histogram.counts[j] as number;
    const fromMs = extent.fromMs + i * histogram.bucketMs;
    made.push({ span: { fromMs, toMs: Math.min(extent.fromMs + length, fromMs + per * histogram.bucketMs) }, count });
  }
  return made;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
