/** Which lines run together. Padding is wasted work, so lines of like length share a batch. */

export interface BatchLimits {
  /** Most lines in one batch. */
  readonly maxRows: number;
  /** Most tokens in one batch, padding included (rows x longest). */
  readonly maxTokens: number;
}

/**
 * Batches of line numbers, shortest lines first; ties keep their order, so a plan is the same on every run.
 * @param lengths tokens of each line
 * @returns every index exactly once; a line longer than `maxTokens` stands alone
 */
export function planBatches(lengths: ArrayLike<number>, limits: BatchLimits): number[][] {
  const order = Array.from({ length: lengths.length }, (_, i) => i);
  order.sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const i of order) {
    // Sorted: the newest line is the longest of its batch.
    const tokens = (batch.length + 1) * (lengths[i] ?? 0);
    if (batch.length > 0 && (batch.length >= limits.maxRows || tokens > limits.maxTokens)) {
      batches.push(batch);
      batch = [];
    }
    batch.push(i);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
