import { strengths, type Graph } from './csr.ts';

export interface PageRankOptions {
  /** Share that follows ties rather than jumping anywhere. 0.85 as in Brin and Page (1998) and every library. */
  readonly damping?: number;
  /** Stops when one sweep changes the ranks by less than this in sum. */
  readonly tolerance?: number;
  readonly maxSweeps?: number;
}

export interface PageRank {
  /** One value a node; they sum to 1. */
  readonly rank: Float64Array;
  readonly sweeps: number;
  readonly converged: boolean;
}

/**
 * Weighted PageRank on an undirected network by Gauss-Seidel sweeps, which use each new value at once and need about
 * half the sweeps of the power method. Nodes without ties pass nothing on; scaling the solution to sum 1 at the end
 * equals letting them jump anywhere (Gleich 2015, section 3.2), so the result is that of igraph and networkx.
 */
export function pageRank(graph: Graph, options: PageRankOptions = {}): PageRank {
  const damping = options.damping ?? 0.85;
  const tolerance = options.tolerance ?? 1e-8;
  const maxSweeps = options.maxSweeps ?? 300;
  const { nodes, offsets, neighbours, weights } = graph;
  const rank = new Float64Array(nodes).fill(nodes === 0 ? 0 : 1 / nodes);
  const strength = strengths(graph);
  // What each node hands over per unit of weight: rank / strength.
  const flow = new Float64Array(nodes);
  for (let u = 0; u < nodes; u++) flow[u] = strength[u]! > 0 ? rank[u]! / strength[u]! : 0;
  const base = (1 - damping) / Math.max(1, nodes);
  let sweeps = 0;
  let converged = nodes === 0;
  while (!converged && sweeps < maxSweeps) {
    sweeps++;
    let change = 0;
    for (let u = 0; u < nodes; u++) {
      let sum = 0;
      for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) sum += weights[k]! * flow[neighbours[k]!]!;
      const next = base + damping * sum;
      change += Math.abs(next - rank[u]!);
      rank[u] = next;
      if (sum > 0) flow[u] = next / strength[u]!;
    }
    converged = change < tolerance;
  }
  let sum = 0;
  for (let u = 0; u < nodes; u++) sum += rank[u]!;
  for (let u = 0; u < nodes; u++) rank[u]! /= sum;
  return { rank, sweeps, converged };
}
