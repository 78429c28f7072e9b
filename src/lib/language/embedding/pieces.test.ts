import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginningOf, piecesOf } from './pieces.ts';
import { addTokens, unitMean } from './pool.ts';

test('pieces hold every token once and in order, none is too long, and no piece is a rest', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(99), { maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (ids, room) => {
      const pieces = piecesOf(ids, room);
      expect(pieces.flat()).toEqual(ids);
      expect(pieces.length).toBe(Math.ceil(ids.length / room));
      const lengths = pieces.map((piece) => piece.length);
      for (const length of lengths) expect(length).toBeLessThanOrEqual(room);
      if (lengths.length > 0) expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
    })
  );
  expect(() => piecesOf([1], 0)).toThrow(RangeError);
});

test('a beginning is whole characters', () => {
  expect(beginningOf('abc', 3)).toBe('abc');
  expect(beginningOf('abcd', 3)).toBe('abc');
  expect(beginningOf('ab😀cd', 3)).toBe('ab');
  expect(beginningOf('ab😀cd', 4)).toBe('ab😀');
});

test('the vector is the mean of all tokens in the length 1, however they come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 6, maxLength: 60 }),
      fc.nat(9),
      (numbers, cut) => {
        const dims = 3;
        const tokens = Math.floor(numbers.length / dims);
        const states = Float32Array.from(numbers.slice(0, tokens * dims));
        const at = Math.min(tokens, cut) * dims;
        const sums = new Float64Array(dims);
        addTokens(sums, states.subarray(0, at));
        addTokens(sums, states.subarray(at));
        const vector = unitMean(sums);
        const mean = [0, 1, 2].map((d) => states.reduce((sum, value, i) => sum + (i % dims === d ? value / tokens : 0), 0));
        const length = Math.hypot(...mean);
        if (length < 1e-3) return;
        vector.forEach((value, d) => expect(value).toBeCloseTo(mean[d]! / length, 4));
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      }
    )
  );
  expect([...unitMean(new Float64Array(2))]).toEqual([0, 0]);
});
