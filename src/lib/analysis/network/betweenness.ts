/**
 * [Note: Betweenness]
 * How often a node stands on the shortest ways between others (Freeman 1977), in steps, weights left aside: a tie
 * that carries many messages is not a longer way. Brandes (2001) adds up one search from each node.
 *
 * Most people on a seized phone are tied to its owner alone. Such ends, and whole trees of them, are folded into the
 * node they hang on before the searches: every way from them goes through it, so their part is arithmetic (Baglioni,
 * Geraci, Pellegrini and Lastres 2012). What is left is smaller, and its dependencies are far less skewed.
 *
 * On large networks the searches start from a random sample of nodes (Brandes and Pich 2007) and the result is an
 * estimate. A start counts a node between it and some end by the share of the way that lies before that node
 * (Geisberger, Sanders and Schultes 2008): over all starts the two ends of a pair add up to 1 as before, but a start
 * next door no longer swamps the estimate. Its standard error, the spread over the sample with the correction for a finite population, is handed out
 * beside every value, so that a rank within the error is never sold as a fact. Dependencies are skewed, so the error is
 * somewhat optimistic: of the leading tenth of nodes about eight in ten lie within two of it, not nineteen in twenty.
 */
import { Pace, type PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import { components } from './components.ts';
import { degrees, type Graph } from './csr.ts';

export interface BetweennessOptions extends PaceOptions {
  readonly seed?: number;
  /** Exact at and below this many nodes. Above, all starts would take minutes on a laptop. */
  readonly exactNodes?: number;
  /** Starts of the sample above that. Default: what about a second allows, 32 to 256. */
  readonly starts?: number;
}

export interface Betweenness {
  /** Share of the pairs of other nodes, 0..1, as networkx gives it normalised. */
  readonly value: Float64Array;
  /** Standard error of each value, see [Note: Betweenness]; all 0 when exact. */
  readonly standardError: Float64Array;
  readonly exact: boolean;
  /** Nodes whose searches stand behind the values. */
  readonly starts: number;
}

/** @throws the signal's reason when aborted. */
export async function betweenness(graph: Graph, options: BetweennessOptions = {}): Promise<Betweenness> {
  const { nodes } = graph;
  const exact = nodes <= (options.exactNodes ?? 5000);
  const wanted = exact ? nodes : Math.min(nodes, options.starts ?? affordableStarts(graph));
  const folded = foldTrees(graph);
  // How many of the chosen starts each remaining node stands for: folding makes their searches one.
  const times = new Uint32Array(folded.core.nodes);
  for (const u of new SeededRandom(options.seed ?? 1).sample(nodes, wanted)) times[folded.standsAt[u]!]!++;

  const pace = new Pace(options);
  const search = new DependencySearch(folded.core, folded.weight);
  const sum = new Float64Array(folded.core.nodes);
  const squares = new Float64Array(folded.core.nodes);
  for (let s = 0; s < times.length; s++) {
    if (times[s] === 0) continue;
    search.from(s, times[s]!, sum, squares);
    if (pace.due()) await pace.breathe((s + 1) / times.length);
  }

  const value = new Float64Array(nodes);
  const standardError = new Float64Array(nodes);
  // (n-1)(n-2)/2 pairs, each found from both ends.
  const scale = nodes > 2 ? 1 / ((nodes - 1) * (nodes - 2)) : 0;
  const sampledShare = wanted / Math.max(1, nodes);
  for (let u = 0; u < nodes; u++) value[u] = 2 * folded.pairsThrough[u]! * scale;
  for (let c = 0; c < folded.core.nodes; c++) {
    const u = folded.original[c]!;
    const mean = sum[c]! / Math.max(1, wanted);
    value[u]! += mean * nodes * scale;
    if (wanted === nodes || wanted < 2) continue;
    const variance = Math.max(0, (squares[c]! - wanted * mean * mean) / (wanted - 1));
    standardError[u] = Math.sqrt(((1 - sampledShare) * variance) / wanted) * nodes * scale;
  }
  return { value, standardError, exact: wanted === nodes, starts: wanted };
}

/** A search costs about 25 ns a tie and direction on a laptop: this many fit into a second. */
function affordableStarts(graph: Graph): number {
  return Math.max(32, Math.min(256, Math.floor(40_000_000 / Math.max(1, 2 * graph.edges))));
}

interface FoldedGraph {
  /** What is left when every tree is folded into the node it hangs on. */
  readonly core: { readonly nodes: number; readonly offsets: Uint32Array; readonly neighbours: Uint32Array };
  /** Node of the whole graph per core node. */
  readonly original: Uint32Array;
  /** Core node that each node of the whole graph was folded into, or is. */
  readonly standsAt: Uint32Array;
  /** Nodes each core node stands for, itself included. */
  readonly weight: Float64Array;
  /** Pairs of nodes all whose shortest ways pass here because of a folded tree; per node of the whole graph. */
  readonly pairsThrough: Float64Array;
}

function foldTrees(graph: Graph): FoldedGraph {
  const { nodes, offsets, neighbours } = graph;
  const { component, sizes } = components(graph);
  const degree = degrees(graph);
  const weight = new Float64Array(nodes).fill(1);
  const pairsThrough = new Float64Array(nodes);
  const into = new Uint32Array(nodes);
  const ends: number[] = [];
  for (let u = 0; u < nodes; u++) {
    into[u] = u;
    if (degree[u] === 1) ends.push(u);
  }
  const folds: number[] = [];
  for (let i = 0; i < ends.length; i++) {
    const u = ends[i]!;
    if (degree[u] !== 1) continue; // the last two of a tree: one was folded into this one
    let k = offsets[u]!;
    while (degree[neighbours[k]!] === 0 || into[neighbours[k]!] !== neighbours[k]!) k++;
    const parent = neighbours[k]!;
    // From u's side to everyone neither there, nor here, nor on a side that was counted already.
    pairsThrough[parent]! += weight[u]! * (sizes[component[u]!]! - weight[u]! - weight[parent]!);
    weight[parent]! += weight[u]!;
    into[u] = parent;
    degree[u] = 0;
    folds.push(u);
    if (--degree[parent]! === 1) ends.push(parent);
  }
  // Later folds are nearer the core, so going backwards every parent is final.
  for (let i = folds.length - 1; i >= 0; i--) into[folds[i]!] = into[into[folds[i]!]!]!;

  const coreNumber = new Uint32Array(nodes);
  const kept: number[] = [];
  let arcs = 0;
  for (let u = 0; u < nodes; u++) {
    if (into[u] !== u) continue;
    coreNumber[u] = kept.length;
    kept.push(u);
    arcs += degree[u]!;
  }
  const coreOffsets = new Uint32Array(kept.length + 1);
  const coreNeighbours = new Uint32Array(arcs);
  let at = 0;
  kept.forEach((u, c) => {
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
      const v = neighbours[k]!;
      if (into[v] === v) coreNeighbours[at++] = coreNumber[v]!;
    }
    coreOffsets[c + 1] = at;
  });
  return {
    core: { nodes: kept.length, offsets: coreOffsets, neighbours: coreNeighbours },
    original: Uint32Array.from(kept),
    standsAt: into.map((u) => coreNumber[u]!),
    weight: Float64Array.from(kept, (u) => weight[u]!),
    pairsThrough
  };
}

