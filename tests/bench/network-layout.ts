/** ForceAtlas2 against graphology-layout-forceatlas2: time of a step, and quality after the same number of steps. */
import PeerGraph from 'graphology';
import helpers from 'graphology-layout-forceatlas2/helpers.js';
import iterate from 'graphology-layout-forceatlas2/iterate.js';
import { components } from '../../src/lib/analysis/network/components.ts';
import { buildGraph, type Graph as Network, type Pairs } from '../../src/lib/analysis/network/csr.ts';
import { aggregate } from '../../src/lib/analysis/network/events.ts';
import { ForceLayout } from '../../src/lib/analysis/network/layout.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import { against, type Figure } from './figure.ts';
import { growthFigures } from './growth.ts';
import { cpu_ms } from './measure.ts';
import { socialCase } from './social.ts';

interface Drawing {
  readonly step_ms: number;
  readonly steps: number;
  readonly spent_ms: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** In the peer's time ours would make many more; by then neither moves. */
const MOST_STEPS = 10;
/** Nodes whose neighbours are looked for in the drawing. */
const LOOKED_AT = 300;

/** @param options.scale people of the larger network; as many ties a head as in the network of a case. */
export async function run({ scale = 100_000 }: { readonly scale?: number } = {}): Promise<Figure[]> {
  return [...layoutFigures(scale), ...(await growthFigures('layout', scale, 'people, ten steps'))];
}

function layoutFigures(parties: number): Figure[] {
  const figures: Figure[] = [];
  for (const [nodes, steps] of [
    [Math.max(100, Math.round(parties / 10)), 50],
    [parties, 30]
  ] as const) {
    const social = socialCase(nodes, 3 * nodes, 3 * nodes, 5);
    const pairs = aggregate(nodes, social.events, social.members);
    const network = buildGraph(nodes, pairs);
    const own = drawOwn(network, steps, Infinity);
    const peer = drawGraphology(network, pairs, steps);
    const inTime = drawOwn(network, MOST_STEPS * steps, peer.spent_ms);
    const ratio = own.step_ms / peer.step_ms;
    figures.push({
      ...against(`layout.${nodes}`, own.step_ms, 'ms CPU a step, median', 'graphology-layout-forceatlas2', peer.step_ms),
      target: 'ratio <= 0.5 at equal quality',
      met: ratio <= 0.5
    });
    const ownQuality = quality(network, own);
    const peerQuality = quality(network, peer);
    const name = 'graphology-layout-forceatlas2';
    figures.push(against(`layout.${nodes}.stress`, ownQuality.stress, `after ${steps} steps`, name, peerQuality.stress));
    figures.push(
      against(
        `layout.${nodes}.correlation`,
        ownQuality.correlation,
        'steps in the network ~ distance',
        name,
        peerQuality.correlation
      ),
      against(
        `layout.${nodes}.neighbours`,
        neighboursKept(network, own),
        `of the tied are as near as there are ties, after ${steps} steps`,
        name,
        neighboursKept(network, peer)
      )
    );
    const atEqualTime = `${inTime.steps} steps beside its ${steps}, in ${Math.round(peer.spent_ms)} ms CPU each`;
    const inTimeQuality = quality(network, inTime);
    figures.push(
      against(`layout.${nodes}.equal-time.stress`, inTimeQuality.stress, atEqualTime, name, peerQuality.stress),
      against(
        `layout.${nodes}.equal-time.neighbours`,
        neighboursKept(network, inTime),
        'of the tied are as near as there are ties',
        name,
        neighboursKept(network, peer)
      )
    );
  }
  return figures;
}

function timesOf(times: readonly number[]): { step_ms: number; steps: number; spent_ms: number } {
  const step_ms = times.toSorted((a, b) => a - b)[times.length >> 1]!;
  return { step_ms, steps: times.length, spent_ms: times.reduce((sum, time) => sum + time, 0) };
}

/** Steps until `steps` are done or `time_ms` of CPU are spent. */
function drawOwn(network: Network, steps: number, time_ms: number): Drawing {
  const layout = new ForceLayout(network);
  const times: number[] = [];
  for (const begin = cpu_ms(); times.length < steps && cpu_ms() - begin < time_ms;) {
    const start = cpu_ms();
    layout.step();
    times.push(cpu_ms() - start);
  }
  return { ...timesOf(times), x: layout.x, y: layout.y };
}

function drawGraphology(network: Network, pairs: Pairs, steps: number): Drawing {
  // The same start, push, gravity and opening as ours.
  const start = new ForceLayout(network);
  const graph = new PeerGraph({ type: 'undirected' });
  for (let u = 0; u < network.nodes; u++) graph.addNode(u, { x: start.x[u]!, y: start.y[u]! });
  for (let e = 0; e < pairs.source.length; e++) graph.addUndirectedEdge(pairs.source[e], pairs.target[e]);
  const matrices = helpers.graphToByteArrays(graph, () => 1);
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 0,
    scalingRatio: 2,
    strongGravityMode: false,
    gravity: 1,
    slowDown: 1,
    barnesHutOptimize: true,
    barnesHutTheta: 1.2
  };
  const times: number[] = [];
  for (let i = 0; i < steps; i++) {
    const begin = cpu_ms();
    iterate(settings, matrices.nodes, matrices.edges);
    times.push(cpu_ms() - begin);
  }
  // Ten numbers a node, the first two its position.
  const column = (offset: number): Float64Array =>
    Float64Array.from({ length: network.nodes }, (_, u) => matrices.nodes[u * 10 + offset]!);
  return { ...timesOf(times), x: column(0), y: column(1) };
}

