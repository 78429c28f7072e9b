/** A network as the Python peers read it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pairs } from '../../../src/lib/analysis/network/csr.ts';

/** The network in the form that the Python peers read. */
export function writeEdges(folder: string, nodes: number, pairs: Pairs): string {
  const edges = pairs.source.length;
  const view = new DataView(new ArrayBuffer(8 + 16 * edges));
  view.setUint32(0, nodes, true);
  view.setUint32(4, edges, true);
  for (let e = 0; e < edges; e++) {
    view.setUint32(8 + 16 * e, pairs.source[e]!, true);
    view.setUint32(12 + 16 * e, pairs.target[e]!, true);
    view.setFloat64(16 + 16 * e, pairs.weight[e]!, true);
  }
  const file = join(folder, 'edges.bin');
  writeFileSync(file, new Uint8Array(view.buffer));
  return file;
}
