/**
 * Proposals by a graphics card: all rows against a stretch of others at a time, so that a stop is heard between two
 * stretches and no stretch is long enough for a driver to take the card for hung.
 */
import { Pace } from '../../pace.ts';
import type { DensePoints } from '../svd.ts';
import { NEAREST_WGSL, OTHERS_AT_ONCE, ROWS_A_GROUP } from './nearest-wgsl.ts';
import type { Propose } from './proposal.ts';

/** Why a card did not give lists; whoever asked goes on without it. */
export class CardFault extends Error {
  override readonly name = 'CardFault';
}

/** Others in the first stretch; the next ones follow the time that it took. */
const FIRST_STRETCH = 16 * OTHERS_AT_ONCE;
const STRETCH_MS = { least: 15, most: 60 } as const;
/** Greater than any square of finite rows; WGSL promises nothing about infinities. */
const FAR = 3e38;

/** `GPUBufferUsage` and `GPUMapMode` by the WebGPU specification; TypeScript's own declarations lack them. */
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const UNIFORM = 0x40;
const STORAGE = 0x80;

/** Bytes of the greatest buffer that so many points need. */
function greatestBuffer({ count, dims }: DensePoints, kept: number): number {
  return 4 * count * Math.max(4 * Math.ceil(dims / 4), kept);
}

/**
 * Memory on the card: count x (dims + 1 + 4 kept) numbers of four bytes, and as much as for the lists here; 30,000 points of
 * 384 numbers with 23 kept take 57 MB. A card whose buffers are too small for that is not used.
 * @throws (from the function) CardFault when the card is lost, out of memory, too small or refuses the kernel; the
 *   signal's reason when aborted
 */
export function proposeByCard(device: GPUDevice): Propose {
  return async (points, kept, options) => {
    const pace = new Pace(options);
    const most = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
    const needed = greatestBuffer(points, kept);
    if (needed > most) throw new CardFault(`a buffer of ${needed} bytes is needed, the card gives ${most}`);
    const groups = Math.ceil(points.count / ROWS_A_GROUP);
    if (groups > device.limits.maxComputeWorkgroupsPerDimension) throw new CardFault(`${groups} groups are too many`);
    const buffers: GPUBuffer[] = [];
    const lost = device.lost.then(({ message }): never => {
      throw new CardFault(message === '' ? 'the card was lost' : message);
    });
    lost.catch(() => undefined);
    try {
      device.pushErrorScope('out-of-memory');
      device.pushErrorScope('validation');
      const work = await Promise.race([prepare(device, points, kept, buffers), lost]);
      const { count } = points;
      for (let from = 0, stretch = FIRST_STRETCH; from < count;) {
        const to = Math.min(count, from + stretch);
        const started = performance.now();
        work.run(groups, from, to);
        await Promise.race([device.queue.onSubmittedWorkDone(), lost]);
        const took_ms = performance.now() - started;
        if (took_ms < STRETCH_MS.least) stretch *= 2;
        else if (took_ms > STRETCH_MS.most) stretch = Math.max(OTHERS_AT_ONCE, stretch / 2);
        from = to;
        await pace.breathe(from / count);
      }
      const lists = work.lists();
      for (const scope of [device.popErrorScope(), device.popErrorScope()]) {
        const error = await Promise.race([scope, lost]);
        if (error !== null) throw new CardFault(error.message);
      }
      const [squares, index] = await Promise.race([lists, lost]);
      const limit = Float32Array.from({ length: count }, (_, p) => squares[(p + 1) * kept - 1]!);
      // A place that nothing came to: the card did not do what it was told.
      if (limit.some((square) => !(square < FAR))) throw new CardFault('lists came back with empty places');
      return { kept, index, limit };
    } catch (error) {
      if (options.signal?.aborted === true || error instanceof CardFault) throw error;
      throw new CardFault(error instanceof Error ? error.message : String(error));
    } finally {
      for (const buffer of buffers) buffer.destroy();
    }
  };
}

interface CardWork {
  /** Every row against the others in [from, to). */
  run(groups: number, from: number, to: number): void;
  /** Squares and numbers of the others, count x kept each. */
  lists(): Promise<[Float32Array, Uint32Array]>;
}

async function prepare(device: GPUDevice, points: DensePoints, kept: number, buffers: GPUBuffer[]): Promise<CardWork> {
  const { count } = points;
  const { numbers, sizes, quads } = inColumns(points);
  const buffer = (size: number, usage: number): GPUBuffer => {
    const made = device.createBuffer({ size, usage });
    buffers.push(made);
    return made;
  };
  const filled = (data: Float32Array<ArrayBuffer>, usage: number): GPUBuffer => {
    const made = buffer(data.byteLength, usage | COPY_DST);
    device.queue.writeBuffer(made, 0, data);
    return made;
  };
  const task = buffer(32, UNIFORM | COPY_DST);
  const squares = filled(new Float32Array(count * kept).fill(FAR), STORAGE | COPY_SRC);
  const indices = buffer(4 * count * kept, STORAGE | COPY_SRC);
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: NEAREST_WGSL }), entryPoint: 'nearest' }
  });
  const bound = [task, filled(numbers, STORAGE), filled(sizes, STORAGE), squares, indices];
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: bound.map((each, binding) => ({ binding, resource: { buffer: each } }))
  });
  return {
    run(groups, from, to) {
      device.queue.writeBuffer(task, 0, Uint32Array.of(count, quads, kept, from, to));
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(groups);
      pass.end();
      device.queue.submit([encoder.finish()]);
    },
    async lists() {
      const bytes = 4 * count * kept;
      const [first, second] = [buffer(bytes, MAP_READ | COPY_DST), buffer(bytes, MAP_READ | COPY_DST)];
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(squares, 0, first, 0, bytes);
      encoder.copyBufferToBuffer(indices, 0, second, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await Promise.all([first.mapAsync(MAP_READ), second.mapAsync(MAP_READ)]);
      return [new Float32Array(first.getMappedRange().slice(0)), new Uint32Array(second.getMappedRange().slice(0))];
    }
  };
}

/** Rows as the kernel wants them, and their squared lengths. */
function inColumns({ count, dims, values }: DensePoints): {
  numbers: Float32Array<ArrayBuffer>;
  sizes: Float32Array<ArrayBuffer>;
  quads: number;
} {
  const quads = Math.ceil(dims / 4);
  const numbers = new Float32Array(4 * quads * count);
  const sizes = new Float32Array(count);
  for (let p = 0; p < count; p++) {
    let size = 0;
    for (let d = 0; d < dims; d++) {
      const value = values[p * dims + d]!;
      numbers[4 * ((d >> 2) * count + p) + (d & 3)] = value;
      size += value * value;
    }
    sizes[p] = size;
  }
  return { numbers, sizes, quads };
}
