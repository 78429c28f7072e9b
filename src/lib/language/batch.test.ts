import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { planBatches } from './batch.ts';

it('holds every line once, within the limits, shortest first', () => {
  const limits = { maxRows: 8, maxTokens: 100 };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 80 }), (lengths) => {
      const batches = planBatches(lengths, limits);
      expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
      const flat = batches.flat().map((i) => lengths[i] ?? 0);
      expect(planBatches(lengths, limits)).toEqual(batches);
      for (const batch of batches) {
        const longest = Math.max(...batch.map((i) => lengths[i] ?? 0));
        expect(batch.length).toBeLessThanOrEqual(limits.maxRows);
        if (batch.length > 1) expect(batch.length * longest).toBeLessThanOrEqual(limits.maxTokens);
      }
      expect(flat.length).toBe(lengths.length);
    })
  );
});

it('puts lines of like length together', () => {
  expect(planBatches([9, 2, 9, 2, 3], { maxRows: 3, maxTokens: 100 })).toEqual([
    [1, 3, 4],
    [0, 2]
  ]);
});
