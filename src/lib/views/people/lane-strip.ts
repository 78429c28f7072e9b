/** Spans of use as boxes on one scale for all lanes. */
import type { AttributedSpan } from '$lib/pipeline/attribution-contract.ts';
import type { UseSpan } from '$lib/pipeline/lanes-contract.ts';

/** Width of the drawing; a single use is never so narrow that it vanishes. */
export const STRIP = 1000;
const LEAST = 4;

export interface Box {
  readonly x: number;
  readonly width: number;
}

/** @param whole first and last use of all lanes, milliseconds UTC */
export function boxesOf(spans: readonly UseSpan[], whole: { readonly fromMs: number; readonly toMs: number }): Box[] {
  const perMs = STRIP / Math.max(1, whole.toMs - whole.fromMs);
  return spans.map(({ fromMs, toMs }) => {
    const width = Math.max(LEAST, (toMs - fromMs) * perMs);
    return { x: Math.max(0, Math.min(STRIP - width, (fromMs - whole.fromMs) * perMs)), width };
  });
}

/** An attribution on the same scale, open ends drawn to the edge; null where it lies outside. */
export function lineOf(
  { fromMs, untilMs }: AttributedSpan,
  whole: { readonly fromMs: number; readonly toMs: number }
): Box | null {
  if ((fromMs ?? -Infinity) > whole.toMs || (untilMs ?? Infinity) <= whole.fromMs) return null;
  const seen = { fromMs: Math.max(fromMs ?? -Infinity, whole.fromMs), toMs: Math.min(untilMs ?? Infinity, whole.toMs), uses: 0 };
  return boxesOf([seen], whole)[0] ?? null;
}
