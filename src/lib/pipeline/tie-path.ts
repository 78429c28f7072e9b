/** Ways between two people over talk and ties of other kinds. See [Note: Kinds of ties]. */
import { buildGraph, simplePairs } from '../analysis/network/csr.ts';
import { shortestPath } from '../analysis/network/paths.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { pairIndex, type TiedNetwork } from './network.ts';
import { PairsFound } from './found-pairs.ts';
import type { OtherTie, TieHop } from './tie-contract.ts';

/**
 * The fewest steps; of as many the way whose weakest tie of talk has most messages, so a step without talk is taken
 * only where it shortens the way. Null where the two are not connected.
 */
export function tiePath(
  store: EvidenceStore,
  network: TiedNetwork,
  others: readonly OtherTie[],
  from: number,
  to: number
): TieHop[] | null {
  const parties = [...new Set([...network.parties, ...others.flatMap(({ a, b }) => [a.id, b.id])])].sort((a, b) => a - b);
  const nodeOf = new Map(parties.map((party, node) => [party, node]));
  const [start, end] = [nodeOf.get(from), nodeOf.get(to)];
  if (start === undefined || end === undefined) return null;
  const { pairs } = network;
  const count = pairs.source.length + others.length;
  const sources = new Uint32Array(count);
  const targets = new Uint32Array(count);
  const weights = new Float64Array(count);
  for (let e = 0; e < pairs.source.length; e++) {
    sources[e] = nodeOf.get(network.parties[pairs.source[e]!]!)!;
    targets[e] = nodeOf.get(network.parties[pairs.target[e]!]!)!;
    weights[e] = pairs.weight[e]!;
  }
  const beside = new PairsFound<OtherTie[]>(() => []);
  for (const [i, tie] of others.entries()) {
    sources[pairs.source.length + i] = nodeOf.get(tie.a.id)!;
    targets[pairs.source.length + i] = nodeOf.get(tie.b.id)!;
    beside.at(tie.a.id, tie.b.id).push(tie);
  }
  const graph = buildGraph(parties.length, simplePairs(parties.length, sources, targets, weights));
  const way = shortestPath(graph, start, end);
  if (way === null) return null;
  const label = (party: number): TieHop['from'] => ({ id: party, label: store.directory.label(party) });
  const hops: TieHop[] = [];
  for (let i = 1; i < way.length; i++) {
    const [one, other] = [parties[way[i - 1]!]!, parties[way[i]!]!];
    const talk = talkBetween(network, one, other);
    hops.push({ from: label(one), to: label(other), ...talk, others: beside.at(one, other) });
  }
  return hops;
}

function talkBetween({ parties, pairs }: TiedNetwork, one: number, other: number): { messages: number; calls: number } {
  const [u, v] = [parties.indexOf(Math.min(one, other)), parties.indexOf(Math.max(one, other))];
  const e = u < 0 || v < 0 ? -1 : pairIndex(pairs, u, v);
  if (e < 0 || pairs.source[e] !== u || pairs.target[e] !== v) return { messages: 0, calls: 0 };
  return { messages: pairs.messages[e]!, calls: pairs.calls[e]! };
}
