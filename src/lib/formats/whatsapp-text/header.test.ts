import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';

describe('heads of lines', () => {
  it.each([
    // line, family, a b c, h m s, rest
    ['[12/03/2024, 14:05:11] Anna: hi', 'bracket', [12, 3, 2024], [14, 5, 11], 'Anna: hi'],
    [
      '\u200e[12/03/2024, 14:05:11] Anna: \u200eimage omitted',
      'bracket',
      [12, 3, 2024],
      [14, 5, 11],
      'Anna: \u200eimage omitted'
    ],
    ['[12.03.24, 14:05:11] Anna: hi', 'bracket', [12, 3, 24], [14, 5, 11], 'Anna: hi'],
    ['[2024-03-12 14:05] Anna: hi', 'bracket', [2024, 3, 12], [14, 5, 0], 'Anna: hi'],
    ['[3/12/24, 2:05:11\u202fPM] Anna: hi', 'bracket', [3, 12, 24], [14, 5, 11], 'Anna: hi'],
    ['[12/3/24, 2:05:11 p. m.] Ana: hola', 'bracket', [12, 3, 24], [14, 5, 11], 'Ana: hola'],
    ['12/03/2024, 14:05 - Anna: hi', 'dash', [12, 3, 2024], [14, 5, 0], 'Anna: hi'],
    ['12/03/2024, 14:05 \u2013 Anna: hi', 'dash', [12, 3, 2024], [14, 5, 0], 'Anna: hi'],
    ['12/03/2024 14:05 - Anna: hi', 'dash', [12, 3, 2024], [14, 5, 0], 'Anna: hi'],
    ['12/03/2024; 14:05 - Anna: hi', 'dash', [12, 3, 2024], [14, 5, 0], 'Anna: hi'],
    ['12/03/2024 à 14:05 - Anne : salut', 'dash', [12, 3, 2024], [14, 5, 0], 'Anne : salut'],
    ['12.03.24 um 14:05:11: Anna: hallo', 'colon', [12, 3, 24], [14, 5, 11], 'Anna: hallo'],
    ['12/03/16 14:05:11: Anna: hi', 'colon', [12, 3, 16], [14, 5, 11], 'Anna: hi'],
    ['12-03-24, 12:05 AM - Anna: hi', 'dash', [12, 3, 24], [0, 5, 0], 'Anna: hi'],
    ['12-03-24, 12:05 pm - Anna: hi', 'dash', [12, 3, 24], [12, 5, 0], 'Anna: hi'],
    ['12/03/2024, 00:08 a. m. - Ana: hola', 'dash', [12, 3, 2024], [0, 8, 0], 'Ana: hola'],
    ['12/03/2024, 9:40\u202fa.\u00a0m. - Ana: hola', 'dash', [12, 3, 2024], [9, 40, 0], 'Ana: hola'],
    ['12. 3. 2024 14:05 - Eva: ahoj', 'dash', [12, 3, 2024], [14, 5, 0], 'Eva: ahoj'],
    ['2024. 3. 12. 오후 2:05 - 지민: 안녕', 'dash', [2024, 3, 12], [14, 5, 0], '지민: 안녕'],
    [
      '\u200f\u0661\u0662/\u0663/\u0662\u0660\u0662\u0664\u060c \u0661\u0664:\u0660\u0665 - نور: مرحبا',
      'dash',
      [12, 3, 2024],
      [14, 5, 0],
      'نور: مرحبا'
    ],
    ['12/03/2024, 14:05 -', 'dash', [12, 3, 2024], [14, 5, 0], ''],
    ['12/03/2024, 14:05 - You were added', 'dash', [12, 3, 2024], [14, 5, 0], 'You were added']
  ] as const)('%s', (line, family, date, time, rest) => {
    const header = readHeader(line);
    expect(header).not.toBeNull();
    expect(header?.family).toBe(family);
    expect([header?.a, header?.b, header?.c]).toEqual(date);
    expect([header?.hour, header?.minute, header?.second]).toEqual(time);
    expect(header?.rest).toBe(rest);
    expect(line).toContain(header?.stampRaw);
  });

  it.each([
    '',
    'hello',
    'see you at 14:05 - Anna: ok',
    '12/03/2024',
    '12/03/2024, 25:05 - Anna: hi',
    '12/03-2024, 14:05 - Anna: hi',
    '[x] Anna: hi',
    '12/03/2024, 14:05 Anna: hi',
    '[12/03/2024, 14:05 PM hi',
    '12/03/2024, 13:05 AM - Anna: hi'
  ])('no head: %s', (line) => {
    expect(readHeader(line)).toBeNull();
  });

  it('gives one signature to one layout and others to others', () => {
    const of = (line: string) => readHeader(line)?.signature;
    expect(of('1/2/24, 9:05 - A: x')).toBe(of('11/12/24, 19:05 - Bob was added'));
    expect(of('1/2/24, 9:05 - A: x')).not.toBe(of('[1/2/24, 9:05] A: x'));
    expect(of('1/2/24, 9:05 - A: x')).not.toBe(of('1/2/24, 9:05 AM - A: x'));
    expect(of('1/2/24, 9:05 - A: x')).not.toBe(of('1.2.24, 9:05 - A: x'));
    expect(of('1/2/24, 9:05 - A: x')).not.toBe(of('1/2/24, 9:05:01 - A: x'));
  });
});
