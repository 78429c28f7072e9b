import type { Graph } from './csr.ts';

/**
 * A shortest way from one node to another by number of steps; null when there is none. Of several equally short ways
 * the one whose weakest tie is strongest is taken (an officer wants the way with most messages behind each hop), then
 * the one through the lowest node numbers, so that the answer never depends on the order of the data.
 * @returns nodes from `from` to `to`, both included
 */
export function shortestPath(graph: Graph, from: number, to: number): Uint32Array | null {
  const { nodes, offsets, neighbours, weights } = graph;
  if (from >= nodes || to >= nodes) throw new RangeError(`no way between ${from} and ${to} in a graph of ${nodes} nodes`);
  if (from === to) return Uint32Array.of(from);
  const steps = new Int32Array(nodes).fill(-1);
  const queue = new Uint32Array(nodes);
  // Weakest tie on the best way so far from the start, and the node before on it.
  const weakest = new Float64Array(nodes);
  const before = new Uint32Array(nodes);
  steps[from] = 0;
  weakest[from] = Infinity;
  queue[0] = from;
  let tail = 1;
  for (let head = 0; head < tail; head++) {
    const u = queue[head]!;
    // Everything one step nearer is done: the way to `to` is settled once its own level is reached.
    if (steps[to]! >= 0 && steps[u]! >= steps[to]!) break;
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
      const v = neighbours[k]!;
      const bound = Math.min(weakest[u]!, weights[k]!);
      if (steps[v]! < 0) {
        steps[v] = steps[u]! + 1;
        queue[tail++] = v;
      } else if (steps[v] !== steps[u]! + 1 || bound < weakest[v]! || (bound === weakest[v] && before[v]! <= u)) {
        continue;
      }
      weakest[v] = bound;
      before[v] = u;
    }
  }
  if (steps[to]! < 0) return null;
  const path = new Uint32Array(steps[to]! + 1);
  for (let i = path.length - 1, u = to; i >= 0; i--, u = before[u]!) path[i] = u;
  return path;
}
