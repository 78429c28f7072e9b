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
  /**
   * Rows that the directions are taken from, chosen by the seed where there are more; the others are put into the same
   * directions. Default: all.
   */
  readonly fitRows?: number;
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
  const random = new SeededRandom(options.seed ?? 1);
  const fit =
    matrix.rows <= (options.fitRows ?? Infinity) ? matrix : rowsOf(matrix, random.sample(matrix.rows, options.fitRows!));
  const dims = Math.min(options.dims ?? 64, fit.rows, matrix.columns);
  const width = Math.min(dims + OVERSAMPLING, fit.rows, matrix.columns);
  const powers = options.powers ?? 3;
  const pace = new Pace(options);
  const rowsInAll = (2 * powers + 2) * fit.rows + (fit === matrix ? 0 : matrix.rows);
  let rowsDone = 0;
  const breathe = async (): Promise<void> => {
    rowsDone += ROWS_A_TURN;
    if (pace.due()) await pace.breathe(Math.min(1, rowsDone / rowsInAll));
  };

  let right: Float64Array = Float64Array.from({ length: matrix.columns * width }, () => random.normal());
  let left = await times(fit, right, width, breathe);
  for (let p = 0; p < powers; p++) {
    // Once is enough on the way; the last factor is made orthonormal to full precision below.
    orthonormalise(left, width, 1);
    right = await transposedTimes(fit, left, width, breathe);
    left = await times(fit, right, width, breathe);
  }
  orthonormalise(left, width);
  right = await transposedTimes(fit, left, width, breathe);
  const { values, vectors } = symmetricEigen(gram(right, width), width);

  const singular = Float64Array.from({ length: dims }, (_, d) => Math.sqrt(Math.max(0, values[d]!)));
  const points =
    fit === matrix
      ? turned(left, vectors, width, singular)
      : Float32Array.from(
          await times(
            matrix,
            Float64Array.from(
              turned(
                right,
                vectors,
                width,
                singular.map((value) => (value > 0 ? 1 / value : 0))
              )
            ),
            dims,
            breathe
          )
        );
  const greatest = new Float64Array(dims);
  for (let i = 0; i < points.length; i++)
    if (Math.abs(points[i]!) > Math.abs(greatest[i % dims]!)) greatest[i % dims] = points[i]!;
  for (let i = 0; i < points.length; i++) if (greatest[i % dims]! < 0) points[i] = -points[i]!;
  return { count: matrix.rows, dims, values: points, singular };
}

/** Rows of `from` times the first columns of `vectors`, each column scaled. */
function turned(from: Float64Array, vectors: Float64Array, width: number, scales: Float64Array): Float32Array {
  const dims = scales.length;
  const rows = from.length / width;
  const points = new Float32Array(rows * dims);
  for (let r = 0; r < rows; r++) {
    for (let d = 0; d < dims; d++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += from[r * width + k]! * vectors[k * width + d]!;
      points[r * dims + d] = sum * scales[d]!;
    }
  }
  return points;
}

function rowsOf(matrix: SparseRows, chosen: Uint32Array): SparseRows {
  const offsets = new Uint32Array(chosen.length + 1);
  chosen.forEach((row, r) => (offsets[r + 1] = offsets[r]! + matrix.offsets[row + 1]! - matrix.offsets[row]!));
  const indices = new Uint32Array(offsets[chosen.length]!);
  const values = new Float32Array(offsets[chosen.length]!);
  chosen.forEach((row, r) => {
    indices.set(matrix.indices.subarray(matrix.offsets[row], matrix.offsets[row + 1]), offsets[r]);
    values.set(matrix.values.subarray(matrix.offsets[row], matrix.offsets[row + 1]), offsets[r]);
  });
  return { rows: chosen.length, columns: matrix.columns, offsets, indices, values };
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
