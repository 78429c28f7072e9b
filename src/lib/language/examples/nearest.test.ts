import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, pointOf } from '../../../../tests/fixtures/examples-table.ts';
import { ExampleSearch } from './nearest.ts';
import { readExamples, type ExampleTable } from './table.ts';

const LISTS = 4;

/** A table drawn by a seed, of `count` places in as many lists as there are centres. */
const drawn = fc
  .record({
    codes: fc.array(
      fc.tuple(fc.nat(3), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)),
      { minLength: 1, maxLength: 60 }
    ),
    mean: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 12, maxLength: 12 })
  })
  .map(({ codes, mean }) =>
    readExamples(
      'a.bin',
      bytesOf({
        width: 12,
        dimensions: 8,
        parts: 8,
        centres: Array.from({ length: LISTS }, (_, i) => [i * 40, i * 30, i * 20, i * 10, 0, 1, 2, 3]),
        // Few values, so that many distances are equal.
        value: (code, dimension) => (code * (dimension + 3)) % 17,
        examples: codes.map(([list, ...own], i) => ({ list, token: i, codes: own })),
        mean
      }),
      100
    )
  );

function exhaustive(table: ExampleTable, state: readonly number[], count: number): { place: number; distance: number }[] {
  const point = state.map((value, i) => value - (table.mean[i] as number)).slice(0, table.dimensions);
  return Array.from({ length: table.tokens.length }, (_, place) => ({
    place,
    distance: pointOf(table, place).reduce((sum, value, d) => sum + (value - (point[d] as number)) ** 2, 0)
  }))
    .sort((a, b) => a.distance - b.distance || a.place - b.place)
    .slice(0, count);
}

describe('ExampleSearch', () => {
  it('finds what going through all places finds, equal distances by number, however often it is asked', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 24, maxLength: 24 }),
        fc.integer({ min: 1, max: 9 }),
        (table, numbers, count) => {
          const search = new ExampleSearch(table, count, LISTS);
          const states = Float32Array.from(numbers);
          for (const row of [0, 1, 0]) {
            const { places, distances, found } = search.find(states, row);
            const wanted = exhaustive(table, numbers.slice(row * 12, row * 12 + 12), count);
            expect([...places.subarray(0, found)]).toEqual(wanted.map(({ place }) => place));
            expect([...distances.subarray(0, found)]).toEqual(wanted.map(({ distance }) => distance));
          }
        }
      )
    );
  });

  it('goes through the lists with the nearest centres alone', () => {
    const table = readExamples(
      'a.bin',
      bytesOf({
        width: 4,
        dimensions: 4,
        parts: 4,
        centres: [
          [0, 0, 0, 0],
          [10, 0, 0, 0],
          [20, 0, 0, 0]
        ],
        value: (code) => code,
        // In the wrong list, so that only a look into it would find it.
        examples: [
          { list: 0, token: 1, codes: [1, 0, 0, 0] },
          { list: 1, token: 2, codes: [12, 0, 0, 0] },
          { list: 2, token: 3, codes: [11, 0, 0, 0] }
        ]
      }),
      9
    );
    const tokens = (probes: number): number[] => {
      const { places, found } = new ExampleSearch(table, 5, probes).find(Float32Array.of(11, 0, 0, 0), 0);
      return [...places.subarray(0, found)].map((place) => table.tokens[place] as number);
    };
    expect(tokens(1)).toEqual([2]);
    expect(tokens(2)).toEqual([3, 2]);
    expect(tokens(99)).toEqual([3, 2, 1]);
  });
});
