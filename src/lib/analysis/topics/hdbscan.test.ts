import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../../../../tests/golden/topics/hdbscan.json';
import { hdbscan } from './hdbscan.ts';
import { nearestNeighbours } from './knn.ts';
import { coreDistances, exactSpanningTree, neighbourSpanningTree, type SpanningTree } from './spanning.ts';
import type { DensePoints } from './svd.ts';

function load(row: { dims: number; points: number[] }): DensePoints {
  return { count: row.points.length / row.dims, dims: row.dims, values: Float32Array.from(row.points) };
}

/** Each cluster is named by its first point, so that numbering does not matter. */
function byFirstPoint(labels: ArrayLike<number>): number[] {
  const first = new Map<number, number>();
  return Array.from(labels, (label, p) => {
    if (label < 0) return -1;
    if (!first.has(label)) first.set(label, p);
    return first.get(label)!;
  });
}

describe('scikit-learn finds the same', () => {
  test.each(golden.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const points = load(row);
    const neighbours = await nearestNeighbours(points, row.minSamples - 1);
    const core = coreDistances(neighbours, row.minSamples);
    const found = hdbscan(await exactSpanningTree(points, core), { minClusterSize: row.minClusterSize });
    expect(byFirstPoint(found.label)).toEqual(byFirstPoint(row.labels));
    row.probabilities.forEach((probability, p) => expect(found.membership[p]).toBeCloseTo(probability, 4));
  });
});

const clouds = fc
  .record({ count: fc.integer({ min: 2, max: 60 }), dims: fc.integer({ min: 1, max: 4 }) })
  .chain(({ count, dims }) =>
    fc
      .array(fc.integer({ min: -20, max: 20 }), { minLength: count * dims, maxLength: count * dims })
      .map((values): DensePoints => ({ count, dims, values: Float32Array.from(values) }))
  );

function totalLength(tree: SpanningTree): number {
  return tree.distance.reduce((a, b) => a + b, 0);
}

function joinsAll(tree: SpanningTree): boolean {
  const reached = new Set([0]);
  for (let grown = true; grown;) {
    grown = false;
    for (let e = 0; e < tree.a.length; e++) {
      if (reached.has(tree.a[e]!) === reached.has(tree.b[e]!)) continue;
      reached.add(tree.a[e]!).add(tree.b[e]!);
      grown = true;
    }
  }
  return reached.size === tree.count;
}

describe('every cloud of points', () => {
  test('the neighbour tree joins all points, and with full lists is as short as the exact one', async () => {
    await fc.assert(
      fc.asyncProperty(clouds, fc.integer({ min: 1, max: 6 }), async (points, k) => {
        const full = await nearestNeighbours(points, points.count - 1);
        const core = coreDistances(full, 3);
        const exact = await exactSpanningTree(points, core);
        expect(joinsAll(exact)).toBe(true);
        expect(totalLength(neighbourSpanningTree(points, full, core))).toBeCloseTo(totalLength(exact), 2);
        const partial = await nearestNeighbours(points, k);
        const tree = neighbourSpanningTree(points, partial, core);
        expect(joinsAll(tree)).toBe(true);
        expect(totalLength(tree)).toBeGreaterThan(totalLength(exact) - 1e-2);
      })
    );
  });

  test('clusters have at least the least size, at most the greatest, and memberships lie between 0 and 1', async () => {
    await fc.assert(
      fc.asyncProperty(clouds, fc.integer({ min: 2, max: 10 }), async (points, minClusterSize) => {
        const core = coreDistances(await nearestNeighbours(points, 4), 4);
        const maxClusterSize = points.count / 2;
        const { label, membership, count } = hdbscan(await exactSpanningTree(points, core), { minClusterSize, maxClusterSize });
        const sizes = new Uint32Array(count);
        for (const c of label) if (c >= 0) sizes[c]!++;
        for (const size of sizes) {
          expect(size).toBeGreaterThanOrEqual(minClusterSize);
          expect(size).toBeLessThanOrEqual(maxClusterSize);
        }
        expect([...sizes]).toEqual([...sizes].sort((a, b) => b - a));
        label.forEach((c, p) => expect(c < 0 ? membership[p] === 0 : membership[p]! > 0 && membership[p]! <= 1).toBe(true));
      })
    );
  });
});
