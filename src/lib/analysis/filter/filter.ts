/**
 * [Note: Filter and facets]
 * A filter's parts (people, threads, services, ...) are combined with AND, the values inside a part with OR. The
 * numbers beside a facet's values answer "how many would there be if I chose this value too?", so each facet is
 * counted without its own part. One pass does all: a row that fails no part is in the set and counts everywhere; a
 * row that fails exactly one part counts for that part's facet alone; any other counts nowhere.
 *
 * Values to exclude stand in `not`: a row that meets any part of `not` is out, and the facet of that part still
 * counts it, so that what was excluded can be seen and taken back.
 */
import { andInto, countBits, setBit } from './bits.ts';

/** Columns of the rows to filter; all of one length. */
export interface FilterColumns {
  readonly thread: Uint32Array;
  /** Party that sent it; 0xffffffff where nobody is named. */
  readonly fromParty: Uint32Array;
  readonly service: Uint8Array;
  readonly language: Uint8Array;
  readonly source: Uint8Array | Uint16Array | Uint32Array;
  /** `MessageState` bits. */
  readonly state: Uint16Array;
  /** Milliseconds since 1970 UTC, NaN where unknown. */
  readonly utcMs: Float64Array;
}

/** Which values of each column are meant; an absent part sets no condition. Masks hold 1 for each value meant. */
export interface FilterParts {
  readonly thread?: Uint8Array;
  readonly fromParty?: Uint8Array;
  readonly service?: Uint8Array;
  readonly language?: Uint8Array;
  readonly source?: Uint8Array;
  /** Any of these bits. */
  readonly stateAny?: number;
  /** UTC milliseconds, from inclusive, to exclusive; a row without a time is outside. */
  readonly time?: { readonly fromMs: number | null; readonly toMs: number | null };
  /** Sets of rows that all must hold (text search, topics, pairs of people); no facet is theirs. */
  readonly rows?: readonly Uint32Array[];
}

export interface CompiledFilter {
  readonly all: FilterParts;
  readonly not?: FilterParts;
}

/** How many values each counted column has. */
export interface FacetSizes {
  readonly threads: number;
  readonly parties: number;
  readonly services: number;
  readonly languages: number;
  readonly sources: number;
}

/** Equal buckets of time; rows before the first or after the last are in none. */
export interface HistogramSpan {
  readonly fromMs: number;
  readonly bucketMs: number;
  readonly buckets: number;
}

export interface FacetCounts {
  readonly thread: Uint32Array;
  readonly fromParty: Uint32Array;
  readonly service: Uint32Array;
  readonly language: Uint32Array;
  readonly source: Uint32Array;
  /** Count by bit of MessageState, 16 of them. */
  readonly state: Uint32Array;
  readonly histogram: Uint32Array;
  /** Rows without a time that meet all parts but time. */
  readonly untimed: number;
}

export interface FilterOutcome {
  readonly bits: Uint32Array;
  readonly total: number;
  readonly facets: FacetCounts;
}

const THREAD = 1;
const PARTY = 2;
const SERVICE = 4;
const LANGUAGE = 8;
const SOURCE = 16;
const STATE = 32;
const TIME = 64;

type Column = Uint8Array | Uint16Array | Uint32Array;

/** Writes `bit` into `failed` for every row whose value the mask does not mean (or, for `not`, means). */
function failColumn(
  failed: Uint8Array,
  column: Column,
  all: Uint8Array | undefined,
  not: Uint8Array | undefined,
  bit: number
): void {
  if (all === undefined && not === undefined) return;
  const count = failed.length;
  for (let row = 0; row < count; row++) {
    const value = column[row]!;
    if ((all !== undefined && all[value] !== 1) || (not !== undefined && not[value] === 1)) failed[row]! |= bit;
  }
}

function failState(failed: Uint8Array, state: Uint16Array, any: number | undefined, not: number | undefined): void {
  if (any === undefined && not === undefined) return;
  for (let row = 0; row < failed.length; row++) {
    const bits = state[row]!;
    if ((any !== undefined && (bits & any) === 0) || (not !== undefined && (bits & not) !== 0)) failed[row]! |= STATE;
  }
}

function failTime(failed: Uint8Array, utcMs: Float64Array, all: FilterParts['time'], not: FilterParts['time']): void {
  if (all === undefined && not === undefined) return;
  const [from, to] = spanOf(all);
  const [notFrom, notTo] = spanOf(not);
  for (let row = 0; row < failed.length; row++) {
    // Comparisons with NaN are false: a row without a time is inside no span.
    const time = utcMs[row]!;
    const isIn = time >= from && time < to;
    const isOut = not !== undefined && time >= notFrom && time < notTo;
    if ((all !== undefined && !isIn) || isOut) failed[row]! |= TIME;
  }
}

