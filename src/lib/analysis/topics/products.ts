/**
 * Inner products of rows, the one loop in which topics spend their time. Rows are Float64: engines widen Float32 at
 * each load, and that costs a third of the speed. Two rows by four at once uses each loaded number several times.
 */

/** products[i] = row a . row (from + i), for from..to. */
export function rowProducts(
  values: Float64Array,
  dims: number,
  a: number,
  from: number,
  to: number,
  products: Float64Array
): void {
  const rowA = a * dims;
  let b = from;
  for (; b + 3 < to; b += 4) {
    const row0 = b * dims;
    const row1 = row0 + dims;
    const row2 = row1 + dims;
    const row3 = row2 + dims;
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let p3 = 0;
    for (let d = 0; d < dims; d++) {
      const x = values[rowA + d]!;
      p0 += x * values[row0 + d]!;
      p1 += x * values[row1 + d]!;
      p2 += x * values[row2 + d]!;
      p3 += x * values[row3 + d]!;
    }
    const i = b - from;
    products[i] = p0;
    products[i + 1] = p1;
    products[i + 2] = p2;
    products[i + 3] = p3;
  }
  for (; b < to; b++) {
    let product = 0;
    for (let d = 0; d < dims; d++) product += values[rowA + d]! * values[b * dims + d]!;
    products[b - from] = product;
  }
}

/** As rowProducts for two rows a0 and a1 at once, into two lists. */
export function twoRowProducts(
  values: Float64Array,
  dims: number,
  a0: number,
  a1: number,
  from: number,
  to: number,
  first: Float64Array,
  second: Float64Array
): void {
  const rowA0 = a0 * dims;
  const rowA1 = a1 * dims;
  let b = from;
  for (; b + 3 < to; b += 4) {
    const row0 = b * dims;
    const row1 = row0 + dims;
    const row2 = row1 + dims;
    const row3 = row2 + dims;
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let p3 = 0;
    let q0 = 0;
    let q1 = 0;
    let q2 = 0;
    let q3 = 0;
    for (let d = 0; d < dims; d++) {
      const x = values[rowA0 + d]!;
      const y = values[rowA1 + d]!;
      const k0 = values[row0 + d]!;
      const k1 = values[row1 + d]!;
      const k2 = values[row2 + d]!;
      const k3 = values[row3 + d]!;
      p0 += x * k0;
      p1 += x * k1;
      p2 += x * k2;
      p3 += x * k3;
      q0 += y * k0;
      q1 += y * k1;
      q2 += y * k2;
      q3 += y * k3;
    }
    const i = b - from;
    first[i] = p0;
    first[i + 1] = p1;
    first[i + 2] = p2;
    first[i + 3] = p3;
    second[i] = q0;
    second[i + 1] = q1;
    second[i + 2] = q2;
    second[i + 3] = q3;
  }
  for (; b < to; b++) {
    let p = 0;
    let q = 0;
    for (let d = 0; d < dims; d++) {
      p += values[rowA0 + d]! * values[b * dims + d]!;
      q += values[rowA1 + d]! * values[b * dims + d]!;
    }
    first[b - from] = p;
    second[b - from] = q;
  }
}
