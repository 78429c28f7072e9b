import { expect, it } from 'vitest';
import { messagesByMonth } from './months.ts';

it('counts by UTC month, whatever the order, and leaves out messages without a time', () => {
  const january = Date.UTC(2025, 0, 1);
  const february = Date.UTC(2025, 1, 1);
  const times = Float64Array.of(february, january, february - 1, Number.NaN, february + 5);
  expect(messagesByMonth(times)).toEqual([
    { fromMs: january, messages: 2 },
    { fromMs: february, messages: 2 }
  ]);
});

it('has no months where nothing has a time', () => {
  expect(messagesByMonth(Float64Array.of(Number.NaN))).toEqual([]);
});
