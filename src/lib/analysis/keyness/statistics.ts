/**
 * How much more often a term stands in one set of messages than in another. Counts are messages that hold the term,
 * not occurrences: one message that repeats a word twenty times is one message, and a count opens that many.
 */
export interface TermCounts {
  /** Messages of the set that hold the term, and messages of the set. */
  readonly inside: number;
  readonly insideOf: number;
  /** The same for the rest. */
  readonly outside: number;
  readonly outsideOf: number;
}

/**
 * Log-likelihood ratio G2 of the four cells (Dunning 1993, "Accurate methods for the statistics of surprise and
 * coincidence"): 0 where both shares are equal. Under equal shares it follows chi-squared with one degree of freedom.
 */
export function logLikelihood({ inside, insideOf, outside, outsideOf }: TermCounts): number {
  const all = insideOf + outsideOf;
  const holding = inside + outside;
  const lacking = all - holding;
  const g2 =
    2 *
    (cell(inside, (holding * insideOf) / all) +
      cell(outside, (holding * outsideOf) / all) +
      cell(insideOf - inside, (lacking * insideOf) / all) +
      cell(outsideOf - outside, (lacking * outsideOf) / all));
  // Equal shares can come out a rounding below nothing.
  return Math.max(0, g2);
}

const cell = (observed: number, expected: number): number => (observed === 0 ? 0 : observed * Math.log(observed / expected));

/**
 * Log ratio (Hardie 2014): how many times the share doubles from the rest to the set. A term that the rest lacks is
 * reckoned as half a message there, so that it has a number at all.
 */
export function logRatio({ inside, insideOf, outside, outsideOf }: TermCounts): number {
  return Math.log2(inside / insideOf / ((outside === 0 ? 0.5 : outside) / outsideOf));
}

/** %DIFF (Gabrielatos and Marchi 2011): by how many per cent the share is greater; null where the rest has none. */
export function percentDifference({ inside, insideOf, outside, outsideOf }: TermCounts): number | null {
  if (outside === 0) return null;
  const rest = outside / outsideOf;
  return ((inside / insideOf - rest) * 100) / rest;
}

export const isMoreInside = ({ inside, insideOf, outside, outsideOf }: TermCounts): boolean =>
  inside * outsideOf > outside * insideOf;

/**
 * The log-likelihood that a term must reach when `tests` terms were tried: that which chance alone passes with a
 * probability of `familyError` for any of them (Bonferroni). A fixed bound would let more through the larger a case is.
 */
export function likelihoodBound(tests: number, familyError: number): number {
  return chiSquaredQuantile(familyError / Math.max(1, tests));
}

/** x with P(chi-squared of one degree > x) = p, by bisection over the normal tail. */
function chiSquaredQuantile(p: number): number {
  let low = 0;
  let high = 40;
  for (let step = 0; step < 60; step++) {
    const z = (low + high) / 2;
    if (2 * upperTail(z) > p) low = z;
    else high = z;
  }
  return ((low + high) / 2) ** 2;
}

/** P(Z > z) of the standard normal for z >= 0: series below 3, continued fraction above (Abramowitz and Stegun 26.2.11, 26.2.14). */
function upperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let n = 1; n < 200 && term > sum * 1e-17; n++) {
      term *= (z * z) / (2 * n + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let n = 60; n >= 1; n--) fraction = z + n / fraction;
  return density / fraction;
}
