import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allBits, andInto, andNotInto, bitsOf, countBits, countShared, emptyBits, hasBit, orInto, rowsOf } from './bits.ts';
import { histogramSpan, topValues } from './facets.ts';
import { evaluateFilter, maskOf, type CompiledFilter, type FilterColumns, type FilterParts } from './filter.ts';
import { setInOrder, TimeOrder } from './order.ts';

const NOBODY = 0xffffffff;
const SIZES = { threads: 4, parties: 5, services: 3, languages: 4, sources: 3 };

interface Row {
  readonly thread: number;
  readonly fromParty: number;
  readonly service: number;
  readonly language: number;
  readonly source: number;
  readonly state: number;
  readonly utcMs: number;
}
const row: fc.Arbitrary<Row> = fc.record({
  thread: fc.nat(3),
  fromParty: fc.oneof(fc.nat(4), fc.constant(NOBODY)),
  service: fc.nat(2),
  language: fc.nat(3),
  source: fc.nat(2),
  state: fc.nat(0x7fff),
  utcMs: fc.oneof(fc.integer({ min: -50, max: 49 }), fc.constant(Number.NaN))
});

interface Parts {
  readonly thread?: number[];
  readonly fromParty?: number[];
  readonly service?: number[];
  readonly language?: number[];
  readonly source?: number[];
  readonly stateAny?: number;
  readonly time?: { fromMs: number | null; toMs: number | null };
  readonly rows?: number[][];
}
const values = (most: number): fc.Arbitrary<number[]> => fc.array(fc.nat(most), { maxLength: 4 });
const parts = (rows: number): fc.Arbitrary<Parts> =>
  fc.record(
    {
      thread: values(3),
      fromParty: values(4),
      service: values(2),
      language: values(3),
      source: values(2),
      stateAny: fc.nat(0x7fff),
      time: fc.record({
        fromMs: fc.option(fc.integer({ min: -60, max: 60 })),
        toMs: fc.option(fc.integer({ min: -60, max: 60 }))
      }),
      rows: fc.array(fc.array(fc.nat(Math.max(0, rows - 1))), { maxLength: 2 })
    },
    { requiredKeys: [] }
  );

const FACETS = ['thread', 'fromParty', 'service', 'language', 'source'] as const;

function compiled({ stateAny, time, rows, ...masks }: Parts, count: number): FilterParts {
  const sizes = {
    thread: SIZES.threads,
    fromParty: SIZES.parties,
    service: SIZES.services,
    language: SIZES.languages,
    source: SIZES.sources
  };
  return {
    ...Object.fromEntries(
      FACETS.flatMap((name) => (masks[name] === undefined ? [] : [[name, maskOf(sizes[name], masks[name])]]))
    ),
    ...(stateAny === undefined ? {} : { stateAny }),
    ...(time === undefined ? {} : { time }),
    ...(rows === undefined ? {} : { rows: rows.map((set) => bitsOf(count, set)) })
  };
}

/** One part of the filter read row by row, the meaning that the pass must have. */
function meets(r: Row, i: number, p: Parts, part: string): boolean {
  if (part === 'state') return p.stateAny === undefined || (r.state & p.stateAny) !== 0;
  if (part === 'time')
    return (
      p.time === undefined ||
      (!Number.isNaN(r.utcMs) && r.utcMs >= (p.time.fromMs ?? -Infinity) && r.utcMs < (p.time.toMs ?? Infinity))
    );
  if (part === 'rows') return (p.rows ?? []).every((set) => set.includes(i));
  return p[part as 'thread']?.includes(r[part as 'thread']) ?? true;
}
function isOut(r: Row, i: number, p: Parts, part: string): boolean {
  if (part === 'state') return p.stateAny !== undefined && meets(r, i, p, part);
  if (part === 'time') return p.time !== undefined && meets(r, i, p, part);
  if (part === 'rows') return (p.rows ?? []).some((set) => set.includes(i));
  return p[part as 'thread'] !== undefined && meets(r, i, p, part);
}
const PARTS = [...FACETS, 'state', 'time', 'rows'];

function columnsOf(rows: readonly Row[]): FilterColumns {
  return {
    thread: Uint32Array.from(rows, (r) => r.thread),
    fromParty: Uint32Array.from(rows, (r) => r.fromParty),
    service: Uint8Array.from(rows, (r) => r.service),
    language: Uint8Array.from(rows, (r) => r.language),
    source: Uint16Array.from(rows, (r) => r.source),
    state: Uint16Array.from(rows, (r) => r.state),
    utcMs: Float64Array.from(rows, (r) => r.utcMs)
  };
}

describe('filter', () => {
  it('equals a reading row by row, and each facet one without its own part', () => {
    const cases = fc
      .array(row, { maxLength: 80 })
      .chain((rows) =>
        fc.record({ rows: fc.constant(rows), all: parts(rows.length), not: fc.option(parts(rows.length), { nil: undefined }) })
      );
    fc.assert(
      fc.property(cases, ({ rows, all, not }) => {
        const filter: CompiledFilter = {
          all: compiled(all, rows.length),
          ...(not === undefined ? {} : { not: compiled(not, rows.length) })
        };
        const span = { fromMs: -50, bucketMs: 10, buckets: 10 };
        const { bits, total, facets } = evaluateFilter(columnsOf(rows), filter, SIZES, span);
        const passing = (without: string): Row[] =>
          rows.filter((r, i) =>
            PARTS.every((part) => part === without || (meets(r, i, all, part) && !(not !== undefined && isOut(r, i, not, part))))
          );
        expect([...rowsOf(bits)].map((i) => rows[i])).toEqual(passing(''));
        expect(total).toBe(passing('').length);
        for (const name of FACETS) {
          const expected = [...facets[name]].map((_, value) => passing(name).filter((r) => r[name] === value).length);
          expect([...facets[name]], name).toEqual(expected);
        }
        expect([...facets.state]).toEqual(
          Array.from({ length: 16 }, (_, bit) => passing('state').filter((r) => (r.state & (1 << bit)) !== 0).length)
        );
        expect([...facets.histogram]).toEqual(
          Array.from({ length: 10 }, (_, b) => passing('time').filter((r) => Math.floor((r.utcMs + 50) / 10) === b).length)
        );
        expect(facets.untimed).toBe(passing('time').filter((r) => Number.isNaN(r.utcMs)).length);
      }),
      { numRuns: 500 }
    );
  });
});

