/** Measures of a bare edge list, written like those of a case. */
import { join } from 'node:path';
import { measures } from '../lib/pipeline/measures.ts';
import { readEdges } from './edges.ts';
import { writeGraph } from './graph-output.ts';
import { ownBuild } from './own-build.ts';

const SEED = 1;
const TOP = 5;

/** @returns the exit code: 1 when a row was refused. */
export async function analyseEdges(
  file: string,
  out: string | null,
  json: boolean,
  print: (line: string) => void
): Promise<number> {
  const { names, pairs, graph, rows, loops, refused } = readEdges(file, false);
  const all = await measures(graph, SEED);
  const top = (values: ArrayLike<number>): [string, number][] =>
    names
      .map((name, node): [string, number] => [name, values[node] as number])
      .sort((a, b) => b[1] - a[1])
      .slice(0, TOP);
  const summary = {
    build: ownBuild(),
    file,
    rows,
    loops,
    refused,
    network: {
      nodes: graph.nodes,
      edges: graph.edges,
      communities: all.communitySizes.length,
      modularity: all.modularity,
      components: all.componentSizes.length,
      largest: all.componentSizes[0] ?? 0
    },
    top_degree: top(all.degree),
    top_betweenness: top(all.betweenness),
    top_pagerank: top(all.pageRank)
  };
  if (out !== null) await writeGraph(out, names, pairs, null, all, summary);
  print(json ? JSON.stringify(summary) : JSON.stringify(summary, null, 2));
  if (out !== null && !json) print(`written to ${join(out, 'network.json')}`);
  return refused.length > 0 ? 1 : 0;
}
