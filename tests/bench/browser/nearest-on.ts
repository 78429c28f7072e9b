/** In the page: the same lists by WebAssembly and by the browser's adapter, whichever that is. */
import { proposeByCard } from '../../../src/lib/analysis/topics/kernel/propose-webgpu.ts';
import { nearestNeighbours } from '../../../src/lib/analysis/topics/knn.ts';
import { unitRows } from '../../../src/lib/analysis/topics/svd.ts';
import { SeededRandom } from '../../../src/lib/analysis/random.ts';

export interface NearestRun {
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly wasm_ms: number;
  /** With the card's start and the check of its lists. */
  readonly card_ms: number;
  readonly same: number;
  readonly places: number;
}

const NEIGHBOURS = 15;

async function nearestOn({ count, dims }: { count: number; dims: number }): Promise<NearestRun> {
  const random = new SeededRandom(4);
  const values = Float32Array.from({ length: count * dims }, () => random.normal());
  const { points } = unitRows({ count, dims, values });
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const from = performance.now();
    const result = await work();
    return [result, performance.now() - from];
  };
  const [here, wasm_ms] = await timed(() => nearestNeighbours(points, NEIGHBOURS));
  const adapter = (await navigator.gpu?.requestAdapter()) ?? null;
  if (adapter === null) throw new Error('This browser offers no WebGPU adapter, not even one in software.');
  const [there, card_ms] = await timed(async () => {
    const device = await adapter.requestDevice();
    try {
      return await nearestNeighbours(points, NEIGHBOURS, { propose: proposeByCard(device) });
    } finally {
      device.destroy();
    }
  });
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const named = [vendor, architecture, description].filter((word) => word !== '').join(' ') || 'an adapter without a name';
  const isSame = (at: number): boolean => here.index[at] === there.index[at] && here.distance[at] === there.distance[at];
  return {
    adapter: isFallbackAdapter ? `${named}, in software` : named,
    isSoftware: isFallbackAdapter,
    wasm_ms,
    card_ms,
    same: here.index.reduce((sum, _, at) => sum + Number(isSame(at)), 0),
    places: here.index.length
  };
}

Object.assign(globalThis, { skeinNearestOn: nearestOn });
