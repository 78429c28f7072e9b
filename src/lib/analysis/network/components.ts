import type { Graph } from './csr.ts';

export interface Components {
  /** Component of each node; 0 is the largest, ties by the lowest node. */
  readonly component: Uint32Array;
  /** Nodes per component, descending. */
  readonly sizes: Uint32Array;
}

/** Connected components by union-find with path halving and union towards the lower root. */
export function components(graph: Graph): Components {
  const { nodes, offsets, neighbours } = graph;
  const parent = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) parent[u] = u;
  const find = (from: number): number => {
    let u = from;
    while (parent[u] !== u) {
      parent[u] = parent[parent[u]!]!;
      u = parent[u]!;
    }
    return u;
  };
  for (let u = 0; u < nodes; u++) {
    for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) {
      const v = neighbours[k]!;
      if (v > u) break; // rows ascend, and the other half of the edge does the work
      const a = find(u);
      const b = find(v);
      if (a < b) parent[b] = a;
      else if (b < a) parent[a] = b;
    }
  }
  const root = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) root[u] = find(u);
  return bySize(root);
}

/**
 * Renumbers any labelling (labels below its length) so that 0 is the largest group, ties by the lowest node in it.
 * Numbers on screen then mean size, and do not depend on the order of the work.
 */
export function bySize(labels: Uint32Array | Int32Array): Components {
  const size = new Uint32Array(labels.length);
  const first = new Uint32Array(labels.length);
  const used: number[] = [];
  for (let u = 0; u < labels.length; u++) {
    const label = labels[u]!;
    if (size[label]!++ === 0) {
      first[label] = u;
      used.push(label);
    }
  }
  used.sort((a, b) => size[b]! - size[a]! || first[a]! - first[b]!);
  const renamed = new Uint32Array(labels.length);
  used.forEach((label, rank) => (renamed[label] = rank));
  return {
    component: Uint32Array.from(labels, (label) => renamed[label]!),
    sizes: Uint32Array.from(used, (label) => size[label]!)
  };
}
