/**
 * [Note: Leiden]
 * Communities by modularity after Traag, Waltman and van Eck (2019). As Louvain, but before groups are melted into
 * nodes each is first divided into parts that hold together (refinement), and the next round may move those parts
 * apart again. At the end every community is split into its connected parts, which never lowers modularity: parts
 * without a tie between them only pay for being together. So "this community" is always a set of people who can be
 * reached from each other inside it.
 */
import { SeededRandom } from '../random.ts';
import { bySize } from './components.ts';
import type { Graph } from './csr.ts';
import { modularity } from './modularity.ts';
import { LEAST_GAIN, baseLevel, coarsen, compactLabels, moveNodes, twiceWeight, type Level } from './moving.ts';

export interface LeidenOptions {
  readonly seed?: number;
  /** Above 1 gives more and smaller communities. */
  readonly resolution?: number;
  /** Rounds from one start; each begins with the division of the one before. 2 is what igraph does by default. */
  readonly rounds?: number;
  /** Independent starts, the best kept. Default: as many as small networks allow for nothing, 1 on large ones. */
  readonly starts?: number;
}

export interface Communities {
  /** Community per node; 0 is the largest, ties by the lowest node. */
  readonly label: Uint32Array;
  /** Nodes per community, descending. */
  readonly sizes: Uint32Array;
  readonly modularity: number;
  readonly resolution: number;
}

/**
 * Runs in one go (0.3 s for 300,000 ties): there is nothing in it to stop or to watch.
 */
export function leiden(graph: Graph, options: LeidenOptions = {}): Communities {
  const resolution = options.resolution ?? 1;
  const random = new SeededRandom(options.seed ?? 1);
  // About 30 ms of work for the small networks most cases have; one start suffices where there is much data.
  const starts = options.starts ?? Math.max(1, Math.min(10, Math.floor(50_000 / Math.max(1, graph.edges))));
  const base = baseLevel(graph);
  let best: Uint32Array | null = null;
  let bestModularity = -Infinity;
  for (let start = 0; start < starts; start++) {
    const label = new Uint32Array(graph.nodes);
    for (let u = 0; u < graph.nodes; u++) label[u] = u;
    const rounds = options.rounds ?? 2;
    for (let round = 0; round < rounds; round++) {
      if (!improve(base, label, resolution, random)) break;
    }
    splitDisconnected(graph, label);
    const quality = modularity(graph, label, resolution);
    if (best === null || quality > bestModularity + 1e-12) {
      best = label;
      bestModularity = quality;
    }
  }
  const { component: label, sizes } = bySize(best ?? new Uint32Array(0));
  return { label, sizes, modularity: best === null ? 0 : bestModularity, resolution };
}

/** One round over all levels; `label` (0..nodes-1 per node) is replaced in place. False when nothing moved. */
function improve(base: Level, label: Uint32Array, resolution: number, random: SeededRandom): boolean {
  const twice = twiceWeight(base);
  if (twice === 0) return false;
  const pull = resolution / twice;
  let level = base;
  let group = label.slice();
  const node = new Uint32Array(base.nodes);
  for (let u = 0; u < base.nodes; u++) node[u] = u;
  let moved = false;
  for (;;) {
    if (moveNodes(level, group, pull, random) > 0) moved = true;
    for (let u = 0; u < node.length; u++) label[u] = group[node[u]!]!;
    const part = refine(level, group, pull, random);
    const parts = compactLabels(part);
    if (parts === level.nodes) break;
    const next = coarsen(level, part, parts);
    // The division carries over: parts of one group start the next level together.
    const carried = new Uint32Array(parts);
    for (let u = 0; u < level.nodes; u++) carried[part[u]!] = group[u]!;
    compactLabels(carried, level.nodes);
    for (let u = 0; u < node.length; u++) node[u] = part[node[u]!]!;
    level = next;
    group = carried;
  }
  compactLabels(label);
  return moved;
}

/**
 * Divides each group into parts: single nodes join a part of their group when both hold to the rest of the group at
 * least as well as chance would, and the join gains. Only ties join, so parts are connected.
 * @returns the part of each node, named by one of its nodes
 */
function refine(level: Level, group: Uint32Array, pull: number, random: SeededRandom): Uint32Array {
  const { nodes, offsets, neighbours, weights, strength } = level;
  const part = new Uint32Array(nodes);
  const alone = new Uint8Array(nodes).fill(1);
  const partTotal = strength.slice();
  const groupTotal = new Float64Array(nodes);
  // Weight from each part to the rest of its group.
  const outward = new Float64Array(nodes);
  for (let u = 0; u < nodes; u++) {
    part[u] = u;
    groupTotal[group[u]!]! += strength[u]!;
    let sum = 0;
    for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) if (group[neighbours[k]!] === group[u]) sum += weights[k]!;
    outward[u] = sum;
  }
  const order = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) order[u] = u;
  random.shuffle(order);
  const link = new Float64Array(nodes);
  const near = new Uint32Array(nodes);
  for (let i = 0; i < nodes; i++) {
    const u = order[i]!;
    if (alone[u] === 0 || outward[u] === 0) continue;
    const g = group[u]!;
    const inGroup = groupTotal[g]!;
    const strengthU = strength[u]!;
    if (outward[u]! < strengthU * (inGroup - strengthU) * pull - LEAST_GAIN) continue;
    let nearby = 0;
    for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) {
      const v = neighbours[k]!;
      if (group[v] !== g) continue;
      const p = part[v]!;
      if (link[p] === 0) near[nearby++] = p;
      link[p]! += weights[k]!;
    }
    let best = u;
    let bestGain = LEAST_GAIN;
    for (let j = 0; j < nearby; j++) {
      const p = near[j]!;
      const total = partTotal[p]!;
      const gain = link[p]! - total * strengthU * pull;
      if (gain > bestGain && outward[p]! >= total * (inGroup - total) * pull - LEAST_GAIN) {
        bestGain = gain;
        best = p;
      }
    }
    if (best !== u) {
      part[u] = best;
      alone[u] = 0;
      alone[best] = 0;
      partTotal[best]! += strengthU;
      outward[best]! += outward[u]! - 2 * link[best]!;
    }
    for (let j = 0; j < nearby; j++) link[near[j]!] = 0;
  }
  return part;
}

/** Gives every connected part of a community a label of its own. */
function splitDisconnected(graph: Graph, label: Uint32Array): void {
  const { nodes, offsets, neighbours } = graph;
  const found = new Int32Array(nodes).fill(-1);
  const stack = new Uint32Array(nodes);
  let count = 0;
  for (let root = 0; root < nodes; root++) {
    if (found[root]! >= 0) continue;
    const community = label[root]!;
    let height = 1;
    stack[0] = root;
    found[root] = count;
    while (height > 0) {
      const u = stack[--height]!;
      for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) {
        const v = neighbours[k]!;
        if (found[v]! >= 0 || label[v] !== community) continue;
        found[v] = count;
        stack[height++] = v;
      }
    }
    count++;
  }
  label.set(found);
}
