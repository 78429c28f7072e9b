/**
 * Time and places at full size: series, hours and pauses over a million messages; places and meetings over positions of
 * five phones in a year. CPU times. Then how often chance alone raises an alarm, and how often a planted pause is found.
 */
import { findPlaces } from '../../src/lib/analysis/places/clusters.ts';
import type { Fixes } from '../../src/lib/analysis/places/fixes.ts';
import { findMeetings } from '../../src/lib/analysis/places/meetings.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';
import { unusualGaps } from '../../src/lib/analysis/timeline/gaps.ts';
import { eventSeries } from '../../src/lib/analysis/timeline/series.ts';
import { zoneClock } from '../../src/lib/formats/time/zone-clock.ts';
import type { Figure } from './figure.ts';
import { leastCpu } from './measure.ts';

const ROWS = 1_000_000;
const SENDERS = 100_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2025, 0, 1);
const NULL_RUNS = 200;
/** Phones that the rule was not chosen on, for the hardest kind of them. */
const OTHER_RUNS = 400;
/** The aim for one change of the filter, series and hours together. */
const TARGET_MS = 500;

export async function run(options: { scale?: number }): Promise<Figure[]> {
  const rows = options.scale ?? ROWS;
  return [...(await seriesFigures(rows)), ...(await placeFigures(Math.max(1000, Math.floor(rows / 5)))), ...alarmFigures()];
}

async function seriesFigures(count: number): Promise<Figure[]> {
  const random = new SeededRandom(3);
  const utcMs = Float64Array.from({ length: count }, () => Math.floor(START_MS + random.next() * 365 * DAY_MS)).sort();
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  const clock = zoneClock('Europe/London');
  const offsetMs = (ms: number): number => clock.offsetMs(ms);
  const senders = Uint32Array.from(rows, () => Math.floor(random.next() ** 4 * SENDERS));
  const services = Uint8Array.from(rows, () => random.below(6));
  const sets = Uint16Array.from(rows, () => random.below(12));
  const series = await leastCpu(5, () =>
    eventSeries({
      rows,
      utcMs,
      offsetMs,
      columns: [
        { values: senders, size: SENDERS, keep: 24 },
        { values: services, size: 6, keep: 6 },
        { values: sets, size: 12, keep: 12 }
      ]
    })
  );
  const gaps = await leastCpu(5, () => unusualGaps(utcMs, offsetMs, 29));
  return [
    {
      id: 'timeline.series',
      value: series.value_ms,
      unit: `ms CPU, ${count} events, three kinds of lanes, by day and by hour of the week`,
      target: `<= ${TARGET_MS}`,
      met: series.value_ms <= TARGET_MS
    },
    { id: 'timeline.series.first', value: series.first_ms, unit: 'ms CPU, the first time' },
    { id: 'timeline.gaps', value: gaps.value_ms, unit: `ms CPU, one lane of ${count} events` }
  ];
}

/** Five phones between home, work and the road, a fix every few minutes. */
function positionsOf(count: number): Fixes {
  const random = new SeededRandom(5);
  const device = new Uint16Array(count);
  const utcMs = new Float64Array(count);
  const latitude_deg = new Float64Array(count);
  const longitude_deg = new Float64Array(count);
  const perDevice = Math.ceil(count / 5);
  for (let i = 0; i < count; i++) {
    device[i] = Math.floor(i / perDevice);
    const at = (i % perDevice) / perDevice;
    utcMs[i] = START_MS + Math.floor(at * 365 * DAY_MS);
    const hour = Math.floor(utcMs[i]! / HOUR_MS) % 24;
    const [north, east] =
      hour < 8 || hour > 18 ? [device[i]! * 0.05, 0] : hour === 8 || hour === 18 ? [0.1 * random.next(), 0.05] : [0.2, 0.1];
    latitude_deg[i] = 53 + north + random.normal() * 0.0003;
    longitude_deg[i] = 1 + east + random.normal() * 0.0005;
  }
  return { device, utcMs, latitude_deg, longitude_deg };
}

async function placeFigures(count: number): Promise<Figure[]> {
  const fixes = positionsOf(count);
  const places = await leastCpu(2, () => findPlaces(fixes));
  const meetings = await leastCpu(1, () => findMeetings(fixes, () => 0, 1));
  return [
    {
      id: 'places.clusters',
      value: places.value_ms / 1000,
      unit: `s CPU, ${count} fixes, ${places.result.places.length} places`
    },
    { id: 'places.meetings', value: meetings.value_ms / 1000, unit: `s CPU, ${meetings.result.length} pairs of phones, a year` }
  ];
}

/** Messages by chance with quiet nights; `level` says how busy each day is. */
function messagesBy(seed: number, perDay: number, level: (random: SeededRandom, day: number) => number): Float64Array {
  const random = new SeededRandom(seed);
  const times: number[] = [];
  for (let day = 0; day < 150; day++) {
    const ofDay = level(random, day);
    for (let hour = 0; hour < 24; hour++) {
      const rate = ((perDay * ofDay) / 24) * (hour < 7 ? 0.1 : 1.4);
      for (let at = -Math.log(1 - random.next()) / rate; at < 1; at -= Math.log(1 - random.next()) / rate)
        times.push(START_MS + day * DAY_MS + (hour + at) * HOUR_MS);
    }
  }
  return Float64Array.from(times).sort();
}

function alarmFigures(): Figure[] {
  const kinds: readonly (readonly [string, (random: SeededRandom, day: number) => number])[] = [
    ['even', () => 1],
    ['weekends-quiet', (_, day) => (day % 7 >= 5 ? 0.15 : 1)],
    ['less-and-less', (_, day) => Math.exp(-day / 100)],
    ['days-at-random', (random) => -Math.log(1 - random.next())]
  ];
  const utc = (): number => 0;
  const figures = kinds.flatMap(([name, level]) =>
    [3, 15].flatMap((perDay): Figure[] => {
      let found = 0;
      for (let seed = 1; seed <= NULL_RUNS; seed++) {
        const times = messagesBy(seed, perDay, level);
        const [from, to] = [START_MS + 70 * DAY_MS, START_MS + 75 * DAY_MS];
        const planted = times.filter((ms) => ms < from || ms >= to);
        if (unusualGaps(planted, utc, 1).gaps.some(({ fromMs, toMs }) => fromMs < to && toMs > from)) found++;
      }
      return [
        alarms(`timeline.false-alarms.${name}.${perDay}-a-day`, 1, NULL_RUNS, (seed) => messagesBy(seed, perDay, level)),
        { id: `timeline.found.${name}.${perDay}-a-day`, value: found / NULL_RUNS, unit: 'of pauses of five days found' }
      ];
    })
  );
  const [name, level] = kinds.at(-1)!;
  const others = [3, 15].map((perDay) =>
    alarms(`timeline.false-alarms.${name}.${perDay}-a-day.others`, 1001, OTHER_RUNS, (seed) => messagesBy(seed, perDay, level))
  );
  return [...figures, ...others];
}

function alarms(id: string, firstSeed: number, runs: number, timesOf: (seed: number) => Float64Array): Figure {
  let count = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) if (unusualGaps(timesOf(seed), () => 0, 1).gaps.length > 0) count++;
  const value = count / runs;
  return { id, value, unit: `of ${runs} phones without a planted pause`, target: '<= 0.05', met: value <= 0.05 };
}
