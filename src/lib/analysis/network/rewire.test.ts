import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import karate from '../../../../tests/golden/network/karate.json';
import { tieChanges, reciprocity, type SpanTies } from './changes.ts';
import { buildGraph, degrees, simplePairs, type Pairs } from './csr.ts';
import { leiden } from './leiden.ts';
import { chanceGroups, rewired } from './rewire.ts';

const pairsOf = (nodes: number, edges: readonly (readonly [number, number, number])[]): Pairs =>
  simplePairs(
    nodes,
    Uint32Array.from(edges, ([a]) => a),
    Uint32Array.from(edges, ([, b]) => b),
    Float64Array.from(edges, ([, , w]) => w)
  );
const networks = fc
  .integer({ min: 2, max: 20 })
  .chain((nodes) =>
    fc
      .array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 9 })), { maxLength: 60 })
      .map((edges) => ({ nodes, pairs: pairsOf(nodes, edges) }))
  );
const KARATE = pairsOf(karate.nodes, karate.edges as [number, number, number][]);

describe('ties dealt anew', () => {
  test('leave every node its number of ties and every weight somewhere', () => {
    fc.assert(
      fc.property(networks, fc.nat(1000), ({ nodes, pairs }, seed) => {
        const dealt = rewired(nodes, pairs, seed);
        // buildGraph refuses loops, repeats and disorder.
        expect(degrees(buildGraph(nodes, dealt.pairs))).toEqual(degrees(buildGraph(nodes, pairs)));
        expect(dealt.pairs.weight.slice().sort()).toEqual(pairs.weight.slice().sort());
        expect(dealt.swaps).toBeLessThanOrEqual(dealt.tries);
        expect(rewired(nodes, pairs, seed)).toEqual(dealt);
      })
    );
  });

  test('are others than before, by the number of exchanges that is stated', () => {
    const dealt = rewired(karate.nodes, KARATE, 1);
    expect(dealt.tries).toBe(780);
    expect(dealt.swaps).toBeGreaterThan(200);
    const key = ({ source, target }: Pairs): Set<string> => new Set(Array.from(source, (a, e) => `${a} ${target[e]}`));
    const kept = [...key(KARATE)].filter((pair) => key(dealt.pairs).has(pair)).length;
    expect(kept).toBeLessThan(40);
  });

  test('cannot change a star, and say so', () => {
    const star = pairsOf(
      6,
      [1, 2, 3, 4, 5].map((leaf) => [0, leaf, 1] as const)
    );
    expect(rewired(6, star, 1)).toMatchObject({ swaps: 0, tries: 50 });
    expect(rewired(2, pairsOf(2, [[0, 1, 1]]), 1)).toMatchObject({ swaps: 0, tries: 0 });
  });

  test('have weaker groups than a network that has groups', async () => {
    const own = leiden(buildGraph(karate.nodes, KARATE), { seed: 1 }).modularity;
    const chance = await chanceGroups({ nodes: karate.nodes }, KARATE, 20, 1);
    expect(chance.modularity).toHaveLength(20);
    expect(chance.swaps).toBeGreaterThan(4000);
    expect(own).toBeGreaterThan(chance.modularity.at(-1)!);
    expect([...chance.modularity]).toEqual([...chance.modularity].sort((a, b) => a - b));
  });

  test('stop when they are told to', async () => {
    const signal = AbortSignal.abort(new DOMException('stopped', 'AbortError'));
    await expect(chanceGroups({ nodes: karate.nodes }, KARATE, 20, 1, { signal })).rejects.toThrow('stopped');
  });
});

describe('two spans of time', () => {
  const span = (...ties: readonly (readonly [number, number, number])[]): SpanTies => ({
    source: Uint32Array.from(ties, ([a]) => a),
    target: Uint32Array.from(ties, ([, b]) => b),
    count: Uint32Array.from(ties, ([, , n]) => n)
  });

  test('differ in new, ended and changed ties, the largest change first', () => {
    expect(tieChanges(span([0, 1, 5], [0, 2, 9], [3, 4, 1]), span([0, 1, 7], [1, 2, 30], [3, 4, 1]))).toEqual([
      { source: 1, target: 2, before: 0, after: 30 },
      { source: 0, target: 2, before: 9, after: 0 },
      { source: 0, target: 1, before: 5, after: 7 },
      { source: 3, target: 4, before: 1, after: 1 }
    ]);
    expect(tieChanges(span(), span())).toEqual([]);
  });

  test('turned round give the same changes the other way', () => {
    const spans = fc
      .uniqueArray(fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 9 })), { selector: ([a, b]) => `${a} ${b}` })
      .map((ties) => span(...[...ties].sort((x, y) => x[0] - y[0] || x[1] - y[1])));
    fc.assert(
      fc.property(spans, spans, (x, y) => {
        const back = tieChanges(y, x).map(({ before, after, ...ends }) => ({ ...ends, before: after, after: before }));
        expect(tieChanges(x, y)).toEqual(back);
      })
    );
  });
});

describe('reciprocity', () => {
  test('counts pairs that go both ways, and messages that are matched', () => {
    const messages = [
      [0, 1],
      [1, 0],
      [0, 1],
      [2, 0],
      [3, 3]
    ];
    expect(
      reciprocity(4, { from: Uint32Array.from(messages, ([a]) => a!), to: Uint32Array.from(messages, ([, b]) => b!) })
    ).toEqual({
      there: Uint32Array.of(2, 0),
      back: Uint32Array.of(1, 1),
      bothWays: 0.5,
      evenness: 0.5
    });
    const none = reciprocity(4, { from: new Uint32Array(), to: new Uint32Array() });
    expect([none.bothWays, none.evenness]).toEqual([NaN, NaN]);
  });
});
