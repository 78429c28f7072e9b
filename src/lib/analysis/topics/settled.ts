/** Lists of neighbours from proposals, by distances in double precision: see [Note: Proposed and settled]. */
import type { Pace } from '../pace.ts';
import { kernelError, type Proposal } from './kernel/proposal.ts';
import type { DensePoints } from './svd.ts';

export interface Settled {
  /** count x k, nearest first; equal distances in order of number. */
  readonly index: Uint32Array;
  /** Squared distances at the same places. */
  readonly square: Float64Array;
  /** Points for which the proposals did not suffice and all others were looked at. */
  readonly looked: number;
}

/** A kernel's lists were not those of its own vectors. */
export class WrongLists extends Error {
  override readonly name = 'WrongLists';
}

/**
 * @param k at most `proposal.kept`
 * @param mostLooked points whose proposals may fail before the kernel itself is taken to be wrong
 * @param from share of the progress that was done before
 * @throws the signal's reason when aborted; WrongLists
 */
export async function settled(
  points: DensePoints,
  proposal: Proposal,
  k: number,
  pace: Pace,
  { mostLooked = Infinity, from = 0 } = {}
): Promise<Settled> {
  const { count, dims, values } = points;
  const { kept, limit } = proposal;
  const sizes = squaredLengths(points);
  const greatest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const list = new NearestList(kept);
  const result = { index: new Uint32Array(count * k), square: new Float64Array(count * k), looked: 0 };
  for (let p = 0; p < count; p++) {
    list.clear();
    for (let j = p * kept; j < (p + 1) * kept; j++) {
      const other = proposal.index[j]!;
      list.offer(other, squareBetween(values, dims, p, other));
    }
    // Whoever was left out is farther than the k-th, or nobody was.
    const isShown = kept === count - 1 || list.square[k - 1]! < limit[p]! - kernelError(dims, sizes[p]! + greatest);
    if (!isShown) {
      if (++result.looked > mostLooked) throw new WrongLists('too few of the lists could be shown to be right');
      lookAtAll(points, p, list);
    }
    result.index.set(list.index.subarray(0, k), p * k);
    result.square.set(list.square.subarray(0, k), p * k);
    if (pace.due()) await pace.breathe(from + ((1 - from) * p) / count);
  }
  return result;
}

/**
 * Whether the lists of some points, spread over all, are those of a look at every other point: a driver that reckons
 * wrong is found out before anything follows from it.
 */
export function isRightForSome(points: DensePoints, { index }: Settled, k: number, howMany: number): boolean {
  const list = new NearestList(k);
  const step = Math.max(1, Math.floor(points.count / howMany));
  for (let p = 0; p < points.count; p += step) {
    list.clear();
    lookAtAll(points, p, list);
    for (let j = 0; j < k; j++) if (list.index[j] !== index[p * k + j]) return false;
  }
  return true;
}

function lookAtAll({ count, dims, values }: DensePoints, p: number, list: NearestList): void {
  list.clear();
  for (let other = 0; other < count; other++) if (other !== p) list.offer(other, squareBetween(values, dims, p, other));
}

function squareBetween(values: Float32Array, dims: number, p: number, q: number): number {
  let square = 0;
  for (let d = 0; d < dims; d++) square += (values[p * dims + d]! - values[q * dims + d]!) ** 2;
  return square;
}

function squaredLengths({ count, dims, values }: DensePoints): Float64Array {
  const sizes = new Float64Array(count);
  for (let i = 0; i < count * dims; i++) sizes[Math.floor(i / dims)]! += values[i]! ** 2;
  return sizes;
}

/** The nearest of those that were offered, nearest first, equal ones by number. */
class NearestList {
  readonly index: Uint32Array;
  readonly square: Float64Array;
  #length = 0;

  constructor(size: number) {
    this.index = new Uint32Array(size);
    this.square = new Float64Array(size);
  }

  clear(): void {
    this.#length = 0;
  }

  offer(other: number, square: number): void {
    const { index, square: found } = this;
    const last = index.length - 1;
    const isFull = this.#length > last;
    if (isFull && (found[last]! < square || (found[last] === square && index[last]! < other))) return;
    let at = isFull ? last : this.#length++;
    for (; at > 0; at--) {
      const before = found[at - 1]!;
      if (before < square || (before === square && index[at - 1]! < other)) break;
      found[at] = before;
      index[at] = index[at - 1]!;
    }
    found[at] = square;
    index[at] = other;
  }
}
