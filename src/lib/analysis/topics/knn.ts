import { orderBy } from '../network/csr.ts';
import { Pace, type PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import { inFours, NearestRows } from './kernel/nearest.ts';
import type { Propose } from './kernel/proposal.ts';
import { proposeByWasm } from './kernel/propose-wasm.ts';
import { isRightForSome, settled, WrongLists, type Settled } from './settled.ts';
import type { DensePoints } from './svd.ts';
import { twinsOf, type Twins } from './twins.ts';

export interface Neighbours {
  readonly count: number;
  /** Neighbours per point; fewer than asked where there are fewer points. */
  readonly k: number;
  /** count x k, nearest first; the point itself is not among them. */
  readonly index: Uint32Array;
  /** Euclidean distances, at the same places. */
  readonly distance: Float32Array;
}

/**
 * The lists of the kernel as lists of points. The kernel chooses in single precision, where a distance near zero is the
 * difference of two ones: the distances of those that it chose are taken again in double precision, and they are put in
 * order by them, equal ones by number.
 * @param rowOf row of each point
 * @param pointOf point of each row
 */
function listsOf(
  points: DensePoints,
  rows: NearestRows,
  k: number,
  rowOf: (p: number) => number,
  pointOf: (row: number) => number
): Neighbours {
  const { count, dims, values } = points;
  const index = new Uint32Array(count * k);
  const distance = new Float32Array(count * k).fill(Infinity);
  const found = new Float64Array(k);
  for (let p = 0; p < count; p++) {
    const first = rowOf(p) * k;
    let kept = 0;
    for (let j = 0; j < k && rows.square[first + j]! < Infinity; j++) {
      const other = pointOf(rows.index[first + j]!);
      let square = 0;
      for (let d = 0; d < dims; d++) square += (values[p * dims + d]! - values[other * dims + d]!) ** 2;
      let at = kept++;
      for (; at > 0; at--) {
        const before = index[p * k + at - 1]!;
        if (found[at - 1]! < square || (found[at - 1] === square && before < other)) break;
        found[at] = found[at - 1]!;
        index[p * k + at] = before;
      }
      found[at] = square;
      index[p * k + at] = other;
    }
    for (let j = 0; j < kept; j++) distance[p * k + j] = Math.sqrt(found[j]!);
  }
  return { count, k, index, distance };
}

/** Proposed beyond what is asked for, so that a list is shown to be right although its kernel rounds. */
const SPARE = 8;
/** Of a card: lists that are looked at again in full before any is used, and the share that may need it for rounding. */
const CARD = { checked: 12, mostLooked: 0.1 } as const;

export interface NearestOptions extends PaceOptions {
  /** In place of the WebAssembly kernel; some of its lists are then checked. */
  readonly propose?: Propose | undefined;
}

/**
 * The k nearest points of each, exact: by distance in double precision, equal ones by number. For points of length 1 the
 * order is that of cosine. Time grows with the square of the points.
 * @throws the signal's reason when aborted; WrongLists; what `propose` throws
 */
export async function nearestNeighbours(points: DensePoints, wanted: number, options: NearestOptions = {}): Promise<Neighbours> {
  const { count } = points;
  const k = Math.max(0, Math.min(wanted, count - 1));
  if (k === 0) return { count, k, index: new Uint32Array(0), distance: new Float32Array(0) };
  const pace = new Pace(options);
  const twins = twinsOf(points);
  const { distinct } = twins;
  const among = Math.min(k, distinct.count - 1);
  if (among === 0) return spread(twins, { index: new Uint32Array(0), square: new Float64Array(0), looked: 0 }, 0, k);
  const kept = Math.min(distinct.count - 1, among + SPARE);
  const { propose = proposeByWasm } = options;
  const isCard = options.propose !== undefined;
  const proposal = await propose(distinct, kept, { ...options, onProgress: (share) => options.onProgress?.(0.9 * share) });
  const mostLooked = isCard ? 10 + CARD.mostLooked * distinct.count : Infinity;
  const found = await settled(distinct, proposal, among, pace, { mostLooked, from: 0.9 });
  if (isCard && !isRightForSome(distinct, found, among, CARD.checked)) {
    throw new WrongLists('some lists of neighbours were not those of the vectors');
  }
  return spread(twins, found, among, k);
}

/**
 * Lists of points from lists of vectors: a point's twins, then the members of its vector's neighbours; of vectors at one
 * distance all members by number. As many vectors as there are places always suffice, since each has a member and those
 * left out begin later.
 */
function spread(twins: Twins, found: Settled, among: number, k: number): Neighbours {
  const { vectorOf, members, offsets } = twins;
  const count = vectorOf.length;
  const index = new Uint32Array(count * k);
  const distance = new Float32Array(count * k);
  for (let p = 0; p < count; p++) {
    const v = vectorOf[p]!;
    let at = p * k;
    const end = at + k;
    const put = (some: Iterable<number>, square: number): void => {
      for (const other of some) {
        if (at === end) return;
        if (other === p) continue;
        index[at] = other;
        distance[at++] = Math.sqrt(square);
      }
    };
    put(members.subarray(offsets[v], offsets[v + 1]), 0);
    for (let j = v * among; j < (v + 1) * among;) {
      if (at === end) break;
      const square = found.square[j]!;
      let next = j + 1;
      while (next < (v + 1) * among && found.square[next] === square) next++;
      const lists = found.index.subarray(j, next);
      if (lists.length === 1) put(members.subarray(offsets[lists[0]!], offsets[lists[0]! + 1]), square);
      else {
        const all = [...lists].flatMap((w) => [...members.subarray(offsets[w], offsets[w + 1])]);
        put(
          all.sort((a, b) => a - b),
          square
        );
      }
      j = next;
    }
  }
  return { count, k, index, distance };
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

  // Points in order of their own cell, each cell begun at a multiple of four, so that it is one run of rows.
  const home = new Uint32Array(count);
  for (let p = 0; p < count; p++) home[p] = probes[p * PROBES]!;
  const sizes = new Uint32Array(cells);
  for (const cell of home) sizes[cell]!++;
  const start = new Uint32Array(cells + 1);
  for (let cell = 0; cell < cells; cell++) start[cell + 1] = start[cell]! + inFours(sizes[cell]!);
  const rows = new NearestRows(start[cells]!, dims, k);
  const rowOf = new Uint32Array(count);
  const pointOf = new Uint32Array(start[cells]!);
  const next = start.slice();
  for (const p of orderBy(home, cells)) {
    const row = next[home[p]!]!++;
    rowOf[p] = row;
    pointOf[row] = p;
    rows.set(row, points.values, p * dims);
  }

  const visits = orderBy(probes, cells);
  const visitors = Uint32Array.from(visits, (visit) => rowOf[Math.floor(visit / PROBES)]!);
  for (let first = 0; first < visits.length;) {
    const cell = probes[visits[first]!]!;
    let end = first + 1;
    while (end < visits.length && probes[visits[end]!] === cell) end++;
    rows.visit(visitors, first, end, start[cell]!, start[cell + 1]!);
    first = end;
    if (pace.due()) await pace.breathe(0.3 + (0.7 * first) / visits.length);
  }
  return listsOf(
    points,
    rows,
    k,
    (p) => rowOf[p]!,
    (row) => pointOf[row]!
  );
}

/**
 * The k nearest of the first `among` points for each of the others, exact. Rows of the answer are the others, in order.
 * @throws the signal's reason when aborted.
 */
export async function nearestAmongFirst(
  points: DensePoints,
  among: number,
  wanted: number,
  options: PaceOptions = {}
): Promise<Neighbours> {
  const { count, dims } = points;
  const k = Math.min(wanted, among);
  const others = count - among;
  if (k === 0 || others === 0) return { count: others, k: 0, index: new Uint32Array(0), distance: new Float32Array(0) };
  const pace = new Pace(options);
  const end = inFours(among);
  const rows = new NearestRows(end + inFours(others), dims, k);
  const rowOf = (p: number): number => (p < among ? p : end + p - among);
  for (let p = 0; p < count; p++) rows.set(rowOf(p), points.values, p * dims);
  const visitors = Uint32Array.from({ length: others }, (_, i) => end + i);
  for (let i = 0; i < others; i += 256) {
    rows.visit(visitors, i, Math.min(others, i + 256), 0, end);
    if (pace.due()) await pace.breathe(i / others);
  }
  const distance = rows.square.slice(end * k, (end + others) * k).map((square) => Math.sqrt(Math.max(0, square)));
  return { count: others, k, index: rows.index.slice(end * k, (end + others) * k), distance };
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
  const end = inFours(cells);
  const rows = new NearestRows(end + inFours(count), dims, probes);
  for (let cell = 0; cell < cells; cell++) rows.set(cell, centres, cell * dims);
  const visitors = new Uint32Array(count);
  for (let p = 0; p < count; p++) {
    visitors[p] = end + p;
    rows.set(end + p, points.values, p * dims);
  }
  for (let p = 0; p < count; p += 256) {
    rows.visit(visitors, p, Math.min(count, p + 256), 0, end);
    if (pace.due()) await pace.breathe(done + (0.1 * p) / count);
  }
  return rows.index.slice(end * probes, (end + count) * probes);
}
