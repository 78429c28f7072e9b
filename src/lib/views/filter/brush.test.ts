import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime.js';
import { brushRows, extentOf, gaps, moveDays, shareOf, ticks, timeAt, wholeDays } from './brush.ts';
import { dragTo, startDrag } from './brush-drag.ts';
import { dayEnd, dayRange, dayStart, duration } from './clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 1 March 2025, 00:00 in London. */
const MARCH = Date.UTC(2025, 2, 1);
const span = { fromMs: MARCH, toMs: MARCH + 100 * DAY };

describe('days of the display zone', () => {
  it.each([
    ['winter', '2025-01-10T13:30:05.250Z', '2025-01-10T00:00:00.000Z', '2025-01-11T00:00:00.000Z'],
    ['summer', '2025-07-10T13:30:05.250Z', '2025-07-09T23:00:00.000Z', '2025-07-10T23:00:00.000Z'],
    ['the 23 hour day', '2025-03-30T12:00:00.000Z', '2025-03-30T00:00:00.000Z', '2025-03-30T23:00:00.000Z'],
    ['the 25 hour day', '2025-10-26T12:00:00.000Z', '2025-10-25T23:00:00.000Z', '2025-10-27T00:00:00.000Z'],
    ['late on the 25 hour day', '2025-10-26T23:59:59.999Z', '2025-10-25T23:00:00.000Z', '2025-10-27T00:00:00.000Z'],
    ['midnight itself', '2025-07-09T23:00:00.000Z', '2025-07-09T23:00:00.000Z', '2025-07-10T23:00:00.000Z'],
    ['before 1970', '1969-01-10T13:30:05.250Z', '1969-01-09T23:00:00.000Z', '1969-01-10T23:00:00.000Z']
  ])('finds the day: %s', (_, at, start, end) => {
    expect(new Date(dayStart(Date.parse(at))).toISOString()).toBe(start);
    expect(new Date(dayEnd(Date.parse(at))).toISOString()).toBe(end);
  });

  it('is the same in every language of the page', () => {
    const at = Date.parse('2025-07-10T13:30:05.250Z');
    const english = dayStart(at);
    overwriteGetLocale(() => 'fr');
    try {
      expect(dayStart(at)).toBe(english);
      expect(ticks(span, 8).length).toBeGreaterThan(1);
    } finally {
      overwriteGetLocale(() => 'en');
    }
  });

  it('holds the time for any time of 60 years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 366 * DAY }), (at) => {
        expect(dayStart(at)).toBeLessThanOrEqual(at);
        expect(dayEnd(at)).toBeGreaterThan(at);
        expect(dayEnd(at) - dayStart(at)).toBeGreaterThanOrEqual(23 * HOUR);
        expect(dayEnd(at) - dayStart(at)).toBeLessThanOrEqual(25 * HOUR);
        expect(dayStart(dayStart(at))).toBe(dayStart(at));
      })
    );
  });

  it('reads a whole day as one day', () => {
    expect(dayRange(MARCH, MARCH + DAY)).toBe('1 Mar 2025');
    expect(dayRange(MARCH, MARCH + 3 * DAY)).toContain('3');
  });

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [133, '2 min 13 s'],
    [3600, '1 h'],
    [3840, '1 h 4 min']
  ])('says %i seconds as %s', (seconds, words) => expect(duration(seconds)).toBe(words));
});

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
    expect(wholeDays(MARCH + 2 * DAY + HOUR, MARCH + 4 * DAY + HOUR)).toEqual(expected);
    expect(wholeDays(MARCH + 4 * DAY + HOUR, MARCH + 2 * DAY + HOUR)).toEqual(expected);
    expect(wholeDays(MARCH + HOUR, MARCH + HOUR)).toEqual({ fromMs: MARCH, toMs: MARCH + DAY });
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
    expect(dragTo(span, drag, 0.141)).toEqual({ fromMs: MARCH + 12 * DAY, toMs: MARCH + 16 * DAY });
    const atStart = dragTo(span, drag, 0);
    expect(atStart.fromMs).toBe(MARCH);
    expect(atStart.toMs - atStart.fromMs).toBe(4 * DAY);
  });

  it('moves over a change of the clocks to midnight', () => {
    const moved = moveDays(Date.UTC(2025, 2, 29), 2, span);
    expect(new Date(moved).toISOString()).toBe('2025-03-30T23:00:00.000Z');
  });

  it('never draws more ticks than there is room for', () => {
    for (const days of [1, 9, 40, 80, 400, 3000]) {
      const made = ticks({ fromMs: MARCH, toMs: MARCH + days * DAY }, 8);
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
