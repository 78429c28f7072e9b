import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PacedReport } from './paced-report.svelte.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A case whose count takes 100 ms. */
function slowCase() {
  const asked: number[] = [];
  const report = new PacedReport(async () => {
    asked.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { rows: [], lines: asked.length, distinctLines: 0, elapsed_ms: 100 };
  });
  return { report, asked };
}

it('counts one at a time and rests nine times as long, however often it is asked', async () => {
  const { report, asked } = slowCase();
  for (let i = 0; i < 100; i++) {
    report.ask();
    await vi.advanceTimersByTimeAsync(30);
  }
  expect(asked.map((at) => at - (asked[0] ?? 0))).toEqual([0, 1000, 2000, 3000]);
  // What was asked for last is counted, and then no more.
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(4);
  expect(report.latest.value?.lines).toBe(4);
});

it('counts no more once nobody looks', async () => {
  const { report, asked } = slowCase();
  report.ask();
  await vi.advanceTimersByTimeAsync(200);
  report.ask();
  report.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(1);
});
