import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneClock } from '../../formats/time/zone-clock.ts';
import { SeededRandom } from '../random.ts';
import { unusualGaps } from './gaps.ts';
import { byWeek, eventSeries, weekdayOf, type LaneColumn } from './series.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const utc = (): number => 0;
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, n) => total + n, 0);

function seriesOf(times: readonly number[], columns: readonly LaneColumn[] = [], offsetMs: (ms: number) => number = utc) {
  return eventSeries({ rows: Uint32Array.from(times.keys()), utcMs: Float64Array.from(times), offsetMs, columns });
}

describe('series', () => {
  it('counts hours of the wall clock: the repeated hour twice, the skipped one never', async () => {
    const clock = zoneClock('Europe/London');
    const offset = (ms: number): number => clock.offsetMs(ms);
    // 26 October 2025, a Sunday: 01:30 comes at 00:30 and at 01:30 UTC.
    const autumn = await seriesOf([Date.UTC(2025, 9, 26, 0, 30), Date.UTC(2025, 9, 26, 1, 30)], [], offset);
    expect(autumn.week[6 * 24 + 1]).toBe(2);
    // 30 March 2025: at 01:00 UTC the clocks go from 01:00 to 02:00.
    const spring = await seriesOf([Date.UTC(2025, 2, 30, 0, 59), Date.UTC(2025, 2, 30, 1, 0)], [], offset);
    expect([0, 1, 2].map((hour) => spring.week[6 * 24 + hour])).toEqual([1, 0, 1]);
    // 23:30 UTC in summer is the next day already.
    expect((await seriesOf([Date.UTC(2025, 6, 1, 23, 30)], [], offset)).firstDay * DAY).toBe(Date.UTC(2025, 6, 2));
  });

  it('keeps the lanes with most events and counts the rest', async () => {
    const lane = { values: Uint8Array.from([2, 2, 2, 0, 0, 1, 9]), size: 3, keep: 2 };
    const { columns, bins } = await seriesOf([0, DAY, DAY, 0, 3 * DAY, DAY, DAY], [lane]);
    expect(bins).toBe(4);
    expect(columns[0]).toEqual({
      lanes: Uint32Array.of(2, 0),
      totals: Uint32Array.of(3, 2),
      counts: Uint32Array.of(1, 2, 0, 0, 1, 0, 0, 1),
      seen: 3,
      rest: 1
    });
  });

  it('gives the same for any order of rows, and every event one bin and one hour', async () => {
    const events = fc.array(fc.tuple(fc.integer({ min: -4e12, max: 4e12 }), fc.integer({ min: 0, max: 4 })), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(events, fc.integer({ min: 0, max: 1 << 30 }), async (list, seed) => {
        const utcMs = Float64Array.from(list, ([ms]) => ms);
        const columns = [{ values: Uint8Array.from(list, ([, lane]) => lane), size: 4, keep: 3 }];
        const rows = Uint32Array.from(list.keys());
        const found = await eventSeries({ rows, utcMs, offsetMs: utc, columns });
        const shuffled = new SeededRandom(seed).shuffle(rows.slice());
        const again = await eventSeries({ rows: shuffled, utcMs, offsetMs: utc, columns });
        expect({ ...again, cellOf: null }).toEqual({ ...found, cellOf: null });
        expect(sum(found.all)).toBe(list.length);
        expect(sum(found.week)).toBe(list.length);
        const inLane = list.filter(([, lane]) => lane < 4).length;
        expect(sum(found.columns[0]!.totals) + found.columns[0]!.rest).toBe(inLane);
        expect(sum(found.columns[0]!.counts)).toBe(sum(found.columns[0]!.totals));
        expect(sum(byWeek(found.all, found.firstDay))).toBe(list.length);
      })
    );
  });

  it('begins weeks on Monday', () => {
    expect([0, 3, 4, -4].map(weekdayOf)).toEqual([3, 6, 0, 6]);
    // Saturday, Sunday, Monday, Tuesday.
    expect([...byWeek(Uint32Array.of(1, 2, 3, 4), 2)]).toEqual([3, 7]);
    expect([...byWeek(new Uint32Array(), 0)]).toEqual([]);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const reason = new DOMException('enough', 'AbortError');
    const rows = new Uint32Array(1 << 18);
    const run = eventSeries(
      { rows, utcMs: new Float64Array(1), offsetMs: utc, columns: [] },
      { signal: stop.signal, every_ms: 0, onProgress: () => stop.abort(reason) }
    );
    await expect(run).rejects.toBe(reason);
  });
});

/** What a day is like: how busy by number of the day. */
type DayLevel = (random: SeededRandom, day: number) => number;

