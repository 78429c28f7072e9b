import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../random.ts';
import { buildGraph, simplePairs, type Graph } from './csr.ts';
import { ForceLayout } from './layout.ts';
import { Quadtree } from './quadtree.ts';

/** `groups` cliques of `size`, each joined to the next by one tie. */
function cliques(groups: number, size: number): Graph {
  const from: number[] = [];
  const to: number[] = [];
  for (let g = 0; g < groups; g++) {
    for (let a = 0; a < size; a++)
      for (let b = 0; b < a; b++) {
        from.push(g * size + a);
        to.push(g * size + b);
      }
    if (g > 0) {
      from.push(g * size);
      to.push(g * size - 1);
    }
  }
  return buildGraph(groups * size, simplePairs(groups * size, Uint32Array.from(from), Uint32Array.from(to)));
}

function meanDistances(layout: ForceLayout, size: number): { inside: number; between: number } {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let u = 0; u < layout.x.length; u++)
    for (let v = 0; v < u; v++) {
      const kind = Math.floor(u / size) === Math.floor(v / size) ? 0 : 1;
      sums[kind]! += Math.hypot(layout.x[u]! - layout.x[v]!, layout.y[u]! - layout.y[v]!);
      counts[kind]!++;
    }
  return { inside: sums[0]! / counts[0]!, between: sums[1]! / counts[1]! };
}

describe('Quadtree', () => {
  const clouds = fc.record({ points: fc.integer({ min: 1, max: 300 }), seed: fc.nat(10_000), grid: fc.constantFrom(0, 4, 1000) });

  function cloud({ points, seed, grid }: { points: number; seed: number; grid: number }): {
    x: Float64Array;
    y: Float64Array;
    mass: Float64Array;
  } {
    const random = new SeededRandom(seed);
    // A coarse grid puts many points on one spot.
    const at = (): number => (grid === 0 ? random.normal() * 100 : random.below(grid));
    const column = (value: () => number): Float64Array => Float64Array.from({ length: points }, value);
    return { x: column(at), y: column(at), mass: column(() => 1 + random.below(20)) };
  }

  function bruteForce(x: Float64Array, y: Float64Array, mass: Float64Array): { fx: Float64Array; fy: Float64Array } {
    const fx = new Float64Array(x.length);
    const fy = new Float64Array(x.length);
    for (let u = 0; u < x.length; u++)
      for (let v = 0; v < x.length; v++) {
        const dx = x[u]! - x[v]!;
        const dy = y[u]! - y[v]!;
        const squared = dx * dx + dy * dy;
        if (squared === 0) continue;
        fx[u]! += (2 * mass[u]! * mass[v]! * dx) / squared;
        fy[u]! += (2 * mass[u]! * mass[v]! * dy) / squared;
      }
    return { fx, fy };
  }

  function byTree(x: Float64Array, y: Float64Array, mass: Float64Array, theta: number): { fx: Float64Array; fy: Float64Array } {
    const tree = new Quadtree(x.length);
    const fx = new Float64Array(x.length);
    const fy = new Float64Array(x.length);
    tree.build(x, y, mass, theta);
    tree.addRepulsion(2, fx, fy);
    return { fx, fy };
  }

  test('with every square opened it is the sum over all pairs', () => {
    fc.assert(
      fc.property(clouds, (shape) => {
        const { x, y, mass } = cloud(shape);
        const exact = bruteForce(x, y, mass);
        const tree = byTree(x, y, mass, 1e-6);
        for (let u = 0; u < x.length; u++) {
          expect(Math.abs(tree.fx[u]! - exact.fx[u]!)).toBeLessThan(1e-9 * (1 + Math.abs(exact.fx[u]!)) * x.length * 400);
          expect(Math.abs(tree.fy[u]! - exact.fy[u]!)).toBeLessThan(1e-9 * (1 + Math.abs(exact.fy[u]!)) * x.length * 400);
        }
      })
    );
  });

  test('at the usual opening the error is a few parts in a hundred of the force', () => {
    const { x, y, mass } = cloud({ points: 2000, seed: 4, grid: 0 });
    const exact = bruteForce(x, y, mass);
    const tree = byTree(x, y, mass, 1.2);
    let error = 0;
    let force = 0;
    for (let u = 0; u < x.length; u++) {
      error += Math.hypot(tree.fx[u]! - exact.fx[u]!, tree.fy[u]! - exact.fy[u]!);
      force += Math.hypot(exact.fx[u]!, exact.fy[u]!);
    }
    expect(error / force).toBeLessThan(0.06);
    expect(error / force).toBeGreaterThan(0);
  });
});

describe('ForceLayout', () => {
  test.each([
    ['all pairs', 4, 12],
    ['tree', 6, 50]
  ])('groups come to lie apart (%s)', (_name, groups, size) => {
    const layout = new ForceLayout(cliques(groups, size));
    for (let i = 0; i < 300; i++) layout.step();
    const { inside, between } = meanDistances(layout, size);
    expect(between).toBeGreaterThan(2.5 * inside);
  });

  test('LinLog draws groups tighter', () => {
    const graph = cliques(4, 12);
    const spread = (linLog: boolean): number => {
      const layout = new ForceLayout(graph, { linLog, gravity: 0 });
      for (let i = 0; i < 1000; i++) layout.step();
      const { inside, between } = meanDistances(layout, 12);
      return inside / between;
    };
    expect(spread(true)).toBeLessThan(spread(false));
  });

  test('it settles', () => {
    const layout = new ForceLayout(cliques(4, 12));
    const early = layout.step();
    for (let i = 0; i < 600; i++) layout.step();
    expect(layout.step()).toBeLessThan(early / 20);
  });

  test('the same seed draws the same picture, another seed another', () => {
    const draw = (seed: number): Float64Array => {
      const layout = new ForceLayout(cliques(5, 60), { seed });
      for (let i = 0; i < 20; i++) layout.step();
      return layout.x;
    };
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  test('positions stay finite on any network, also when all start on one spot', () => {
    const shapes = fc.record({
      nodes: fc.integer({ min: 1, max: 260 }),
      ties: fc.array(fc.tuple(fc.nat(259), fc.nat(259)), { maxLength: 80 })
    });
    fc.assert(
      fc.property(shapes, ({ nodes, ties }) => {
        const end = (i: 0 | 1): Uint32Array => Uint32Array.from(ties, (tie) => tie[i] % nodes);
        const zero = new Float64Array(nodes);
        const layout = new ForceLayout(buildGraph(nodes, simplePairs(nodes, end(0), end(1))), { initial: { x: zero, y: zero } });
        for (let i = 0; i < 30; i++) layout.step();
        expect([...layout.x, ...layout.y].every(Number.isFinite)).toBe(true);
        expect(new Set(layout.x).size).toBe(nodes);
      }),
      { numRuns: 30 }
    );
  });

  test('a run reports its progress, stops when told, and keeps what it reached', async () => {
    const layout = new ForceLayout(cliques(3, 10));
    const before = layout.x.slice();
    const stop = new AbortController();
    const shares: number[] = [];
    const onProgress = (share: number): void => {
      if (shares.push(share) === 4) stop.abort(new Error('enough'));
    };
    await expect(layout.run(100, { every_ms: 0, onProgress, signal: stop.signal })).rejects.toThrow('enough');
    expect(shares).toEqual([0.01, 0.02, 0.03, 0.04]);
    expect(layout.x).not.toEqual(before);
  });
});
