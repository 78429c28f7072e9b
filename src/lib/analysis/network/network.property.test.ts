/** What must hold on every network, checked on random small ones against the plainest possible answers. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betweenness } from './betweenness.ts';
import { components } from './components.ts';
import { buildGraph, degrees, simplePairs, strengths, type Graph } from './csr.ts';
import { coreNumbers } from './kcore.ts';
import { leiden } from './leiden.ts';
import { modularity } from './modularity.ts';
import { pageRank } from './pagerank.ts';
import { shortestPath } from './paths.ts';

const graphs = fc.integer({ min: 1, max: 24 }).chain((nodes) =>
  fc
    .array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 9 })), { maxLength: 60 })
    .map((edges): Graph => {
      const column = (i: 0 | 1 | 2): number[] => edges.map((edge) => edge[i]);
      return buildGraph(
        nodes,
        simplePairs(nodes, Uint32Array.from(column(0)), Uint32Array.from(column(1)), Float64Array.from(column(2)))
      );
    })
);

function neighboursOf(graph: Graph, u: number): number[] {
  return [...graph.neighbours.subarray(graph.offsets[u], graph.offsets[u + 1])];
}

/** Steps between all pairs by Floyd and Warshall; Infinity where there is no way. */
function allSteps(graph: Graph): number[][] {
  const steps = Array.from({ length: graph.nodes }, (_, u) =>
    Array.from({ length: graph.nodes }, (_, v) => (u === v ? 0 : Infinity))
  );
  for (let u = 0; u < graph.nodes; u++) for (const v of neighboursOf(graph, u)) steps[u]![v] = 1;
  for (let m = 0; m < graph.nodes; m++)
    for (let u = 0; u < graph.nodes; u++)
      for (let v = 0; v < graph.nodes; v++) steps[u]![v] = Math.min(steps[u]![v]!, steps[u]![m]! + steps[m]![v]!);
  return steps;
}

/** Shortest ways from u to v counted one by one. */
function countWays(graph: Graph, steps: number[][], u: number, v: number): number {
  if (u === v) return 1;
  let ways = 0;
  for (const m of neighboursOf(graph, u)) if (steps[m]![v] === steps[u]![v]! - 1) ways += countWays(graph, steps, m, v);
  return ways;
}

