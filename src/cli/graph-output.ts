/** network.graphml, network.json and summary.json from a measured graph. */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pairs } from '../lib/analysis/network/csr.ts';
import { graphml } from '../lib/analysis/network/graphml.ts';
import type { Measures } from '../lib/pipeline/measures.ts';

export interface TieCounts {
  readonly messages: Uint32Array;
  readonly calls: Uint32Array;
}

export async function writeGraph(
  out: string,
  labels: readonly string[],
  pairs: Pairs,
  counts: TieCounts | null,
  all: Measures,
  summary: object | null
): Promise<void> {
  const nodeColumns = [
    { name: 'label', type: 'string', values: labels },
    { name: 'community', type: 'int', values: all.community },
    { name: 'component', type: 'int', values: all.component },
    { name: 'degree', type: 'int', values: all.degree },
    { name: 'weight', type: 'double', values: all.strength },
    { name: 'pagerank', type: 'double', values: all.pageRank },
    { name: 'betweenness', type: 'double', values: all.betweenness }
  ] as const;
  const tieColumns =
    counts === null
      ? []
      : ([
          { name: 'messages', type: 'int', values: counts.messages },
          { name: 'calls', type: 'int', values: counts.calls }
        ] as const);
  const document = graphml({
    nodes: labels.length,
    nodeColumns,
    source: pairs.source,
    target: pairs.target,
    edgeColumns: [{ name: 'weight', type: 'double', values: pairs.weight }, ...tieColumns]
  });
  await pipeline(Readable.from(document), createWriteStream(join(out, 'network.graphml')));
  const nodes = labels.map((label, node) => ({
    id: node,
    label,
    ...Object.fromEntries(nodeColumns.slice(1).map(({ name, values }) => [name, values[node]]))
  }));
  const edges = Array.from(pairs.source, (source, e) => ({
    source,
    target: pairs.target[e],
    weight: pairs.weight[e],
    ...(counts === null ? {} : { messages: counts.messages[e], calls: counts.calls[e] })
  }));
  const { modularity, communitySizes, betweennessExact } = all;
  await writeFile(
    join(out, 'network.json'),
    JSON.stringify({ modularity, communities: communitySizes.length, betweennessExact, nodes, edges })
  );
  if (summary !== null) await writeFile(join(out, 'summary.json'), JSON.stringify(summary, null, 2) + '\n');
}
