/**
 * The minimum spanning tree of the mutual reachability distance, on which HDBSCAN stands: the distance of two points,
 * but at least each one's core distance (to its minSamples-th nearest, itself counted), so that points in thin air are
 * far from everything.
 */
import { Pace, type PaceOptions } from '../pace.ts';
import type { Neighbours } from './knn.ts';
import type { DensePoints } from './svd.ts';

/** count - 1 edges that join all points. */
export interface SpanningTree {
  readonly count: number;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly distance: Float64Array;
}

/** Core distances from lists of neighbours; minSamples counts the point itself, as in McInnes and Healy (2017). */
export function coreDistances(neighbours: Neighbours, minSamples: number): Float64Array {
  const core = new Float64Array(neighbours.count);
  const at = Math.min(minSamples - 1, neighbours.k) - 1;
  if (at < 0) return core;
  for (let p = 0; p < neighbours.count; p++) core[p] = neighbours.distance[p * neighbours.k + at]!;
  return core;
}

function squaredDistance(points: DensePoints, a: number, b: number): number {
  const { dims, values } = points;
  let sum = 0;
  for (let d = 0; d < dims; d++) {
    const difference = values[a * dims + d]! - values[b * dims + d]!;
    sum += difference * difference;
  }
  return sum;
}

/**
 * Exact, by Prim's algorithm over all pairs without keeping them: time count^2 x dims / 2, memory linear.
 * @throws the signal's reason when aborted.
 */
export async function exactSpanningTree(
  points: DensePoints,
  core: Float64Array,
  options: PaceOptions = {}
): Promise<SpanningTree> {
  const { count } = points;
  const edges = Math.max(0, count - 1);
  const tree = { count, a: new Uint32Array(edges), b: new Uint32Array(edges), distance: new Float64Array(edges) };
  const pace = new Pace(options);
  const best = new Float64Array(count).fill(Infinity);
  const from = new Uint32Array(count);
  const left = Uint32Array.from({ length: count }, (_, i) => i);
  let leftCount = count;
  let current = 0;
  for (let e = 0; e < edges; e++) {
    const coreCurrent = core[current]!;
    let nearest = 0;
    let nearestDistance = Infinity;
    // Equal distances are common here (a point's own core distance holds for all within it); the lower point goes
    // first, as in scikit-learn, so the points left stay in order.
    let kept = 0;
    for (let i = 0; i < leftCount; i++) {
      const p = left[i]!;
      if (p === current) continue;
      left[kept++] = p;
      const floor = coreCurrent > core[p]! ? coreCurrent : core[p]!;
      // No distance below the floor could lower what stands: spare the sum.
      if (floor < best[p]!) {
        const distance = Math.max(floor, Math.sqrt(squaredDistance(points, current, p)));
        if (distance < best[p]!) {
          best[p] = distance;
          from[p] = current;
        }
      }
      if (best[p]! < nearestDistance) {
        nearestDistance = best[p]!;
        nearest = p;
      }
    }
    leftCount = kept;
    current = nearest;
    tree.a[e] = from[current]!;
    tree.b[e] = current;
    tree.distance[e] = nearestDistance;
    if (pace.due()) await pace.breathe((e + 1) / edges);
  }
  return tree;
}

/** Joins sets of points. */
class Union {
  readonly #parent: Uint32Array;
  constructor(count: number) {
    this.#parent = Uint32Array.from({ length: count }, (_, i) => i);
  }
  find(point: number): number {
    const parent = this.#parent;
    let p = point;
    while (parent[p] !== p) {
      parent[p] = parent[parent[p]!]!;
      p = parent[p]!;
    }
    return p;
  }
  /** False when they were joined already. */
  join(a: number, b: number): boolean {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA === rootB) return false;
    this.#parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    return true;
  }
}

/** Points of each loose part that look for a way out when neighbour lists leave parts apart. */
const SCOUTS = 16;

/**
 * For many points: the tree of the neighbour lists (Kruskal). Where the lists leave parts apart, each part but the
 * largest is joined by the shortest way that sixteen of its points find to any point outside; such ways are long, so
 * their exact length only matters to the order in which whole parts join.
 */
export function neighbourSpanningTree(points: DensePoints, neighbours: Neighbours, core: Float64Array): SpanningTree {
  const { count, k, index, distance } = neighbours;
  const edges = Math.max(0, count - 1);
  const tree = { count, a: new Uint32Array(edges), b: new Uint32Array(edges), distance: new Float64Array(edges) };
  const reach = new Float64Array(count * k);
  for (let p = 0; p < count; p++) {
    for (let j = p * k; j < (p + 1) * k; j++) reach[j] = Math.max(core[p]!, core[index[j]!]!, distance[j]!);
  }
  const order = Uint32Array.from({ length: count * k }, (_, j) => j).sort((x, y) => reach[x]! - reach[y]! || x - y);
  const union = new Union(count);
  let made = 0;
  const add = (a: number, b: number, value: number): void => {
    if (!union.join(a, b)) return;
    tree.a[made] = a;
    tree.b[made] = b;
    tree.distance[made++] = value;
  };
  for (const j of order) add(Math.floor(j / k), index[j]!, reach[j]!);
  for (;;) {
    if (made === edges) return tree;
    const parts = new Map<number, number[]>();
    for (let p = 0; p < count; p++) {
      const root = union.find(p);
      const part = parts.get(root);
      if (part === undefined) parts.set(root, [p]);
      else part.push(p);
    }
    const largest = [...parts.values()].reduce((a, b) => (b.length > a.length ? b : a));
    const ways: [number, number, number][] = [];
    for (const part of parts.values()) {
      if (part === largest) continue;
      let way: [number, number, number] = [part[0]!, largest[0]!, Infinity];
      const stride = Math.max(1, Math.floor(part.length / SCOUTS));
      const root = union.find(part[0]!);
      for (let i = 0; i < part.length; i += stride) {
        const p = part[i]!;
        for (let q = 0; q < count; q++) {
          if (union.find(q) === root) continue;
          const value = Math.max(core[p]!, core[q]!, Math.sqrt(squaredDistance(points, p, q)));
          if (value < way[2]) way = [p, q, value];
        }
      }
      ways.push(way);
    }
    ways.sort((x, y) => x[2] - y[2] || x[0] - y[0]);
    for (const [a, b, value] of ways) add(a, b, value);
  }
}