/** Normalised stress at the best scale, and correlation, over all ways from 40 nodes of the largest component. */
function quality(network: Network, drawing: Drawing): { stress: number; correlation: number } {
  const random = new SeededRandom(5);
  const { component } = components(network);
  const hops: number[] = [];
  const distances: number[] = [];
  const queue = new Uint32Array(network.nodes);
  const depth = new Int32Array(network.nodes);
  for (let start = 0; start < 40; start++) {
    let root = random.below(network.nodes);
    while (component[root] !== 0) root = random.below(network.nodes);
    depth.fill(-1);
    depth[root] = 0;
    queue[0] = root;
    let tail = 1;
    for (let head = 0; head < tail; head++) {
      const u = queue[head]!;
      if (u !== root) {
        hops.push(depth[u]!);
        distances.push(Math.hypot(drawing.x[u]! - drawing.x[root]!, drawing.y[u]! - drawing.y[root]!));
      }
      for (let k = network.offsets[u]!; k < network.offsets[u + 1]!; k++) {
        const v = network.neighbours[k]!;
        if (depth[v]! >= 0) continue;
        depth[v] = depth[u]! + 1;
        queue[tail++] = v;
      }
    }
  }
  const sum = (term: (hop: number, distance: number) => number): number =>
    hops.reduce((total, hop, i) => total + term(hop, distances[i]!), 0);
  const scale = sum((hop, distance) => distance / hop) / sum((hop, distance) => (distance / hop) ** 2);
  const meanHop = sum((hop) => hop) / hops.length;
  const meanDistance = sum((_, distance) => distance) / hops.length;
  const together = sum((hop, distance) => (hop - meanHop) * (distance - meanDistance));
  const apart = Math.sqrt(sum((hop) => (hop - meanHop) ** 2) * sum((_, distance) => (distance - meanDistance) ** 2));
  return { stress: sum((hop, distance) => (1 - (scale * distance) / hop) ** 2) / hops.length, correlation: together / apart };
}

/** Of the d ties of a node, the share that is among the d nodes drawn nearest to it; the mean over some nodes. */
function neighboursKept({ nodes, offsets, neighbours }: Network, { x, y }: Drawing): number {
  const random = new SeededRandom(6);
  const distance = new Float64Array(nodes);
  let sum = 0;
  for (let i = 0; i < LOOKED_AT; i++) {
    let u = random.below(nodes);
    while (offsets[u] === offsets[u + 1]) u = random.below(nodes);
    const tied = neighbours.subarray(offsets[u], offsets[u + 1]);
    for (let v = 0; v < nodes; v++) distance[v] = v === u ? Infinity : (x[v]! - x[u]!) ** 2 + (y[v]! - y[u]!) ** 2;
    const farthest = distance.toSorted()[tied.length - 1]!;
    sum += tied.reduce((near, v) => near + Number(distance[v]! <= farthest), 0) / tied.length;
  }
  return sum / LOOKED_AT;
}
