import { Pace, type PaceOptions } from '../pace.ts';
import { SeededRandom } from '../random.ts';
import { gram, orthonormalise, symmetricEigen } from './dense.ts';
import type { SparseRows } from './vectorise.ts';

export interface DensePoints {
  readonly count: number;
  readonly dims: number;
  /** Row-major. */
  readonly values: Float32Array;
}

export interface SvdOptions extends PaceOptions {
  readonly seed?: number;
  readonly dims?: number;
  /** Power iterations: each doubles how fast the tail of the spectrum is forgotten. Text spectra fall slowly. */
  readonly powers?: number;
}

/** Extra directions beyond those kept, for accuracy: ten as Halko et al. advise. */
const OVERSAMPLING = 10;

/**
 * Rows of U x S of the truncated singular value decomposition (latent semantic analysis), by random projection with
 * power iterations (Halko, Martinsson and Tropp 2011). Each direction's sign makes its greatest entry positive.
 * @returns points with min(dims, rows, columns) dimensions, and the singular values, descending
 */
export async function truncatedSvd(
  matrix: SparseRows,
  options: SvdOptions = {}
): Promise<DensePoints & { singular: Float64Array }> {
  const dims = Math.min(options.dims ?? 64, matrix.rows, matrix.columns);
  const width = Math.min(dims + OVERSAMPLING, matrix.rows, matrix.columns);
  const powers = options.powers ?? 3;
  const pace = new Pace(options);
  let rowsDone = 0;
  const breathe = async (): Promise<void> => {
    rowsDone += ROWS_A_TURN;
    if (pace.due()) await pace.breathe(Math.min(1, rowsDone / ((2 * powers + 2) * matrix.rows)));
  };

  const random = new SeededRandom(options.seed ?? 1);
  let right: Float64Array = Float64Array.from({ length: matrix.columns * width }, () => random.normal());
  let left = await times(matrix, right, width, breathe);
  for (let p = 0; p < powers; p++) {
    // Once is enough on the way; the last factor is made orthonormal to full precision below.
    orthonormalise(left, width, 1);
    right = await transposedTimes(matrix, left, width, breathe);
    left = await times(matrix, right, width, breathe);
  }
  orthonormalise(left, width);
  right = await transposedTimes(matrix, left, width, breathe);
  const { values, vectors } = symmetricEigen(gram(right, width), width);

  const singular = Float64Array.from({ length: dims }, (_, d) => Math.sqrt(Math.max(0, values[d]!)));
  const points = new Float32Array(matrix.rows * dims);
  const greatest = new Float64Array(dims);
  for (let r = 0; r < matrix.rows; r++) {
    for (let d = 0; d < dims; d++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += left[r * width + k]! * vectors[k * width + d]!;
      points[r * dims + d] = sum * singular[d]!;
      if (Math.abs(points[r * dims + d]!) > Math.abs(greatest[d]!)) greatest[d] = points[r * dims + d]!;
    }
  }
  for (let i = 0; i < points.length; i++) if (greatest[i % dims]! < 0) points[i] = -points[i]!;
  return { count: matrix.rows, dims, values: points, singular };
}

/** Rows between looks at the clock. */
const ROWS_A_TURN = 512;

async function times(
  matrix: SparseRows,
  right: Float64Array,
  width: number,
  breathe: () => Promise<void>
): Promise<Float64Array> {
  const product = new Float64Array(matrix.rows * width);
  for (let start = 0; start < matrix.rows; start += ROWS_A_TURN) {
    addProduct(matrix, right, width, product, start, Math.min(matrix.rows, start + ROWS_A_TURN), false);
    await breathe();
  }
  return product;
}

async function transposedTimes(
  matrix: SparseRows,
  left: Float64Array,
  width: number,
  breathe: () => Promise<void>
): Promise<Float64Array> {
  const product = new Float64Array(matrix.columns * width);
  for (let start = 0; start < matrix.rows; start += ROWS_A_TURN) {
    addProduct(matrix, left, width, product, start, Math.min(matrix.rows, start + ROWS_A_TURN), true);
    await breathe();
  }
  return product;
}

/** Adds rows start..end of matrix x dense, or of its transpose, to `product`. */
function addProduct(
  matrix: SparseRows,
  dense: Float64Array,
  width: number,
  product: Float64Array,
  start: number,
  end: number,
  transposed: boolean
): void {
  const { offsets, indices, values } = matrix;
  for (let r = start; r < end; r++) {
    for (let k = offsets[r]!; k < offsets[r + 1]!; k++) {
      const value = values[k]!;
      const column = indices[k]! * width;
      const from = transposed ? r * width : column;
      const to = transposed ? column : r * width;
      for (let j = 0; j < width; j++) product[to + j]! += value * dense[from + j]!;
    }
  }
}

/** Scales every row to length 1, so that nearness is cosine; rows of length 0 stay and are reported as empty. */
export function unitRows(points: DensePoints): { points: DensePoints; isEmpty: Uint8Array } {
  const { count, dims } = points;
  const values = points.values.slice();
  const isEmpty = new Uint8Array(count);
  for (let r = 0; r < count; r++) {
    let squares = 0;
    for (let d = 0; d < dims; d++) squares += values[r * dims + d]! ** 2;
    if (squares < 1e-12) {
      isEmpty[r] = 1;
      continue;
    }
    const scale = 1 / Math.sqrt(squares);
    for (let d = 0; d < dims; d++) values[r * dims + d]! *= scale;
  }
  return { points: { count, dims, values }, isEmpty };
}
