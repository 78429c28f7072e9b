/** The vectors of a text's tokens as one vector of the text. */

/** Adds each token's vector to `sums`; `states` is tokens x dims. */
export function addTokens(sums: Float64Array, states: Float32Array): void {
  const dims = sums.length;
  for (let at = 0; at < states.length; at += dims) for (let d = 0; d < dims; d++) sums[d]! += states[at + d]!;
}

/**
 * The mean over all tokens, in the length 1 (Reimers and Gurevych 2019). Of a text in pieces it is the mean over the
 * tokens of all of them, so a longer piece weighs as much as its tokens do.
 * @returns zeros where nothing was added
 */
export function unitMean(sums: Float64Array): Float32Array<ArrayBuffer> {
  // The number of tokens falls out with the length.
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return Float32Array.from(sums, (sum) => sum * scale);
}
