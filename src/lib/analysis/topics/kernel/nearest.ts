/**
 * Rows in the memory of a WebAssembly kernel (assembly/nearest.ts) with the nearest of each. Products are in single
 * precision, four at a time by SIMD, and the same bits on every engine.
 *
 * Rows come in fours: what is no row lies infinitely far from everything and keeps nothing.
 */
import { NEAREST_WASM } from './nearest-wasm.ts';

interface Kernel {
  begin(values: number, squares: number, limits: number, indices: number, distances: number, dims: number, k: number): void;
  pairs(a0: number, a1: number, b0: number, b1: number): void;
  visits(rowsAt: number, count: number, from: number, to: number): void;
}

/** Row numbers handed to the kernel at once. */
const VISITORS = 1024;
const PAGE_BYTES = 65_536;

let compiled: WebAssembly.Module | null = null;

function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(NEAREST_WASM), (letter) => letter.charCodeAt(0)));
  return compiled;
}

export const inFours = (rows: number): number => (rows + 3) & ~3;

export class NearestRows {
  readonly #kernel: Kernel;
  readonly #dims: number;
  readonly #stride: number;
  readonly #values: Float32Array;
  readonly #squares: Float32Array;
  readonly #limits: Float32Array;
  readonly #visitors: Uint32Array;
  /** rows x k: numbers of rows, nearest first. */
  readonly index: Uint32Array;
  /** At the same places: squared distances, Infinity where no neighbour was found. */
  readonly square: Float32Array;

  /**
   * @param rows a multiple of four; none is a row until it is set
   * @param k neighbours kept of each, at least one
   */
  constructor(rows: number, dims: number, k: number) {
    if (rows % 4 !== 0 || k < 1) throw new RangeError('rows come in fours and keep at least one neighbour');
    this.#dims = dims;
    this.#stride = inFours(dims);
    const sizes = [rows * this.#stride, rows, rows, rows * k, rows * k, VISITORS].map((numbers) => 4 * inFours(numbers));
    // The first numbers of a memory are the module's own.
    let end = 1024;
    const places = sizes.map((bytes) => (end += bytes) - bytes);
    const [values = 0, squares = 0, limits = 0, indices = 0, distances = 0, visitors = 0] = places;
    const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(end / PAGE_BYTES)) });
    this.#values = new Float32Array(memory.buffer, values, rows * this.#stride);
    this.#squares = new Float32Array(memory.buffer, squares, rows).fill(Infinity);
    this.#limits = new Float32Array(memory.buffer, limits, rows).fill(-1);
    this.index = new Uint32Array(memory.buffer, indices, rows * k);
    this.square = new Float32Array(memory.buffer, distances, rows * k).fill(Infinity);
    this.#visitors = new Uint32Array(memory.buffer, visitors, VISITORS);
    this.#kernel = new WebAssembly.Instance(kernelModule(), { env: { memory } }).exports as unknown as Kernel;
    this.#kernel.begin(values, squares, limits, indices, distances, this.#stride, k);
  }

  /** Sets `row` to the `dims` numbers from `at` on. */
  set(row: number, from: Float32Array, at: number): void {
    let square = 0;
    for (let d = 0; d < this.#dims; d++) {
      const value = from[at + d]!;
      this.#values[row * this.#stride + d] = value;
      square += value * value;
    }
    this.#squares[row] = square;
    this.#limits[row] = Infinity;
  }

  /** Compares each row of [a0, a1) with the earlier rows in [b0, b1), for both. Bounds are multiples of four. */
  pairs(a0: number, a1: number, b0: number, b1: number): void {
    this.#kernel.pairs(a0, a1, b0, b1);
  }

  /** Compares each of the rows in `rows[first..end)` with every row of [from, to), multiples of four, for the former alone. */
  visit(rows: Uint32Array, first: number, end: number, from: number, to: number): void {
    for (let at = first; at < end; at += VISITORS) {
      const some = rows.subarray(at, Math.min(end, at + VISITORS));
      this.#visitors.set(some);
      this.#kernel.visits(this.#visitors.byteOffset, some.length, from, to);
    }
  }
}
