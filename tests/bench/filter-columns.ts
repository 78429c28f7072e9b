/** Columns as a case has them, for benchmarks of the filter, and filters over them. */
import type { Dimension, FilterColumns } from '../../src/lib/analysis/filter/evaluate.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';

export const YEAR_MS = 365 * 86_400_000;

export interface Columns {
  readonly party: Uint32Array;
  readonly thread: Uint32Array;
  readonly service: Uint8Array;
  readonly language: Uint8Array;
  readonly source: Uint8Array;
  readonly state: Uint16Array;
  readonly utcMs: Float64Array;
}

/** People and conversations grow with the case; apps, languages and sources do not. */
const sizesOf = (rows: number) => ({
  party: Math.max(100, rows / 10),
  thread: Math.max(50, rows / 20),
  service: 6,
  language: 30,
  source: 8
});

/** Few values hold most rows, as people and languages do; rows are roughly, not wholly, in time order. */
export function columnsOf(rows: number): Columns {
  const sizes = sizesOf(rows);
  const random = new SeededRandom(3);
  const skewed = (size: number): number => Math.floor(random.next() ** 4 * size);
  const fill = <A extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(values: A, next: (row: number) => number): A => {
    for (let row = 0; row < rows; row++) values[row] = next(row);
    return values;
  };
  return {
    party: fill(new Uint32Array(rows), () => skewed(sizes.party)),
    thread: fill(new Uint32Array(rows), () => skewed(sizes.thread)),
    service: fill(new Uint8Array(rows), () => skewed(sizes.service)),
    language: fill(new Uint8Array(rows), () => skewed(sizes.language)),
    source: fill(new Uint8Array(rows), () => skewed(sizes.source)),
    state: fill(new Uint16Array(rows), () => (random.next() < 0.1 ? random.below(1 << 12) : 2)),
    utcMs: fill(new Float64Array(rows), (row) =>
      random.next() < 0.01 ? Number.NaN : 1.7e12 + ((row / rows) * 0.9 + random.next() * 0.1) * YEAR_MS
    )
  };
}

const NAMES = ['party', 'thread', 'service', 'language', 'source'] as const;
type Choice = Partial<Record<(typeof NAMES)[number], { chosen?: number[]; excluded?: number[] }>>;

export function filterOf(columns: Columns, choice: Choice, rest: Partial<FilterColumns> = {}): FilterColumns {
  const sizes = sizesOf(columns.utcMs.length);
  const mask = (size: number, values: number[] | undefined): Uint8Array | null =>
    values === undefined ? null : Uint8Array.from({ length: size }, (_, value) => Number(values.includes(value)));
  const dimensions = NAMES.map((name): Dimension => ({
    values: columns[name],
    size: sizes[name],
    chosen: mask(sizes[name], choice[name]?.chosen),
    excluded: mask(sizes[name], choice[name]?.excluded)
  }));
  return {
    rows: columns.utcMs.length,
    dimensions,
    flags: { values: columns.state, anyOf: 0, noneOf: 0 },
    utcMs: columns.utcMs,
    time: null,
    inside: [],
    outside: [],
    buckets: { fromMs: 1.7e12, widthMs: YEAR_MS / 480, count: 480 },
    ...rest
  };
}
