import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localMsOf } from './civil.ts';
import { placeStamp, placeUnix } from './evidence-time.ts';
import { dateOrderOf, parseStamp, type DateOrder } from './stamp.ts';
import { zoneClock } from './zone-clock.ts';

const at = localMsOf(2024, 3, 5, 14, 5, 9, 0);

describe('parseStamp', () => {
  it.each<[string, number, number | null, DateOrder?]>([
    ['2024-03-05T14:05:09.230+00:00', at + 230, 0],
    ['2024-03-05T14:05:09.2+01:00', at + 200, 60],
    ['2024-03-05T14:05:09,230', at + 230, null],
    ['2024-03-05T14:05:09.2309999+02:00', at + 230, 120],
    ['2024-03-05T14:05:09-03:30', at, -210],
    ['2024-03-05T14:05:09Z', at, 0],
    ['2024-03-05 14:05:09', at, null],
    ['05-Mar-24 14:05:09 +01:00', at, 60],
    ['05-Mar-24 02:05:09 PM  +00:00', at, 0],
    ['05/03/2024 14:05:09 +00:00', at, 0, 'dmy'],
    ['05/03/2024 14:05:09(UTC+1)', at, 60, 'dmy'],
    ['3/5/2024 2:05:09 PM(UTC-5)', at, -300, 'mdy'],
    ['05.03.2024 14:05:09(UTC+0)', at, 0],
    ['05.03.24, 14:05:09', at, null],
    ['2024/03/05 14:05:09', at, null],
    ['05/03/2024, 2:05:09\u202fp.\u00a0m.', at, null, 'dmy'],
    ['\u200e05/03/2024 14:05:09 GMT+05:30', at, 330, 'dmy'],
    ['05/03/2024 14.05.09', at, null, 'dmy'],
    ['05/03/2024 14:05:09 UTC', at, 0, 'dmy'],
    ['13/03/2024 12:00 AM', localMsOf(2024, 3, 13, 0, 0, 0, 0), null],
    ['13/03/2024 12:00 PM', localMsOf(2024, 3, 13, 12, 0, 0, 0), null],
    ['3/13/24 9:05', localMsOf(2024, 3, 13, 9, 5, 0, 0), null]
  ])('reads %s', (text, localMs, offset, order) => {
    expect(parseStamp(text, order)).toEqual({ localMs, offset_min: offset, hasTime: true });
  });

  it('reads a bare date and says that it has no time', () => {
    expect(parseStamp('05/03/2024', 'dmy')).toEqual({
      localMs: localMsOf(2024, 3, 5, 0, 0, 0, 0),
      offset_min: null,
      hasTime: false
    });
  });

  it.each([
    '',
    'null',
    'yesterday',
    '30/02/2024 10:00',
    '2024-13-01T00:00:00',
    '2024-02-30T00:00:00',
    '05/03/2024 25:00',
    '13/13/2024 10:00',
    '05/03/2024 10:00 noon',
    '2024-03-05T14:05:09+99:00',
    '1/2/3/4',
    '4.47E+11'
  ])('refuses %j', (text) => {
    expect(parseStamp(text, 'dmy')).toBeNull();
  });

  it('does not choose between day and month by itself', () => {
    expect(parseStamp('05/03/2024 10:00')).toBeNull();
    expect(dateOrderOf('05/03/2024 10:00')).toBe('open');
    expect(dateOrderOf('25/03/2024 10:00')).toBe('dmy');
    expect(dateOrderOf('03/25/2024 10:00')).toBe('mdy');
    expect(dateOrderOf('2024/03/25')).toBe('ymd');
    expect(dateOrderOf('hello')).toBeNull();
  });

  it('never throws and never gives a moment that is none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d/:.\-+TZ ,apmUTC()]{0,40}$/)), (text) => {
        const stamp = parseStamp(text, 'dmy');
        if (stamp !== null) expect(Number.isInteger(stamp.localMs)).toBe(true);
      })
    );
  });

  it('reads back every ISO stamp it could be given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_799_999 }), fc.integer({ min: -720, max: 840 }), (ms, offset) => {
        const pad = (n: number) => String(Math.abs(n)).padStart(2, '0');
        const local = new Date(ms).toISOString().slice(0, -1);
        const sign = offset < 0 ? '-' : '+';
        const text = `${local}${sign}${pad(Math.trunc(offset / 60))}:${pad(offset % 60)}`;
        expect(parseStamp(text)).toEqual({ localMs: ms, offset_min: offset, hasTime: true });
      })
    );
  });
});

describe('placing in time', () => {
  it('takes the offset of the data before any zone', () => {
    const time = placeStamp('x', parseStamp('2024-07-05T14:05:09+02:00'), zoneClock('Europe/London'));
    expect(time).toEqual({ raw: 'x', utcMs: localMsOf(2024, 7, 5, 12, 5, 9, 0), basis: 'offset-in-data' });
  });

  it('uses the chosen zone, flags the repeated hour, and stays unknown without a zone', () => {
    const stamp = parseStamp('2024-10-27T01:30:00');
    expect(placeStamp('x', stamp, zoneClock('Europe/London'))).toEqual({
      raw: 'x',
      utcMs: localMsOf(2024, 10, 27, 0, 30, 0, 0),
      basis: 'zone-chosen-by-officer',
      ambiguous: true
    });
    expect(placeStamp('x', stamp, null)).toEqual({ raw: 'x', utcMs: null, basis: 'unknown' });
    expect(placeStamp('x', null, null)).toEqual({ raw: 'x', utcMs: null, basis: 'unknown' });
  });

  it('tells seconds from milliseconds', () => {
    expect(placeUnix('1485921084').utcMs).toBe(1_485_921_084_000);
    expect(placeUnix('1335046217074').utcMs).toBe(1_335_046_217_074);
    for (const raw of ['0', 'null', '', '-5', '99999999999999']) expect(placeUnix(raw).utcMs).toBeNull();
  });
});
