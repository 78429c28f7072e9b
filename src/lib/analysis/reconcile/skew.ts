/** The distance between two clocks, from distances of messages that are surely, or probably, the same. */

/** Clocks are wrong by a zone at most; farther apart, equal texts are two messages. */
export const MOST_APART_MS = 14 * 3_600_000;
/** How far from the clocks' distance a message may be: transport, and times by the minute. */
export const REACH_MS = 120_000;
/** Fewer that agree are chance. */
const LEAST_VOTES = 5;
/** Pairs by id are no chance; three say how far apart. */
const LEAST_KEYS = 3;
/** Clocks that both count in seconds agree this closely. */
const FINE_MS = 10_000;

export interface Vote {
  readonly ms: number;
  readonly isKey: boolean;
}

export interface Distance {
  readonly ms: number;
  /** Median distance from `ms` among the votes. */
  readonly spread_ms: number;
  readonly byKey: number;
  readonly byText: number;
}

/**
 * The distance at which most votes lie; null where fewer than five agree, or no more than chance gives.
 * @param votes distances, in any order
 */
export function usualDistance(votes: readonly Vote[]): Distance | null {
  const sorted = votes
    .filter(({ ms }) => Math.abs(ms) <= MOST_APART_MS)
    .sort((x, y) => x.ms - y.ms || Number(x.isKey) - Number(y.isKey));
  const coarse = densest(sorted, REACH_MS);
  const fine = densest(sorted, FINE_MS);
  // Three in four within seconds: the rest are another distance that lies near, and not the width of this one.
  const { from, to } = (fine.to - fine.from) * 4 >= (coarse.to - coarse.from) * 3 ? fine : coarse;
  const texts = sorted.filter(({ isKey }) => !isKey).length;
  // Texts that come by chance lie anywhere between the farthest distances.
  const chance = (texts * REACH_MS) / (2 * MOST_APART_MS);
  const within = sorted.slice(from, to);
  const byKey = within.filter(({ isKey }) => isKey).length;
  if (byKey < LEAST_KEYS && (within.length < LEAST_VOTES || within.length <= LEAST_VOTES - 1 + 3 * chance)) return null;
  const ms = within[within.length >> 1]!.ms;
  const deviations = within.map((vote) => Math.abs(vote.ms - ms)).sort((x, y) => x - y);
  return { ms, spread_ms: deviations[deviations.length >> 1]!, byKey, byText: within.length - byKey };
}

/** Most votes within a width, as a range of the sorted list; the earliest of equals. */
function densest(sorted: readonly Vote[], width_ms: number): { from: number; to: number } {
  let best = { from: 0, to: 0 };
  for (let from = 0, to = 0; from < sorted.length; from++) {
    while (to < sorted.length && sorted[to]!.ms - sorted[from]!.ms <= width_ms) to++;
    if (to - from > best.to - best.from) best = { from, to };
  }
  return best;
}

/** How far from the distance a text that comes more than once may lie, and when two places fit about as well. */
export function tolerances(spread_ms: number): { readonly tight_ms: number; readonly noise_ms: number } {
  return {
    tight_ms: Math.min(REACH_MS, Math.max(5_000, 6 * spread_ms + 2_000)),
    noise_ms: Math.min(60_000, Math.max(1_000, 3 * spread_ms))
  };
}
