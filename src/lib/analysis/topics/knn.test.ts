import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeededRandom } from '../random.ts';
import { kernelError, type Propose } from './kernel/proposal.ts';
import { likelyNeighbours, nearestNeighbours } from './knn.ts';
import { WrongLists } from './settled.ts';
import type { DensePoints } from './svd.ts';

/** Every other point by distance in double precision, equal ones by number. */
function sortedOthers({ count, dims, values }: DensePoints, p: number): { other: number; square: number }[] {
  return Array.from({ length: count }, (_, other) => {
    let square = 0;
    for (let d = 0; d < dims; d++) square += (values[p * dims + d]! - values[other * dims + d]!) ** 2;
    return { other, square };
  })
    .filter(({ other }) => other !== p)
    .sort((a, b) => a.square - b.square || a.other - b.other);
}

async function isAsSorted(points: DensePoints, wanted: number, propose?: Propose): Promise<void> {
  const found = await nearestNeighbours(points, wanted, { propose });
  expect(found.k).toBe(Math.max(0, Math.min(wanted, points.count - 1)));
  for (let p = 0; p < points.count; p++) {
    const sorted = sortedOthers(points, p).slice(0, found.k);
    expect([...found.index.subarray(p * found.k, (p + 1) * found.k)]).toEqual(sorted.map(({ other }) => other));
    expect([...found.distance.subarray(p * found.k, (p + 1) * found.k)]).toEqual(
      sorted.map(({ square }) => Math.fround(Math.sqrt(square)))
    );
  }
}

const shapes = fc.record({
  count: fc.integer({ min: 0, max: 150 }),
  dims: fc.integer({ min: 1, max: 9 }),
  k: fc.integer({ min: 1, max: 12 }),
  seed: fc.nat(999)
});

test('the lists are those of sorting all distances', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async ({ count, dims, k, seed }) => {
      const random = new SeededRandom(seed);
      await isAsSorted({ count, dims, values: Float32Array.from({ length: count * dims }, () => random.normal()) }, k);
    }),
    { numRuns: 40 }
  );
});

test('also where many points are the same, many distances are equal, and both zeros come', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async ({ count, dims, k, seed }) => {
      const random = new SeededRandom(seed);
      const wide = Math.min(dims, 2);
      const values = Float32Array.from({ length: count * wide }, () => random.below(4) - 1 || (random.below(2) ? 0 : -0));
      await isAsSorted({ count, dims: wide, values }, k);
    }),
    { numRuns: 60 }
  );
});

test('also where single precision cannot tell the points apart', async () => {
  const random = new SeededRandom(3);
  const values = Float32Array.from({ length: 60 * 8 }, (_, i) => (i % 8 === 0 ? 1 : 2e-5 * random.normal()));
  await isAsSorted({ count: 60, dims: 8, values }, 7);
});

test('also where a kernel rounds as badly as it may', async () => {
  const random = new SeededRandom(5);
  const points = { count: 80, dims: 16, values: Float32Array.from({ length: 80 * 16 }, () => random.normal()) };
  const greatest = Math.max(
    ...Array.from({ length: 80 }, (_, p) => points.values.subarray(p * 16, p * 16 + 16).reduce((s, v) => s + v * v, 0))
  );
  const error = kernelError(16, 2 * greatest);
  // Each distance too long or too short by as much as is allowed, the nearest ones to their harm.
  await isAsSorted(points, 15, async (some, kept) => {
    const lists = Array.from({ length: some.count }, (_, p) =>
      sortedOthers(some, p)
        .map(({ other, square }, rank) => ({ other, square: square + (rank < 15 ? error : -error) }))
        .sort((a, b) => a.square - b.square)
        .slice(0, kept)
    );
    const limit = Float32Array.from(lists, (list) => list.at(-1)!.square);
    return { kept, index: Uint32Array.from(lists.flat(), ({ other }) => other), limit };
  });
});

test('a kernel that leaves out the nearest is found out', async () => {
  const random = new SeededRandom(6);
  const points = { count: 300, dims: 8, values: Float32Array.from({ length: 2400 }, () => random.normal()) };
  const run = nearestNeighbours(points, 5, {
    propose: async (some, kept) => {
      const farthest = Array.from({ length: some.count }, (_, p) => sortedOthers(some, p).slice(-kept)).flat();
      return { kept, index: Uint32Array.from(farthest, ({ other }) => other), limit: new Float32Array(some.count).fill(1e6) };
    }
  });
  await expect(run).rejects.toThrow(WrongLists);
});

test('an abort stops it', async () => {
  const points = { count: 500, dims: 4, values: Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i * i)) };
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