describe('bitmaps', () => {
  const set = fc.uniqueArray(fc.nat(199));
  it('follow the laws of sets', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const bits = (members: number[]): Uint32Array => bitsOf(200, members);
        const sorted = (members: number[]): number[] => members.toSorted((x, y) => x - y);
        expect([...rowsOf(bits(a))]).toEqual(sorted(a));
        expect(countBits(bits(a))).toBe(a.length);
        expect([...rowsOf(andInto(bits(a), bits(b)))]).toEqual(sorted(a.filter((x) => b.includes(x))));
        expect(countShared(bits(a), bits(b))).toBe(a.filter((x) => b.includes(x)).length);
        expect([...rowsOf(orInto(bits(a), bits(b)))]).toEqual(sorted([...new Set([...a, ...b])]));
        expect([...rowsOf(andNotInto(allBits(200), bits(a)))]).toHaveLength(200 - a.length);
        for (const x of b) expect(hasBit(bits(a), x)).toBe(a.includes(x));
      })
    );
  });
  it.each([0, 1, 31, 32, 33, 64])('hold all of %i rows and none beyond', (rows) => {
    expect(countBits(allBits(rows))).toBe(rows);
    expect(countBits(emptyBits(rows))).toBe(0);
  });
});

describe('time order', () => {
  it('is a stable sort, kept over any way of adding rows', () => {
    const time = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.double({ min: -9e15, max: 9e15, noNaN: true }),
      fc.constantFrom(Number.NaN, -0, 0)
    );
    fc.assert(
      fc.property(fc.array(time), fc.array(fc.nat(50), { maxLength: 4 }), (times, cuts) => {
        const order = new TimeOrder();
        for (const cut of [...cuts.toSorted((a, b) => a - b).filter((c) => c < times.length), times.length])
          order.extend(Float64Array.from(times.slice(0, cut)));
        const rank = (x: number): number => (Number.isNaN(x) ? Infinity : x);
        const expected = times
          .map((_, i) => i)
          .sort((a, b) => {
            const [x, y] = [rank(times[a] as number), rank(times[b] as number)];
            return x < y ? -1 : x > y ? 1 : a - b;
          });
        expect([...order.rows]).toEqual(expected);
        const bits = bitsOf(
          times.length,
          expected.filter((_, i) => i % 3 === 0)
        );
        const inOrder = expected.filter((r) => hasBit(bits, r));
        expect([...setInOrder(bits, countBits(bits), order.rows)]).toEqual(inOrder);
        expect([...setInOrder(bits, countBits(bits), order.rows, true)]).toEqual(inOrder.toReversed());
      }),
      { numRuns: 300 }
    );
  });
  it('starts anew when an import was undone', () => {
    const order = new TimeOrder();
    order.extend(Float64Array.of(3, 1, 2));
    order.extend(Float64Array.of(3, 1));
    expect([...order.rows]).toEqual([1, 0]);
  });
});

describe('facets', () => {
  it('show the greatest counts as a full sort would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(6), { maxLength: 60 }),
        fc.nat(12),
        fc.array(fc.nat(59), { maxLength: 3 }),
        (counts, n, always) => {
          const all = counts.map((count, value) => ({ value, count })).sort((a, b) => b.count - a.count || a.value - b.value);
          const top = new Set(
            all
              .filter((v) => v.count > 0)
              .slice(0, n)
              .map((v) => v.value)
          );
          const expected = all.filter((v) => top.has(v.value) || always.includes(v.value));
          expect(topValues(Uint32Array.from(counts), n, always)).toEqual(expected);
        }
      )
    );
  });

  it('cover every time with at most the buckets asked for', () => {
    const times = fc.array(fc.oneof(fc.integer({ min: -2e12, max: 4e12 }), fc.constant(Number.NaN)), { minLength: 1 });
    fc.assert(
      fc.property(times, fc.integer({ min: 2, max: 300 }), (all, most) => {
        const { fromMs, bucketMs, buckets } = histogramSpan(Float64Array.from(all), most);
        expect(buckets).toBeLessThanOrEqual(most);
        for (const time of all) {
          if (Number.isNaN(time)) continue;
          expect(time).toBeGreaterThanOrEqual(fromMs);
          expect(time).toBeLessThan(fromMs + buckets * bucketMs);
        }
      })
    );
  });

  it('have days for months and weeks from Monday for years', () => {
    const day = 86_400_000;
    const may = Date.UTC(2024, 4, 3, 10);
    expect(histogramSpan(Float64Array.of(may, may + 150 * day))).toMatchObject({ fromMs: Date.UTC(2024, 4, 3), bucketMs: day });
    expect(histogramSpan(Float64Array.of(may, may + 1000 * day))).toMatchObject({
      fromMs: Date.UTC(2024, 3, 29),
      bucketMs: 7 * day
    });
    expect(histogramSpan(Float64Array.of(Number.NaN)).buckets).toBe(0);
  });
});
