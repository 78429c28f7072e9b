/** The network of the filtered messages and calls, measured, laid out and named. */
import { buildGraph, type Graph, type Pairs } from '../analysis/network/csr.ts';
import { ForceLayout } from '../analysis/network/layout.ts';
import { shortestPath } from '../analysis/network/paths.ts';
import type { PaceOptions } from '../analysis/pace.ts';
import { NONE } from '../evidence/ids.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { NetworkOptions, NetworkView, PartyLabel, PathHop } from './contract.ts';
import { measures, type Measures } from './measures.ts';
import { ties, type TieEvents } from './ties.ts';

/** Enough for the layouts of cases to settle; large ones are cut to `maxNodes` first. */
const LAYOUT_STEPS = 300;
/** Share of the progress by which the measures are there; the picture is the rest. */
const MEASURES_SHARE = 0.6;
/** Raised whenever the same messages may give another network. */
const VERSION = 1;
/** So many members and terms name a community. */
const NAMING = 3;

export interface TiedNetwork {
  /** Party of each node. */
  readonly parties: Uint32Array;
  readonly graph: Graph;
  readonly pairs: Pairs & { readonly messages: Uint32Array; readonly calls: Uint32Array };
}

/** Parties that have at least one tie among the given events, as a graph with nodes 0..n-1 in order of party. */
export function tiedNetwork(events: TieEvents, messageIds: Uint32Array, callIds: Uint32Array): TiedNetwork {
  const list = ties(events, messageIds, callIds);
  const nodeOf = new Uint32Array(events.parties).fill(NONE);
  for (let e = 0; e < list.source.length; e++) {
    nodeOf[list.source[e] as number] = 0;
    nodeOf[list.target[e] as number] = 0;
  }
  const parties: number[] = [];
  for (let party = 0; party < nodeOf.length; party++) {
    if (nodeOf[party] === NONE) continue;
    nodeOf[party] = parties.length;
    parties.push(party);
  }
  const source = list.source.map((party) => nodeOf[party] as number);
  const target = list.target.map((party) => nodeOf[party] as number);
  const pairs = { source, target, weight: list.weight, messages: list.messages, calls: list.calls };
  return { parties: Uint32Array.from(parties), graph: buildGraph(parties.length, pairs), pairs };
}

/**
 * @param termsOf words that mark out each group of messages from the others, best first; called with the messages
 *   sent inside each community.
 */
export async function networkView(
  store: EvidenceStore,
  network: TiedNetwork,
  messageIds: Uint32Array,
  options: NetworkOptions,
  termsOf: (groups: readonly Uint32Array[]) => string[][],
  pace: PaceOptions = {}
): Promise<NetworkView & { readonly all: Measures }> {
  const started = performance.now();
  const { signal, onProgress } = pace;
  const all = await measures(network.graph, options.seed, {
    signal,
    onProgress: (share) => onProgress?.(share * MEASURES_SHARE)
  });
  const shown = rankedPart(network, all.strength, options.maxNodes);
  const layout = new ForceLayout(shown.graph, { seed: options.seed, linLog: true, weightInfluence: 0.5 });
  await layout.run(LAYOUT_STEPS, {
    signal,
    onProgress: (share) => onProgress?.(MEASURES_SHARE + share * (1 - MEASURES_SHARE))
  });
  const pick = <A extends Uint32Array | Float64Array>(values: A): A => shown.nodes.map((node) => values[node] as number) as A;
  const communities = nameCommunities(store, network, all, messageIds, termsOf);
  return {
    party: shown.nodes.map((node) => network.parties[node] as number),
    labels: Array.from(shown.nodes, (node) => store.directory.label(network.parties[node] as number)),
    x: Float32Array.from(layout.x),
    y: Float32Array.from(layout.y),
    community: Int32Array.from(shown.nodes, (node) => all.community[node] as number),
    weight: pick(all.strength),
    degree: pick(all.degree),
    pageRank: pick(all.pageRank),
    betweenness: pick(all.betweenness),
    betweennessExact: all.betweennessExact,
    component: pick(all.component),
    source: shown.source,
    target: shown.target,
    edgeWeight: shown.edges.map((e) => network.pairs.weight[e] as number),
    edgeMessages: Uint32Array.from(shown.edges, (e) => network.pairs.messages[e] as number),
    edgeCalls: Uint32Array.from(shown.edges, (e) => network.pairs.calls[e] as number),
    totalNodes: network.graph.nodes,
    totalEdges: network.graph.edges,
    modularity: all.modularity,
    communities,
    rule: { id: 'network', version: VERSION },
    elapsed_ms: performance.now() - started,
    all
  };
}

