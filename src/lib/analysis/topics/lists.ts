/** Lists of neighbours by whatever this device has for them. Which it was changes their time and none of their places. */
import type { PaceOptions } from '../pace.ts';
import { CardFault, proposeByCard } from './kernel/propose-webgpu.ts';
import { likelyNeighbours, nearestNeighbours, type Neighbours } from './knn.ts';
import { WrongLists } from './settled.ts';
import type { DensePoints } from './svd.ts';

/** A graphics card for one calculation, destroyed after it; null where there is none worth using. */
export type LendCard = () => Promise<GPUDevice | null>;

export interface ListsBy {
  readonly kernel: 'wasm' | 'webgpu';
  /** All pairs, or the cells around chosen points: see `likelyNeighbours`. */
  readonly reach: 'exact' | 'likely';
  /** Why a card that was tried did not give them, in the browser's words. */
  readonly fault: string | null;
}

export interface ListsOptions extends PaceOptions {
  readonly seed?: number | undefined;
  readonly card?: LendCard | null | undefined;
  /** Products of numbers from which a card is asked for. */
  readonly worthFrom?: number;
}

/** All pairs up to here, some seconds; likely ones above, with a card as without: other lists would be other topics. */
const EXACT_POINTS = 30_000;
/** The WebAssembly kernel takes about a second for so many, a card's start some tenths of one. */
const WORTH_A_CARD = 1e10;

/** @throws the signal's reason when aborted */
export async function listsOnBest(
  points: DensePoints,
  k: number,
  options: ListsOptions = {}
): Promise<{ neighbours: Neighbours; by: ListsBy }> {
  const { card = null, worthFrom = WORTH_A_CARD, seed = 1 } = options;
  const { count, dims } = points;
  if (count > EXACT_POINTS) {
    const neighbours = await likelyNeighbours(points, k, { ...options, seed });
    return { neighbours, by: { kernel: 'wasm', reach: 'likely', fault: null } };
  }
  let fault: string | null = null;
  const device = card === null || count * count * dims < worthFrom ? null : await card();
  if (device !== null) {
    try {
      const neighbours = await nearestNeighbours(points, k, { ...options, propose: proposeByCard(device) });
      return { neighbours, by: { kernel: 'webgpu', reach: 'exact', fault: null } };
    } catch (error) {
      if (!(error instanceof CardFault || error instanceof WrongLists)) throw error;
      fault = error.message;
    } finally {
      device.destroy();
    }
  }
  return { neighbours: await nearestNeighbours(points, k, options), by: { kernel: 'wasm', reach: 'exact', fault } };
}
