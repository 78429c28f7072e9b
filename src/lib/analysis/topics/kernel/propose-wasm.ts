import { Pace } from '../../pace.ts';
import { inFours, NearestRows } from './nearest.ts';
import type { Propose } from './proposal.ts';

/** Rows that stay in the cache while others pass by; a multiple of four. */
const BLOCK = 64;

/** All pairs once, by the WebAssembly kernel. Memory: count x (dims + 2 kept) numbers of four bytes. */
export const proposeByWasm: Propose = async ({ count, dims, values }, kept, options) => {
  const pace = new Pace(options);
  const end = inFours(count);
  const rows = new NearestRows(end, dims, kept);
  for (let p = 0; p < count; p++) rows.set(p, values, p * dims);
  for (let a0 = 0; a0 < end; a0 += BLOCK) {
    const a1 = Math.min(end, a0 + BLOCK);
    for (let b0 = 0; b0 < a1; b0 += BLOCK) {
      rows.pairs(a0, a1, b0, Math.min(a1, b0 + BLOCK));
      if (pace.due()) await pace.breathe((a0 * a0 + Math.min(a1, b0 + BLOCK) * (a1 - a0)) / (end * end));
    }
  }
  const limit = Float32Array.from({ length: count }, (_, p) => rows.square[(p + 1) * kept - 1]!);
  return { kept, index: rows.index.slice(0, count * kept), limit };
};
