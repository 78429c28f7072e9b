import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localMsOf } from '$lib/formats/time/civil.ts';
import { zoneClock } from '$lib/formats/time/zone-clock.ts';
import { overwriteGetLocale } from '$lib/paraglide/runtime.js';
import { clockIn, duration } from './clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const london = clockIn('Europe/London');
const iso = (ms: number): string => new Date(ms).toISOString();

describe('a day of a zone', () => {
  it.each([
    ['Europe/London', 'winter', '2025-01-10T13:30:05.250Z', '2025-01-10T00:00:00.000Z', '2025-01-11T00:00:00.000Z'],
    ['Europe/London', 'summer', '2025-07-10T13:30:05.250Z', '2025-07-09T23:00:00.000Z', '2025-07-10T23:00:00.000Z'],
    ['Europe/London', '23 hours', '2025-03-30T12:00:00.000Z', '2025-03-30T00:00:00.000Z', '2025-03-30T23:00:00.000Z'],
    ['Europe/London', '25 hours', '2025-10-26T12:00:00.000Z', '2025-10-25T23:00:00.000Z', '2025-10-27T00:00:00.000Z'],
    ['Europe/London', 'late in 25', '2025-10-26T23:59:59.999Z', '2025-10-25T23:00:00.000Z', '2025-10-27T00:00:00.000Z'],
    ['Europe/London', 'midnight', '2025-07-09T23:00:00.000Z', '2025-07-09T23:00:00.000Z', '2025-07-10T23:00:00.000Z'],
    ['Europe/London', 'before 1970', '1969-01-10T13:30:05.250Z', '1969-01-09T23:00:00.000Z', '1969-01-10T23:00:00.000Z'],
    ['Europe/Bucharest', '23 hours', '2025-03-30T12:00:00.000Z', '2025-03-29T22:00:00.000Z', '2025-03-30T21:00:00.000Z'],
    ['America/Sao_Paulo', 'no midnight', '2018-11-04T12:00:00.000Z', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
    ['UTC', 'never changes', '2025-03-30T12:00:00.000Z', '2025-03-30T00:00:00.000Z', '2025-03-31T00:00:00.000Z']
  ])('%s, %s', (zone, _, at, start, end) => {
    expect(iso(clockIn(zone).dayStart(Date.parse(at)))).toBe(start);
    expect(iso(clockIn(zone).dayEnd(Date.parse(at)))).toBe(end);
  });

  it('is that of the zone rules which read the evidence, around every change of the clocks', () => {
    const zones = ['Europe/London', 'Europe/Bucharest', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Africa/Casablanca', 'UTC'];
    const near = fc
      .tuple(fc.integer({ min: 1971, max: 2060 }), fc.constantFrom(2, 3, 4, 9, 10, 11), fc.nat(27), fc.nat(95))
      .map(([year, month, day, quarter]) => localMsOf(year, month, day + 1, 0, 0, 0, 0) + quarter * (HOUR / 4));
    fc.assert(
      fc.property(fc.constantFrom(...zones), near, (zone, at) => {
        const [clock, rules] = [clockIn(zone), zoneClock(zone)];
        const offset = rules.offsetMs(at);
        expect(clock.offsetMs(at)).toBe(offset);
        const day = Math.floor((at + offset) / DAY);
        expect(clock.dayStart(at)).toBe(rules.utcMs(day * DAY));
        expect(clock.dayEnd(at)).toBe(rules.utcMs((day + 1) * DAY));
      }),
      { numRuns: 200 }
    );
  });

  it('holds the time for any time of 60 years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 366 * DAY }), (at) => {
        expect(london.dayStart(at)).toBeLessThanOrEqual(at);
        expect(london.dayEnd(at)).toBeGreaterThan(at);
        expect(london.dayStart(london.dayStart(at))).toBe(london.dayStart(at));
      })
    );
  });

  it('is the same in every language of the page', () => {
    const at = Date.parse('2025-07-10T13:30:05.250Z');
    const english = london.dayStart(at);
    overwriteGetLocale(() => 'fr');
    try {
      expect(clockIn('Europe/London').dayStart(at)).toBe(english);
      expect(clockIn('Europe/London').shortDay(at)).toBe('10 juil. 2025');
    } finally {
      overwriteGetLocale(() => 'en');
    }
  });
});

describe('a time in words', () => {
  const beforeChange = Date.UTC(2025, 2, 30, 0, 59, 59);
  it('carries the offset that its zone had then', () => {
    // Releases of the locale data differ in the comma after the weekday.
    expect(london.exact(beforeChange)).toMatch(/^Sunday,? 30 March 2025 at 00:59:59 UTC\+0$/);
    expect(london.exact(beforeChange + 1000)).toMatch(/^Sunday,? 30 March 2025 at 02:00:00 UTC\+1$/);
    expect(clockIn('Asia/Kathmandu').exact(beforeChange)).toMatch(/ at 06:44:59 UTC\+5:45$/);
    expect(clockIn('America/Sao_Paulo').exact(beforeChange)).toMatch(/^Saturday,? 29 March 2025 at 21:59:59 UTC−3$/);
    expect(london.iso(beforeChange + 1000)).toBe('2025-03-30T02:00:00.000+01:00');
    expect(clockIn('America/Sao_Paulo').iso(beforeChange)).toBe('2025-03-29T21:59:59.000-03:00');
  });

  it('states every offset of a span', () => {
    expect(london.offsetsBetween(Date.UTC(2025, 0, 3), Date.UTC(2025, 5, 3))).toBe('UTC+0 and UTC+1');
    expect(london.offsetsBetween(Date.UTC(2025, 5, 3), Date.UTC(2025, 6, 3))).toBe('UTC+1');
    expect(clockIn('UTC').offsetsBetween(0, Date.UTC(2025, 6, 3))).toBe('UTC+0');
  });

  it('reads whole days as days, and days that were chosen in another zone to the minute', () => {
    const fromMs = london.dayStart(Date.UTC(2025, 4, 3, 12));
    const toMs = fromMs + 2 * DAY;
    expect(london.range(fromMs, toMs)).toMatch(/^3\s?–\s?4 May 2025$/);
    expect(london.range(fromMs, fromMs + DAY)).toBe('3 May 2025');
    expect(clockIn('Europe/Bucharest').range(fromMs, toMs)).toMatch(/^3 May 2025, 02:00\s–\s5 May 2025, 02:00$/);
    expect(london.edge(fromMs)).toBe('3 May 2025');
    expect(clockIn('Europe/Bucharest').edge(fromMs)).toBe('3 May 2025, 02:00');
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
