/** Where the points of a plane fall on a canvas, and which is under the pointer. */
import type { TopicPlane } from '$lib/pipeline/contract.ts';

/** Room around the outermost points, in pixels. */
const MARGIN = 12;

export interface PlaneView {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Fits the plane into width x height pixels with one scale for both directions, its middle in the middle. */
export function fitted({ x, y }: Pick<TopicPlane, 'x' | 'y'>, width: number, height: number): PlaneView {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    left = Math.min(left, x[i]!);
    right = Math.max(right, x[i]!);
    top = Math.min(top, y[i]!);
    bottom = Math.max(bottom, y[i]!);
  }
  const span = (from: number, to: number): number => Math.max(to - from, 1e-6);
  const scale = Math.min((width - 2 * MARGIN) / span(left, right), (height - 2 * MARGIN) / span(top, bottom));
  const midX = (left + right) / 2;
  const midY = (top + bottom) / 2;
  return {
    x: x.map((value) => width / 2 + (value - midX) * scale),
    y: y.map((value) => height / 2 + (value - midY) * scale)
  };
}

/** The point nearest to a place, at most `reach` pixels away; null where there is none. */
export function pointAt({ x, y }: PlaneView, atX: number, atY: number, reach: number): number | null {
  let best: number | null = null;
  let nearest = reach * reach;
  for (let i = 0; i < x.length; i++) {
    const square = (x[i]! - atX) ** 2 + (y[i]! - atY) ** 2;
    if (square <= nearest) {
      nearest = square;
      best = i;
    }
  }
  return best;
}
