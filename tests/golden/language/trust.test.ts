/** The shipped trust in examples, held to what models/train/trust.py reckons with the same numbers. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTrust } from '../../../src/lib/language/examples/trust.ts';

interface Step {
  readonly distances: readonly number[];
  readonly tokens: readonly number[];
  readonly likeliest: readonly number[];
  readonly logProbs: readonly number[];
  readonly share: number;
  readonly weights: readonly number[];
}

const steps = JSON.parse(readFileSync(new URL('romance-en.trust.json', import.meta.url), 'utf8')) as readonly Step[];
const shipped = new Uint8Array(readFileSync(new URL('../../../models/romance-en/examples/trust.json', import.meta.url)));

describe('the shipped trust in examples', () => {
  it('gives the share and the weights that it gives where it was learnt', () => {
    const believed = readTrust('trust.json', shipped, 32);
    for (const { distances, tokens, likeliest, logProbs, share, weights } of steps) {
      const nearest = { distances: Float64Array.from(distances), places: new Uint32Array(32), found: distances.length };
      // Another row stands before it, as in a batch.
      const own = { tokens: [...likeliest, ...likeliest], logProbs: Float32Array.of(...logProbs.map(() => -1), ...logProbs) };
      const found = believed(nearest, tokens, { ...own, from: likeliest.length, count: likeliest.length });
      expect(found.share).toBeCloseTo(share, 5);
      weights.forEach((weight, i) => expect(found.weights[i]).toBeCloseTo(weight, 5));
    }
    // Far apart enough that a rule that says the same of every step would be seen.
    const shares = steps.map(({ share }) => share);
    expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.1);
  });
});
