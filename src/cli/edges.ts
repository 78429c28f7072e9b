/** `--edges FILE`: a bare list of ties, for checks against published networks. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { buildGraph, simplePairs, type Graph, type Pairs } from '../lib/analysis/network/csr.ts';

export interface EdgeList {
  readonly names: readonly string[];
  readonly pairs: Pairs;
  readonly graph: Graph;
  /** Rows read, and how many of them joined a name to itself or could not be read. */
  readonly rows: number;
  readonly loops: number;
  readonly refused: readonly { row: number; text: string }[];
}

const HEADINGS = new Set(['from', 'to', 'source', 'target', 'v1', 'v2', 'weight', 'node1', 'node2']);

/** Reads `from,to[,weight]`, separated by comma, semicolon, tab or spaces; a heading row is recognised. Ties are undirected and simple. */
export function readEdges(path: string, weighted: boolean): EdgeList {
  const text = readFileSync(path, 'utf8');
  const spaced = !/[,;\t]/.test(text.slice(0, 4096));
  const { data } = Papa.parse<string[]>(text, { delimiter: spaced ? ' ' : '', skipEmptyLines: true });
  const numbers = new Map<string, number>();
  const number = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  const refused: { row: number; text: string }[] = [];
  let rows = 0;
  for (const [i, row] of data.entries()) {
    const [a = '', b = '', w = '1'] = row.map((cell) => cell.trim());
    if (i === 0 && HEADINGS.has(a.toLowerCase()) && HEADINGS.has(b.toLowerCase())) continue;
    rows++;
    if (a === '' || b === '') {
      refused.push({ row: i + 1, text: row.join(' ') });
      continue;
    }
    from.push(number(a));
    to.push(number(b));
    const value = Number(w);
    weight.push(Number.isFinite(value) && value > 0 ? value : 1);
  }
  const pairs = simplePairs(
    numbers.size,
    Uint32Array.from(from),
    Uint32Array.from(to),
    weighted ? Float64Array.from(weight) : undefined
  );
  return { names: [...numbers.keys()], pairs, graph: buildGraph(numbers.size, pairs), rows, loops: pairs.loops, refused };
}
