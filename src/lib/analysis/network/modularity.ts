import { strengths, type Graph } from './csr.ts';

/**
 * Modularity Q of a division (Newman and Girvan 2004; resolution by Reichardt and Bornholdt 2006):
 * the weight inside groups less what chance would put there, as a share of all weight. 0 for an empty network.
 * @param labels a group number per node, below graph.nodes
 */
export function modularity(graph: Graph, labels: Uint32Array | Int32Array, resolution = 1): number {
  const { nodes, offsets, neighbours, weights } = graph;
  const strength = strengths(graph);
  const total = new Float64Array(nodes);
  let twice = 0;
  let inside = 0;
  for (let u = 0; u < nodes; u++) {
    const label = labels[u]!;
    twice += strength[u]!;
    total[label]! += strength[u]!;
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) if (labels[neighbours[k]!] === label) inside += weights[k]!;
  }
  if (twice === 0) return 0;
  let expected = 0;
  for (let label = 0; label < nodes; label++) expected += (total[label]! / twice) ** 2;
  return inside / twice - resolution * expected;
}
