/** The network measures that go together on a screen and in an export. */
import { betweenness } from '../analysis/network/betweenness.ts';
import { components } from '../analysis/network/components.ts';
import { degrees, strengths, type Graph } from '../analysis/network/csr.ts';
import { leiden } from '../analysis/network/leiden.ts';
import { pageRank } from '../analysis/network/pagerank.ts';
import type { PaceOptions } from '../analysis/pace.ts';

export interface Measures {
  /** Community per node, 0 the largest. */
  readonly community: Uint32Array;
  readonly communitySizes: Uint32Array;
  readonly modularity: number;
  readonly component: Uint32Array;
  readonly componentSizes: Uint32Array;
  readonly degree: Uint32Array;
  readonly strength: Float64Array;
  readonly pageRank: Float64Array;
  readonly betweenness: Float64Array;
  readonly betweennessError: Float64Array;
  readonly betweennessExact: boolean;
}

/** @throws the signal's reason when aborted. Seeded: the same graph and seed give the same numbers. */
export async function measures(graph: Graph, seed: number, options: PaceOptions = {}): Promise<Measures> {
  const communities = leiden(graph, { seed });
  const parts = components(graph);
  const between = await betweenness(graph, { ...options, seed });
  return {
    community: communities.label,
    communitySizes: communities.sizes,
    modularity: communities.modularity,
    component: parts.component,
    componentSizes: parts.sizes,
    degree: degrees(graph),
    strength: strengths(graph),
    pageRank: pageRank(graph).rank,
    betweenness: between.value,
    betweennessError: between.standardError,
    betweennessExact: between.exact
  };
}
