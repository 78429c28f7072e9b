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
import { cpu_ms } from './measure.ts';
import { socialCase } from './social.ts';

interface Drawing {
  readonly step_ms: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function layoutFigures(parties: number): Figure[] {
  const figures: Figure[] = [];
  for (const [nodes, steps] of [
    [Math.max(100, Math.round(parties / 10)), 50],
    [parties, 30]
  ] as const) {
    const social = socialCase(nodes, 3 * nodes, 3 * nodes, 5);
    const pairs = aggregate(nodes, social.events, social.members);
    const network = buildGraph(nodes, pairs);
    const own = drawOwn(network, steps);
    const peer = drawGraphology(network, pairs, steps);
    const ratio = own.step_ms / peer.step_ms;
    figures.push({
      ...against(`network.layout.${nodes}`, own.step_ms, 'ms CPU a step, median', 'graphology-layout-forceatlas2', peer.step_ms),
      target: 'ratio <= 0.5 at equal quality',
      met: ratio <= 0.5
    });
    const ownQuality = quality(network, own);
    const peerQuality = quality(network, peer);
    const name = 'graphology-layout-forceatlas2';
    figures.push(against(`network.layout.${nodes}.stress`, ownQuality.stress, `after ${steps} steps`, name, peerQuality.stress));
    figures.push(
      against(
        `network.layout.${nodes}.correlation`,
        ownQuality.correlation,
        'steps in the network ~ distance',
        name,
        peerQuality.correlation
      )
    );
  }
  return figures;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

function drawOwn(network: Network, steps: number): Drawing {
  const layout = new ForceLayout(network);
  const times: number[] = [];
  for (let i = 0; i < steps; i++) {
    const start = cpu_ms();
    layout.step();
    times.push(cpu_ms() - start);
  }
  return { step_ms: median(times), x: layout.x, y: layout.y };
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
  return { step_ms: median(times), x: column(0), y: column(1) };
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
