/** The case's network as files. */
import type { EvidenceStore } from '../lib/evidence/store.ts';
import { measures } from '../lib/pipeline/measures.ts';
import { tiedNetwork } from '../lib/pipeline/network.ts';
import { tieEvents } from '../lib/pipeline/ties.ts';
import { writeGraph } from './graph-output.ts';

const SEED = 1;
const all = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

export interface NetworkSummary {
  readonly nodes: number;
  readonly edges: number;
  readonly communities: number;
  readonly modularity: number;
}

/** @returns the summary, and the community of each party: 0 the largest, -1 for a party without ties. */
export async function writeNetwork(
  store: EvidenceStore,
  out: string | null
): Promise<{ summary: NetworkSummary; communityOf: Int32Array }> {
  const network = tiedNetwork(tieEvents(store), all(store.messages.length), all(store.calls.length));
  const found = await measures(network.graph, SEED);
  const labels = Array.from(network.parties, (party) => store.directory.label(party));
  if (out !== null) await writeGraph(out, labels, network.pairs, network.pairs, found, null);
  const communityOf = new Int32Array(store.directory.partyCount).fill(-1);
  network.parties.forEach((party, node) => (communityOf[party] = found.community[node] as number));
  return {
    summary: {
      nodes: network.graph.nodes,
      edges: network.graph.edges,
      communities: found.communitySizes.length,
      modularity: found.modularity
    },
    communityOf
  };
}
