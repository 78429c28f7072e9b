import { orderBy } from '../network/csr.ts';
import { Pace, type PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import { rowProducts, twoRowProducts } from './products.ts';
import type { DensePoints } from './svd.ts';

export interface Neighbours {
  readonly count: number;
  /** Neighbours per point; fewer than asked where there are fewer points. */
  readonly k: number;
  /** count x k, nearest first; the point itself is not among them. */
  readonly index: Uint32Array;
  /** Euclidean distances, at the same places. */
  readonly distance: Float32Array;
}

/** The nearest so far of every point. */
class NearestLists {
  readonly #k: number;
  readonly #index: Uint32Array;
  readonly #squared: Float32Array;
  /** The worst squared distance still kept per point: most pairs are turned away by one comparison with it. */
  readonly limit: Float64Array;

  constructor(count: number, k: number) {
    this.#k = k;
    this.#index = new Uint32Array(count * k);
    this.#squared = new Float32Array(count * k).fill(Infinity);
    this.limit = new Float64Array(count).fill(k === 0 ? -1 : Infinity);
  }

  /** Call only with squared < limit[point]. */
  keep(point: number, other: number, squared: number): void {
    const first = point * this.#k;
    let at = first + this.#k - 1;
    while (at > first && this.#squared[at - 1]! > squared) {
      this.#squared[at] = this.#squared[at - 1]!;
      this.#index[at] = this.#index[at - 1]!;
      at--;
    }
    this.#squared[at] = squared;
    this.#index[at] = other;
    this.limit[point] = this.#squared[first + this.#k - 1]!;
  }

  finish(count: number): Neighbours {
    return { count, k: this.#k, index: this.#index, distance: this.#squared.map((value) => Math.sqrt(Math.max(0, value))) };
  }
}

function squaredLengths(values: Float64Array, count: number, dims: number): Float64Array {
  const squares = new Float64Array(count);
  for (let r = 0; r < count; r++) for (let d = 0; d < dims; d++) squares[r]! += values[r * dims + d]! ** 2;
  return squares;
}

/** Points of one block stay in the cache while every other block passes by. */
const BLOCK = 64;

/**
 * The k nearest points of each, exact, by comparing all pairs once. For points of length 1 the order is that of
 * cosine. Time grows with the square of the points.
 * @throws the signal's reason when aborted.
 */
export async function nearestNeighbours(points: DensePoints, wanted: number, options: PaceOptions = {}): Promise<Neighbours> {
  const { count, dims } = points;
  const lists = new NearestLists(count, Math.max(0, Math.min(wanted, count - 1)));
  const { limit } = lists;
  const values = Float64Array.from(points.values);
  const squares = squaredLengths(values, count, dims);
  const pace = new Pace(options);
  const first = new Float64Array(BLOCK);
  const second = new Float64Array(BLOCK);
  const compare = (a: number, from: number, to: number, products: Float64Array): void => {
    const own = squares[a]!;
    for (let b = from; b < to; b++) {
      const squared = own + squares[b]! - 2 * products[b - from]!;
      if (squared < limit[a]!) lists.keep(a, b, squared);
      if (squared < limit[b]!) lists.keep(b, a, squared);
    }
  };
  for (let a0 = 0; a0 < count; a0 += BLOCK) {
    const a1 = Math.min(count, a0 + BLOCK);
    for (let b0 = 0; b0 < a0; b0 += BLOCK) {
      let a = a0;
      for (; a + 1 < a1; a += 2) {
        twoRowProducts(values, dims, a, a + 1, b0, b0 + BLOCK, first, second);
        compare(a, b0, b0 + BLOCK, first);
        compare(a + 1, b0, b0 + BLOCK, second);
      }
      if (a < a1) {
        rowProducts(values, dims, a, b0, b0 + BLOCK, first);
        compare(a, b0, b0 + BLOCK, first);
      }
    }
    for (let a = a0 + 1; a < a1; a++) {
      rowProducts(values, dims, a, a0, a, first);
      compare(a, a0, a, first);
    }
    if (pace.due()) await pace.breathe((a1 / count) ** 2);
  }
  return lists.finish(count);
}

/** Cells each point looks into. With eight, over nine in ten of the true neighbours are found (measured in the bench). */
const PROBES = 8;

/**
 * The k nearest points of each, approximately, for many points: they are put into about root-of-count cells around
 * chosen points, and each looks into the eight cells nearest to it. Time grows with count to the power of 1.5.
 * Lists may be short of a neighbour that lies in a further cell; never empty unless there are too few points.
 * @throws the signal's reason when aborted.
 */
export async function likelyNeighbours(
  points: DensePoints,
  wanted: number,
  options: PaceOptions & { readonly seed?: number } = {}
): Promise<Neighbours> {
  const { count, dims } = points;
  const k = Math.max(0, Math.min(wanted, count - 1));
  const cells = Math.floor(Math.sqrt(count));
  // A cell must be able to fill a list by itself.
  if (cells < 2 * PROBES || Math.floor(count / cells) < 2 * k) return nearestNeighbours(points, wanted, options);
  const pace = new Pace(options);
  const centres = await placeCentres(points, cells, options.seed ?? 1, pace);
  const probes = await nearestCells(points, centres, cells, PROBES, pace, 0.2);

  // Points in order of their own cell, so that a cell is one run of rows.
  const home = new Uint32Array(count);
  for (let p = 0; p < count; p++) home[p] = probes[p * PROBES]!;
  const order = orderBy(home, cells);
  const start = new Uint32Array(cells + 1);
  for (const cell of home) start[cell + 1]!++;
  for (let cell = 0; cell < cells; cell++) start[cell + 1]! += start[cell]!;
  const values = new Float64Array(count * dims);
  const place = new Uint32Array(count);
  order.forEach((p, at) => {
    place[p] = at;
    for (let d = 0; d < dims; d++) values[at * dims + d] = points.values[p * dims + d]!;
  });
  const squares = squaredLengths(values, count, dims);

  const lists = new NearestLists(count, k);
  const { limit } = lists;
  const visits = orderBy(probes, cells);
  const largest = start.reduce((most, at, cell) => (cell === 0 ? 0 : Math.max(most, at - start[cell - 1]!)), 0);
  const first = new Float64Array(largest);
  const second = new Float64Array(largest);
  const compare = (p: number, from: number, to: number, products: Float64Array): void => {
    const own = squares[place[p]!]!;
    for (let at = from; at < to; at++) {
      const squared = own + squares[at]! - 2 * products[at - from]!;
      if (squared < limit[p]! && order[at] !== p) lists.keep(p, order[at]!, squared);
    }
  };
  for (let i = 0; i < visits.length;) {
    const cell = probes[visits[i]!]!;
    const from = start[cell]!;
    const to = start[cell + 1]!;
    const p = Math.floor(visits[i]! / PROBES);
    const paired = i + 1 < visits.length && probes[visits[i + 1]!] === cell;
    if (paired) {
      const q = Math.floor(visits[i + 1]! / PROBES);
      twoRowProducts(values, dims, place[p]!, place[q]!, from, to, first, second);
      compare(p, from, to, first);
      compare(q, from, to, second);
      i += 2;
    } else {
      rowProducts(values, dims, place[p]!, from, to, first);
      compare(p, from, to, first);
      i++;
    }
    if ((i & 255) < 2 && pace.due()) await pace.breathe(0.3 + (0.7 * i) / visits.length);
  }
  return lists.finish(count);
}

/** Seeded points as centres, moved to the middle of what is nearest to them in a sample, twice. */
async function placeCentres(points: DensePoints, cells: number, seed: number, pace: Pace): Promise<Float32Array> {
  const { dims } = points;
  const random = new SeededRandom(seed);
  const centres = new Float32Array(cells * dims);
  random.sample(points.count, cells).forEach((p, c) => centres.set(points.values.subarray(p * dims, (p + 1) * dims), c * dims));
  const sample = random.sample(points.count, 20 * cells);
  const rows = new Float32Array(sample.length * dims);
  sample.forEach((p, r) => rows.set(points.values.subarray(p * dims, (p + 1) * dims), r * dims));
  for (let round = 0; round < 2; round++) {
    const nearest = await nearestCells({ count: sample.length, dims, values: rows }, centres, cells, 1, pace, 0.1 * round);
    const sums = new Float64Array(cells * dims);
    const sizes = new Uint32Array(cells);
    nearest.forEach((cell, r) => {
      sizes[cell]!++;
      for (let d = 0; d < dims; d++) sums[cell * dims + d]! += rows[r * dims + d]!;
    });
    for (let cell = 0; cell < cells; cell++) {
      if (sizes[cell] === 0) continue;
      for (let d = 0; d < dims; d++) centres[cell * dims + d] = sums[cell * dims + d]! / sizes[cell]!;
    }
  }
  return centres;
}

/** The `probes` nearest centres of each point, nearest first; progress runs from `done` on by a tenth. */
async function nearestCells(
  points: DensePoints,
  centres: Float32Array,
  cells: number,
  probes: number,
  pace: Pace,
  done: number
): Promise<Uint32Array> {
  const { count, dims } = points;
  // Centres and one point stand in one array, as the kernel wants them.
  const values = new Float64Array((cells + 2) * dims);
  values.set(centres);
  const squares = squaredLengths(values, cells, dims);
  const lists = new NearestLists(count, probes);
  const first = new Float64Array(cells);
  const second = new Float64Array(cells);
  const compare = (p: number, products: Float64Array): void => {
    // The point's own length is the same for all centres.
    for (let c = 0; c < cells; c++) {
      const squared = squares[c]! - 2 * products[c]!;
      if (squared < lists.limit[p]!) lists.keep(p, c, squared);
    }
  };
  for (let p = 0; p < count; p += 2) {
    const pair = Math.min(count, p + 2);
    values.set(points.values.subarray(p * dims, pair * dims), cells * dims);
    twoRowProducts(values, dims, cells, cells + 1, 0, cells, first, second);
    compare(p, first);
    if (p + 1 < count) compare(p + 1, second);
    if ((p & 255) === 0 && pace.due()) await pace.breathe(done + (0.1 * p) / count);
  }
  return lists.finish(count).index;
}
