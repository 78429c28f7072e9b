/** One drag on the time brush, from press to release: draws a new span, moves the chosen one, or moves one end. */
import { moveDays, shareOf, timeAt, wholeDays, type Span } from './brush.ts';
import type { Clock } from './clock.ts';

const DAY_MS = 86_400_000;

/** How near to an end of the chosen span a press takes hold of that end, as pixels. */
const GRAB_PX = 7;

export type Drag =
  | { readonly kind: 'draw'; readonly startMs: number }
  | { readonly kind: 'move'; readonly startMs: number; readonly span: Span }
  | { readonly kind: 'end'; readonly fixedMs: number };

/** What a press at `share` of a brush of `width` pixels begins. */
export function startDrag(extent: Span, chosen: Span | null, share: number, width: number): Drag {
  const startMs = timeAt(extent, share);
  if (chosen === null) return { kind: 'draw', startMs };
  const distance = (ms: number): number => Math.abs(shareOf(extent, ms) - share) * width;
  if (distance(chosen.fromMs) <= GRAB_PX) return { kind: 'end', fixedMs: chosen.toMs };
  if (distance(chosen.toMs) <= GRAB_PX) return { kind: 'end', fixedMs: chosen.fromMs };
  if (startMs > chosen.fromMs && startMs < chosen.toMs) return { kind: 'move', startMs, span: chosen };
  return { kind: 'draw', startMs };
}

/** The span that the drag makes with the pointer at `share`: always whole days. */
export function dragTo(clock: Clock, extent: Span, drag: Drag, share: number): Span {
  const nowMs = timeAt(extent, share);
  if (drag.kind === 'draw') return wholeDays(clock, drag.startMs, nowMs);
  if (drag.kind === 'end') return wholeDays(clock, drag.fixedMs, nowMs);
  const days = Math.round((nowMs - drag.startMs) / DAY_MS);
  const fromMs = moveDays(clock, drag.span.fromMs, days, extent);
  const length = Math.round((drag.span.toMs - drag.span.fromMs) / DAY_MS);
  const toMs = moveDays(clock, fromMs, length, extent);
  // At the end of the extent the span stays as long as it was.
  return { fromMs: moveDays(clock, toMs, -length, extent), toMs };
}
