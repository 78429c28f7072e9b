import { describe, expect, it } from 'vitest';
import { withoutAddresses } from './addresses.ts';

describe('withoutAddresses', () => {
  it.each([
    ['si 14 holm road, la posta', 'si 14 0000 0000, la posta'],
    ['3 Quay Terrace', '3 0000 0000000'],
    ['la 7 st. james street e 12a Église Lane', 'la 7 00. 00000 000000 e 120 000000 0000'],
    // No number, a word of another language, a time, two words that are no address.
    ['holm road', 'holm road'],
    ['2 fois court', '2 fois court'],
    ['a las 5:30 london road', 'a las 5:30 london road'],
    ['la 5 pe london road', 'la 5 pe london road'],
    ['5 roads', '5 roads']
  ])('%j', (text, wanted) => {
    expect(withoutAddresses(text)).toBe(wanted);
  });

  it.each(['1 a ', '1 st ', '1', 'a road '])('goes through a megabyte of %j', { timeout: 60_000 }, (unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(withoutAddresses(text)).toHaveLength(text.length);
  });
});
