/**
 * [Note: HDBSCAN]
 * Campello, Moulavi and Sander (2013), in the form of McInnes and Healy (2017): cut the spanning tree from its longest
 * edge down; a part that breaks into two of at least minClusterSize points is a parent of two clusters, smaller bits
 * fall out as outliers; of a parent and its descendants those are kept that last longest (excess of mass). Checked
 * against scikit-learn's HDBSCAN in hdbscan.test.ts.
 */
import type { SpanningTree } from './spanning.ts';

export interface Clusters {
  /** Cluster per point, 0 up by falling size; -1 for outliers. */
  readonly label: Int32Array;
  /** How long the point stays in its cluster, as a share of its longest-staying point; 0 for outliers. */
  readonly membership: Float64Array;
  readonly count: number;
}

/** One row of the condensed tree: a point or cluster that leaves `parent` at `lambda` = 1 / distance. */
interface Condensed {
  readonly parent: number[];
  /** Below count: a point; otherwise count + cluster. */
  readonly child: number[];
  readonly lambda: number[];
  readonly size: number[];
  readonly clusters: number;
}

export interface HdbscanOptions {
  readonly minClusterSize: number;
  /** Larger clusters give way to those inside them. */
  readonly maxClusterSize?: number;
  /**
   * Distances below this count as this: without it a pile of equal texts, infinitely dense, outlasts every real
   * cluster.
   */
  readonly distanceFloor?: number;
}

/** Linear but for one sort of the edges: cheap to repeat with another size on the same tree. */
export function hdbscan(tree: SpanningTree, options: HdbscanOptions): Clusters {
  const { count } = tree;
  if (count < 2) return { label: new Int32Array(count).fill(-1), membership: new Float64Array(count), count: 0 };
  const linkage = singleLinkage(tree, options.distanceFloor ?? 1e-9);
  const condensed = condense(linkage, count, options.minClusterSize);
  const chosen = chooseByExcessOfMass(condensed, count, options.maxClusterSize ?? Infinity);
  return labelPoints(condensed, count, chosen);
}

/** Merges in order of distance; merge m makes node count + m. */
interface Linkage {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly lambda: Float64Array;
  readonly size: Uint32Array;
}

function singleLinkage(tree: SpanningTree, distanceFloor: number): Linkage {
  const { count, a, b, distance } = tree;
  const merges = count - 1;
  const order = Uint32Array.from({ length: merges }, (_, e) => e).sort((x, y) => distance[x]! - distance[y]! || x - y);
  const parent = Uint32Array.from({ length: count + merges }, (_, i) => i);
  const find = (from: number): number => {
    let p = from;
    while (parent[p] !== p) {
      parent[p] = parent[parent[p]!]!;
      p = parent[p]!;
    }
    return p;
  };
  const size = new Uint32Array(count + merges).fill(1);
  const left = new Uint32Array(merges);
  const right = new Uint32Array(merges);
  const lambda = new Float64Array(merges);
  for (let m = 0; m < merges; m++) {
    const e = order[m]!;
    const rootA = find(a[e]!);
    const rootB = find(b[e]!);
    left[m] = rootA;
    right[m] = rootB;
    lambda[m] = 1 / Math.max(distance[e]!, distanceFloor);
    parent[rootA] = parent[rootB] = count + m;
    size[count + m] = size[rootA]! + size[rootB]!;
  }
  return { left, right, lambda, size };
}

