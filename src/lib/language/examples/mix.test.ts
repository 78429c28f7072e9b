import { describe, expect, it } from 'vitest';
import { bytesOf, evenBelief } from '../../../../tests/fixtures/examples-table.ts';
import { Examples, type ExampleShape } from './mix.ts';
import { readExamples, type ExampleTable } from './table.ts';

const shape: ExampleShape = { sure: 0.9, nearest: 3, probes: 1 };

/** Places on a line, all in the last of the lists around `centres`: the first number of a state, and a code, is where. */
function tableAlong(examples: readonly (readonly [place: number, token: number])[], centres = [0]): ExampleTable {
  const table = {
    width: 4,
    dimensions: 4,
    parts: 4,
    centres: centres.map((place) => [place, 0, 0, 0]),
    value: (code: number) => code,
    examples: examples.map(([place, token]) => ({ list: centres.length - 1, token, codes: [place, 0, 0, 0] }))
  };
  return readExamples('a.bin', bytesOf(table), 100);
}

const along = (...examples: readonly (readonly [place: number, token: number])[]): Examples =>
  new Examples(tableAlong(examples), shape, evenBelief(0.4, 2));

const at = (...places: readonly number[]): Float32Array => Float32Array.from(places.flatMap((place) => [place, 0, 0, 0]));

const candidates = (named: readonly (readonly [token: number, probability: number])[], stride = named.length) => ({
  tokens: BigInt64Array.from(named, ([token]) => BigInt(token)),
  logProbs: Float32Array.from(named, ([, probability]) => Math.log(probability)),
  stride
});

function said({ tokens, logProbs }: { tokens: ArrayLike<number | bigint>; logProbs: Float32Array }): [number, number][] {
  return Array.from(tokens, (token, i) => [Number(token), Math.exp(logProbs[i] as number)]);
}

/** Tokens in the given order with these probabilities, to six digits. */
function expectSaid(found: readonly [number, number][], wanted: readonly [number, number][]): void {
  expect(found.map(([token]) => token)).toEqual(wanted.map(([token]) => token));
  found.forEach(([, probability], i) => expect(probability).toBeCloseTo(wanted[i]?.[1] as number, 6));
}

describe('Examples', () => {
  it('leaves a row as it is where the model is sure', () => {
    const own = candidates([
      [5, 0.92],
      [6, 0.05]
    ]);
    expectSaid(said(along([1, 9]).mixedInto(own, at(1))), [
      [5, 0.92],
      [6, 0.05]
    ]);
  });

  it('gives examples their share, each less the farther away it is', () => {
    const near = 1 / (1 + Math.exp(-1 / 2) + Math.exp(-9 / 2));
    const mixed = along([4, 6], [5, 9], [7, 6], [80, 8]).mixedInto(
      candidates([
        [5, 0.6],
        [6, 0.3],
        [7, 0.1]
      ]),
      at(4)
    );
    expectSaid(said(mixed), [
      [6, 0.6 * 0.3 + 0.4 * near * (1 + Math.exp(-9 / 2))],
      [5, 0.6 * 0.6],
      // Not among the model's own: its share there is not known and counts as nothing.
      [9, 0.4 * near * Math.exp(-1 / 2)]
    ]);
  });

  it('counts far places by how far each is beyond the nearest', () => {
    const mixed = along([200, 9]).mixedInto(
      candidates([
        [5, 0.5],
        [6, 0.2]
      ]),
      at(0)
    );
    expectSaid(said(mixed), [
      [9, 0.4],
      [5, 0.3]
    ]);
  });

  it('mixes each row with its own state', () => {
    const own = candidates(
      [
        [5, 0.5],
        [6, 0.2],
        [5, 0.95],
        [6, 0.01],
        [5, 0.5],
        [6, 0.2]
      ],
      2
    );
    const mixed = along([0, 6], [0, 6], [0, 6], [100, 5], [100, 5], [100, 5]).mixedInto(own, at(100, 0, 0));
    expectSaid(said(mixed), [
      [5, 0.7],
      [6, 0.12],
      [5, 0.95],
      [6, 0.01],
      [6, 0.52],
      [5, 0.3]
    ]);
  });

  it('leaves a probability that is no number for the search to refuse', () => {
    const own = candidates([
      [5, Number.NaN],
      [6, 0.2]
    ]);
    expect(said(along([0, 6]).mixedInto(own, at(0)))[0]).toEqual([5, Number.NaN]);
  });

  it('asks how far to believe with what the search found and what the model said of that row', () => {
    const asked: unknown[] = [];
    const examples = new Examples(tableAlong([[3, 9]]), shape, ({ distances, found }, named, own) => {
      asked.push([distances[0], found, named[0], own.tokens[own.from], own.count]);
      return { share: 1, weights: Float64Array.of(1) };
    });
    const own = candidates(
      [
        [5, 0.95],
        [6, 0.01],
        [7, 0.5],
        [6, 0.2]
      ],
      2
    );
    const mixed = said(examples.mixedInto(own, at(0, 1)));
    expect(asked).toEqual([[4, 1, 9, 7, 2]]);
    expect(mixed.slice(2)).toEqual([
      [9, 1],
      [6, 0]
    ]);
  });

  it('leaves a row as it is where the lists gone through hold nothing', () => {
    const examples = new Examples(tableAlong([[90, 9]], [0, 90]), shape, evenBelief(0.4, 2));
    const own = candidates([
      [5, 0.5],
      [6, 0.2]
    ]);
    expectSaid(said(examples.mixedInto(own, at(0))), [
      [5, 0.5],
      [6, 0.2]
    ]);
  });
});
