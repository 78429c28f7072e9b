import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allBits, andInto, andNotInto, bitsOf, countBits, emptyBits, hasBit, orInto, rowsOf } from './bits.ts';

const ROWS = 200;
const set = fc.uniqueArray(fc.nat(ROWS - 1));
const bits = (members: readonly number[]): Uint32Array => bitsOf(ROWS, members);
const sorted = (members: readonly number[]): number[] => members.toSorted((x, y) => x - y);

describe('sets of rows', () => {
  it('follow the laws of sets', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect([...rowsOf(bits(a))]).toEqual(sorted(a));
        expect(countBits(bits(a))).toBe(a.length);
        expect([...rowsOf(andInto(bits(a), bits(b)))]).toEqual(sorted(a.filter((x) => b.includes(x))));
        expect([...rowsOf(orInto(bits(a), bits(b)))]).toEqual(sorted([...new Set([...a, ...b])]));
        expect([...rowsOf(andNotInto(bits(a), bits(b)))]).toEqual(sorted(a.filter((x) => !b.includes(x))));
        for (const x of b) expect(hasBit(bits(a), x)).toBe(a.includes(x));
      })
    );
  });

  it('treat rows past the end of a shorter set as absent', () => {
    expect([...rowsOf(andInto(bits([3, 150]), bitsOf(40, [3])))]).toEqual([3]);
    expect([...rowsOf(andNotInto(bits([3, 150]), bitsOf(40, [3])))]).toEqual([150]);
    expect(hasBit(bitsOf(40, [3]), 150)).toBe(false);
  });

  it.each([0, 1, 31, 32, 33, 64])('hold all of %i rows and none beyond', (rows) => {
    expect(countBits(allBits(rows))).toBe(rows);
    expect([...rowsOf(allBits(rows))]).toEqual(Array.from({ length: rows }, (_, row) => row));
    expect(countBits(emptyBits(rows))).toBe(0);
  });
});