function spanOf(time: FilterParts['time']): [number, number] {
  return [time?.fromMs ?? Number.NEGATIVE_INFINITY, time?.toMs ?? Number.POSITIVE_INFINITY];
}

/** Rows that the `rows` sets leave, or null where they set no condition. */
function rowsLeft({ all, not }: CompiledFilter, words: number): Uint32Array | null {
  if ((all.rows?.length ?? 0) === 0 && (not?.rows?.length ?? 0) === 0) return null;
  const left = new Uint32Array(words).fill(0xffffffff);
  for (const set of all.rows ?? []) andInto(left, set);
  // One set excluded after another: what meets any of them is out.
  for (const set of not?.rows ?? []) for (let i = 0; i < Math.min(words, set.length); i++) left[i]! &= ~set[i]!;
  return left;
}

/** Applies a filter and counts all facets and the histogram. See [Note: Filter and facets]. */
export function evaluateFilter(
  columns: FilterColumns,
  filter: CompiledFilter,
  sizes: FacetSizes,
  span: HistogramSpan
): FilterOutcome {
  const count = columns.thread.length;
  const { all, not } = filter;
  const failed = new Uint8Array(count);
  failColumn(failed, columns.thread, all.thread, not?.thread, THREAD);
  failColumn(failed, columns.fromParty, all.fromParty, not?.fromParty, PARTY);
  failColumn(failed, columns.service, all.service, not?.service, SERVICE);
  failColumn(failed, columns.language, all.language, not?.language, LANGUAGE);
  failColumn(failed, columns.source, all.source, not?.source, SOURCE);
  failState(failed, columns.state, all.stateAny, not?.stateAny);
  failTime(failed, columns.utcMs, all.time, not?.time);

  const bits = new Uint32Array((count + 31) >>> 5);
  const left = rowsLeft(filter, bits.length);
  const thread = new Uint32Array(sizes.threads);
  const fromParty = new Uint32Array(sizes.parties);
  const service = new Uint32Array(sizes.services);
  const language = new Uint32Array(sizes.languages);
  const source = new Uint32Array(sizes.sources);
  const byState = new Uint32Array(65536);
  const histogram = new Uint32Array(span.buckets);
  let untimed = 0;
  for (let row = 0; row < count; row++) {
    const fails = failed[row]!;
    // More than one part failed, or a set of rows: of no interest to any facet.
    if ((fails & (fails - 1)) !== 0) continue;
    if (left !== null && (left[row >>> 5]! & (1 << (row & 31))) === 0) continue;
    if (fails === 0) setBit(bits, row);
    // Writes past the end of a count are dropped: nobody's party, a language not yet looked at.
    if ((fails & ~THREAD) === 0) thread[columns.thread[row]!]!++;
    if ((fails & ~PARTY) === 0) fromParty[columns.fromParty[row]!]!++;
    if ((fails & ~SERVICE) === 0) service[columns.service[row]!]!++;
    if ((fails & ~LANGUAGE) === 0) language[columns.language[row]!]!++;
    if ((fails & ~SOURCE) === 0) source[columns.source[row]!]!++;
    if ((fails & ~STATE) === 0) byState[columns.state[row]!]!++;
    if ((fails & ~TIME) === 0) {
      const time = columns.utcMs[row]!;
      // NaN is the one value that differs from itself.
      if (time !== time) untimed++;
      else histogram[Math.floor((time - span.fromMs) / span.bucketMs)]!++;
    }
  }
  return {
    bits,
    total: countBits(bits),
    facets: { thread, fromParty, service, language, source, state: stateCounts(byState), histogram, untimed }
  };
}

/** Counts of each bit from counts of each value, so that the pass over the rows stays one addition. */
function stateCounts(byState: Uint32Array): Uint32Array {
  const counts = new Uint32Array(16);
  for (let value = 1; value < byState.length; value++) {
    const n = byState[value]!;
    if (n === 0) continue;
    for (let bit = 0; bit < 16; bit++) if ((value & (1 << bit)) !== 0) counts[bit]! += n;
  }
  return counts;
}

/** A mask over `size` values that means those of `values`; values past the end are passed over. */
export function maskOf(size: number, values: Iterable<number>): Uint8Array {
  const mask = new Uint8Array(size);
  for (const value of values) mask[value] = 1;
  return mask;
}
