/**
 * Ties without which the network falls into more pieces: the only way between those on either side, as far as the
 * evidence goes. One walk in depth with the lowest place that each subtree reaches (Tarjan 1974), without recursion.
 */
import type { Graph } from './csr.ts';

export interface Bridges {
  /** Ends of each, source < target, in ascending order. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** Nodes on the smaller side once it is cut. */
  readonly apart: Uint32Array;
}

export function bridges({ nodes, offsets, neighbours }: Graph): Bridges {
  const place = new Int32Array(nodes).fill(-1);
  const lowest = new Int32Array(nodes);
  const parent = new Int32Array(nodes).fill(-1);
  const below = new Uint32Array(nodes);
  const next = offsets.slice(0, nodes);
  const root = new Uint32Array(nodes);
  const sizeOf = new Map<number, number>();
  const cuts: number[] = [];
  const stack: number[] = [];
  let visited = 0;
  for (let start = 0; start < nodes; start++) {
    if (place[start]! >= 0) continue;
    const before = visited;
    stack.push(start);
    place[start] = lowest[start] = visited++;
    while (stack.length > 0) {
      const u = stack[stack.length - 1]!;
      if (next[u]! < offsets[u + 1]!) {
        const v = neighbours[next[u]!++]!;
        if (place[v]! < 0) {
          parent[v] = u;
          place[v] = lowest[v] = visited++;
          stack.push(v);
        } else if (v !== parent[u]) lowest[u] = Math.min(lowest[u]!, place[v]!);
        continue;
      }
      stack.pop();
      root[u] = start;
      below[u]!++;
      const above = parent[u]!;
      if (above < 0) continue;
      below[above]! += below[u]!;
      lowest[above] = Math.min(lowest[above]!, lowest[u]!);
      // Nothing below reaches past the tie by another way; each pair stands once in a graph.
      if (lowest[u]! > place[above]!) cuts.push(u);
    }
    sizeOf.set(start, visited - before);
  }
  const ends = cuts
    .map((u) => {
      const [a, b] = [u, parent[u]!];
      const apart = Math.min(below[u]!, sizeOf.get(root[u]!)! - below[u]!);
      return { source: Math.min(a, b), target: Math.max(a, b), apart };
    })
    .sort((x, y) => x.source - y.source || x.target - y.target);
  return {
    source: Uint32Array.from(ends, (end) => end.source),
    target: Uint32Array.from(ends, (end) => end.target),
    apart: Uint32Array.from(ends, (end) => end.apart)
  };
}
