/** Measures on 200 random networks against the values networkx gives (tests/fixtures/random_networks_golden.py). */
import { describe, expect, test } from 'vitest';
import golden from '../../../../tests/golden/network/random.json';
import { betweenness } from './betweenness.ts';
import { bridges } from './bridges.ts';
import { reciprocity } from './changes.ts';
import { components } from './components.ts';
import { buildGraph, simplePairs, type Graph } from './csr.ts';
import { coreNumbers } from './kcore.ts';
import { leiden } from './leiden.ts';
import { modularity } from './modularity.ts';
import { pageRank } from './pagerank.ts';

const EXACT = 1e-9;

interface Golden {
  readonly nodes: number;
  readonly edges: readonly (readonly number[])[];
  readonly pagerank: readonly number[];
  readonly betweenness: readonly number[];
  readonly core: readonly number[];
  readonly component: readonly number[];
  readonly bridges: readonly (readonly number[])[];
  /** Null where there are no ties. */
  readonly modularity: number | null;
  readonly reciprocity: number | null;
}

const networks = (golden as readonly Golden[]).map((one) => {
  const column = (i: number): number[] => one.edges.map((edge) => edge[i]!);
  const pairs = simplePairs(one.nodes, Uint32Array.from(column(0)), Uint32Array.from(column(1)), Float64Array.from(column(2)));
  return { ...one, graph: buildGraph(one.nodes, pairs) };
});

function farthest(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(actual[i]! - value)), 0);
}

describe('on 200 random networks', () => {
  test('there are 200, most of them with ties', () => {
    expect(networks).toHaveLength(200);
    expect(networks.filter(({ edges }) => edges.length > 0).length).toBeGreaterThan(170);
  });

  test('PageRank is that of networkx', () => {
    for (const { graph, pagerank } of networks)
      expect(farthest(pageRank(graph, { tolerance: 1e-14, maxSweeps: 10_000 }).rank, pagerank)).toBeLessThan(EXACT);
  });

  test('betweenness is that of networkx', async () => {
    for (const { graph, betweenness: expected } of networks)
      expect(farthest((await betweenness(graph)).value, expected)).toBeLessThan(EXACT);
  });

  test('core numbers, components and bridges are those of networkx', () => {
    for (const { graph, core, component, bridges: expected } of networks) {
      expect([...coreNumbers(graph)]).toEqual(core);
      expect([...components(graph).component]).toEqual(component);
      const { source, target } = bridges(graph);
      expect(Array.from(source, (a, i) => [a, target[i]])).toEqual(expected);
    }
  });

  test('modularity is that of networkx', () => {
    for (const { graph, nodes, modularity: expected } of networks) {
      if (expected === null) continue;
      const division = Uint32Array.from({ length: nodes }, (_, u) => u % 3);
      expect(Math.abs(modularity(graph, division) - expected)).toBeLessThan(EXACT);
    }
  });

  test('the share of pairs that go both ways agrees with the reciprocity of networkx', () => {
    for (const { nodes, edges, reciprocity: expected } of networks) {
      if (expected === null) continue;
      const messages = edges.flatMap(([a, b, weight]) =>
        weight! % 2 === 0
          ? [
              [a!, b!],
              [b!, a!]
            ]
          : [[a!, b!]]
      );
      const { bothWays } = reciprocity(nodes, {
        from: Uint32Array.from(messages, ([a]) => a!),
        to: Uint32Array.from(messages, ([, b]) => b!)
      });
      // networkx counts directed ties, of which a pair that goes both ways has two.
      expect(Math.abs((2 * bothWays) / (1 + bothWays) - expected)).toBeLessThan(EXACT);
    }
  });

  test('Leiden communities are connected', () => {
    for (const { graph } of networks) {
      const { label, sizes } = leiden(graph, { seed: 3 });
      for (let c = 0; c < sizes.length; c++) expect(reachedInside(graph, label, c)).toBe(sizes[c]);
    }
  });

  test('a bridge says how many it would cut off', () => {
    for (const { graph } of networks) {
      const { source, target, apart } = bridges(graph);
      for (const [i, a] of source.entries()) {
        const sides = [a, target[i]!].map((start) => reachedWithout(graph, start, a, target[i]!));
        expect(apart[i]).toBe(Math.min(...sides));
      }
    }
  });
});

function reached(graph: Graph, start: number, goes: (u: number, v: number) => boolean): number {
  const seen = new Set([start]);
  for (const u of seen)
    for (const v of graph.neighbours.subarray(graph.offsets[u], graph.offsets[u + 1])) if (goes(u, v)) seen.add(v);
  return seen.size;
}

const reachedInside = (graph: Graph, label: Uint32Array, c: number): number =>
  reached(graph, label.indexOf(c), (_, v) => label[v] === c);

const reachedWithout = (graph: Graph, start: number, a: number, b: number): number =>
  reached(graph, start, (u, v) => !((u === a && v === b) || (u === b && v === a)));
