/**
 * [Note: Compressed rows]
 * A network is three typed arrays: the neighbours of node u are neighbours[offsets[u] .. offsets[u+1]), each with
 * the weight at the same place. An undirected edge stands in both rows. Rows are in ascending order of neighbour.
 * Nodes are 0..nodes-1 and mean nothing here: the caller knows which party each one is.
 */
export interface Graph {
  readonly nodes: number;
  /** Undirected edges, each counted once. */
  readonly edges: number;
  /** nodes + 1 entries. */
  readonly offsets: Uint32Array;
  /** 2 x edges entries. */
  readonly neighbours: Uint32Array;
  /** 2 x edges entries, all above 0. */
  readonly weights: Float64Array;
}

/** Undirected pairs, each once, with source < target, in ascending order of (source, target). */
export interface Pairs {
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly weight: Float64Array;
}

/**
 * Builds the rows from pairs as `aggregate` and `simplePairs` give them.
 * @throws RangeError when a pair names a node that is not there, joins a node to itself, or is out of order.
 */
export function buildGraph(nodes: number, pairs: Pairs): Graph {
  const { source, target, weight } = pairs;
  const edges = source.length;
  const offsets = new Uint32Array(nodes + 1);
  for (let e = 0; e < edges; e++) {
    const a = source[e]!;
    const b = target[e]!;
    if (a >= b || b >= nodes) throw new RangeError(`pair ${e} (${a}, ${b}) does not fit a graph of ${nodes} nodes`);
    if (e > 0 && (source[e - 1]! > a || (source[e - 1] === a && target[e - 1]! >= b))) {
      throw new RangeError(`pair ${e} (${a}, ${b}) is out of order or given twice`);
    }
    offsets[a + 1]!++;
    offsets[b + 1]!++;
  }
  for (let u = 0; u < nodes; u++) offsets[u + 1]! += offsets[u]!;
  const neighbours = new Uint32Array(2 * edges);
  const weights = new Float64Array(2 * edges);
  const next = offsets.slice();
  for (let e = 0; e < edges; e++) {
    const a = source[e]!;
    const b = target[e]!;
    const w = weight[e]!;
    const atA = next[a]!++;
    neighbours[atA] = b;
    weights[atA] = w;
    const atB = next[b]!++;
    neighbours[atB] = a;
    weights[atB] = w;
  }
  return { nodes, edges, offsets, neighbours, weights };
}

/**
 * A stable counting sort: the items of `items` (or 0..keys.length-1) in ascending order of keys[item], all keys being
 * below `bound`. Linear; comparison sorting of a million rows takes ten times as long.
 */
export function orderBy(keys: Uint32Array, bound: number, items?: Uint32Array): Uint32Array {
  const count = items === undefined ? keys.length : items.length;
  const starts = new Uint32Array(bound + 1);
  for (let i = 0; i < count; i++) starts[keys[items === undefined ? i : items[i]!]! + 1]!++;
  for (let key = 0; key < bound; key++) starts[key + 1]! += starts[key]!;
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const item = items === undefined ? i : items[i]!;
    order[starts[keys[item]!]!++] = item;
  }
  return order;
}

/** The order of pairs by (source, target). */
export function pairOrder(nodes: number, source: Uint32Array, target: Uint32Array): Uint32Array {
  return orderBy(source, nodes, orderBy(target, nodes));
}

/**
 * Pairs from a bare edge list in any direction and order: loops dropped, repeats merged with their weights summed
 * (or kept at 1 each when `weight` is absent: the simple graph of published reference numbers).
 */
export function simplePairs(nodes: number, from: Uint32Array, to: Uint32Array, weight?: Float64Array): Pairs & { loops: number } {
  const count = from.length;
  const low = new Uint32Array(count);
  const high = new Uint32Array(count);
  const given = new Float64Array(count);
  let kept = 0;
  for (let e = 0; e < count; e++) {
    const a = from[e]!;
    const b = to[e]!;
    if (a >= nodes || b >= nodes) throw new RangeError(`edge ${e} (${a}, ${b}) does not fit a graph of ${nodes} nodes`);
    if (a === b) continue;
    low[kept] = Math.min(a, b);
    high[kept] = Math.max(a, b);
    given[kept++] = weight === undefined ? 1 : weight[e]!;
  }
  const order = pairOrder(nodes, low.subarray(0, kept), high.subarray(0, kept));
  const source = new Uint32Array(kept);
  const target = new Uint32Array(kept);
  const sums = new Float64Array(kept);
  let last = -1;
  for (let i = 0; i < kept; i++) {
    const e = order[i]!;
    const a = low[e]!;
    const b = high[e]!;
    if (last >= 0 && source[last] === a && target[last] === b) {
      if (weight !== undefined) sums[last]! += given[e]!;
      continue;
    }
    last++;
    source[last] = a;
    target[last] = b;
    sums[last] = given[e]!;
  }
  const pairs = last + 1;
  return { source: source.slice(0, pairs), target: target.slice(0, pairs), weight: sums.slice(0, pairs), loops: count - kept };
}

/** Number of neighbours of each node. */
export function degrees(graph: Graph): Uint32Array {
  const degree = new Uint32Array(graph.nodes);
  for (let u = 0; u < graph.nodes; u++) degree[u] = graph.offsets[u + 1]! - graph.offsets[u]!;
  return degree;
}

/** Sum of the weights of each node's edges. */
export function strengths(graph: Graph): Float64Array {
  const strength = new Float64Array(graph.nodes);
  for (let u = 0; u < graph.nodes; u++) {
    let sum = 0;
    for (let k = graph.offsets[u]!; k < graph.offsets[u + 1]!; k++) sum += graph.weights[k]!;
    strength[u] = sum;
  }
  return strength;
}
