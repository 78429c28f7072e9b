/** Published networks against the numbers another library found. Skipped where ../shared/samples is absent. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { betweenness } from '../../src/lib/analysis/network/betweenness.ts';
import { components } from '../../src/lib/analysis/network/components.ts';
import { buildGraph, degrees, simplePairs, type Graph } from '../../src/lib/analysis/network/csr.ts';
import { leiden } from '../../src/lib/analysis/network/leiden.ts';
import { modularity } from '../../src/lib/analysis/network/modularity.ts';

const FOLDER = new URL('../../../shared/samples/networks/', import.meta.url);
const present = existsSync(new URL('reference_networkx.json', FOLDER));
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

interface Reference {
  readonly nodes: number;
  readonly edges: number;
  readonly density: number;
  readonly components: number;
  readonly largest: number;
  readonly avg_clustering: number;
  readonly louvain_best_Q_of_30: number;
  readonly top_betweenness: readonly (readonly [string, number])[];
  readonly top_degree: readonly (readonly [string, number])[];
}

/** The simple undirected graph of an edge list, with names in the order of first sight. */
function load(lines: readonly string[], separator: RegExp): { graph: Graph; names: string[] } {
  const numbers = new Map<string, number>();
  const number = (name: string): number => {
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  };
  const from: number[] = [];
  const to: number[] = [];
  for (const line of lines) {
    const [a, b] = line.split(separator);
    from.push(number(a!.trim()));
    to.push(number(b!.trim()));
  }
  return {
    graph: buildGraph(numbers.size, simplePairs(numbers.size, Uint32Array.from(from), Uint32Array.from(to))),
    names: [...numbers.keys()]
  };
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

function top(values: ArrayLike<number>, names: readonly string[], count: number): [string, number][] {
  return Array.from(names, (name, u): [string, number] => [name, values[u]!])
    .sort((a, b) => b[1] - a[1] || Number(a[0]) - Number(b[0]))
    .slice(0, count);
}

function meanClustering(graph: Graph): number {
  let sum = 0;
  for (let u = 0; u < graph.nodes; u++) {
    const row = [...graph.neighbours.subarray(graph.offsets[u], graph.offsets[u + 1])];
    const near = new Set(row);
    let ties = 0;
    for (const v of row)
      for (let k = graph.offsets[v]!; k < graph.offsets[v + 1]!; k++) if (near.has(graph.neighbours[k]!)) ties++;
    if (row.length > 1) sum += ties / (row.length * (row.length - 1));
  }
  return sum / graph.nodes;
}

describe.skipIf(!present)('published networks', () => {
  const reference = present ? (JSON.parse(read('reference_networkx.json')) as Record<string, Reference>) : {};
  const cases: [string, () => { graph: Graph; names: string[] }][] = [
    ['LONDON_GANG.csv', () => load(lines(read('networkdata_csv/covert_28.edges.csv')).slice(1), /,/)],
    ['email-Eu-core', () => load(lines(read('paragk-10+Social-Network-Analysis/email-Eu-core.txt')), /\s+/)]
  ];

  test.each(cases)('%s', async (name, make) => {
    const expected = reference[name]!;
    const { graph, names } = make();
    expect(graph.nodes).toBe(expected.nodes);
    expect(graph.edges).toBe(expected.edges);
    expect((2 * graph.edges) / (graph.nodes * (graph.nodes - 1))).toBeCloseTo(expected.density, 4);
    const { sizes } = components(graph);
    expect([sizes.length, sizes[0]]).toEqual([expected.components, expected.largest]);
    expect(meanClustering(graph)).toBeCloseTo(expected.avg_clustering, 4);

    // The reference is the best of thirty runs, given to three or four digits.
    const found = leiden(graph);
    expect(found.modularity).toBeGreaterThan(expected.louvain_best_Q_of_30 - 0.0006);

    const between = top((await betweenness(graph)).value, names, 5);
    expect(between.map(([node]) => node)).toEqual(expected.top_betweenness.map(([node]) => node));
    between.forEach(([, value], i) => expect(value).toBeCloseTo(expected.top_betweenness[i]![1], 4));
    const degree = top(degrees(graph), names, 5);
    expect(degree.map(([, value]) => value)).toEqual(expected.top_degree.map(([, value]) => value));
  });

  test('email-Eu-core: the true departments have the published modularity', () => {
    const { graph, names } = load(lines(read('paragk-10+Social-Network-Analysis/email-Eu-core.txt')), /\s+/);
    const department = new Map(
      lines(read('paragk-10+Social-Network-Analysis/email-Eu-core-department-labels.txt')).map((line): [string, number] => {
        const [node, label] = line.split(/\s+/);
        return [node!, Number(label)];
      })
    );
    const truth = Uint32Array.from(names, (node) => department.get(node)!);
    expect(new Set(truth).size).toBe(42);
    expect(modularity(graph, truth)).toBeCloseTo(0.288, 3);
  });
});
