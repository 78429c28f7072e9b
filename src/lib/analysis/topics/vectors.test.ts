import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../random.ts';
import { gram, orthonormalise, symmetricEigen } from './dense.ts';
import { truncatedSvd, unitRows } from './svd.ts';
import { vectorise, type SparseRows } from './vectorise.ts';
import { topicWords } from './words.ts';

describe('topicWords', () => {
  test('folds case and marks, keeps what carries meaning', () => {
    expect(topicWords("The Café's DELIVERY isn't ready, 3 boxes!")).toEqual(['cafes', 'delivery', 'ready', 'boxes']);
  });
  test('links, addresses, handles and numbers are no words', () => {
    expect(topicWords('https://example.org/secret @someone #tag a.b@example.org 07700900123 van')).toEqual(['van']);
  });
  test('grammar words, single letters and pasted keys are left out', () => {
    expect(topicWords(`ok i will be there x ${'k'.repeat(30)}`)).toEqual([]);
  });
});

function cosine(matrix: SparseRows, a: number, b: number): number {
  const row = (r: number): Map<number, number> =>
    new Map(
      Array.from(matrix.indices.subarray(matrix.offsets[r], matrix.offsets[r + 1]), (c, i) => [
        c,
        matrix.values[matrix.offsets[r]! + i]!
      ])
    );
  const other = row(b);
  return [...row(a)].reduce((sum, [column, value]) => sum + value * (other.get(column) ?? 0), 0);
}

describe('vectorise', () => {
  const texts = [
    'delivery van arrives monday',
    'the van delivery is late',
    'deliveries by vans',
    'football match tonight',
    'match of football',
    ''
  ];
  const matrix = vectorise(texts.map(topicWords), { maxShare: 1 });

  test('rows have length 1; a part without shared features is missing from it', () => {
    for (const r of [0, 1, 3, 4]) expect(cosine(matrix, r, r)).toBeCloseTo(1, 5);
    // "deliveries" and "vans" stand in one text only; their characters do not.
    expect(cosine(matrix, 2, 2)).toBeCloseTo(0.3, 5);
    expect(cosine(matrix, 5, 5)).toBe(0);
  });

  test('texts of one subject are nearer than others, also in another form of the word', () => {
    expect(cosine(matrix, 0, 1)).toBeGreaterThan(0.5);
    expect(cosine(matrix, 0, 2)).toBeGreaterThan(0.02);
    expect(cosine(matrix, 0, 3)).toBeLessThan(0.01);
    expect(cosine(matrix, 3, 4)).toBeGreaterThan(0.5);
  });

  test('a word in too many texts weighs nothing', () => {
    const common = vectorise(['alpha beta', 'alpha gamma', 'alpha beta', 'alpha gamma'].map(topicWords), { maxShare: 0.6 });
    expect(cosine(common, 0, 2)).toBeCloseTo(1, 5);
    expect(Math.abs(cosine(common, 0, 1))).toBeLessThan(0.2);
  });
});

describe('dense algebra', () => {
  const tall = fc.record({ rows: fc.integer({ min: 1, max: 20 }), columns: fc.integer({ min: 1, max: 8 }), seed: fc.nat(999) });

  test('columns become orthonormal, dependent ones 0', () => {
    fc.assert(
      fc.property(tall, ({ rows, columns, seed }) => {
        const random = new SeededRandom(seed);
        const matrix = Float64Array.from({ length: rows * columns }, () => random.normal());
        orthonormalise(matrix, columns);
        const products = gram(matrix, columns);
        for (let a = 0; a < columns; a++)
          for (let b = 0; b < columns; b++) expect(products[a * columns + b]).toBeCloseTo(a === b && a < rows ? 1 : 0, 8);
      })
    );
  });

  test('eigenvectors solve their equation, values descend', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(999), (size, seed) => {
        const random = new SeededRandom(seed);
        const symmetric = new Float64Array(size * size);
        for (let a = 0; a < size; a++)
          for (let b = 0; b <= a; b++) symmetric[a * size + b] = symmetric[b * size + a] = random.normal();
        const { values, vectors } = symmetricEigen(symmetric, size);
        expect([...values]).toEqual([...values].sort((x, y) => y - x));
        for (let k = 0; k < size; k++)
          for (let a = 0; a < size; a++) {
            let sum = 0;
            for (let b = 0; b < size; b++) sum += symmetric[a * size + b]! * vectors[b * size + k]!;
            expect(sum).toBeCloseTo(values[k]! * vectors[a * size + k]!, 8);
          }
      })
    );
  });
});

describe('truncatedSvd', () => {
  function randomSparse(rows: number, columns: number, seed: number): SparseRows {
    const random = new SeededRandom(seed);
    const offsets = new Uint32Array(rows + 1);
    const indices: number[] = [];
    const values: number[] = [];
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        if (random.next() > 0.3) continue;
        indices.push(c);
        values.push(random.normal() * (1 + c));
      }
      offsets[r + 1] = indices.length;
    }
    return { rows, columns, offsets, indices: Uint32Array.from(indices), values: Float32Array.from(values) };
  }

  test('with all directions kept, products of rows are unchanged', async () => {
    const matrix = randomSparse(12, 9, 3);
    const { dims, values } = await truncatedSvd(matrix, { dims: 64 });
    expect(dims).toBe(9);
    for (let a = 0; a < 12; a++)
      for (let b = 0; b < 12; b++) {
        let sum = 0;
        for (let d = 0; d < dims; d++) sum += values[a * dims + d]! * values[b * dims + d]!;
        expect(sum).toBeCloseTo(cosine(matrix, a, b), 3);
      }
  });

  test('the leading singular values are those of the whole decomposition', async () => {
    const matrix = randomSparse(120, 80, 5);
    const whole = await truncatedSvd(matrix, { dims: 80 });
    const leading = await truncatedSvd(matrix, { dims: 6 });
    for (let d = 0; d < 6; d++) expect(Math.abs(leading.singular[d]! / whole.singular[d]! - 1)).toBeLessThan(0.01);
    expect([...whole.singular]).toEqual([...whole.singular].sort((a, b) => b - a));
  });

  test('no rows, and rows without values', async () => {
    const empty: SparseRows = {
      rows: 0,
      columns: 0,
      offsets: new Uint32Array(1),
      indices: new Uint32Array(0),
      values: new Float32Array(0)
    };
    expect((await truncatedSvd(empty)).count).toBe(0);
    const { points, isEmpty } = unitRows(await truncatedSvd({ ...empty, rows: 2, columns: 3, offsets: new Uint32Array(3) }));
    expect([...isEmpty]).toEqual([1, 1]);
    expect(points.values.every((value) => value === 0)).toBe(true);
  });
});
