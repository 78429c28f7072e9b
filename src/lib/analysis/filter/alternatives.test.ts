import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateAnyOf } from './alternatives.ts';
import { bitsOf, countBits, rowsOf } from './bits.ts';
import { evaluate, type Dimension, type FilterColumns } from './evaluate.ts';

const SIZE = 3;
const BUCKETS = 4;
const DIMENSIONS = ['a', 'b'] as const;

const rowArb = fc.record({
  a: fc.nat(SIZE - 1),
  b: fc.nat(SIZE - 1),
  flags: fc.nat(7),
  ms: fc.oneof(fc.nat(99), fc.constant(Number.NaN)),
  inside: fc.boolean(),
  outside: fc.boolean()
});
type Row = typeof rowArb extends fc.Arbitrary<infer R> ? R : never;

const maskArb = fc.option(fc.uint8Array({ minLength: SIZE, maxLength: SIZE, max: 1 }), { freq: 2 });
const partsArb = fc.record({
  a: maskArb,
  b: maskArb,
  notA: maskArb,
  anyOf: fc.constantFrom(0, 0, 1, 6),
  noneOf: fc.constantFrom(0, 0, 4),
  time: fc.option(fc.record({ fromMs: fc.option(fc.nat(99)), toMs: fc.option(fc.nat(99)) }), { freq: 1 }),
  isInside: fc.boolean(),
  isOutside: fc.boolean()
});
type Parts = typeof partsArb extends fc.Arbitrary<infer P> ? P : never;
/** An alternative that was just begun holds nothing. */
const alternativeArb = fc.oneof({ weight: 4, arbitrary: partsArb }, { weight: 1, arbitrary: fc.constant(null) });
const NOTHING: Parts = { a: null, b: null, notA: null, anyOf: 0, noneOf: 0, time: null, isInside: false, isOutside: false };

const isBounded = (time: Parts['time']): boolean => time !== null && (time.fromMs !== null || time.toMs !== null);

function columnsOf(rows: readonly Row[], parts: Parts): FilterColumns {
  const dimension = (pick: 'a' | 'b', chosen: Uint8Array | null, excluded: Uint8Array | null): Dimension => ({
    values: Uint8Array.from(rows, (row) => row[pick]),
    size: SIZE,
    chosen,
    excluded
  });
  const where = (pick: 'inside' | 'outside'): Uint32Array =>
    bitsOf(
      rows.length,
      rows.flatMap((row, i) => (row[pick] ? [i] : []))
    );
  return {
    rows: rows.length,
    dimensions: [dimension('a', parts.a, parts.notA), dimension('b', parts.b, null)],
    flags: { values: Uint16Array.from(rows, (row) => row.flags), anyOf: parts.anyOf, noneOf: parts.noneOf },
    utcMs: Float64Array.from(rows, (row) => row.ms),
    time: parts.time,
    inside: parts.isInside ? [where('inside')] : [],
    outside: parts.isOutside ? [where('outside')] : [],
    buckets: { fromMs: 0, widthMs: 25, count: BUCKETS }
  };
}

/** Whether a row meets the parts, one choice taken out of them. */
function meets(row: Row, parts: Parts, without: 'a' | 'b' | 'flags' | 'time' | null = null): boolean {
  const { time } = parts;
  return (
    (!parts.isInside || row.inside) &&
    (!parts.isOutside || !row.outside) &&
    parts.notA?.[row.a] !== 1 &&
    (row.flags & parts.noneOf) === 0 &&
    (without === 'a' || parts.a === null || parts.a[row.a] === 1) &&
    (without === 'b' || parts.b === null || parts.b[row.b] === 1) &&
    (without === 'flags' || parts.anyOf === 0 || (row.flags & parts.anyOf) !== 0) &&
    (without === 'time' ||
      time === null ||
      !isBounded(time) ||
      (row.ms >= (time.fromMs ?? -1) && row.ms < (time.toMs ?? Number.POSITIVE_INFINITY)))
  );
}

describe('a filter with alternatives', () => {
  it('agrees with asking each row and each facet by itself, whichever place is open', () => {
    fc.assert(
      fc.property(
        fc.array(rowArb, { maxLength: 50 }),
        partsArb,
        fc.array(alternativeArb, { maxLength: 3 }),
        fc.nat(3),
        (rows, shared, alternatives, at) => {
          const open = at < alternatives.length ? at : null;
          const live = alternatives.flatMap((parts) => (parts === null ? [] : [parts]));
          const own = open === null ? null : (alternatives[open] ?? NOTHING);
          const others = alternatives.flatMap((parts, i) => (parts === null || i === open ? [] : [parts]));
          const meetsSome = (row: Row): boolean => live.length === 0 || live.some((parts) => meets(row, parts));
          const isIn = (row: Row): boolean => meets(row, shared) && meetsSome(row);
          const counts = (row: Row, facet: 'a' | 'b' | 'flags'): boolean =>
            own === null
              ? meets(row, shared, facet) && meetsSome(row)
              : meets(row, shared) && (others.some((parts) => meets(row, parts)) || meets(row, own, facet));
          const onTimeLine = (row: Row): boolean => meets(row, shared, 'time') && meetsSome(row);

          const found = evaluateAnyOf(
            columnsOf(rows, shared),
            alternatives.map((parts) => ({ columns: columnsOf(rows, parts ?? NOTHING), setsCondition: parts !== null })),
            open
          );
          const expected = rows.flatMap((row, i) => (isIn(row) ? [i] : []));
          expect([...rowsOf(found.bits)]).toEqual(expected);
          expect(found.total).toBe(expected.length);
          expect(countBits(found.bits)).toBe(expected.length);
          for (const [d, facet] of DIMENSIONS.entries()) {
            const byValue = Array.from(
              { length: SIZE },
              (_, value) => rows.filter((row) => row[facet] === value && counts(row, facet)).length
            );
            expect([...found.counts[d]!]).toEqual(byValue);
          }
          for (let bit = 0; bit < 3; bit++)
            expect(found.flagCounts[bit]).toBe(
              rows.filter((row) => (row.flags & (1 << bit)) !== 0 && counts(row, 'flags')).length
            );
          const histogram = Array.from(
            { length: BUCKETS },
            (_, bucket) => rows.filter((row) => Math.floor(row.ms / 25) === bucket && onTimeLine(row)).length
          );
          expect([...found.histogram]).toEqual(histogram);
          expect(found.untimed).toBe(rows.filter((row) => Number.isNaN(row.ms) && onTimeLine(row)).length);
        }
      ),
      { numRuns: 2000 }
    );
  });

  it('is the plain filter where there is no alternative, or none with a condition and none open', () => {
    fc.assert(
      fc.property(fc.array(rowArb, { maxLength: 30 }), partsArb, (rows, shared) => {
        const plain = columnsOf(rows, shared);
        const begun = { columns: columnsOf(rows, NOTHING), setsCondition: false };
        expect(evaluateAnyOf(plain, [], null)).toEqual(evaluate(plain));
        expect(evaluateAnyOf(plain, [begun], null)).toEqual(evaluate(plain));
      })
    );
  });
});
