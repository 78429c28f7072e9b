/**
 * [Note: Doubled legs] A network notes a call where it is made and where it is received, and both notes may stand in one
 * file. They are one call: same numbers, begun within seconds, of the same length, one made and one received. The second
 * note is folded; what only it knows (its cell, its handset) stays beside it as records of its own. Two notes of the same
 * leg are two calls, whatever they look like.
 */
export interface Leg {
  readonly key: string;
  readonly side: 'made' | 'received';
  readonly utcMs: number;
  readonly duration_s: number | null;
}

/** Clocks of two exchanges differ, and ringing counts on one side. */
const APART_MS = 10_000;
const LONGER_S = 3;

export class OpenLegs {
  readonly #open = new Map<string, Leg[]>();

  /** True where the leg is the other side of one that was seen before; it is then no longer open. */
  pairs(leg: Leg): boolean {
    const held = this.#open.get(leg.key);
    const at = held?.findIndex((other) => isOther(leg, other)) ?? -1;
    if (held !== undefined && at >= 0) {
      held.splice(at, 1);
      return true;
    }
    if (held === undefined) this.#open.set(leg.key, [leg]);
    else {
      // A pair is searched among the last few of the same two numbers.
      if (held.length >= 32) held.shift();
      held.push(leg);
    }
    return false;
  }
}

function isOther(leg: Leg, other: Leg): boolean {
  return (
    other.side !== leg.side &&
    Math.abs(other.utcMs - leg.utcMs) <= APART_MS &&
    (other.duration_s === null || leg.duration_s === null || Math.abs(other.duration_s - leg.duration_s) <= LONGER_S)
  );
}