/** One breadth-first search with its way back; the arrays are kept between starts. */
class DependencySearch {
  readonly #graph: FoldedGraph['core'];
  readonly #weight: Float64Array;
  readonly #depth: Int32Array;
  readonly #ways: Float64Array;
  readonly #dependency: Float64Array;
  readonly #queue: Uint32Array;

  constructor(graph: FoldedGraph['core'], weight: Float64Array) {
    this.#graph = graph;
    this.#weight = weight;
    this.#depth = new Int32Array(graph.nodes).fill(-1);
    this.#ways = new Float64Array(graph.nodes);
    this.#dependency = new Float64Array(graph.nodes);
    this.#queue = new Uint32Array(graph.nodes);
  }

  /** Adds `times` the scaled dependencies of `start` to `sum`, and `times` their squares to `squares`. */
  from(start: number, times: number, sum: Float64Array, squares: Float64Array): void {
    const { offsets, neighbours } = this.#graph;
    const weight = this.#weight;
    const depth = this.#depth;
    const ways = this.#ways;
    const dependency = this.#dependency;
    const queue = this.#queue;
    let tail = 1;
    queue[0] = start;
    depth[start] = 0;
    ways[start] = 1;
    for (let head = 0; head < tail; head++) {
      const u = queue[head]!;
      const below = depth[u]! + 1;
      const waysU = ways[u]!;
      for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) {
        const v = neighbours[k]!;
        const depthV = depth[v]!;
        if (depthV < 0) {
          depth[v] = below;
          queue[tail++] = v;
          ways[v] = waysU;
        } else if (depthV === below) {
          ways[v]! += waysU;
        }
      }
    }
    for (let i = tail - 1; i > 0; i--) {
      const u = queue[i]!;
      const distance = depth[u]!;
      const above = distance - 1;
      const carried = dependency[u]!;
      const part = (weight[u]! / distance + carried) / ways[u]!;
      for (let k = offsets[u]!, end = offsets[u + 1]!; k < end; k++) {
        const v = neighbours[k]!;
        if (depth[v] === above) dependency[v]! += ways[v]! * part;
      }
      // Doubled, because the other end of each pair would add what is missing to 1.
      const own = 2 * distance * carried;
      sum[u]! += times * own;
      squares[u]! += times * own * own;
    }
    for (let i = 0; i < tail; i++) {
      const u = queue[i]!;
      depth[u] = -1;
      ways[u] = 0;
      dependency[u] = 0;
    }
  }
}
