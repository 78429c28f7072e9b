/** Small dense linear algebra for the truncated decomposition; matrices are row-major Float64Array. */

/**
 * Makes the `columns` columns of a tall matrix orthonormal in place, by Cholesky factors of its Gram matrix, twice:
 * once loses half the digits, twice loses none (Yamamoto et al. 2015). Columns that depend on earlier ones become 0.
 */
export function orthonormalise(matrix: Float64Array, columns: number, passes = 2): void {
  for (let pass = 0; pass < passes; pass++) choleskyPass(matrix, columns);
}

function choleskyPass(matrix: Float64Array, columns: number): void {
  const rows = matrix.length / columns;
  const factor = gram(matrix, columns);
  let greatest = 0;
  for (let a = 0; a < columns; a++) greatest = Math.max(greatest, factor[a * columns + a]!);
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = factor[a * columns + b]!;
      for (let c = 0; c < b; c++) sum -= factor[a * columns + c]! * factor[b * columns + c]!;
      if (a === b) factor[a * columns + a] = sum > 1e-13 * greatest ? Math.sqrt(sum) : 0;
      else factor[a * columns + b] = factor[b * columns + b] === 0 ? 0 : sum / factor[b * columns + b]!;
    }
  }
  for (let r = 0; r < rows; r++) {
    const row = r * columns;
    for (let a = 0; a < columns; a++) {
      const pivot = factor[a * columns + a]!;
      let sum = matrix[row + a]!;
      for (let c = 0; c < a; c++) sum -= factor[a * columns + c]! * matrix[row + c]!;
      matrix[row + a] = pivot === 0 ? 0 : sum / pivot;
    }
  }
}

/** Products of all pairs of columns; the full symmetric matrix. */
export function gram(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns;
  const products = new Float64Array(columns * columns);
  for (let r = 0; r < rows; r++) {
    const row = r * columns;
    for (let a = 0; a < columns; a++) {
      const x = matrix[row + a]!;
      if (x === 0) continue;
      for (let b = 0; b <= a; b++) products[a * columns + b]! += x * matrix[row + b]!;
    }
  }
  for (let a = 0; a < columns; a++) for (let b = 0; b < a; b++) products[b * columns + a] = products[a * columns + b]!;
  return products;
}

/**
 * Eigenvalues, descending, and eigenvectors (column k belongs to value k) of a symmetric matrix by Jacobi's rotations.
 * Slow for large matrices and exact for ours of at most 140.
 */
export function symmetricEigen(symmetric: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const a = symmetric.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let all = 0;
    for (let p = 0; p < size; p++) {
      for (let q = 0; q < size; q++) all += a[p * size + q]! ** 2;
      for (let q = 0; q < p; q++) off += 2 * a[p * size + q]! ** 2;
    }
    if (off <= 1e-26 * all) break;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const apq = a[p * size + q]!;
        if (apq === 0) continue;
        const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < size; k++) {
          const kp = a[k * size + p]!;
          const kq = a[k * size + q]!;
          a[k * size + p] = c * kp - s * kq;
          a[k * size + q] = s * kp + c * kq;
        }
        for (let k = 0; k < size; k++) {
          const pk = a[p * size + k]!;
          const qk = a[q * size + k]!;
          a[p * size + k] = c * pk - s * qk;
          a[q * size + k] = s * pk + c * qk;
          const vp = vectors[k * size + p]!;
          const vq = vectors[k * size + q]!;
          vectors[k * size + p] = c * vp - s * vq;
          vectors[k * size + q] = s * vp + c * vq;
        }
      }
    }
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((p, q) => a[q * size + q]! - a[p * size + p]! || p - q);
  const sorted = new Float64Array(size * size);
  order.forEach((from, to) => {
    for (let k = 0; k < size; k++) sorted[k * size + to] = vectors[k * size + from]!;
  });
  return { values: Float64Array.from(order, (i) => a[i * size + i]!), vectors: sorted };
}
