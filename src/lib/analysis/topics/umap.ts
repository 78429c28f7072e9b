/**
 * Points in the plane with neighbours kept near each other: UMAP (McInnes, Healy and Melville 2018), from lists of
 * neighbours. Distances in the plane mean little and empty space between groups means nothing: it is a picture to find
 * one's way in, and every statement about topics comes from the points themselves.
 */
import { simplePairs } from '../network/csr.ts';
import { Pace, type PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import type { Neighbours } from './knn.ts';
import type { DensePoints } from './svd.ts';

/** The curve 1 / (1 + a d^2b) that fits a least distance of 0.1 at a spread of 1. */
const CURVE_A = 1.577;
const CURVE_B = 0.895;
/** Points pushed away for each pair that is pulled together. */
const PUSHES = 5;
const EPOCHS = 200;
/** Half the width of the plane at the start. */
const SPREAD = 10;
/** Most that one pull or push moves a point along an axis. */
const STEP = 4;

interface Edges {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** 0..1. */
  readonly weight: Float64Array;
}

/**
 * @param points where the layout begins: their first two directions, which carry most of the spread
 * @returns x and y of each point, centred on 0
 * @throws the signal's reason when aborted. The same input and seed give the same plane.
 */
export async function umap(
  points: DensePoints,
  neighbours: Neighbours,
  options: PaceOptions & { readonly seed?: number } = {}
): Promise<{ x: Float64Array; y: Float64Array }> {
  const { count } = points;
  const pace = new Pace(options);
  const random = new SeededRandom(options.seed ?? 1);
  const { x, y } = beginning(points, random);
  if (count < 3 || neighbours.k === 0) return { x, y };
  const { from, to, weight } = fuzzyEdges(neighbours);
  const greatest = weight.reduce((a, b) => Math.max(a, b), 0);
  // A pair of weight w is pulled w / greatest times an epoch, spread evenly.
  const due = new Float64Array(from.length);
  for (let e = 0; e < from.length; e++) due[e] = greatest / weight[e]!;
  const next = due.slice();
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = 1 - epoch / EPOCHS;
    for (let e = 0; e < from.length; e++) {
      if (next[e]! > epoch + 1) continue;
      next[e]! += due[e]!;
      // In turn, so that either end of a pair is pushed away from others as often.
      const p = (epoch & 1) === 0 ? from[e]! : to[e]!;
      const q = (epoch & 1) === 0 ? to[e]! : from[e]!;
      const dx = x[p]! - x[q]!;
      const dy = y[p]! - y[q]!;
      const square = dx * dx + dy * dy;
      if (square > 0) {
        const power = square ** CURVE_B;
        const pull = (-2 * CURVE_A * CURVE_B * power) / (square * (CURVE_A * power + 1));
        const byX = rate * bounded(pull * dx);
        const byY = rate * bounded(pull * dy);
        x[p]! += byX;
        y[p]! += byY;
        x[q]! -= byX;
        y[q]! -= byY;
      }
      for (let n = 0; n < PUSHES; n++) {
        const other = random.below(count);
        if (other === p) continue;
        const ox = x[p]! - x[other]!;
        const oy = y[p]! - y[other]!;
        const apart = ox * ox + oy * oy;
        const push = (2 * CURVE_B) / ((0.001 + apart) * (CURVE_A * apart ** CURVE_B + 1));
        x[p]! += rate * (apart > 0 ? bounded(push * ox) : STEP * (random.next() - 0.5));
        y[p]! += rate * (apart > 0 ? bounded(push * oy) : STEP * (random.next() - 0.5));
      }
      if ((e & 4095) === 0 && pace.due()) await pace.breathe((epoch + e / from.length) / EPOCHS);
    }
  }
  return { x: centred(x), y: centred(y) };
}

/**
 * Places for points that were not laid out, each among its neighbours that were: the mean of their places, near ones
 * counting more.
 * @param at places of the points that the lists name
 */
export function placeAmong(
  neighbours: Neighbours,
  at: { readonly x: Float64Array; readonly y: Float64Array }
): { x: Float64Array; y: Float64Array } {
  const { count, k, index, distance } = neighbours;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    let sum = 0;
    for (let j = p * k; j < (p + 1) * k && distance[j]! < Infinity; j++) {
      const weight = 1 / (1e-6 + distance[j]! ** 2);
      sum += weight;
      x[p]! += weight * at.x[index[j]!]!;
      y[p]! += weight * at.y[index[j]!]!;
    }
    if (sum > 0) {
      x[p]! /= sum;
      y[p]! /= sum;
    }
  }
  return { x, y };
}

const bounded = (move: number): number => Math.max(-STEP, Math.min(STEP, move));

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((value) => value - mean);
}

/** The first two numbers of each point over SPREAD, and a little chance, so that equal points can part. */
function beginning({ count, dims, values }: DensePoints, random: SeededRandom): { x: Float64Array; y: Float64Array } {
  const side = (d: number): Float64Array => {
    const given = Float64Array.from({ length: count }, (_, p) => (d < dims ? values[p * dims + d]! : 0));
    const most = centred(given).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    return centred(given).map((value) => (most > 0 ? (SPREAD * value) / most : 0) + 1e-3 * random.normal());
  };
  const x = side(0);
  return { x, y: side(1) };
}

/**
 * How surely each pair is near: full at a point's nearest neighbour, falling off so that all lists weigh the same,
 * and near from either side is enough (a + b - ab).
 */
function fuzzyEdges(neighbours: Neighbours): Edges {
  const { count, k, index, distance } = neighbours;
  const directed = new Float64Array(count * k);
  const wanted = Math.log2(k + 1);
  for (let p = 0; p < count; p++) {
    const list = distance.subarray(p * k, (p + 1) * k);
    const nearest = list.find((d) => d > 0 && d < Infinity) ?? 0;
    const weigh = (scale: number, j: number): number => {
      const beyond = list[j]! - nearest;
      if (list[j] === Infinity) return 0;
      return beyond <= 0 ? 1 : Math.exp(-beyond / scale);
    };
    let low = 0;
    let high = Infinity;
    let scale = 1;
    for (let round = 0; round < 64; round++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += weigh(scale, j);
      if (Math.abs(sum - wanted) < 1e-5) break;
      if (sum > wanted) high = scale;
      else low = scale;
      scale = high === Infinity ? scale * 2 : (low + high) / 2;
    }
    for (let j = 0; j < k; j++) directed[p * k + j] = weigh(Math.max(scale, 1e-3 * nearest, 1e-12), j);
  }
  const from = new Uint32Array(count * k);
  for (let e = 0; e < from.length; e++) from[e] = Math.floor(e / k);
  // Merged pairs hold the sum of both sides; with the sum of the squares as well, a product is half of what they differ by.
  const sums = simplePairs(count, from, index, directed);
  const squares = simplePairs(
    count,
    from,
    index,
    directed.map((w) => w * w)
  );
  const weight = sums.weight.map((sum, e) => sum - Math.max(0, (sum * sum - squares.weight[e]!) / 2));
  const kept = [...weight.keys()].filter((e) => weight[e]! > 1 / EPOCHS);
  const pick = (values: Uint32Array): Uint32Array => Uint32Array.from(kept, (e) => values[e]!);
  return { from: pick(sums.source), to: pick(sums.target), weight: Float64Array.from(kept, (e) => weight[e]!) };
}
