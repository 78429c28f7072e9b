/**
 * The card's kernel beside the WebAssembly one, on whatever adapter this browser has: one in software here, which the app
 * itself refuses for being slow. Without any adapter these tests fail: what was not run is not shown.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SeededRandom } from '../../random.ts';
import { listsOnBest } from '../lists.ts';
import { nearestNeighbours } from '../knn.ts';
import { WrongLists } from '../settled.ts';
import type { DensePoints } from '../svd.ts';
import { kernelError, type Propose } from './proposal.ts';
import { CardFault, proposeByCard } from './propose-webgpu.ts';
import { proposeByWasm } from './propose-wasm.ts';

let device: GPUDevice;

async function anyCard(): Promise<GPUDevice> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter)
    throw new Error('This browser offers no WebGPU adapter, not even one in software: see the flags in vite.config.ts.');
  return adapter.requestDevice();
}

beforeEach(async () => {
  device = await anyCard();
});
afterEach(() => device.destroy());

function randomPoints(count: number, dims: number, seed: number): DensePoints {
  const random = new SeededRandom(seed);
  return { count, dims, values: Float32Array.from({ length: count * dims }, () => random.normal() / Math.sqrt(dims)) };
}

/** Groups of near-copies, every seventh point the very same as the one before it. */
function clustered(count: number, dims: number, seed: number): DensePoints {
  const random = new SeededRandom(seed);
  const centres = Float32Array.from({ length: 20 * dims }, () => random.normal());
  const values = new Float32Array(count * dims);
  for (let p = 0; p < count; p++) {
    if (p % 7 === 6) {
      values.copyWithin(p * dims, (p - 1) * dims, p * dims);
      continue;
    }
    let size = 0;
    for (let d = 0; d < dims; d++) {
      values[p * dims + d] = centres[(p % 20) * dims + d]! + 0.05 * random.normal();
      size += values[p * dims + d]! ** 2;
    }
    for (let d = 0; d < dims; d++) values[p * dims + d]! /= Math.sqrt(size);
  }
  return { count, dims, values };
}

const SHAPES: readonly (readonly [string, DensePoints, number])[] = [
  ['random, no multiple of anything', randomPoints(333, 17, 1), 15],
  ['random, as wide as a pack', randomPoints(1030, 384, 2), 15],
  ['clustered with copies', clustered(1501, 64, 3), 15],
  ['more neighbours than points', randomPoints(9, 5, 4), 15],
  ['two points', randomPoints(2, 3, 5), 1],
  ['one more than a tile', randomPoints(65, 64, 6), 7],
  ['all the same but two', { count: 70, dims: 4, values: Float32Array.from({ length: 280 }, (_, i) => (i < 8 ? i / 8 : 0.5)) }, 6]
];

test.each(SHAPES)('the lists are the very same: %s', async (_name, points, k) => {
  const here = await nearestNeighbours(points, k);
  const there = await nearestNeighbours(points, k, { propose: proposeByCard(device) });
  expect(there).toEqual(here);
  expect(there.k).toBe(Math.min(k, points.count - 1));
});

test.each(SHAPES)('what the card proposes lies within what rounding explains: %s', async (_name, points, k) => {
  const kept = Math.min(k, points.count - 1);
  const { count, dims, values } = points;
  const [card, wasm] = await Promise.all([proposeByCard(device)(points, kept, {}), proposeByWasm(points, kept, {})]);
  const greatest = Math.max(
    ...Array.from({ length: count }, (_, p) => values.subarray(p * dims, (p + 1) * dims).reduce((s, v) => s + v * v, 0))
  );
  const error = kernelError(dims, 2 * greatest);
  for (let p = 0; p < count; p++) {
    expect(Math.abs(card.limit[p]! - wasm.limit[p]!)).toBeLessThanOrEqual(2 * error);
    const own = card.index.subarray(p * kept, (p + 1) * kept);
    expect(new Set(own).size).toBe(kept);
    expect(own).not.toContain(p);
    for (const other of own) {
      let square = 0;
      for (let d = 0; d < dims; d++) square += (values[p * dims + d]! - values[other * dims + d]!) ** 2;
      expect(square).toBeLessThanOrEqual(card.limit[p]! + error);
    }
  }
});

