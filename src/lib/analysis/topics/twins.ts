/**
 * Points with the very same numbers, as equal texts have. They lie at one distance from everything, so each vector is
 * compared once, and a pile of a thousand equal ones crowds out no other point.
 */
import type { DensePoints } from './svd.ts';

export interface Twins {
  /** Each vector once, in the order of the first point that has it. */
  readonly distinct: DensePoints;
  /** Distinct vector of each point. */
  readonly vectorOf: Uint32Array;
  /** Points of vector v are members[offsets[v] .. offsets[v+1]), ascending. */
  readonly members: Uint32Array;
  readonly offsets: Uint32Array;
}

export function twinsOf(points: DensePoints): Twins {
  const { count, dims, values } = points;
  const bits = new Uint32Array(values.buffer, values.byteOffset, count * dims);
  const byHash = new Map<number, number[]>();
  const vectorOf = new Uint32Array(count);
  const firsts: number[] = [];
  for (let p = 0; p < count; p++) {
    let hash = 0;
    for (let d = 0; d < dims; d++) hash = Math.imul(hash ^ plain(bits[p * dims + d]!), 0x9e3779b1) ^ (hash >>> 15);
    const known = byHash.get(hash) ?? [];
    const found = known.find((v) => isSame(bits, dims, firsts[v]!, p));
    if (found === undefined) {
      byHash.set(hash, [...known, firsts.length]);
      vectorOf[p] = firsts.length;
      firsts.push(p);
    } else vectorOf[p] = found;
  }
  const offsets = new Uint32Array(firsts.length + 1);
  for (const v of vectorOf) offsets[v + 1]!++;
  for (let v = 0; v < firsts.length; v++) offsets[v + 1]! += offsets[v]!;
  const members = new Uint32Array(count);
  const next = offsets.slice();
  vectorOf.forEach((v, p) => (members[next[v]!++] = p));
  if (firsts.length === count) return { distinct: points, vectorOf, members, offsets };
  const own = new Float32Array(firsts.length * dims);
  firsts.forEach((p, v) => own.set(values.subarray(p * dims, (p + 1) * dims), v * dims));
  return { distinct: { count: firsts.length, dims, values: own }, vectorOf, members, offsets };
}

/** The two zeros are one number. */
const plain = (bits: number): number => (bits === 0x8000_0000 ? 0 : bits);

function isSame(bits: Uint32Array, dims: number, p: number, q: number): boolean {
  for (let d = 0; d < dims; d++) if (plain(bits[p * dims + d]!) !== plain(bits[q * dims + d]!)) return false;
  return true;
}
