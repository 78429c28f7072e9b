import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brushRows, extentOf, gaps, moveDays, shareOf, ticks, timeAt, wholeDays } from './brush.ts';
import { dragTo, startDrag } from './brush-drag.ts';
import { clockIn } from './clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 1 March 2025, 00:00 in London. */
const MARCH = Date.UTC(2025, 2, 1);
const london = clockIn('Europe/London');
const span = { fromMs: MARCH, toMs: MARCH + 100 * DAY };

describe('time brush', () => {
  it('places times and takes them back', () => {
    expect(shareOf(span, MARCH + 25 * DAY)).toBeCloseTo(0.25);
    expect(timeAt(span, 0.25)).toBe(MARCH + 25 * DAY);
    expect(shareOf(span, MARCH - DAY)).toBe(0);
  });

  it('has no extent without buckets', () => {
    expect(extentOf({ fromMs: 0, bucketMs: 0, counts: new Uint32Array(0) })).toBeNull();
  });

  it('finds the stretches without messages and not the grain', () => {
    const counts = new Uint32Array(100).fill(3);
    counts[10] = 0;
    for (let i = 40; i < 55; i++) counts[i] = 0;
    for (let i = 95; i < 100; i++) counts[i] = 0;
    const found = gaps({ fromMs: MARCH, bucketMs: DAY, counts }, span);
    expect(found).toEqual([
      { fromMs: MARCH + 40 * DAY, toMs: MARCH + 55 * DAY },
      { fromMs: MARCH + 95 * DAY, toMs: MARCH + 100 * DAY }
    ]);
  });

  it('makes whole days of a drag, whichever way it went', () => {
    const expected = { fromMs: MARCH + 2 * DAY, toMs: MARCH + 5 * DAY };
    expect(wholeDays(london, MARCH + 2 * DAY + HOUR, MARCH + 4 * DAY + HOUR)).toEqual(expected);
    expect(wholeDays(london, MARCH + 4 * DAY + HOUR, MARCH + 2 * DAY + HOUR)).toEqual(expected);
    expect(wholeDays(london, MARCH + HOUR, MARCH + HOUR)).toEqual({ fromMs: MARCH, toMs: MARCH + DAY });
  });

  it('takes hold of an end, of the span, or of nothing', () => {
    const chosen = { fromMs: MARCH + 20 * DAY, toMs: MARCH + 29 * DAY };
    expect(startDrag(span, chosen, 0.203, 1000).kind).toBe('end');
    expect(startDrag(span, chosen, 0.25, 1000).kind).toBe('move');
    expect(startDrag(span, chosen, 0.7, 1000).kind).toBe('draw');
    expect(startDrag(span, null, 0.25, 1000).kind).toBe('draw');
  });

  it('moves a span by whole days and keeps its length at the edge', () => {
    const chosen = { fromMs: MARCH + 10 * DAY, toMs: MARCH + 14 * DAY };
    const drag = startDrag(span, chosen, 0.12, 1000);
    expect(dragTo(london, span, drag, 0.141)).toEqual({ fromMs: MARCH + 12 * DAY, toMs: MARCH + 16 * DAY });
    const atStart = dragTo(london, span, drag, 0);
    expect(atStart.fromMs).toBe(MARCH);
    expect(atStart.toMs - atStart.fromMs).toBe(4 * DAY);
  });

  it('moves over a change of the clocks to midnight', () => {
    const moved = moveDays(london, Date.UTC(2025, 2, 29), 2, span);
    expect(new Date(moved).toISOString()).toBe('2025-03-30T23:00:00.000Z');
    const inBucharest = moveDays(clockIn('Europe/Bucharest'), Date.UTC(2025, 2, 28, 22), 2, span);
    expect(new Date(inBucharest).toISOString()).toBe('2025-03-30T21:00:00.000Z');
  });

  it('never draws more ticks than there is room for', () => {
    for (const days of [1, 9, 40, 80, 400, 3000]) {
      const made = ticks(london, { fromMs: MARCH, toMs: MARCH + days * DAY }, 8);
      expect(made.length).toBeLessThanOrEqual(9);
      expect(new Set(made.map((tick) => tick.label)).size).toBe(made.length);
    }
  });

  it('keeps every message in the table', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 500 }), (counts) => {
        const rows = brushRows({ fromMs: MARCH, bucketMs: HOUR, counts: Uint32Array.from(counts) });
        expect(rows.length).toBeLessThanOrEqual(60);
        expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(counts.reduce((a, b) => a + b, 0));
      })
    );
  });
});
