import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOf, countBits, rowsOf } from './bits.ts';
import { evaluate, topValues, type Dimension, type FilterColumns } from './evaluate.ts';
import { rowsInOrder, timeOrder } from './time-order.ts';

const SIZE = 4;
const mask = fc.option(fc.uint8Array({ minLength: SIZE, maxLength: SIZE, max: 1 }));
const row = fc.record({
  a: fc.nat(SIZE - 1),
  b: fc.nat(SIZE - 1),
  flags: fc.nat(7),
  ms: fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constant(Number.NaN)),
  inside: fc.boolean(),
  outside: fc.boolean()
});
const time = fc.option(fc.record({ fromMs: fc.option(fc.nat(99)), toMs: fc.option(fc.nat(99)) }));

describe('evaluate', () => {
  it('agrees with asking each row and each facet by itself', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 60 }),
        mask,
        mask,
        mask,
        fc.nat(7),
        fc.nat(3),
        time,
        (rows, chosenA, chosenB, excludedA, anyOf, noneOf, when) => {
          const dimension = (pick: 'a' | 'b', chosen: Uint8Array | null, excluded: Uint8Array | null): Dimension => ({
            values: Uint8Array.from(rows, (r) => r[pick]),
            size: SIZE,
            chosen,
            excluded
          });
          const columns: FilterColumns = {
            rows: rows.length,
            dimensions: [dimension('a', chosenA, excludedA), dimension('b', chosenB, null)],
            flags: { values: Uint16Array.from(rows, (r) => r.flags), anyOf, noneOf },
            utcMs: Float64Array.from(rows, (r) => r.ms),
            time: when,
            inside: [
              bitsOf(
                rows.length,
                rows.flatMap((r, i) => (r.inside ? [i] : []))
              )
            ],
            outside: [
              bitsOf(
                rows.length,
                rows.flatMap((r, i) => (r.outside ? [i] : []))
              )
            ],
            buckets: { fromMs: 0, widthMs: 25, count: 4 }
          };
          const hard = (r: (typeof rows)[number]): boolean =>
            r.inside && !r.outside && excludedA?.[r.a] !== 1 && (r.flags & noneOf) === 0;
          const parts = {
            a: (r: (typeof rows)[number]) => chosenA === null || chosenA[r.a] === 1,
            b: (r: (typeof rows)[number]) => chosenB === null || chosenB[r.b] === 1,
            flags: (r: (typeof rows)[number]) => anyOf === 0 || (r.flags & anyOf) !== 0,
            time: (r: (typeof rows)[number]) =>
              when === null ||
              (when.fromMs === null && when.toMs === null) ||
              (r.ms >= (when.fromMs ?? -1) && r.ms < (when.toMs ?? 1e9))
          };
          const meets = (r: (typeof rows)[number], but: keyof typeof parts | null): boolean =>
            hard(r) && Object.entries(parts).every(([name, test]) => name === but || test(r));
          const found = evaluate(columns);
          const expected = rows.flatMap((r, i) => (meets(r, null) ? [i] : []));
          expect([...rowsOf(found.bits)]).toEqual(expected);
          expect(found.total).toBe(expected.length);
          expect(countBits(found.bits)).toBe(expected.length);
          for (const [d, pick] of (['a', 'b'] as const).entries()) {
            const counts = Array.from({ length: SIZE }, (_, v) => rows.filter((r) => r[pick] === v && meets(r, pick)).length);
            expect([...(found.counts[d] ?? [])]).toEqual(counts);
          }
          for (let bit = 0; bit < 3; bit++)
            expect(found.flagCounts[bit]).toBe(rows.filter((r) => (r.flags & (1 << bit)) !== 0 && meets(r, 'flags')).length);
          const histogram = [0, 1, 2, 3].map(
            (bucket) => rows.filter((r) => Math.floor(r.ms / 25) === bucket && meets(r, 'time')).length
          );
          expect([...found.histogram]).toEqual(histogram);
          expect(found.untimed).toBe(rows.filter((r) => Number.isNaN(r.ms) && meets(r, 'time')).length);
        }
      )
    );
  });
});

describe('topValues', () => {
  it('gives the greatest first and keeps what is chosen in sight', () => {
    expect([...topValues(Uint32Array.of(1, 9, 0, 5, 5), 2)]).toEqual([1, 3]);
    expect([...topValues(Uint32Array.of(1, 9, 0, 5, 5), 1, Uint8Array.of(0, 0, 1, 0, 0))]).toEqual([1, 2]);
  });
});

describe('topValues on any counts', () => {
  it('equals a full sort', () => {
    const counts = fc.array(fc.nat(6), { maxLength: 60 });
    fc.assert(
      fc.property(counts, fc.nat(12), fc.array(fc.nat(59), { maxLength: 3 }), (all, limit, always) => {
        const order = all.map((_, value) => value).sort((a, b) => (all[b] as number) - (all[a] as number) || a - b);
        const top = order.filter((value) => (all[value] as number) > 0).slice(0, limit);
        const kept = order.filter((value) => always.includes(value) && !top.includes(value));
        const mask = Uint8Array.from(all, (_, value) => Number(always.includes(value)));
        expect([...topValues(Uint32Array.from(all), limit, mask)]).toEqual([...top, ...kept]);
      })
    );
  });
});

describe('timeOrder', () => {
  it('is the stable order by time with the undated last', () => {
    const ms = fc.oneof(fc.integer({ min: -4e12, max: 4e12 }), fc.nat(5), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(ms), (times) => {
        const rank = (i: number): number => (Number.isNaN(times[i]) ? Number.POSITIVE_INFINITY : (times[i] as number));
        const expected = times.map((_, i) => i).sort((a, b) => (rank(a) === rank(b) ? a - b : rank(a) - rank(b)));
        expect([...timeOrder(Float64Array.from(times))]).toEqual(expected);
      })
    );
  });

  it('gives the rows of a set in that order', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ ms: fc.nat(9), isIn: fc.boolean() })), (rows) => {
        const order = timeOrder(Float64Array.from(rows, ({ ms }) => ms));
        const members = rows.flatMap(({ isIn }, row) => (isIn ? [row] : []));
        expect([...rowsInOrder(order, bitsOf(rows.length, members))]).toEqual([...order].filter((row) => rows[row]!.isIn));
      })
    );
  });
});
