import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMoreInside, likelihoodBound, logLikelihood, logRatio, percentDifference, type TermCounts } from './statistics.ts';

const counts = (inside: number, insideOf: number, outside: number, outsideOf: number): TermCounts => ({
  inside,
  insideOf,
  outside,
  outsideOf
});
const table = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }))
  .chain(([insideOf, outsideOf]) =>
    fc
      .tuple(fc.integer({ min: 1, max: insideOf }), fc.integer({ min: 0, max: outsideOf }))
      .map(([inside, outside]) => counts(inside, insideOf, outside, outsideOf))
  );

describe('log-likelihood', () => {
  it('is that of the four cells written out', () => {
    // 2 * sum over cells of observed * ln(observed / expected), by hand for 30 of 100 against 10 of 100.
    const expected = 2 * (30 * Math.log(30 / 20) + 10 * Math.log(10 / 20) + 70 * Math.log(70 / 80) + 90 * Math.log(90 / 80));
    expect(logLikelihood(counts(30, 100, 10, 100))).toBeCloseTo(expected, 10);
    expect(expected).toBeCloseTo(12.98, 1);
  });

  it('is the difference of two binomial likelihoods, as Dunning defines it', () => {
    const likelihood = (k: number, n: number, p: number): number =>
      (k === 0 ? 0 : k * Math.log(p)) + (n === k ? 0 : (n - k) * Math.log(1 - p));
    fc.assert(
      fc.property(table, (t) => {
        const { inside, insideOf, outside, outsideOf } = t;
        const p = (inside + outside) / (insideOf + outsideOf);
        const slow =
          2 *
          (likelihood(inside, insideOf, inside / insideOf) +
            likelihood(outside, outsideOf, outside / outsideOf) -
            likelihood(inside, insideOf, p) -
            likelihood(outside, outsideOf, p));
        expect(logLikelihood(t)).toBeCloseTo(slow, 6);
      })
    );
  });

  it('is nothing where shares are equal, and the same for set and rest exchanged', () => {
    expect(logLikelihood(counts(5, 50, 10, 100))).toBeCloseTo(0, 12);
    fc.assert(
      fc.property(table, (t) => {
        const turned = counts(t.outside, t.outsideOf, t.inside, t.insideOf);
        expect(logLikelihood(t)).toBeCloseTo(logLikelihood(turned), 8);
        expect(isMoreInside(t) && isMoreInside(turned)).toBe(false);
      })
    );
  });
});

describe('effect sizes', () => {
  it('double and add per cent as their names say', () => {
    expect(logRatio(counts(40, 100, 10, 100))).toBeCloseTo(2, 12);
    expect(percentDifference(counts(40, 100, 10, 100))).toBeCloseTo(300, 9);
    expect(percentDifference(counts(40, 100, 0, 100))).toBeNull();
    expect(logRatio(counts(40, 100, 0, 100))).toBeCloseTo(Math.log2(80), 12);
  });
});

describe('the bound', () => {
  it('is the chi-squared quantile for the error shared among the tests', () => {
    // Tables of chi-squared with one degree of freedom.
    const rows: [tests: number, error: number, bound: number][] = [
      [1, 0.05, 3.8415],
      [1, 0.01, 6.6349],
      [1, 0.001, 10.8276],
      [1, 0.0001, 15.1367],
      [100, 0.01, 15.1367],
      [10_000, 0.01, 23.9281]
    ];
    for (const [tests, error, bound] of rows) expect(likelihoodBound(tests, error)).toBeCloseTo(bound, 3);
    expect(likelihoodBound(1e6, 0.01)).toBeGreaterThan(likelihoodBound(1e5, 0.01));
  });
});