/** Events by chance at an hourly rate with quiet nights; `level` makes days differ. */
function generated(seed: number, perDay: number, days: number, level: DayLevel = () => 1): Float64Array {
  const random = new SeededRandom(seed);
  const start = Date.UTC(2025, 8, 1);
  const times: number[] = [];
  for (let day = 0; day < days; day++) {
    const ofDay = level(random, day);
    for (let hour = 0; hour < 24; hour++) {
      const rate = ((perDay * ofDay) / 24) * (hour < 7 ? 0.1 : 1.4);
      for (let at = -Math.log(1 - random.next()) / rate; at < 1; at -= Math.log(1 - random.next()) / rate)
        times.push(start + day * DAY + (hour + at) * HOUR);
    }
  }
  return Float64Array.from(times).sort();
}

const without = (times: Float64Array, fromDay: number, toDay: number): Float64Array =>
  times.filter((ms) => ms < Date.UTC(2025, 8, 1) + fromDay * DAY || ms >= Date.UTC(2025, 8, 1) + toDay * DAY);

describe('gaps', () => {
  it('finds a pause of five days in a phone of twenty messages a day, and what the phone would have held', () => {
    const { gaps, isEnough } = unusualGaps(without(generated(3, 20, 150), 70, 75), utc, 1);
    expect(isEnough).toBe(true);
    expect(gaps).toHaveLength(1);
    expect((gaps[0]!.toMs - gaps[0]!.fromMs) / DAY).toBeGreaterThan(4.9);
    expect(gaps[0]!.expected).toBeGreaterThan(40);
  });

  it('finds nothing where the days of that very phone are shuffled, unless empty days come to lie side by side', () => {
    const times = without(generated(3, 20, 150), 70, 75);
    const start = Date.UTC(2025, 8, 1);
    const dayOf = (ms: number): number => Math.floor((ms - start) / DAY);
    let apart = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const places = new SeededRandom(seed).shuffle(Uint32Array.from({ length: 150 }, (_, day) => day));
      const empty = Array.from(places.subarray(70, 75)).sort((a, b) => a - b);
      const moved = times.map((ms) => ms + (places[dayOf(ms)]! - dayOf(ms)) * DAY).sort();
      const { gaps } = unusualGaps(moved, utc, 1);
      // Two side by side are a pause of two days, and the others fewer than a habit.
      if (empty.some((day, i) => day - (empty[i - 1] ?? -9) < 2)) continue;
      apart++;
      expect(gaps).toEqual([]);
    }
    expect(apart).toBeGreaterThan(40);
  });

  it('says nothing about quiet nights, quiet weekends, a phone used less and less, and days that differ', () => {
    const kinds: readonly (readonly [string, DayLevel, mostAlarms: number])[] = [
      ['even', () => 1, 0.02],
      ['weekends', (_, day) => (day % 7 >= 5 ? 0.15 : 1), 0.02],
      ['less and less', (_, day) => Math.exp(-day / 100), 0.02],
      // Days that differ as much as waiting times do: the hardest case.
      ['days at random', (random) => -Math.log(1 - random.next()), 0.05]
    ];
    const rates = kinds.map(([name, level, most]) => {
      let alarms = 0;
      for (let seed = 1; seed <= 60; seed++)
        alarms += Number(unusualGaps(generated(seed, 15, 150, level), utc, 1).gaps.length > 0);
      expect(alarms / 60, name).toBeLessThanOrEqual(most);
      return `${name} ${alarms} of 60`;
    });
    console.log(`false alarms about pauses: ${rates.join(', ')}`);
  });

  it('asks for more where more lanes are looked at, and for enough to know a habit', () => {
    const times = without(generated(5, 20, 150), 70, 73);
    expect(unusualGaps(times, utc, 1).gaps.length).toBeGreaterThanOrEqual(unusualGaps(times, utc, 1e9).gaps.length);
    expect(unusualGaps(times, utc, 1e30).gaps).toEqual([]);
    expect(unusualGaps(times.slice(0, 30), utc, 1)).toMatchObject({ isEnough: false, gaps: [] });
    expect(unusualGaps(new Float64Array(), utc, 1)).toEqual({ isEnough: false, sessions: 0, usualMs: 0, gaps: [] });
  });

  it('is the same some weeks later, and for messages that come twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100 }), (seed, weeks) => {
        const times = without(generated(seed, 12, 90), 40, 46);
        const { gaps } = unusualGaps(times, utc, 1);
        const later = unusualGaps(
          times.map((ms) => ms + weeks * 7 * DAY),
          utc,
          1
        ).gaps;
        expect(later.map(({ fromMs, before }) => [fromMs - weeks * 7 * DAY, before])).toEqual(
          gaps.map(({ fromMs, before }) => [fromMs, before])
        );
        const twice = unusualGaps(Float64Array.from([...times, ...times]).sort(), utc, 1).gaps;
        expect(twice.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual(gaps.map(({ fromMs, toMs }) => [fromMs, toMs]));
      }),
      { numRuns: 20 }
    );
  });
});