function condense(linkage: Linkage, count: number, minClusterSize: number): Condensed {
  const { left, right, lambda, size } = linkage;
  const rows: Condensed & { clusters: number } = { parent: [], child: [], lambda: [], size: [], clusters: 1 };
  const add = (parent: number, child: number, at: number, points: number): void => {
    rows.parent.push(parent);
    rows.child.push(child);
    rows.lambda.push(at);
    rows.size.push(points);
  };
  const bits: number[] = [];
  const fallOut = (node: number, cluster: number, at: number): void => {
    bits.push(node);
    while (bits.length > 0) {
      const n = bits.pop()!;
      if (n < count) add(cluster, n, at, 1);
      else bits.push(left[n - count]!, right[n - count]!);
    }
  };
  // A node of the linkage with the cluster it is the rest of. Parents always get lower numbers than their children.
  const open: [number, number][] = [[2 * count - 2, 0]];
  let clusters = 1;
  while (open.length > 0) {
    const [node, cluster] = open.pop()!;
    const m = node - count;
    const at = lambda[m]!;
    const sides = [left[m]!, right[m]!] as const;
    const large = sides.filter((side) => size[side]! >= minClusterSize);
    for (const side of sides) {
      if (size[side]! < minClusterSize) {
        fallOut(side, cluster, at);
      } else if (large.length === 2) {
        add(cluster, count + clusters, at, size[side]!);
        if (side >= count) open.push([side, clusters]);
        else add(clusters, side, at, 1);
        clusters++;
      } else {
        open.push([side, cluster]);
      }
    }
  }
  return { ...rows, clusters };
}

function chooseByExcessOfMass(condensed: Condensed, count: number, maxClusterSize: number): Uint8Array {
  const { clusters } = condensed;
  const birth = new Float64Array(clusters);
  const parentOf = new Int32Array(clusters).fill(-1);
  const size = new Float64Array(clusters).fill(count);
  condensed.child.forEach((child, row) => {
    if (child < count) return;
    birth[child - count] = condensed.lambda[row]!;
    parentOf[child - count] = condensed.parent[row]!;
    size[child - count] = condensed.size[row]!;
  });
  const stability = new Float64Array(clusters);
  condensed.parent.forEach((parent, row) => {
    stability[parent]! += (condensed.lambda[row]! - birth[parent]!) * condensed.size[row]!;
  });
  const below = new Float64Array(clusters);
  const chosen = new Uint8Array(clusters);
  // The root, everything, is no cluster. Children have higher numbers: one pass from the last up settles all.
  for (let c = clusters - 1; c > 0; c--) {
    if (below[c]! > stability[c]! || size[c]! > maxClusterSize) {
      stability[c] = below[c]!;
    } else {
      chosen[c] = 1;
    }
    below[parentOf[c]!]! += stability[c]!;
  }
  // A chosen cluster hides those inside it.
  const hidden = new Uint8Array(clusters);
  for (let c = 1; c < clusters; c++) {
    const parent = parentOf[c]!;
    hidden[c] = hidden[parent] === 1 || chosen[parent] === 1 ? 1 : 0;
    if (hidden[c] === 1) chosen[c] = 0;
  }
  return chosen;
}

function labelPoints(condensed: Condensed, count: number, chosen: Uint8Array): Clusters {
  const { clusters } = condensed;
  // The chosen cluster that each cluster is or lies in; -1 outside all.
  const within = new Int32Array(clusters).fill(-1);
  const death = new Float64Array(clusters);
  condensed.child.forEach((child, row) => {
    const parent = condensed.parent[row]!;
    death[parent] = Math.max(death[parent]!, condensed.lambda[row]!);
    // Rows of a cluster follow the row that made its parent: `within` of the parent is known.
    if (child >= count) within[child - count] = chosen[child - count] === 1 ? child - count : within[parent]!;
  });
  const cluster = new Int32Array(count).fill(-1);
  const membership = new Float64Array(count);
  const size = new Uint32Array(clusters);
  condensed.child.forEach((child, row) => {
    if (child >= count) return;
    const c = within[condensed.parent[row]!]!;
    cluster[child] = c;
    if (c < 0) return;
    size[c]!++;
    membership[child] = Math.min(condensed.lambda[row]!, death[c]!) / death[c]!;
  });
  const used = [...size.keys()].filter((c) => chosen[c] === 1).sort((a, b) => size[b]! - size[a]! || a - b);
  const renamed = new Int32Array(clusters).fill(-1);
  used.forEach((c, rank) => (renamed[c] = rank));
  return { label: cluster.map((c) => (c < 0 ? -1 : renamed[c]!)), membership, count: used.length };
}
