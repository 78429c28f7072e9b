/** GraphML (http://graphml.graphdrawing.org/specification.html), read by Gephi, yEd, igraph, networkx and i2 importers. */
import { ownTable } from '../../evidence/own-table.ts';

export type GraphmlColumn =
  | { readonly name: string; readonly type: 'string'; readonly values: readonly string[] }
  | { readonly name: string; readonly type: 'int' | 'double'; readonly values: ArrayLike<number> };

export interface GraphmlNetwork {
  readonly nodes: number;
  readonly nodeColumns: readonly GraphmlColumn[];
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly edgeColumns: readonly GraphmlColumn[];
}

const XML_TEXT: Readonly<Record<string, string>> = ownTable({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;'
});

/** XML 1.0 has no way to write most control characters or lone surrogates; they become U+FFFD. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu;

function xmlText(text: string): string {
  return text.replace(UNWRITABLE, '\uFFFD').replace(/[&<>"\t\n\r]/g, (char) => XML_TEXT[char]!);
}

function dataElement(prefix: string, index: number, column: GraphmlColumn, row: number): string {
  const value = column.values[row]!;
  if (typeof value === 'string') return `<data key="${prefix}${index}">${xmlText(value)}</data>`;
  // XML Schema writes its doubles as INF and NaN.
  const text = Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF';
  return `<data key="${prefix}${index}">${text}</data>`;
}

/** The document in pieces of about 64 KiB, so that a large network is never one string. Nodes are called n0, n1, ... */
export function* graphml(network: GraphmlNetwork): Generator<string, void, undefined> {
  let piece = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  const declare = (prefix: string, target: 'node' | 'edge') => (column: GraphmlColumn, i: number) => {
    piece += `<key id="${prefix}${i}" for="${target}" attr.name="${xmlText(column.name)}" attr.type="${column.type}"/>\n`;
  };
  network.nodeColumns.forEach(declare('v', 'node'));
  network.edgeColumns.forEach(declare('e', 'edge'));
  piece += '<graph id="network" edgedefault="undirected">\n';
  for (let u = 0; u < network.nodes; u++) {
    piece += `<node id="n${u}">${network.nodeColumns.map((column, i) => dataElement('v', i, column, u)).join('')}</node>\n`;
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  for (let e = 0; e < network.source.length; e++) {
    const data = network.edgeColumns.map((column, i) => dataElement('e', i, column, e)).join('');
    piece += `<edge source="n${network.source[e]!}" target="n${network.target[e]!}">${data}</edge>\n`;
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}</graph>\n</graphml>\n`;
}
