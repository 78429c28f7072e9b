/**
 * [Note: Morton quadtree]
 * Far groups of nodes push like one node at their centre of mass (Barnes and Hut 1986). The tree is made anew for each
 * step: points are sorted along the Z-order curve (Morton 1966), so every square is a run of the sorted order, points
 * near in space are near in memory, and the tree is a flat list in depth-first order in which a square that is far
 * enough is passed by jumping to `skip`. No pointers, no recursion while walking.
 */
const LEAF_POINTS = 8;
/** 16 bits an axis: squares of the finest level are 1/65536 of the drawing wide. */
const FINEST_SHIFT = 30;

export class Quadtree {
  readonly #points: number;
  readonly #key: Uint32Array;
  readonly #order: Uint32Array;
  readonly #other: Uint32Array;
  readonly #buckets = new Uint32Array(65_537);
  /** Points in sorted order. */
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #mass: Float64Array;
  readonly #sortedKey: Uint32Array;
  /** Squares in depth-first order. */
  #squares = 0;
  #squareX: Float64Array;
  #squareY: Float64Array;
  #squareMass: Float64Array;
  /** Squared distance from which the square counts as one point. */
  #reach: Float64Array;
  #first: Int32Array;
  #last: Int32Array;
  #skip: Int32Array;
  #isLeaf: Uint8Array;

  constructor(points: number) {
    this.#points = points;
    this.#key = new Uint32Array(points);
    this.#order = new Uint32Array(points);
    this.#other = new Uint32Array(points);
    this.#x = new Float64Array(points);
    this.#y = new Float64Array(points);
    this.#mass = new Float64Array(points);
    this.#sortedKey = new Uint32Array(points);
    const squares = points + 64;
    this.#squareX = new Float64Array(squares);
    this.#squareY = new Float64Array(squares);
    this.#squareMass = new Float64Array(squares);
    this.#reach = new Float64Array(squares);
    this.#first = new Int32Array(squares);
    this.#last = new Int32Array(squares);
    this.#skip = new Int32Array(squares);
    this.#isLeaf = new Uint8Array(squares);
  }

  /** Sorts the points and makes the squares. */
  build(x: Float64Array, y: Float64Array, mass: Float64Array, theta: number): void {
    let left = Infinity;
    let right = -Infinity;
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < this.#points; i++) {
      const px = x[i]!;
      const py = y[i]!;
      if (px < left) left = px;
      if (px > right) right = px;
      if (py < low) low = py;
      if (py > high) high = py;
    }
    const side = Math.max(right - left, high - low, 1e-9);
    const scale = 65_535 / side;
    for (let i = 0; i < this.#points; i++) {
      this.#key[i] = (spread(((x[i]! - left) * scale) | 0) | (spread(((y[i]! - low) * scale) | 0) << 1)) >>> 0;
    }
    this.#sort();
    for (let i = 0; i < this.#points; i++) {
      const p = this.#order[i]!;
      this.#x[i] = x[p]!;
      this.#y[i] = y[p]!;
      this.#mass[i] = mass[p]!;
      this.#sortedKey[i] = this.#key[p]!;
    }
    this.#squares = 0;
    if (this.#points > 0) this.#addSquare(0, this.#points, FINEST_SHIFT, (side * side) / (theta * theta));
  }

  /** Adds to fx, fy the push on every point: the sum over others of factor x mass x mass / distance. */
  addRepulsion(factor: number, fx: Float64Array, fy: Float64Array): void {
    const x = this.#x;
    const y = this.#y;
    const mass = this.#mass;
    const squareX = this.#squareX;
    const squareY = this.#squareY;
    const squareMass = this.#squareMass;
    const reach = this.#reach;
    const first = this.#first;
    const last = this.#last;
    const skip = this.#skip;
    const isLeaf = this.#isLeaf;
    const squares = this.#squares;
    for (let i = 0; i < this.#points; i++) {
      const px = x[i]!;
      const py = y[i]!;
      let pushX = 0;
      let pushY = 0;
      let s = 0;
      while (s < squares) {
        const dx = px - squareX[s]!;
        const dy = py - squareY[s]!;
        const squared = dx * dx + dy * dy;
        // A square that holds the point itself is opened however far its centre is: nothing pushes itself.
        if (squared > reach[s]! && (i < first[s]! || i >= last[s]!)) {
          const push = squareMass[s]! / squared;
          pushX += dx * push;
          pushY += dy * push;
          s = skip[s]!;
        } else if (isLeaf[s] === 1) {
          for (let j = first[s]!, end = last[s]!; j < end; j++) {
            const ex = px - x[j]!;
            const ey = py - y[j]!;
            const near = ex * ex + ey * ey;
            if (near === 0) continue;
            const push = mass[j]! / near;
            pushX += ex * push;
            pushY += ey * push;
          }
          s = skip[s]!;
        } else {
          s++;
        }
      }
      const p = this.#order[i]!;
      fx[p]! += factor * mass[i]! * pushX;
      fy[p]! += factor * mass[i]! * pushY;
    }
  }

