import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compiled, KERNELS } from '../../../../../tools/kernels.ts';
import { SeededRandom } from '../../random.ts';
import { inFours, NearestRows } from './nearest.ts';

it('is what the compiler makes of the source', async () => {
  for (const kernel of KERNELS) {
    const stored = await readFile(new URL(`../../../../../${kernel.target}`, import.meta.url), 'utf8');
    expect(stored).toBe(await compiled(kernel));
  }
}, 120_000);

it('keeps in a visit the nearest of a run of rows, never the visitor, and nothing for rows that are none', () => {
  const shapes = fc.record({
    count: fc.integer({ min: 1, max: 60 }),
    dims: fc.integer({ min: 1, max: 9 }),
    k: fc.integer({ min: 1, max: 6 })
  });
  fc.assert(
    fc.property(shapes, fc.nat(999), ({ count, dims, k }, seed) => {
      const random = new SeededRandom(seed);
      const values = Float32Array.from({ length: count * dims }, () => random.normal());
      const end = inFours(count);
      const rows = new NearestRows(end, dims, k);
      for (let row = 0; row < count; row++) rows.set(row, values, row * dims);
      const visitors = Uint32Array.from({ length: count }, (_, row) => row).filter((row) => row % 3 === 0);
      rows.visit(visitors, 0, visitors.length, 0, end);
      for (let row = 0; row < end; row++) {
        const list = [...rows.square.subarray(row * k, (row + 1) * k)];
        if (row % 3 !== 0 || row >= count) {
          expect(list).toEqual(Array(k).fill(Infinity));
          continue;
        }
        const squares = Array.from({ length: count }, (_, other) => other)
          .filter((other) => other !== row)
          .map((other) =>
            Array.from({ length: dims }, (_, d) => (values[row * dims + d]! - values[other * dims + d]!) ** 2).reduce(
              (a, b) => a + b
            )
          )
          .sort((a, b) => a - b);
        list.forEach((square, j) => {
          if (j < squares.length) expect(square).toBeCloseTo(squares[j]!, 3);
          else expect(square).toBe(Infinity);
        });
        expect([...rows.index.subarray(row * k, row * k + Math.min(k, count - 1))]).not.toContain(row);
      }
    }),
    { numRuns: 40 }
  );
});

it('refuses what it was not made for', () => {
  expect(() => new NearestRows(5, 3, 2)).toThrow(RangeError);
  expect(() => new NearestRows(8, 3, 0)).toThrow(RangeError);
});
