/**
 * email-Eu-core (1,005 people of a research institute, 16,064 ties) beside python3-igraph, python3-networkx and
 * graphology in one run. The network comes from ../shared/samples; without it nothing is measured.
 */
import PeerGraph from 'graphology';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { betweenness } from '../../src/lib/analysis/network/betweenness.ts';
import { components } from '../../src/lib/analysis/network/components.ts';
import { buildGraph, simplePairs, type Pairs } from '../../src/lib/analysis/network/csr.ts';
import { coreNumbers } from '../../src/lib/analysis/network/kcore.ts';
import { leiden } from '../../src/lib/analysis/network/leiden.ts';
import { louvain } from '../../src/lib/analysis/network/louvain.ts';
import { modularity } from '../../src/lib/analysis/network/modularity.ts';
import { pageRank } from '../../src/lib/analysis/network/pagerank.ts';
import { against, type Figure } from './figure.ts';
import { cpu_ms, leastCpu } from './measure.ts';
import type { IgraphAnswer } from './network.ts';
import { networkxFigures } from './network-networkx.ts';
import { writeEdges } from './peers/edges.ts';
import { runPeer } from './peers/python.ts';

const FILE = new URL('../../../shared/samples/networks/paragk-10+Social-Network-Analysis/email-Eu-core.txt', import.meta.url);
const REPEATS = 5;

export async function publishedFigures(): Promise<Figure[]> {
  if (!existsSync(FILE)) {
    console.error('email-Eu-core was not measured: ../shared/samples/networks is not there');
    return [];
  }
  const { nodes, from, to } = readTies(readFileSync(FILE, 'utf8'));
  const ties = simplePairs(nodes, from, to);
  const built = await leastCpu(REPEATS, () => buildGraph(nodes, ties));
  const graph = built.result;
  const found = await leastCpu(REPEATS, () => leiden(graph, { starts: 1 }));
  const best = leiden(graph).modularity;
  const plain = await leastCpu(REPEATS, () => louvain(graph));
  const rank = await leastCpu(REPEATS, () => pageRank(graph));
  const parts = await leastCpu(REPEATS, () => components(graph));
  const cores = await leastCpu(REPEATS, () => coreNumbers(graph));
  const between = await leastCpu(2, () => betweenness(graph));
  const figures: Figure[] = [
    { id: 'leiden.modularity.default', value: best, unit: 'Q, as the app asks for it', target: '>= 0.4165', met: best >= 0.4165 },
    { id: 'betweenness', value: between.value_ms, unit: `ms CPU, ${between.result.exact ? 'exact' : 'estimated'}` },
    against('build', built.value_ms, 'ms CPU, from ties', 'graphology', timeGraphology(nodes, ties))
  ];
  const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'));
  try {
    const edges = writeEdges(folder, nodes, ties);
    const igraph = runPeer<IgraphAnswer>('igraph_peer.py', [edges]);
    if (igraph !== null) {
      if (igraph.components !== parts.result.sizes.length || igraph.coreness_max !== Math.max(...cores.result))
        throw new Error('igraph and this project disagree about components or cores of email-Eu-core');
      const peer = `python3-igraph ${igraph.version}`;
      figures.push(
        against('leiden', found.value_ms, 'ms CPU', peer, igraph.leiden_s * 1000),
        against('leiden.modularity', found.result.modularity, 'Q', peer, igraph.leiden_modularity),
        against('louvain', plain.value_ms, 'ms CPU', peer, igraph.louvain_s * 1000),
        against('louvain.modularity', modularity(graph, plain.result), 'Q', peer, igraph.louvain_modularity),
        against('pagerank', rank.value_ms, 'ms CPU', peer, igraph.pagerank_s * 1000),
        against('components', parts.value_ms, 'ms CPU', peer, igraph.components_s * 1000),
        against('cores', cores.value_ms, 'ms CPU', peer, igraph.coreness_s * 1000)
      );
    }
    const networkx = networkxFigures(edges, { built_ms: built.value_ms, parts, cores, rank });
    figures.push(...networkx.map((figure) => ({ ...figure, id: figure.id.replace('network.', '') })));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return figures.map((figure) => ({ ...figure, id: `network.email-eu-core.${figure.id}` }));
}

/** Ties in the order of the file, both directions of a pair as one, people numbered as they first stand there. */
function readTies(text: string): { nodes: number; from: Uint32Array; to: Uint32Array } {
  const numbers = new Map<string, number>();
  const number = (name: string): number => {
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  };
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/).map(number));
  return { nodes: numbers.size, from: Uint32Array.from(rows, ([a]) => a!), to: Uint32Array.from(rows, ([, b]) => b!) };
}

function timeGraphology(nodes: number, { source, target }: Pairs): number {
  const start = cpu_ms();
  const graph = new PeerGraph({ type: 'undirected' });
  for (let u = 0; u < nodes; u++) graph.addNode(u);
  for (let e = 0; e < source.length; e++) graph.addUndirectedEdge(source[e], target[e]);
  return cpu_ms() - start;
}
