import { expect, test } from 'vitest';
import { SeededRandom } from '../random.ts';
import { betweenness } from './betweenness.ts';
import { buildGraph, simplePairs } from './csr.ts';

function randomGraph(nodes: number, edges: number): ReturnType<typeof buildGraph> {
  const random = new SeededRandom(7);
  const end = (): Uint32Array => Uint32Array.from({ length: edges }, () => random.below(nodes));
  return buildGraph(nodes, simplePairs(nodes, end(), end()));
}

test('the sampled estimate is unbiased and its error is of the right size for the leading nodes', async () => {
  const graph = randomGraph(400, 1200);
  const exact = await betweenness(graph);
  const leading = [...exact.value.keys()].sort((a, b) => exact.value[b]! - exact.value[a]!).slice(0, 40);
  const runs = 30;
  const mean = new Float64Array(400);
  let within = 0;
  for (let seed = 1; seed <= runs; seed++) {
    const sampled = await betweenness(graph, { exactNodes: 100, starts: 80, seed });
    expect([sampled.exact, sampled.starts]).toEqual([false, 80]);
    for (const u of leading) {
      mean[u]! += sampled.value[u]! / runs;
      const error = sampled.standardError[u]!;
      expect(error).toBeLessThan(exact.value[u]! / 2);
      if (Math.abs(sampled.value[u]! - exact.value[u]!) <= 2 * error) within++;
    }
  }
  // Two standard errors would hold 95 % of a normal estimate; the skew costs some of it.
  expect(within / (runs * leading.length)).toBeGreaterThan(0.75);
  for (const u of leading) expect(Math.abs(mean[u]! / exact.value[u]! - 1)).toBeLessThan(0.12);
});

test('progress is reported and an abort stops it', async () => {
  const graph = randomGraph(300, 900);
  const stop = new AbortController();
  const shares: number[] = [];
  const onProgress = (share: number): void => {
    shares.push(share);
    if (shares.length === 3) stop.abort(new Error('stopped by the officer'));
  };
  await expect(betweenness(graph, { every_ms: 0, onProgress, signal: stop.signal })).rejects.toThrow('stopped by the officer');
  expect(shares.length).toBe(3);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[2]).toBeLessThan(0.1);
});
