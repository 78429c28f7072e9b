import { SeededRandom } from '../random.ts';
import type { Graph } from './csr.ts';
import { baseLevel, coarsen, compactLabels, moveNodes, twiceWeight } from './moving.ts';

/**
 * Communities by Louvain (Blondel, Guillaume, Lambiotte and Lefebvre 2008). Faster than Leiden and kept as its yardstick and
 * fallback; a community may fall into parts that are not joined, so nothing is shown to officers from it.
 * @returns a label per node, 0 up, without gaps
 */
export function louvain(graph: Graph, options: { readonly seed?: number; readonly resolution?: number } = {}): Uint32Array {
  const random = new SeededRandom(options.seed ?? 1);
  let level = baseLevel(graph);
  const label = new Uint32Array(graph.nodes);
  for (let u = 0; u < graph.nodes; u++) label[u] = u;
  const twice = twiceWeight(level);
  if (twice === 0) return label;
  for (;;) {
    const group = new Uint32Array(level.nodes);
    for (let u = 0; u < level.nodes; u++) group[u] = u;
    if (moveNodes(level, group, (options.resolution ?? 1) / twice, random) === 0) return label;
    const groups = compactLabels(group);
    for (let u = 0; u < label.length; u++) label[u] = group[label[u]!]!;
    if (groups === level.nodes) return label;
    level = coarsen(level, group, groups);
  }
}
