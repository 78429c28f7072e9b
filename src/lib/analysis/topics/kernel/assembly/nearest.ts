/**
 * Lists of nearest rows, in AssemblyScript: the one loop in which topics spend their time. `npm run kernels` compiles it
 * into ../nearest-wasm.ts; ../nearest.ts lays out the memory and says what the lists mean.
 *
 * Rows are f32, padded to a multiple of four numbers, and there are a multiple of four of them; the padding rows have an
 * infinite square, so they are nearest to nothing. Two rows are multiplied with four at a time, which uses every loaded
 * number several times; the order of the additions is fixed, so every engine gives the same bits.
 */

let values: usize = 0;
let squares: usize = 0;
let limits: usize = 0;
let indices: usize = 0;
let distances: usize = 0;
let rowBytes: usize = 0;
let kept: u32 = 0;

/** Where things lie: rows, their squared lengths, the worst square kept of each, and `k` neighbours and squares of each. */
export function begin(
  valuesAt: usize,
  squaresAt: usize,
  limitsAt: usize,
  indicesAt: usize,
  distancesAt: usize,
  dims: u32,
  k: u32
): void {
  values = valuesAt;
  squares = squaresAt;
  limits = limitsAt;
  indices = indicesAt;
  distances = distancesAt;
  rowBytes = <usize>dims << 2;
  kept = k;
}

/** Puts `other` into the list of `row`; only for a square below the row's limit. */
function keep(row: u32, other: u32, square: f32): void {
  const first = <usize>row * <usize>kept;
  let at = first + <usize>kept - 1;
  while (at > first && load<f32>(distances + ((at - 1) << 2)) > square) {
    store<f32>(distances + (at << 2), load<f32>(distances + ((at - 1) << 2)));
    store<u32>(indices + (at << 2), load<u32>(indices + ((at - 1) << 2)));
    at--;
  }
  store<f32>(distances + (at << 2), square);
  store<u32>(indices + (at << 2), other);
  store<f32>(limits + (<usize>row << 2), load<f32>(distances + ((first + <usize>kept - 1) << 2)));
}

/** The four sums of four accumulators. */
// @ts-ignore: decorator of AssemblyScript
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/** Squared distances of `row` to four rows from `other`, given its products with them. */
// @ts-ignore: decorator of AssemblyScript
@inline
function squaresOf(row: u32, other: u32, products: v128): v128 {
  const own = f32x4.splat(load<f32>(squares + (<usize>row << 2)));
  const theirs = v128.load(squares + (<usize>other << 2));
  return f32x4.sub(f32x4.add(own, theirs), f32x4.add(products, products));
}

/** The lane of a vector that is only known at run time. */
// @ts-ignore: decorator of AssemblyScript
@inline
function lane(four: v128, i: u32): f32 {
  if (i == 0) return f32x4.extract_lane(four, 0);
  if (i == 1) return f32x4.extract_lane(four, 1);
  if (i == 2) return f32x4.extract_lane(four, 2);
  return f32x4.extract_lane(four, 3);
}

/** Both lists of each pair (row, other + i) with other + i < row. */
function keepBoth(row: u32, other: u32, products: v128): void {
  const found = squaresOf(row, other, products);
  const near = v128.or(
    f32x4.lt(found, f32x4.splat(load<f32>(limits + (<usize>row << 2)))),
    f32x4.lt(found, v128.load(limits + (<usize>other << 2)))
  );
  if (!v128.any_true(near)) return;
  for (let i: u32 = 0; i < 4 && other + i < row; i++) {
    const square = lane(found, i);
    if (square < load<f32>(limits + (<usize>row << 2))) keep(row, other + i, square);
    if (square < load<f32>(limits + (<usize>(other + i) << 2))) keep(other + i, row, square);
  }
}

/** The list of `row` alone. */
function keepOne(row: u32, other: u32, products: v128): void {
  const found = squaresOf(row, other, products);
  const limit = limits + (<usize>row << 2);
  if (!v128.any_true(f32x4.lt(found, f32x4.splat(load<f32>(limit))))) return;
  for (let i: u32 = 0; i < 4; i++) {
    const square = lane(found, i);
    if (square < load<f32>(limit) && other + i != row) keep(row, other + i, square);
  }
}

/** Two rows times every row of [from, to), a multiple of four of them. */
// @ts-ignore: decorator of AssemblyScript
@inline
function twoRows(a0: u32, a1: u32, from: u32, to: u32, isBoth: bool): void {
  const first = values + <usize>a0 * rowBytes;
  const second = values + <usize>a1 * rowBytes;
  for (let b = from; b < to; b += 4) {
    const b0 = values + <usize>b * rowBytes;
    const b1 = b0 + rowBytes;
    const b2 = b1 + rowBytes;
    const b3 = b2 + rowBytes;
    let p0 = f32x4.splat(0);
    let p1 = p0;
    let p2 = p0;
    let p3 = p0;
    let q0 = p0;
    let q1 = p0;
    let q2 = p0;
    let q3 = p0;
    for (let d: usize = 0; d < rowBytes; d += 16) {
      const x = v128.load(first + d);
      const y = v128.load(second + d);
      let z = v128.load(b0 + d);
      p0 = f32x4.add(p0, f32x4.mul(x, z));
      q0 = f32x4.add(q0, f32x4.mul(y, z));
      z = v128.load(b1 + d);
      p1 = f32x4.add(p1, f32x4.mul(x, z));
      q1 = f32x4.add(q1, f32x4.mul(y, z));
      z = v128.load(b2 + d);
      p2 = f32x4.add(p2, f32x4.mul(x, z));
      q2 = f32x4.add(q2, f32x4.mul(y, z));
      z = v128.load(b3 + d);
      p3 = f32x4.add(p3, f32x4.mul(x, z));
      q3 = f32x4.add(q3, f32x4.mul(y, z));
    }
    if (isBoth) {
      keepBoth(a0, b, sums(p0, p1, p2, p3));
      keepBoth(a1, b, sums(q0, q1, q2, q3));
    } else {
      keepOne(a0, b, sums(p0, p1, p2, p3));
      if (a1 != a0) keepOne(a1, b, sums(q0, q1, q2, q3));
    }
  }
}

/** Every pair of a row in [a0, a1) and an earlier one in [b0, b1); all bounds are multiples of four. */
export function pairs(a0: u32, a1: u32, b0: u32, b1: u32): void {
  for (let a = a0; a < a1; a += 2) twoRows(a, a + 1, b0, b1, true);
}

/** Each of `count` rows, whose numbers lie at `rowsAt`, against every row of [from, to), multiples of four. */
export function visits(rowsAt: usize, count: u32, from: u32, to: u32): void {
  for (let i: u32 = 0; i < count; i += 2) {
    const a0 = load<u32>(rowsAt + (<usize>i << 2));
    const a1 = i + 1 < count ? load<u32>(rowsAt + (<usize>(i + 1) << 2)) : a0;
    twoRows(a0, a1, from, to, false);
  }
}
