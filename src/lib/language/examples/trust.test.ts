import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrust, type Layer, type OwnStep, type TrustFile } from './trust.ts';

const bytesOf = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content));

/** Layers of zeros but for these weights: [row, column, weight]. */
const layer = (rows: number, columns: number, ...set: readonly (readonly [number, number, number])[]): Layer => ({
  weights: Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => set.find(([r, c]) => r === row && c === column)?.[2] ?? 0)
  ),
  added: Array.from({ length: rows }, () => 0)
});

const LIKELIEST = 3;
const nothing: TrustFile = { place: [layer(2, 7), layer(1, 2)], step: [layer(2, 11 + LIKELIEST), layer(2, 2)] };

const own: OwnStep = { tokens: [8, 7, 6], logProbs: Float32Array.of(-0.5, -1.5, -2.5), from: 0, count: LIKELIEST };
const nearest = (...distances: readonly number[]) => ({
  distances: Float64Array.from(distances),
  places: new Uint32Array(distances.length),
  found: distances.length
});

describe('readTrust', () => {
  it('starts from one share for all and the reach of each place', () => {
    const { share, weights } = readTrust('trust.json', bytesOf(nothing), 2)(nearest(3, 8), [8, 1], own);
    expect(share).toBeCloseTo(1 / (1 + Math.exp(0.4)), 12);
    expect(weights[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(weights[1]).toBeCloseTo(Math.exp(-1) / (1 + Math.exp(-1)), 12);
  });

  it('counts a place the more, the more places name its token and the likelier the model holds it', () => {
    const named: TrustFile = { ...nothing, place: [layer(2, 7, [0, 2, 1]), layer(1, 2, [0, 0, 1])] };
    const twice = readTrust('trust.json', bytesOf(named), 3)(nearest(4, 4, 4), [1, 2, 2], own).weights;
    // e to the power of ln 1 and ln 2.
    expect([...twice].map((weight) => weight * 5)).toEqual([1, 2, 2].map((weight) => expect.closeTo(weight, 12)));
    const listed: TrustFile = { ...nothing, place: [layer(2, 7, [0, 6, 1]), layer(1, 2, [0, 0, Math.log(3)])] };
    const known = readTrust('trust.json', bytesOf(listed), 3)(nearest(4, 4, 4), [7, 1, 2], own).weights;
    expect([...known].map((weight) => weight * 5)).toEqual([3, 1, 1].map((weight) => expect.closeTo(weight, 12)));
    // What is not among the model's likeliest counts as the last of them, two below the first.
    const below: TrustFile = { ...nothing, place: [layer(2, 7, [0, 5, -5]), layer(1, 2, [0, 0, -1])] };
    const given = readTrust('trust.json', bytesOf(below), 2)(nearest(4, 4), [8, 1], own).weights;
    expect((given[0] as number) / (given[1] as number)).toBeCloseTo(Math.exp(2), 6);
  });

  it('gives a share by the distances, by the different tokens and by what the model gives its own', () => {
    const shareOf = (column: number): number => {
      const file: TrustFile = { ...nothing, step: [layer(2, 11 + LIKELIEST, [0, column, 1]), layer(2, 2, [0, 0, 1])] };
      const { share } = readTrust('trust.json', bytesOf(file), 4)(nearest(10, 20, 30, 40), [5, 5, 5, 9], {
        ...own,
        logProbs: Float32Array.of(3, 6, 9)
      });
      return Math.log(share / (1 - share)) + 0.4;
    };
    // First, second, fourth and, where there are no more, the last; the mean; two tokens of four; (3 + 3 + 3 + 1) of sixteen.
    expect([0, 1, 2, 3, 4, 5].map(shareOf)).toEqual([1, 2, 4, 4, 4, 2.5].map((number) => expect.closeTo(number, 12)));
    expect([6, 7, 8, 9, 10].map(shareOf)).toEqual([0.5, 0.5, 0.5, 0.5, 10 / 16].map((number) => expect.closeTo(number, 12)));
    expect([11, 12, 13].map(shareOf)).toEqual([1, 2, 3].map((number) => expect.closeTo(number, 12)));
  });

  it('gives weights that add up to 1 and a share between 0 and 1, whatever it is shown', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const drawn = (rows: number, columns: number) =>
      fc.record({
        weights: fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
        added: fc.array(number, { minLength: rows, maxLength: rows })
      });
    const file = fc.record({
      place: fc.tuple(drawn(2, 7), drawn(1, 2)),
      step: fc.tuple(drawn(2, 11 + LIKELIEST), drawn(2, 2))
    });
    const places = fc.array(fc.tuple(fc.double({ min: 0, max: 500, noNaN: true }), fc.nat(9)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(file, places, (content, found) => {
        const sorted = [...found].sort(([a], [b]) => a - b);
        const distances = sorted.map(([distance]) => distance);
        const said = readTrust('trust.json', bytesOf(content), 6)(
          nearest(...distances),
          sorted.map(([, token]) => token),
          own
        );
        const weights = said.weights.subarray(0, found.length);
        expect(weights.every((weight) => weight >= 0)).toBe(true);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(said.share >= 0 && said.share <= 1).toBe(true);
      })
    );
  });

  it.each([
    ['no JSON', new TextEncoder().encode('{')],
    ['no object', bytesOf(null)],
    ['one network', bytesOf({ place: nothing.place })],
    ['one layer', bytesOf({ ...nothing, step: [layer(2, 14)] })],
    ['layers that do not fit', bytesOf({ ...nothing, step: [layer(3, 14), layer(2, 2)] })],
    ['rows of several lengths', bytesOf({ ...nothing, place: [{ weights: [[1, 2], [1]], added: [0, 0] }, layer(1, 2)] })],
    ['a weight that is no number', bytesOf({ ...nothing, place: [{ ...layer(2, 7), added: [0, null] }, layer(1, 2)] })],
    ['places of other numbers', bytesOf({ ...nothing, place: [layer(2, 6), layer(1, 2)] })],
    ['steps without likeliest tokens', bytesOf({ ...nothing, step: [layer(2, 11), layer(2, 2)] })]
  ])('refuses %s with the file named', (_, bytes) => {
    expect(() => readTrust('examples/trust.json', bytes, 2)).toThrow('examples/trust.json is no trust in examples');
  });
});
