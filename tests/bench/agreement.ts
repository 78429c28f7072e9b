/** How far a clustering agrees with true labels. */

interface Table {
  readonly cells: Map<string, number>;
  readonly rows: Map<number, number>;
  readonly columns: Map<number, number>;
  readonly total: number;
}

function contingency(found: ArrayLike<number>, truth: ArrayLike<number>): Table {
  const cells = new Map<string, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  for (let i = 0; i < truth.length; i++) {
    const key = `${found[i]!} ${truth[i]!}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
    rows.set(found[i]!, (rows.get(found[i]!) ?? 0) + 1);
    columns.set(truth[i]!, (columns.get(truth[i]!) ?? 0) + 1);
  }
  return { cells, rows, columns, total: truth.length };
}

const pairs = (n: number): number => (n * (n - 1)) / 2;
const sum = (values: Iterable<number>, term: (value: number) => number): number => {
  let total = 0;
  for (const value of values) total += term(value);
  return total;
};

/** Adjusted Rand index (Hubert and Arabie 1985): 0 by chance, 1 in full agreement. */
export function adjustedRand(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  const { cells, rows, columns, total } = contingency(found, truth);
  const both = sum(cells.values(), pairs);
  const byRow = sum(rows.values(), pairs);
  const byColumn = sum(columns.values(), pairs);
  const expected = (byRow * byColumn) / pairs(total);
  return (both - expected) / ((byRow + byColumn) / 2 - expected);
}

/** Normalised mutual information, arithmetic mean of the entropies, as scikit-learn gives it. */
export function normalisedMutualInformation(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  const { cells, rows, columns, total } = contingency(found, truth);
  const entropy = (counts: Map<number, number>): number => -sum(counts.values(), (n) => (n / total) * Math.log(n / total));
  let shared = 0;
  for (const [key, n] of cells) {
    const [row, column] = key.split(' ').map(Number) as [number, number];
    shared += (n / total) * Math.log((n * total) / (rows.get(row)! * columns.get(column)!));
  }
  return (2 * shared) / (entropy(rows) + entropy(columns));
}

/** Rows with a label, and their labels: agreement is judged on what was clustered, beside the share that was not. */
export function clusteredOnly(
  found: ArrayLike<number>,
  truth: ArrayLike<number>
): { found: number[]; truth: number[]; outlierShare: number } {
  const kept = Array.from(truth, (_, i) => i).filter((i) => found[i]! >= 0);
  return {
    found: kept.map((i) => found[i]!),
    truth: kept.map((i) => truth[i]!),
    outlierShare: 1 - kept.length / truth.length
  };
}
