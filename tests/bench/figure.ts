/** One measured number of a benchmark, with the peer measured in the same run where there is one. */
export interface Figure {
  /** Stable dotted id, e.g. 'search.p95.words'. */
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly peerValue?: number;
  /** value / peerValue. */
  readonly ratio?: number;
  /** The aim in words, e.g. '<= 50'. */
  readonly target?: string;
  readonly met?: boolean;
}

/** Builds a figure with a peer, so that every ratio is computed in one place. */
export function against(id: string, value: number, unit: string, peer: string, peerValue: number): Figure {
  return { id, value, unit, peer, peerValue, ratio: value / peerValue };
}

/** 0 of nothing. */
export const percent = (part: number, whole: number): number => (100 * part) / Math.max(1, whole);
