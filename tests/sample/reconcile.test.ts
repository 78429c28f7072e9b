/** The same talk on two phones, against the maker's own truth. */
import { describe, expect, it } from 'vitest';
import { reconciliation } from '../../src/lib/pipeline/reconciliation.ts';
import { ISSUE_CASE, twoPhones, type TwoPhonesOptions } from '../../tools/sample/two-phones.ts';
import { qualityOf, storeOf } from './two-phones-store.ts';

async function measured(change: Partial<TwoPhonesOptions>) {
  const truth = twoPhones({ ...ISSUE_CASE, ...change });
  const store = storeOf(truth);
  const found = await reconciliation(store, {});
  return { truth, store, found, pair: found.pairs[0]!, quality: qualityOf(store, truth, found.pairs) };
}

describe('two phones 90 seconds apart that each lost 2 % of their messages', () => {
  it.each([1, 2, 3, 4, 5])('are reconciled with precision .99 and recall .97 (seed %i)', async (seed) => {
    const { quality, pair, truth } = await measured({ seed });
    console.log(`two phones, seed ${seed}: ${JSON.stringify(quality)}, skews ${JSON.stringify(pair.skews)}`);
    expect(quality.precision).toBeGreaterThanOrEqual(0.99);
    expect(quality.recall).toBeGreaterThanOrEqual(0.97);
    // Half of the way that a message takes stands in the distance of the clocks.
    expect(Math.abs(pair.skews[0]!.ms - 90_000)).toBeLessThanOrEqual(2_000);
    expect(pair.skews[0]!.byText).toBeGreaterThan(1_000);
    // What one phone alone holds is all there is, and little of what both do.
    const only = (ids: readonly number[]): number => ids.length;
    expect(only(pair.onlyA.between)).toBeGreaterThan(truth.onlyA.size * 0.8);
    expect(only(pair.onlyA.between)).toBeLessThan(truth.onlyA.size + truth.both.size * 0.03);
  });
});

describe('hard cases', () => {
  it.each([
    ['clocks that agree', { skewMs: 0 }],
    ['clocks three hours and seven minutes apart', { skewMs: (3 * 60 + 7) * 60_000 }],
    ['a clock behind', { skewMs: -41_000 }],
    ['nothing lost', { lost: 0 }],
    ['a tenth lost', { lost: 0.1 }]
  ])('%s', async (_, change) => {
    const { quality } = await measured({ messages: 1500, group: 700, ...change });
    console.log(`${_}: ${JSON.stringify(quality)}`);
    expect(quality.precision).toBeGreaterThanOrEqual(0.99);
    expect(quality.recall).toBeGreaterThanOrEqual(0.95);
  });

  it('messages that take up to twenty seconds: equal texts may overtake each other on the way', async () => {
    const { quality } = await measured({ transportMs: 20_000, messages: 1500, group: 700 });
    console.log(`twenty seconds on the way: ${JSON.stringify(quality)}`);
    expect(quality.precision).toBeGreaterThanOrEqual(0.975);
    expect(quality.recall).toBeGreaterThanOrEqual(0.95);
  });

  it('times by the minute: what cannot be told apart is said, not guessed', async () => {
    const { quality } = await measured({ byMinute: true, messages: 1500, group: 700 });
    console.log(`by the minute: ${JSON.stringify(quality)}`);
    expect(quality.precision).toBeGreaterThanOrEqual(0.99);
    expect(quality.recall).toBeGreaterThanOrEqual(0.9);
    expect(quality.ambiguous).toBeGreaterThan(0);
  });

  it('two phones of different talk share nothing', async () => {
    const first = twoPhones({ ...ISSUE_CASE, seed: 1, messages: 800, group: 400 });
    const second = twoPhones({ ...ISSUE_CASE, seed: 2, messages: 800, group: 400 });
    const store = storeOf({ a: first.a, b: second.b });
    const { pairs } = await reconciliation(store, {});
    const chance = pairs[0]!.matches.length / first.a.records.length;
    console.log(`chance pairs: ${chance}`);
    expect(pairs[0]!.skews.filter(({ sameTime }) => sameTime === 0)).toEqual([]);
    expect(chance).toBeLessThan(0.01);
  });

  it('gives the same answer every time', async () => {
    const [one, other] = [await measured({ messages: 400, group: 200 }), await measured({ messages: 400, group: 200 })];
    expect(other.found.pairs).toEqual(one.found.pairs);
  });
});
