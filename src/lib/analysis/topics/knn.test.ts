import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeededRandom } from '../random.ts';
import { likelyNeighbours, nearestNeighbours } from './knn.ts';

test('the lists are those of sorting all distances', async () => {
  const shapes = fc.record({
    count: fc.integer({ min: 0, max: 150 }),
    dims: fc.integer({ min: 1, max: 9 }),
    k: fc.integer({ min: 1, max: 12 }),
    seed: fc.nat(999)
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ count, dims, k, seed }) => {
      const random = new SeededRandom(seed);
      const values = Float32Array.from({ length: count * dims }, () => random.normal());
      const found = await nearestNeighbours({ count, dims, values }, k);
      expect(found.k).toBe(Math.max(0, Math.min(k, count - 1)));
      for (let p = 0; p < count; p++) {
        const sorted = Array.from({ length: count }, (_, q) => q)
          .filter((q) => q !== p)
          .map((q) => Math.hypot(...Array.from({ length: dims }, (_, d) => values[p * dims + d]! - values[q * dims + d]!)))
          .sort((a, b) => a - b);
        for (let j = 0; j < found.k; j++) {
          expect(found.distance[p * found.k + j]).toBeCloseTo(sorted[j]!, 3);
          expect(found.index[p * found.k + j]).not.toBe(p);
        }
        expect(new Set(found.index.subarray(p * found.k, (p + 1) * found.k)).size).toBe(found.k);
      }
    }),
    { numRuns: 40 }
  );
});

test('an abort stops it', async () => {
  const points = { count: 500, dims: 4, values: new Float32Array(2000) };
  const stop = new AbortController();
  const run = nearestNeighbours(points, 3, {
    every_ms: 0,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error('enough'))
  });
  await expect(run).rejects.toThrow('enough');
});

test('the likely lists hold nearly all true neighbours where points lie in groups, and only right distances', async () => {
  const random = new SeededRandom(8);
  const dims = 16;
  const count = 3000;
  const centres = Float64Array.from({ length: 40 * dims }, () => random.normal());
  const values = Float32Array.from(
    { length: count * dims },
    (_, i) => centres[(Math.floor(i / dims) % 40) * dims + (i % dims)]! + 0.4 * random.normal()
  );
  const points = { count, dims, values };
  const exact = await nearestNeighbours(points, 10);
  const likely = await likelyNeighbours(points, 10);
  expect(likely.k).toBe(10);
  let found = 0;
  for (let p = 0; p < count; p++) {
    const own = likely.index.subarray(p * 10, p * 10 + 10);
    expect(new Set(own).size).toBe(10);
    expect(own).not.toContain(p);
    const truth = new Set(exact.index.subarray(p * 10, p * 10 + 10));
    for (const q of own) if (truth.has(q)) found++;
    for (let j = 0; j < 10; j++) {
      let squared = 0;
      for (let d = 0; d < dims; d++) squared += (values[p * dims + d]! - values[own[j]! * dims + d]!) ** 2;
      expect(likely.distance[p * 10 + j]).toBeCloseTo(Math.sqrt(squared), 3);
    }
  }
  expect(found / (10 * count)).toBeGreaterThan(0.95);
  expect(await likelyNeighbours(points, 10)).toEqual(likely);
});

test('few points are compared with all', async () => {
  const points = { count: 50, dims: 2, values: Float32Array.from({ length: 100 }, (_, i) => Math.sin(i * i)) };
  expect(await likelyNeighbours(points, 5)).toEqual(await nearestNeighbours(points, 5));
});
