import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random.ts';
import { nearestAmongFirst, nearestNeighbours } from './knn.ts';
import { planeOf } from './map.ts';
import type { DensePoints } from './svd.ts';
import { umap } from './umap.ts';

const DIMS = 16;
const NEIGHBOURS = 12;

/** `groups` clouds far apart; the group of point p is p modulo groups. */
function clouds(count: number, groups: number, seed = 3): DensePoints {
  const random = new SeededRandom(seed);
  const centres = Float64Array.from({ length: groups * DIMS }, () => random.normal());
  const values = new Float32Array(count * DIMS);
  for (let p = 0; p < count; p++) {
    for (let d = 0; d < DIMS; d++) values[p * DIMS + d] = centres[(p % groups) * DIMS + d]! + 0.35 * random.normal();
  }
  return { count, dims: DIMS, values };
}

/** Share of points whose five nearest in the plane are of their own group. */
async function purity(x: ArrayLike<number>, y: ArrayLike<number>, groups: number): Promise<number> {
  const count = x.length;
  const values = Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? x[i >> 1]! : y[i >> 1]!));
  const lists = await nearestNeighbours({ count, dims: 2, values }, 5);
  let own = 0;
  lists.index.forEach((other, at) => (own += Math.floor(at / 5) % groups === other % groups ? 1 : 0));
  return own / lists.index.length;
}

describe('umap', () => {
  it('keeps groups together that the first two directions lay on top of each other', async () => {
    const points = clouds(600, 12);
    const { x, y } = await umap(points, await nearestNeighbours(points, NEIGHBOURS));
    const flat = (d: number): number[] => Array.from({ length: points.count }, (_, p) => points.values[p * DIMS + d]!);
    expect(await purity(x, y, 12)).toBeGreaterThan(0.97);
    expect(await purity(flat(0), flat(1), 12)).toBeLessThan(0.8);
    expect(x.reduce((a, b) => a + b, 0) / x.length).toBeCloseTo(0, 6);
  });

  it('gives the same plane for the same seed, another for another', async () => {
    const points = clouds(90, 3);
    const lists = await nearestNeighbours(points, NEIGHBOURS);
    const [one, same, other] = [
      await umap(points, lists, { seed: 5 }),
      await umap(points, lists, { seed: 5 }),
      await umap(points, lists, { seed: 6 })
    ];
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  it('gives places to few points, to equal ones, and to none', async () => {
    for (const count of [0, 1, 2, 3, 40]) {
      const points = { count, dims: 2, values: new Float32Array(2 * count) };
      const { x, y } = await umap(points, await nearestNeighbours(points, 5));
      expect([...x, ...y].every(Number.isFinite)).toBe(true);
      expect(x).toHaveLength(count);
    }
  });

  it('stops when asked, and its progress rises', async () => {
    const points = clouds(200, 4);
    const lists = await nearestNeighbours(points, NEIGHBOURS);
    const shares: number[] = [];
    await umap(points, lists, { every_ms: 0, onProgress: (share) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const stop = new AbortController();
    const run = umap(points, lists, { every_ms: 0, signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(run).rejects.toThrow('enough');
  });
});

it('puts the windows beyond the sample among those of their own kind', async () => {
  const points = clouds(4600, 6);
  const { x, y } = await planeOf(
    points,
    { count: points.count, k: NEIGHBOURS, index: new Uint32Array(0), distance: new Float32Array(0) },
    1
  );
  expect(x).toHaveLength(4600);
  expect(await purity(x, y, 6)).toBeGreaterThan(0.97);
}, 120_000);

it('finds the nearest among the first points for the others', async () => {
  const random = new SeededRandom(2);
  const points = { count: 50, dims: 3, values: Float32Array.from({ length: 150 }, () => random.normal()) };
  const found = await nearestAmongFirst(points, 30, 4);
  expect(found.count).toBe(20);
  for (let i = 0; i < 20; i++) {
    const squares = Array.from({ length: 30 }, (_, q) =>
      [0, 1, 2].reduce((sum, d) => sum + (points.values[(30 + i) * 3 + d]! - points.values[q * 3 + d]!) ** 2, 0)
    ).sort((a, b) => a - b);
    for (let j = 0; j < 4; j++) expect(found.distance[i * 4 + j]).toBeCloseTo(Math.sqrt(squares[j]!), 4);
  }
});
