/**
 * [Note: Alternatives] A filter may hold alternatives: rows must meet its shared parts and at least one alternative.
 * One place of it, the shared parts or one alternative, is open: choices that an officer makes go there. A facet then
 * counts what would be in the set if its own choice were taken out of that place alone, which is the rule of
 * [Note: One pass] where there are no alternatives. The time line leaves the shared choice of time open, always.
 *
 * With the shared parts open the alternatives are one more set that rows must be in. With an alternative open, rows
 * that meet another one count everywhere, whatever the open one says of them, and the rest are counted as by a filter
 * that holds the open one alone: two passes over disjoint rows, whose counts are added. A filter without alternatives
 * takes the one pass and nothing besides.
 *
 * An alternative without a condition is one that was just begun. It is passed over, or else it would be met by all;
 * its facets list what there is to choose from.
 */
import { andNotInto, emptyBits, hasBit, orInto, setBit } from './bits.ts';
import { evaluate, type Dimension, type FilterColumns, type Filtered } from './evaluate.ts';

export interface Alternative {
  readonly columns: FilterColumns;
  /** False for one that was just begun. */
  readonly setsCondition: boolean;
}

/**
 * @param shared its time is the one that the histogram leaves open
 * @param alternatives columns of the same rows
 * @param open place in `alternatives`; null for the shared parts. Counts are of that place's dimensions.
 */
export function evaluateAnyOf(shared: FilterColumns, alternatives: readonly Alternative[], open: number | null): Filtered {
  const own = open === null ? null : (alternatives[open] ?? null);
  const others = alternatives.filter((one) => one.setsCondition && one !== own);
  const anyOther = emptyBits(shared.rows);
  for (const { columns } of others) meetInto(anyOther, columns);
  if (own === null) return others.length === 0 ? evaluate(shared) : evaluate({ ...shared, inside: [...shared.inside, anyOther] });

  const frame = emptyBits(shared.rows);
  meetInto(frame, { ...shared, time: null });
  // The alternative's own time stays shut: the time line is about the shared one.
  const bounds = own.columns.time === null ? [] : [boundedBits(own.columns)];
  const alone: FilterColumns = {
    ...own.columns,
    time: shared.time,
    inside: [...own.columns.inside, ...bounds, frame],
    outside: [...own.columns.outside, anyOther]
  };
  if (others.length === 0) return evaluate(alone);
  const beside = evaluate({
    ...own.columns,
    dimensions: own.columns.dimensions.map((dimension): Dimension => ({ ...dimension, chosen: null, excluded: null })),
    flags: { values: own.columns.flags.values, anyOf: 0, noneOf: 0 },
    time: shared.time,
    inside: [frame, anyOther],
    outside: []
  });
  const rest = evaluate(alone);
  const counts = beside.counts.map((list, d) => added(list, rest.counts[d]!));
  const flagCounts = added(beside.flagCounts, rest.flagCounts);
  if (!own.setsCondition) return { ...beside, counts, flagCounts };
  return {
    bits: orInto(beside.bits, rest.bits),
    total: beside.total + rest.total,
    counts,
    flagCounts,
    histogram: added(beside.histogram, rest.histogram),
    untimed: beside.untimed + rest.untimed
  };
}

/** Adds the rows that meet all of a filter's choices to a set. */
function meetInto(target: Uint32Array, columns: FilterColumns): void {
  const { rows, dimensions, flags, inside, outside } = columns;
  const found = columns.time === null ? emptyBits(rows).fill(0xffffffff) : boundedBits(columns);
  const chosen = dimensions.flatMap(({ values, chosen: mask }) => (mask === null ? [] : [{ values, mask, wanted: 1 }]));
  const excluded = dimensions.flatMap(({ values, excluded: mask }) => (mask === null ? [] : [{ values, mask, wanted: 0 }]));
  const tests = [...chosen, ...excluded];
  const { anyOf, noneOf, values: flagOf } = flags;
  for (const bits of outside) andNotInto(found, bits);
  row: for (let row = 0; row < rows; row++) {
    if (!hasBit(found, row)) continue;
    for (let i = 0; i < inside.length; i++) if (!hasBit(inside[i]!, row)) continue row;
    const flag = flagOf[row]!;
    if ((flag & noneOf) !== 0 || (anyOf !== 0 && (flag & anyOf) === 0)) continue;
    for (let i = 0; i < tests.length; i++) {
      const { values, mask, wanted } = tests[i]!;
      if (mask[values[row]!] !== wanted) continue row;
    }
    setBit(target, row);
  }
}

/** Rows inside the time of a filter. */
function boundedBits({ rows, time, utcMs }: FilterColumns): Uint32Array {
  const bits = emptyBits(rows);
  const fromMs = time?.fromMs ?? Number.NEGATIVE_INFINITY;
  const toMs = time?.toMs ?? Number.POSITIVE_INFINITY;
  const isBounded = Number.isFinite(fromMs) || Number.isFinite(toMs);
  for (let row = 0; row < rows; row++) if (!isBounded || (utcMs[row]! >= fromMs && utcMs[row]! < toMs)) setBit(bits, row);
  return bits;
}

function added(left: Uint32Array, right: Uint32Array): Uint32Array {
  const sum = left.slice();
  for (let i = 0; i < right.length; i++) sum[i]! += right[i]!;
  return sum;
}
