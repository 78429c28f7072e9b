/** Measures on published networks against the values networkx gives (tests/fixtures/network_golden.py). */
import { describe, expect, test } from 'vitest';
import karate from '../../../../tests/golden/network/karate.json';
import miserables from '../../../../tests/golden/network/miserables.json';
import parts from '../../../../tests/golden/network/parts.json';
import { betweenness } from './betweenness.ts';
import { components } from './components.ts';
import { buildGraph, simplePairs, type Graph } from './csr.ts';
import { coreNumbers } from './kcore.ts';
import { leiden } from './leiden.ts';
import { louvain } from './louvain.ts';
import { modularity } from './modularity.ts';
import { pageRank } from './pagerank.ts';
import { shortestPath } from './paths.ts';

function load(golden: { nodes: number; edges: number[][] }): Graph {
  const column = (i: number): number[] => golden.edges.map((edge) => edge[i]!);
  const pairs = simplePairs(golden.nodes, Uint32Array.from(column(0)), Uint32Array.from(column(1)), Float64Array.from(column(2)));
  return buildGraph(golden.nodes, pairs);
}

function expectClose(actual: Float64Array, expected: readonly number[], within: number): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, u) => expect(Math.abs(actual[u]! - value), `node ${u}`).toBeLessThan(within));
}

describe.each([
  ['karate', karate],
  ['miserables', miserables],
  ['parts', parts]
])('%s', (_name, golden) => {
  const graph = load(golden);

  test('PageRank, weighted, sums to 1', () => {
    const { rank, converged } = pageRank(graph, { tolerance: 1e-14 });
    expect(converged).toBe(true);
    expectClose(rank, golden.pagerank, 1e-10);
    expect(rank.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  test('betweenness, exact', async () => {
    const result = await betweenness(graph);
    expect(result.exact).toBe(true);
    expectClose(result.value, golden.betweenness, 1e-12);
    expect(result.standardError.every((error) => error === 0)).toBe(true);
  });

  test('core numbers', () => expect([...coreNumbers(graph)]).toEqual(golden.core));

  test('components, largest first', () => expect([...components(graph).component]).toEqual(golden.component));

  test('modularity of a given division', () => {
    const division = Uint32Array.from(golden.partition);
    expect(modularity(graph, division)).toBeCloseTo(golden.modularity, 12);
    expect(modularity(graph, division, 2)).toBeCloseTo(golden.modularityAtResolution2, 12);
  });

  test('Leiden reaches the best of thirty Louvain runs', () => {
    const found = leiden(graph);
    expect(found.modularity).toBeGreaterThan(golden.bestLouvain - 1e-9);
    expect(modularity(graph, found.label)).toBeCloseTo(found.modularity, 12);
  });

  test('Louvain comes near it', () => {
    expect(modularity(graph, louvain(graph))).toBeGreaterThan(golden.bestLouvain - 0.03);
  });

  test('shortest ways have the right number of steps', () => {
    golden.hopsFromZero.forEach((hops, u) =>
      expect((shortestPath(graph, 0, u)?.length ?? 0) - 1, `to ${u}`).toBe(hops < 0 ? -1 : hops)
    );
  });
});
