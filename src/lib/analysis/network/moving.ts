/**
 * The inner loops of community detection: moving single nodes to the neighbouring group that gains most, and making a
 * smaller network of the groups. Louvain and Leiden are both built of these.
 */
import type { SeededRandom } from '../random.ts';
import { strengths, type Graph } from './csr.ts';

/**
 * A network in which a node may stand for many. Weight inside such a node is not kept as a loop: it counts in
 * `strength` alone, which is all that a gain in modularity needs.
 */
export interface Level {
  readonly nodes: number;
  readonly offsets: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly weights: Float64Array;
  readonly strength: Float64Array;
}

export function baseLevel(graph: Graph): Level {
  return { ...graph, strength: strengths(graph) };
}

/** Gains below this are rounding, and moving on them could go on for ever. */
export const LEAST_GAIN = 1e-10;

/** Sum of all strengths: twice the weight of the network. */
export function twiceWeight(level: Level): number {
  let sum = 0;
  for (let u = 0; u < level.nodes; u++) sum += level.strength[u]!;
  return sum;
}

/**
 * Moves nodes until none gains by moving. Only nodes next to a change are looked at again (Traag, Waltman and van Eck
 * 2019, fast local moving).
 * @param group a group number below level.nodes for each node; changed in place
 * @param pull resolution / twice the weight of the whole network
 * @returns number of moves
 */
export function moveNodes(level: Level, group: Uint32Array, pull: number, random: SeededRandom): number {
  const { nodes, offsets, neighbours, weights, strength } = level;
  const total = new Float64Array(nodes);
  const size = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) {
    total[group[u]!]! += strength[u]!;
    size[group[u]!]!++;
  }
  const empty: number[] = [];
  for (let g = nodes - 1; g >= 0; g--) if (size[g] === 0) empty.push(g);

  const queue = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) queue[u] = u;
  // A random order makes independent starts differ, which small networks gain by. On large ones it only costs cache
  // misses: the order in memory gave the same modularity in a tenth less time.
  if (nodes <= 20_000) random.shuffle(queue);
  const waiting = new Uint8Array(nodes).fill(1);
  const link = new Float64Array(nodes);
  const near = new Uint32Array(nodes);
  let head = 0;
  let count = nodes;
  let moves = 0;
  while (count > 0) {
    const u = queue[head]!;
    if (++head === nodes) head = 0;
    count--;
    waiting[u] = 0;
    const start = offsets[u]!;
    const end = offsets[u + 1]!;
    const own = group[u]!;
    const strengthU = strength[u]!;
    const cost = strengthU * pull;
    let nearby = 0;
    for (let k = start; k < end; k++) {
      const g = group[neighbours[k]!]!;
      if (link[g] === 0) near[nearby++] = g;
      link[g]! += weights[k]!;
    }
    let best = own;
    let bestGain = link[own]! - (total[own]! - strengthU) * cost + LEAST_GAIN;
    for (let i = 0; i < nearby; i++) {
      const g = near[i]!;
      const gain = link[g]! - total[g]! * cost;
      link[g] = 0;
      if (gain > bestGain && g !== own) {
        bestGain = gain;
        best = g;
      }
    }
    // Alone is worth 0, and better than a group that no longer pays.
    if (bestGain < 0 && size[own]! > 1) best = empty.pop()!;
    if (best === own) continue;
    moves++;
    total[own]! -= strengthU;
    total[best]! += strengthU;
    if (--size[own]! === 0) empty.push(own);
    size[best]!++;
    group[u] = best;
    for (let k = start; k < end; k++) {
      const v = neighbours[k]!;
      if (waiting[v] === 1 || group[v] === best) continue;
      waiting[v] = 1;
      let tail = head + count;
      if (tail >= nodes) tail -= nodes;
      queue[tail] = v;
      count++;
    }
  }
  return moves;
}

/** Numbers used labels (all below `bound`) 0, 1, ... in order of first node, in place; returns how many there are. */
export function compactLabels(label: Uint32Array, bound = label.length): number {
  const renamed = new Int32Array(bound).fill(-1);
  let count = 0;
  for (let u = 0; u < label.length; u++) {
    const old = label[u]!;
    if (renamed[old]! < 0) renamed[old] = count++;
    label[u] = renamed[old]!;
  }
  return count;
}

/** The network whose nodes are the groups 0..groups-1 of `level`. */
export function coarsen(level: Level, group: Uint32Array, groups: number): Level {
  const { nodes, offsets, neighbours, weights, strength } = level;
  const first = new Uint32Array(groups + 1);
  for (let u = 0; u < nodes; u++) first[group[u]! + 1]!++;
  for (let g = 0; g < groups; g++) first[g + 1]! += first[g]!;
  const members = new Uint32Array(nodes);
  const next = first.slice(0, groups);
  for (let u = 0; u < nodes; u++) members[next[group[u]!]!++] = u;

  const coarseOffsets = new Uint32Array(groups + 1);
  const coarseStrength = new Float64Array(groups);
  const coarseNeighbours = new Uint32Array(neighbours.length);
  const coarseWeights = new Float64Array(neighbours.length);
  // Where group h stands in the row being written; a place before the row's start belongs to an earlier row.
  const place = new Int32Array(groups).fill(-1);
  let length = 0;
  for (let g = 0; g < groups; g++) {
    const rowStart = length;
    let sum = 0;
    for (let i = first[g]!; i < first[g + 1]!; i++) {
      const u = members[i]!;
      sum += strength[u]!;
      for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) {
        const h = group[neighbours[k]!]!;
        if (h === g) continue;
        const at = place[h]!;
        if (at >= rowStart) {
          coarseWeights[at]! += weights[k]!;
        } else {
          place[h] = length;
          coarseNeighbours[length] = h;
          coarseWeights[length++] = weights[k]!;
        }
      }
    }
    coarseStrength[g] = sum;
    coarseOffsets[g + 1] = length;
  }
  return {
    nodes: groups,
    offsets: coarseOffsets,
    neighbours: coarseNeighbours.subarray(0, length),
    weights: coarseWeights.subarray(0, length),
    strength: coarseStrength
  };
}
