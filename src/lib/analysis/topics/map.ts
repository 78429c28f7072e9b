/** Windows in the plane: all of them laid out together, or a sample laid out and the rest put among it. */
import type { PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import { nearestAmongFirst, nearestNeighbours, type Neighbours } from './knn.ts';
import type { DensePoints } from './svd.ts';
import { placeAmong, umap } from './umap.ts';

/** Laid out together; some seconds. More would look no different on a screen. */
const LAID_OUT = 4000;
/** Neighbours among the sample that a further window is put between. */
const AMONG = 3;

export interface Plane {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/**
 * @param neighbours of all points
 * @throws the signal's reason when aborted
 */
export async function planeOf(
  points: DensePoints,
  neighbours: Neighbours,
  seed: number,
  options: PaceOptions = {}
): Promise<Plane> {
  const { count, dims } = points;
  if (count <= LAID_OUT) {
    const { x, y } = await umap(points, neighbours, { ...options, seed });
    return { x: Float32Array.from(x), y: Float32Array.from(y) };
  }
  const within = (from: number, to: number): PaceOptions => ({
    ...options,
    onProgress: (share) => options.onProgress?.(from + share * (to - from))
  });
  const sample = new SeededRandom(seed).sample(count, LAID_OUT);
  const isSampled = new Uint8Array(count);
  for (const p of sample) isSampled[p] = 1;
  const order = Uint32Array.from([...sample, ...[...isSampled.keys()].filter((p) => isSampled[p] === 0)]);
  const values = new Float32Array(count * dims);
  order.forEach((p, row) => values.set(points.values.subarray(p * dims, (p + 1) * dims), row * dims));
  const chosen = { count: LAID_OUT, dims, values: values.subarray(0, LAID_OUT * dims) };
  const lists = await nearestNeighbours(chosen, neighbours.k, within(0, 0.1));
  const laid = await umap(chosen, lists, { ...within(0.1, 0.8), seed });
  const others = placeAmong(await nearestAmongFirst({ count, dims, values }, LAID_OUT, AMONG, within(0.8, 1)), laid);
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  order.forEach((p, row) => {
    x[p] = row < LAID_OUT ? laid.x[row]! : others.x[row - LAID_OUT]!;
    y[p] = row < LAID_OUT ? laid.y[row]! : others.y[row - LAID_OUT]!;
  });
  return { x, y };
}
