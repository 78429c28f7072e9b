import { degrees, type Graph } from './csr.ts';

/**
 * Core number of each node: the greatest k for which it stands in a part where everyone has k ties inside.
 * Batagelj and Zaversnik (2003), O(edges): nodes in bins by what is left of their degree, peeled from the lowest.
 */
export function coreNumbers(graph: Graph): Uint32Array {
  const { nodes, offsets, neighbours } = graph;
  const left = degrees(graph);
  let highest = 0;
  for (let u = 0; u < nodes; u++) highest = Math.max(highest, left[u]!);
  const start = new Uint32Array(highest + 2);
  for (let u = 0; u < nodes; u++) start[left[u]! + 1]!++;
  for (let d = 0; d <= highest; d++) start[d + 1]! += start[d]!;
  const place = new Uint32Array(nodes);
  const order = new Uint32Array(nodes);
  const next = start.slice();
  for (let u = 0; u < nodes; u++) {
    const at = next[left[u]!]!++;
    place[u] = at;
    order[at] = u;
  }
  for (let i = 0; i < nodes; i++) {
    const u = order[i]!;
    const core = left[u]!;
    for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) {
      const v = neighbours[k]!;
      const degree = left[v]!;
      if (degree <= core) continue;
      // Swap v with the first of its bin, then let the bin below take that place.
      const head = Math.max(start[degree]!, i + 1);
      const other = order[head]!;
      if (other !== v) {
        const at = place[v]!;
        order[at] = other;
        place[other] = at;
        order[head] = v;
        place[v] = head;
      }
      start[degree] = head + 1;
      left[v] = degree - 1;
    }
  }
  return left;
}
