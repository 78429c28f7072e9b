import { expect, it } from 'vitest';
import { monthsWithGaps } from './month-bars.ts';

it('draws the silent months between the first and the last', () => {
  const bars = monthsWithGaps([
    { fromMs: Date.UTC(2024, 10, 1), messages: 7 },
    { fromMs: Date.UTC(2025, 1, 1), messages: 2 }
  ]);
  expect(bars.map((bar) => [new Date(bar.fromMs).toISOString().slice(0, 7), bar.messages])).toEqual([
    ['2024-11', 7],
    ['2024-12', 0],
    ['2025-01', 0],
    ['2025-02', 2]
  ]);
  expect(bars[1]?.toMs).toBe(Date.UTC(2025, 0, 1));
});

it('leaves gaps out where one wrong clock would make a thousand months', () => {
  const bars = monthsWithGaps([
    { fromMs: Date.UTC(1970, 0, 1), messages: 1 },
    { fromMs: Date.UTC(2025, 0, 1), messages: 5 }
  ]);
  expect(bars).toHaveLength(2);
});

it('handles months before 1970', () => {
  expect(monthsWithGaps([{ fromMs: Date.UTC(1969, 11, 1), messages: 1 }])[0]?.fromMs).toBe(Date.UTC(1969, 11, 1));
});
