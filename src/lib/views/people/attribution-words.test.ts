import { beforeAll, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime.js';
import { clockIn } from '../filter/clock.ts';
import { spanOf, spanWords, thingKey, thingOf } from './attribution-words.ts';

beforeAll(() => overwriteGetLocale(() => 'en'));
const london = clockIn('Europe/London');
const open = { day: '', time: '' };
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

describe('spans of a form', () => {
  it('begin and end with the days of the case’s zone, on either side of a change of clocks', () => {
    const { fromMs, untilMs } = spanOf({ day: '2025-03-29', time: '' }, { day: '2025-03-30', time: '' }, london);
    expect([iso(fromMs), iso(untilMs)]).toEqual(['2025-03-29T00:00:00.000Z', '2025-03-30T23:00:00.000Z']);
  });

  it('meet at a time of one day without having a moment in common', () => {
    const first = spanOf(open, { day: '2025-07-01', time: '14:30' }, london);
    const second = spanOf({ day: '2025-07-01', time: '14:30' }, open, london);
    expect([iso(first.fromMs), iso(first.untilMs)]).toEqual([null, '2025-07-01T13:30:00.000Z']);
    expect([second.fromMs, second.untilMs]).toEqual([first.untilMs, null]);
  });

  it('are no span where a day is none', () => {
    expect(spanOf({ day: '2025-02', time: '' }, open, london).fromMs).toBeNaN();
    expect(spanOf({ day: '2025-13-01', time: '' }, open, london).fromMs).toBeNaN();
    expect(spanOf(open, { day: '2025-02-30', time: '' }, london).untilMs).toBeNaN();
  });

  it('stand in words with their last day, or with open ends', () => {
    const words = (from: typeof open, until: typeof open): string => spanWords(spanOf(from, until, london), london);
    expect(words({ day: '2025-07-01', time: '' }, open)).toBe('from 1 Jul 2025');
    expect(words(open, { day: '2025-07-01', time: '' })).toBe('up to and including 1 Jul 2025');
    expect(words(open, { day: '2025-07-01', time: '14:30' })).toMatch(/^until 1 Jul 2025, 14:30$/);
    expect(words({ day: '2025-07-01', time: '' }, { day: '2025-07-03', time: '' })).toMatch(/^1\s?–\s?3 Jul 2025$/);
    expect(words(open, open)).toBe('without a beginning or an end');
  });
});

it('a handle is a thing of its service, and a number is one whatever services know it', () => {
  const rosa = { kind: 'handle', text: 'rosa', services: ['telegram'] } as const;
  expect(thingOf(rosa)).toEqual({ kind: 'handle', text: 'rosa', service: 'telegram' });
  expect(thingKey(thingOf(rosa))).not.toBe(thingKey(thingOf({ ...rosa, services: ['signal'] })));
  expect(thingOf({ kind: 'number', text: '+447700900100', services: ['sms', 'whatsapp'] }).service).toBe('');
});