  /** Radix sort of the points by key, 16 bits a pass. */
  #sort(): void {
    const buckets = this.#buckets;
    const n = this.#points;
    buckets.fill(0);
    for (let i = 0; i < n; i++) buckets[(this.#key[i]! & 0xffff) + 1]!++;
    for (let b = 0; b < 65_536; b++) buckets[b + 1]! += buckets[b]!;
    for (let i = 0; i < n; i++) this.#other[buckets[this.#key[i]! & 0xffff]!++] = i;
    buckets.fill(0);
    for (let i = 0; i < n; i++) buckets[(this.#key[i]! >>> 16) + 1]!++;
    for (let b = 0; b < 65_536; b++) buckets[b + 1]! += buckets[b]!;
    for (let i = 0; i < n; i++) {
      const p = this.#other[i]!;
      this.#order[buckets[this.#key[p]! >>> 16]!++] = p;
    }
  }

  #addSquare(first: number, last: number, shift: number, reach: number): number {
    if (this.#squares === this.#squareX.length) this.#grow();
    const s = this.#squares++;
    let mass = 0;
    let sumX = 0;
    let sumY = 0;
    const leaf = last - first <= LEAF_POINTS || shift < 0;
    if (leaf) {
      for (let i = first; i < last; i++) {
        const m = this.#mass[i]!;
        mass += m;
        sumX += m * this.#x[i]!;
        sumY += m * this.#y[i]!;
      }
    } else {
      let from = first;
      for (let quarter = 0; quarter < 4; quarter++) {
        let to = from;
        while (to < last && ((this.#sortedKey[to]! >>> shift) & 3) === quarter) to++;
        if (to === from) continue;
        const child = this.#addSquare(from, to, shift - 2, reach / 4);
        const m = this.#squareMass[child]!;
        mass += m;
        sumX += m * this.#squareX[child]!;
        sumY += m * this.#squareY[child]!;
        from = to;
      }
    }
    this.#squareMass[s] = mass;
    this.#squareX[s] = sumX / mass;
    this.#squareY[s] = sumY / mass;
    this.#reach[s] = reach;
    this.#first[s] = first;
    this.#last[s] = last;
    this.#isLeaf[s] = leaf ? 1 : 0;
    this.#skip[s] = this.#squares;
    return s;
  }

  #grow(): void {
    const size = this.#squareX.length * 2;
    const wider = <A extends Float64Array | Int32Array | Uint8Array>(next: A, from: A): A => {
      next.set(from);
      return next;
    };
    this.#squareX = wider(new Float64Array(size), this.#squareX);
    this.#squareY = wider(new Float64Array(size), this.#squareY);
    this.#squareMass = wider(new Float64Array(size), this.#squareMass);
    this.#reach = wider(new Float64Array(size), this.#reach);
    this.#first = wider(new Int32Array(size), this.#first);
    this.#last = wider(new Int32Array(size), this.#last);
    this.#skip = wider(new Int32Array(size), this.#skip);
    this.#isLeaf = wider(new Uint8Array(size), this.#isLeaf);
  }
}

/** Puts a zero between the bits of a 16-bit number. */
function spread(bits: number): number {
  let v = bits;
  v = (v | (v << 8)) & 0x00ff_00ff;
  v = (v | (v << 4)) & 0x0f0f_0f0f;
  v = (v | (v << 2)) & 0x3333_3333;
  return (v | (v << 1)) & 0x5555_5555;
}
