/**
 * What groups chance alone would make of the same people with as many contacts each. Ties are exchanged in twos: a-b and
 * c-d become a-d and c-b, where neither loops nor stands already, so that every node keeps its number of ties (Maslov
 * and Sneppen 2002). A tie's weight goes with its first end. Seeded.
 */
import { Pace, type PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import { buildGraph, pairOrder, type Graph, type Pairs } from './csr.ts';
import { leiden } from './leiden.ts';

/** Exchanges tried for each tie: after some ten the network remembers nothing of how it was. */
const TRIES_PER_TIE = 10;

export interface Rewired {
  readonly pairs: Pairs;
  /** Exchanges made and tried; a network that allows few is near to the only one with its degrees. */
  readonly swaps: number;
  readonly tries: number;
}

export function rewired(nodes: number, pairs: Pairs, seed: number): Rewired {
  const edges = pairs.source.length;
  const from = pairs.source.slice();
  const to = pairs.target.slice();
  const random = new SeededRandom(seed);
  const key = (a: number, b: number): number => Math.min(a, b) * nodes + Math.max(a, b);
  const there = new Set<number>();
  for (let e = 0; e < edges; e++) there.add(key(from[e]!, to[e]!));
  const tries = edges < 2 ? 0 : edges * TRIES_PER_TIE;
  let swaps = 0;
  for (let n = 0; n < tries; n++) {
    const e = random.below(edges);
    const f = random.below(edges);
    // Either end of the second tie may be the one that is taken over.
    const turned = random.below(2) === 1;
    const [a, b] = [from[e]!, to[e]!];
    const [c, d] = turned ? [to[f]!, from[f]!] : [from[f]!, to[f]!];
    if (e === f || a === d || c === b || a === c || b === d || there.has(key(a, d)) || there.has(key(c, b))) continue;
    there.delete(key(a, b));
    there.delete(key(c, d));
    there.add(key(a, d));
    there.add(key(c, b));
    to[e] = d;
    if (turned) [from[f], to[f]] = [b, c];
    else to[f] = b;
    swaps++;
  }
  const low = from.map((a, e) => Math.min(a, to[e]!));
  const high = from.map((a, e) => Math.max(a, to[e]!));
  const order = pairOrder(nodes, low, high);
  return {
    pairs: {
      source: order.map((e) => low[e]!),
      target: order.map((e) => high[e]!),
      weight: Float64Array.from(order, (e) => pairs.weight[e]!)
    },
    swaps,
    tries
  };
}

export interface ChanceGroups {
  readonly networks: number;
  /** Modularity of the groups that Leiden finds in each, ascending. */
  readonly modularity: Float64Array;
  /** Exchanges of ties made in all of them together. */
  readonly swaps: number;
}

/** Groups of `networks` networks dealt anew. @throws the signal's reason when aborted */
export async function chanceGroups(
  { nodes }: Pick<Graph, 'nodes'>,
  pairs: Pairs,
  networks: number,
  seed: number,
  options: PaceOptions = {}
): Promise<ChanceGroups> {
  const pace = new Pace(options);
  const modularity = new Float64Array(networks);
  let swaps = 0;
  for (let n = 0; n < networks; n++) {
    const dealt = rewired(nodes, pairs, seed + n);
    swaps += dealt.swaps;
    modularity[n] = leiden(buildGraph(nodes, dealt.pairs), { seed }).modularity;
    await pace.breathe((n + 1) / networks);
  }
  return { networks, modularity: modularity.sort(), swaps };
}
