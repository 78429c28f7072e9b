/** One-to-one pairs between equal texts of two devices, and what cannot be told apart. */

export interface Assigned {
  /** Indices into the two lists. */
  readonly pairs: readonly (readonly [a: number, b: number])[];
  /** Indices that fit more than one partner about as well, while one side holds more of them than the other. */
  readonly unsureA: readonly number[];
  readonly unsureB: readonly number[];
}

/**
 * Pairs nearest first, so that a lost message does not shift those after it.
 * @param a times on A, ascending, milliseconds
 * @param b times on B, ascending
 * @param ms distance of the clocks, B less A
 * @param reach_ms farthest from that distance
 * @param noise_ms distances nearer to each other than this are alike
 */
export function assign(a: ArrayLike<number>, b: ArrayLike<number>, ms: number, reach_ms: number, noise_ms: number): Assigned {
  const off = (i: number, j: number): number => Math.abs(b[j]! - a[i]! - ms);
  const open: { i: number; j: number; off: number }[] = [];
  for (let i = 0, first = 0; i < a.length; i++) {
    while (first < b.length && b[first]! - a[i]! - ms < -reach_ms) first++;
    for (let j = first; j < b.length && b[j]! - a[i]! - ms <= reach_ms; j++) open.push({ i, j, off: off(i, j) });
  }
  // Of equals the earliest: equal texts of one moment are paired in their order.
  open.sort((x, y) => x.off - y.off || x.i - y.i || x.j - y.j);
  const partnerOfA = new Int32Array(a.length).fill(-1);
  const partnerOfB = new Int32Array(b.length).fill(-1);
  for (const { i, j } of open) {
    if (partnerOfA[i] !== -1 || partnerOfB[j] !== -1) continue;
    partnerOfA[i] = j;
    partnerOfB[j] = i;
  }
  const unsureA = new Set<number>();
  const unsureB = new Set<number>();
  for (const pair of open) {
    const { i, j } = pair;
    // Free on one side, and it would fit the other's partner about as well as what that one has.
    if (partnerOfA[i] === -1 && partnerOfB[j] !== -1 && Math.abs(pair.off - off(partnerOfB[j]!, j)) <= noise_ms) {
      unsureA.add(i).add(partnerOfB[j]!);
      unsureB.add(j);
    } else if (partnerOfB[j] === -1 && partnerOfA[i] !== -1 && Math.abs(pair.off - off(i, partnerOfA[i]!)) <= noise_ms) {
      unsureB.add(j).add(partnerOfA[i]!);
      unsureA.add(i);
    }
  }
  const sure = [...partnerOfA.entries()].filter(([i, j]) => j !== -1 && !unsureA.has(i) && !unsureB.has(j));
  // Messages keep their order: on a line, partners in order are nowhere farther apart than these.
  const inOrder = sure.map(([, j]) => j).sort((x, y) => x - y);
  return {
    pairs: sure.map(([i], n) => [i, inOrder[n]!] as const),
    unsureA: [...unsureA].sort((x, y) => x - y),
    unsureB: [...unsureB].sort((x, y) => x - y)
  };
}