test('of equal distances the lower numbers are proposed, by either kernel', async () => {
  // Corners of a cube in whole numbers: each has three at the same least distance, reckoned without rounding.
  const values = Float32Array.from({ length: 64 * 3 }, (_, i) => (Math.floor(i / 3) >> (i % 3)) & 1);
  const points = { count: 64, dims: 3, values };
  const kept = 5;
  const lists = await Promise.all([proposeByCard(device), proposeByWasm].map((propose) => propose(points, kept, {})));
  const [card, wasm] = lists.map(({ index }) => [...index]);
  expect(wasm?.slice(0, kept)).toEqual([8, 16, 24, 32, 40]);
  expect(card).toEqual(wasm);
});

test('a stop is heard between two stretches', async () => {
  const stop = new AbortController();
  const shares: number[] = [];
  const run = proposeByCard(device)(randomPoints(2000, 8, 7), 15, {
    signal: stop.signal,
    onProgress: (share) => {
      shares.push(share);
      stop.abort(new Error('enough'));
    }
  });
  await expect(run).rejects.toThrow('enough');
  expect(shares).toHaveLength(1);
  expect(shares[0]).toBeLessThan(1);
});

test('a card that is lost is a fault, and WebAssembly goes on with the same lists', async () => {
  const points = randomPoints(900, 16, 8);
  const here = await nearestNeighbours(points, 15);
  const lost = await anyCard();
  lost.destroy();
  await expect(proposeByCard(lost)(points, 15, {})).rejects.toThrow(CardFault);
  const found = await listsOnBest(points, 15, { card: async () => lost, worthFrom: 0 });
  expect(found.neighbours).toEqual(here);
  expect(found.by.kernel).toBe('wasm');
  expect(found.by.fault).not.toBe(null);
});

test('a card whose buffers are too small is a fault, and no buffer is asked for', async () => {
  const small = {
    lost: new Promise(() => undefined),
    limits: { maxStorageBufferBindingSize: 1000, maxBufferSize: 1000, maxComputeWorkgroupsPerDimension: 65_535 },
    createBuffer: () => {
      throw new Error('asked for a buffer');
    }
  } as unknown as GPUDevice;
  await expect(proposeByCard(small)(randomPoints(100, 8, 9), 15, {})).rejects.toThrow('the card gives 1000');
});

test('a card that reckons wrong is found out', async () => {
  const points = randomPoints(500, 16, 10);
  const wrong: Propose = async (some, kept, options) => {
    const right = await proposeByCard(device)(some, kept, options);
    // Says that nobody nearer was left out, and left out the nearer half.
    const index = right.index.map((other, i) => (i % kept < kept / 2 ? (other + 1) % some.count : other));
    return { kept, index, limit: right.limit.fill(100) };
  };
  await expect(nearestNeighbours(points, 15, { propose: wrong })).rejects.toThrow(WrongLists);
});

test('a card is used where the work is worth it, and handed back', async () => {
  const points = clustered(700, 32, 11);
  let isBack = false;
  const card = async (): Promise<GPUDevice> => {
    const lent = await anyCard();
    void lent.lost.then(({ reason }) => (isBack = reason === 'destroyed'));
    return lent;
  };
  const found = await listsOnBest(points, 15, { card, worthFrom: 0 });
  expect(found.by).toEqual({ kernel: 'webgpu', reach: 'exact', fault: null });
  await expect.poll(() => isBack).toBe(true);
  const few = await listsOnBest(points, 15, { card });
  expect(few.by).toEqual({ kernel: 'wasm', reach: 'exact', fault: null });
  expect(few.neighbours).toEqual(found.neighbours);
});
