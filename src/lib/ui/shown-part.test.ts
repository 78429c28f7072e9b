import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstPart, oneLineOf, rangesWithin, withEarlier, withMore } from './shown-part.ts';

describe('what is shown of a text', () => {
  it('is all of a usual one, the beginning of a long one, and the place of a hit that lies farther in', () => {
    expect(firstPart('vin la 5', 3)).toEqual({ from: 0, to: 8 });
    const long = 'x'.repeat(1_000_000);
    expect(firstPart(long, 0)).toEqual({ from: 0, to: 4000 });
    expect(firstPart(long, 3999)).toEqual({ from: 0, to: 4000 });
    expect(firstPart(long, 900_000)).toEqual({ from: 899_600, to: 903_600 });
  });

  it('grows to all of it, and parts no character', () => {
    const text = fc.constantFrom('x', '😀', 'é').chain((unit) => fc.integer({ min: 1, max: 60_000 }).map((n) => unit.repeat(n)));
    fc.assert(
      fc.property(text, fc.nat(120_000), (value, hit) => {
        let part = firstPart(value, hit);
        const isParted = (at: number): boolean => /[\uDC00-\uDFFF]/.test(value.charAt(at));
        for (let i = 0; i < 12; i++) {
          expect(isParted(part.from) || isParted(part.to)).toBe(false);
          part = withMore(value, withEarlier(value, part));
        }
        expect(part).toEqual({ from: 0, to: value.length });
      }),
      { numRuns: 50 }
    );
  });

  it('keeps the hits that it holds, at their places', () => {
    const ranges: [number, number][] = [
      [2, 6],
      [8, 14],
      [20, 22]
    ];
    expect(rangesWithin(ranges, { from: 10, to: 18 })).toEqual([[0, 4]]);
    expect(rangesWithin(ranges, { from: 0, to: 30 })).toEqual(ranges);
  });
});

describe('a text on one line', () => {
  it.each([
    ['vin\n la 5', 'vin ⏎ la 5'],
    ['a \n\n b  c', 'a ⏎ b  c'],
    ['😀'.repeat(700), '😀'.repeat(500)]
  ])('%j', (text, line) => {
    expect(oneLineOf(text)).toBe(line);
  });

  // A pattern that begins anew inside a run of spaces would not end.
  it('is there at once for a megabyte of spaces', () => {
    expect(oneLineOf(' '.repeat(1_000_000))).toBe(' '.repeat(1000));
  });
});
