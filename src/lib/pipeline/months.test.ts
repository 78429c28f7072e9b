import { expect, it } from 'vitest';
import { messagesByMonth } from './months.ts';

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
const monthsOf = (times: readonly string[], zone: string): [from: string, to: string, messages: number][] =>
  messagesByMonth(
    Float64Array.from(times, (time) => Date.parse(time)),
    zone
  ).map((month) => [iso(month.fromMs), iso(month.toMs), month.messages]);

it('counts by the month of the zone, whatever the order, and leaves out messages without a time', () => {
  // British Summer Time: the last hour of March in UTC is April in London, and October ends as it began, an hour early.
  const times = ['2025-03-31T23:30Z', '2025-03-31T22:59Z', 'never', '2025-10-31T23:59Z', '2025-04-30T22:59Z'];
  expect(monthsOf(times, 'Europe/London').filter(([, , messages]) => messages > 0)).toEqual([
    ['2025-03-01T00:00', '2025-03-31T23:00', 1],
    ['2025-03-31T23:00', '2025-04-30T23:00', 2],
    ['2025-09-30T23:00', '2025-11-01T00:00', 1]
  ]);
  expect(monthsOf(times, 'UTC').map(([, , messages]) => messages)).toEqual([2, 1, 0, 0, 0, 0, 0, 1]);
  expect(monthsOf(['2025-01-31T22:00Z'], 'Europe/Bucharest')).toEqual([['2025-01-31T22:00', '2025-02-28T22:00', 1]]);
});

it('lists the silent months between the first and the last', () => {
  expect(monthsOf(['2024-11-05T12:00Z', '2025-02-03T12:00Z'], 'UTC').map(([from, , n]) => [from.slice(0, 7), n])).toEqual([
    ['2024-11', 1],
    ['2024-12', 0],
    ['2025-01', 0],
    ['2025-02', 1]
  ]);
});

it('leaves silent months out where one wrong clock would make a thousand of them', () => {
  expect(monthsOf(['1969-12-31T12:00Z', '2025-01-01T12:00Z'], 'UTC').map(([from]) => from)).toEqual([
    '1969-12-01T00:00',
    '2025-01-01T00:00'
  ]);
});

it('has no months where nothing has a time', () => {
  expect(messagesByMonth(Float64Array.of(Number.NaN), 'Europe/London')).toEqual([]);
});
