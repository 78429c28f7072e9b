import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { localMsOf } from './civil.ts';
import { ZoneClock, chosenClock, zoneClock } from './zone-clock.ts';

const ZONES = [
  'Europe/London',
  'Europe/Bucharest',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'UTC'
];

/** What Temporal says of the same wall clock. */
function byTemporal(localMs: number, zone: string) {
  const plain = Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const pick = (disambiguation: 'compatible' | 'earlier' | 'later') =>
    plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  return { utc: pick('compatible'), doubtful: pick('earlier') !== pick('later') };
}

describe('ZoneClock', () => {
  it('agrees with Temporal for any minute and zone', () => {
    const localMs = fc.oneof(
      fc.integer({ min: -400_000_000, max: 4_200_000_000 }).map((s) => s * 1000),
      // Around the changes of the clocks, where mistakes live.
      fc
        .tuple(
          fc.integer({ min: 1971, max: 2099 }),
          fc.constantFrom(2, 3, 4, 9, 10, 11, 12),
          fc.integer({ min: 1, max: 31 }),
          fc.integer({ min: 0, max: 287 })
        )
        .map(([y, m, d, five]) => localMsOf(y, m, Math.min(d, 28), 0, 0, 0, 0) + five * 300_000)
    );
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), localMs, (zone, local) => {
        const clock = zoneClock(zone);
        const expected = byTemporal(local, zone);
        expect(clock.utcMs(local)).toBe(expected.utc);
        expect(clock.fit !== 'exact').toBe(expected.doubtful);
      }),
      { numRuns: 1500 }
    );
  });

  it('says the same before and after it has asked for all years', () => {
    const wholes = new Map(ZONES.map((zone): [string, ZoneClock] => [zone, new ZoneClock(zone)]));
    for (const whole of wholes.values()) whole.utcMs(localMsOf(1980, 6, 1, 12, 0, 0, 0));
    const days = fc.integer({ min: -40, max: 40 });
    const edge = fc.constantFrom(localMsOf(2005, 1, 1, 0, 0, 0, 0), localMsOf(2035, 1, 1, 0, 0, 0, 0));
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), edge, days, fc.nat(1439), (zone, ms, day, minute) => {
        const local = ms + day * 86_400_000 + minute * 60_000;
        const [fresh, whole] = [new ZoneClock(zone), wholes.get(zone)!];
        expect(fresh.utcMs(local)).toBe(whole.utcMs(local));
        expect(fresh.fit).toBe(whole.fit);
        expect(new ZoneClock(zone).offsetMs(local)).toBe(whole.offsetMs(local));
      }),
      { numRuns: 40 }
    );
  });

  it('flags the hour that comes twice and takes its first turn', () => {
    const clock = zoneClock('Europe/London');
    expect(clock.utcMs(localMsOf(2024, 10, 27, 1, 30, 0, 0))).toBe(localMsOf(2024, 10, 27, 0, 30, 0, 0));
    expect(clock.fit).toBe('repeated');
    expect(clock.utcMs(localMsOf(2024, 10, 27, 2, 0, 0, 0))).toBe(localMsOf(2024, 10, 27, 2, 0, 0, 0));
    expect(clock.fit).toBe('exact');
  });

  it('moves the skipped hour forward and flags it', () => {
    const clock = zoneClock('Europe/London');
    expect(clock.utcMs(localMsOf(2024, 3, 31, 1, 30, 0, 0))).toBe(localMsOf(2024, 3, 31, 1, 30, 0, 0));
    expect(clock.fit).toBe('skipped');
  });

  it('knows the offset at a UTC time, also outside the kept years', () => {
    expect(zoneClock('Europe/London').offsetMs(localMsOf(2024, 7, 1, 0, 0, 0, 0))).toBe(3_600_000);
    expect(zoneClock('Europe/London').offsetMs(localMsOf(2150, 1, 1, 0, 0, 0, 0))).toBe(0);
  });

  it('refuses an unknown zone and stands for no choice by null', () => {
    expect(() => zoneClock('Mars/Olympus')).toThrow(RangeError);
    expect(chosenClock(null)).toBeNull();
  });
});
