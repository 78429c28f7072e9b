/** The network's measures beside python3-networkx, where it is installed. */
import type { Components } from '../../src/lib/analysis/network/components.ts';
import { against, type Figure } from './figure.ts';
import { runPeer } from './peers/python.ts';

interface NetworkxAnswer {
  readonly version: string;
  readonly build_s: number;
  readonly components_s: number;
  readonly components: number;
  readonly coreness_s: number;
  readonly coreness_max: number;
  readonly pagerank_s: number | null;
  readonly pagerank_top?: number;
}

interface Own {
  readonly built_ms: number;
  readonly parts: { readonly value_ms: number; readonly result: Components };
  readonly cores: { readonly value_ms: number; readonly result: Uint32Array };
  readonly rank: { readonly value_ms: number; readonly result: { readonly rank: Float64Array } };
}

/** @param edgesFile the network as igraph_peer.py reads it. */
export function networkxFigures(edgesFile: string, { built_ms, parts, cores, rank }: Own): Figure[] {
  const answer = runPeer<NetworkxAnswer>('networkx_peer.py', [edgesFile]);
  if (answer === null) return [];
  if (answer.components !== parts.result.sizes.length || answer.coreness_max !== Math.max(...cores.result))
    throw new Error('networkx and this project disagree about components or cores: the figures would compare different work');
  const peer = `python3-networkx ${answer.version}`;
  const figures = [
    against('network.build', built_ms, 'ms CPU, from ties', peer, answer.build_s * 1000),
    against('network.components', parts.value_ms, 'ms CPU', peer, answer.components_s * 1000),
    against('network.cores', cores.value_ms, 'ms CPU', peer, answer.coreness_s * 1000)
  ];
  if (answer.pagerank_s !== null) {
    if (answer.pagerank_top !== rank.result.rank.indexOf(Math.max(...rank.result.rank)))
      throw new Error('networkx ranks another node first');
    figures.push(against('network.pagerank', rank.value_ms, 'ms CPU', peer, answer.pagerank_s * 1000));
  }
  return figures;
}