describe('every network', () => {
  test('rows ascend and mirror each other', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (let u = 0; u < graph.nodes; u++) {
          const row = neighboursOf(graph, u);
          expect(row).toEqual([...new Set(row)].sort((a, b) => a - b));
          for (const v of row) expect(neighboursOf(graph, v)).toContain(u);
        }
        expect(degrees(graph).reduce((a, b) => a + b, 0)).toBe(2 * graph.edges);
        expect(strengths(graph).reduce((a, b) => a + b, 0)).toBeCloseTo(
          graph.weights.reduce((a, b) => a + b, 0),
          9
        );
      })
    );
  });

  test('two nodes share a component exactly when there is a way between them', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { component, sizes } = components(graph);
        const steps = allSteps(graph);
        for (let u = 0; u < graph.nodes; u++)
          for (let v = 0; v < graph.nodes; v++) expect(component[u] === component[v]).toBe(steps[u]![v]! < Infinity);
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(graph.nodes);
        expect([...sizes]).toEqual([...sizes].sort((a, b) => b - a));
      })
    );
  });

  test('Leiden communities are connected and no worse than everyone alone', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 1000 }), fc.constantFrom(0.5, 1, 2), (graph, seed, resolution) => {
        const { label, sizes, modularity: quality } = leiden(graph, { seed, resolution, starts: 1 });
        for (let c = 0; c < sizes.length; c++) {
          const inside = [...label.keys()].filter((u) => label[u] === c);
          expect(inside.length).toBe(sizes[c]);
          const reached = new Set([inside[0]!]);
          for (const u of reached) for (const v of neighboursOf(graph, u)) if (label[v] === c) reached.add(v);
          expect(reached.size).toBe(inside.length);
        }
        expect(quality).toBeCloseTo(modularity(graph, label, resolution), 10);
        const everyoneAlone = Uint32Array.from(label.keys());
        expect(quality).toBeGreaterThanOrEqual(modularity(graph, everyoneAlone, resolution) - 1e-12);
      })
    );
  });

  test('Leiden gives the same answer for the same seed', () => {
    fc.assert(
      fc.property(graphs, fc.nat(1000), (graph, seed) => {
        expect(leiden(graph, { seed }).label).toEqual(leiden(graph, { seed }).label);
      })
    );
  });

  test('PageRank sums to 1 and solves its own equation', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { rank } = pageRank(graph, { tolerance: 1e-14, maxSweeps: 2000 });
        expect(rank.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        const strength = strengths(graph);
        const loose = rank.reduce((sum, value, u) => sum + (strength[u] === 0 ? value : 0), 0);
        for (let u = 0; u < graph.nodes; u++) {
          let sum = 0;
          for (let k = graph.offsets[u]!; k < graph.offsets[u + 1]!; k++) {
            const v = graph.neighbours[k]!;
            sum += (graph.weights[k]! * rank[v]!) / strength[v]!;
          }
          expect(rank[u]).toBeCloseTo(0.15 / graph.nodes + 0.85 * (sum + loose / graph.nodes), 10);
        }
      })
    );
  });

  test('betweenness equals counting every shortest way', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const steps = allSteps(graph);
        const { value } = await betweenness(graph);
        const n = graph.nodes;
        for (let m = 0; m < n; m++) {
          let sum = 0;
          for (let u = 0; u < n; u++)
            for (let v = u + 1; v < n; v++) {
              if (u === m || v === m || steps[u]![v] === Infinity || steps[u]![m]! + steps[m]![v]! !== steps[u]![v]) continue;
              sum += (countWays(graph, steps, u, m) * countWays(graph, steps, m, v)) / countWays(graph, steps, u, v);
            }
          expect(value[m]).toBeCloseTo(n > 2 ? (2 * sum) / ((n - 1) * (n - 2)) : 0, 10);
        }
      }),
      { numRuns: 40 }
    );
  });

  test('core numbers equal peeling by hand', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const core = coreNumbers(graph);
        for (let k = 1; k <= graph.nodes; k++) {
          const left = new Set(Array.from({ length: graph.nodes }, (_, u) => u));
          for (let changed = true; changed;) {
            changed = false;
            for (const u of left)
              if (neighboursOf(graph, u).filter((v) => left.has(v)).length < k && left.delete(u)) changed = true;
          }
          for (let u = 0; u < graph.nodes; u++) expect(core[u]! >= k).toBe(left.has(u));
        }
      })
    );
  });

  test('the shortest way is short, real, and its weakest tie as strong as can be', () => {
    fc.assert(
      fc.property(graphs, fc.nat(23), fc.nat(23), (graph, a, b) => {
        const from = a % graph.nodes;
        const to = b % graph.nodes;
        const steps = allSteps(graph);
        const path = shortestPath(graph, from, to);
        expect(path === null).toBe(steps[from]![to] === Infinity);
        if (path === null) return;
        expect(path.length - 1).toBe(steps[from]![to]);
        const tie = (u: number, v: number): number => {
          const at = neighboursOf(graph, u).indexOf(v);
          expect(at).toBeGreaterThanOrEqual(0);
          return graph.weights[graph.offsets[u]! + at]!;
        };
        const strongest = (u: number): number =>
          u === to
            ? Infinity
            : Math.max(
                ...neighboursOf(graph, u)
                  .filter((v) => steps[v]![to] === steps[u]![to]! - 1)
                  .map((v) => Math.min(tie(u, v), strongest(v)))
              );
        let weakest = Infinity;
        for (let i = 1; i < path.length; i++) weakest = Math.min(weakest, tie(path[i - 1]!, path[i]!));
        expect(weakest).toBe(strongest(from));
      })
    );
  });
});