/** The way between two parties with what stands behind each hop, or null when there is none. */
export function pathHops(store: EvidenceStore, network: TiedNetwork, from: number, to: number): PathHop[] | null {
  const nodeOf = (party: number): number => network.parties.indexOf(party);
  const [a, b] = [nodeOf(from), nodeOf(to)];
  if (a < 0 || b < 0) return null;
  const way = shortestPath(network.graph, a, b);
  if (way === null) return null;
  const label = (node: number): PartyLabel => {
    const party = network.parties[node] as number;
    return { id: party, label: store.directory.label(party) };
  };
  const hops: PathHop[] = [];
  for (let i = 1; i < way.length; i++) {
    const [u, v] = [way[i - 1] as number, way[i] as number];
    const e = pairIndex(network.pairs, Math.min(u, v), Math.max(u, v));
    hops.push({
      from: label(u),
      to: label(v),
      messages: network.pairs.messages[e] as number,
      calls: network.pairs.calls[e] as number
    });
  }
  return hops;
}

interface RankedPart {
  readonly nodes: Uint32Array;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** Row of each shown edge among all pairs. */
  readonly edges: Float64Array;
  readonly graph: Graph;
}

/** The nodes with the most messages and calls over their ties, at most `maxNodes`, and the ties among them. */
function rankedPart(network: TiedNetwork, strength: Float64Array, maxNodes: number): RankedPart {
  const n = network.graph.nodes;
  let nodes = Uint32Array.from({ length: n }, (_, i) => i);
  if (n > maxNodes) {
    nodes.sort((a, b) => (strength[b] as number) - (strength[a] as number) || a - b);
    nodes = nodes.slice(0, maxNodes).sort();
  }
  const placeOf = new Uint32Array(n).fill(NONE);
  for (let i = 0; i < nodes.length; i++) placeOf[nodes[i] as number] = i;
  const edges: number[] = [];
  const { source, target, weight } = network.pairs;
  for (let e = 0; e < source.length; e++) {
    if (placeOf[source[e] as number] !== NONE && placeOf[target[e] as number] !== NONE) edges.push(e);
  }
  const ends = (column: Uint32Array): Uint32Array => Uint32Array.from(edges, (e) => placeOf[column[e] as number] as number);
  const part = { source: ends(source), target: ends(target), weight: Float64Array.from(edges, (e) => weight[e] as number) };
  return {
    nodes,
    source: part.source,
    target: part.target,
    edges: Float64Array.from(edges),
    graph: buildGraph(nodes.length, part)
  };
}

function nameCommunities(
  store: EvidenceStore,
  network: TiedNetwork,
  all: Measures,
  messageIds: Uint32Array,
  termsOf: (groups: readonly Uint32Array[]) => string[][]
): NetworkView['communities'] {
  const count = all.communitySizes.length;
  const communityOf = new Int32Array(store.directory.partyCount).fill(-1);
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let node = 0; node < network.graph.nodes; node++) {
    const community = all.community[node] as number;
    communityOf[network.parties[node] as number] = community;
    members[community]?.push(node);
  }
  const sent: number[][] = Array.from({ length: count }, () => []);
  for (const id of messageIds) {
    const party = store.directory.partyOf(store.messages.from.at(id));
    const community = party === NONE ? -1 : (communityOf[party] as number);
    if (community >= 0) sent[community]?.push(id);
  }
  const terms = termsOf(sent.map((ids) => Uint32Array.from(ids)));
  return members.map((nodes, id) => {
    const top = nodes.sort((a, b) => (all.strength[b] as number) - (all.strength[a] as number) || a - b).slice(0, NAMING);
    const topMembers = top.map((node) => {
      const party = network.parties[node] as number;
      return { id: party, label: store.directory.label(party) };
    });
    const words = (terms[id] ?? []).slice(0, NAMING);
    return { id, size: nodes.length, name: topMembers.map((member) => member.label).join(', '), topMembers, terms: words };
  });
}

/** Row of the pair (low, high) in the ordered list; where there is none, the row of the pair that would follow it. */
export function pairIndex(pairs: Pairs, low: number, high: number): number {
  let from = 0;
  let to = pairs.source.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const a = pairs.source[middle] as number;
    const b = pairs.target[middle] as number;
    if (a < low || (a === low && b < high)) from = middle + 1;
    else to = middle;
  }
  return from;
}
