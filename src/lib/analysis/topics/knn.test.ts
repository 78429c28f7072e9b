import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeededRandom } from '../random.ts';
import { nearestNeighbours } from './knn.ts';

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
