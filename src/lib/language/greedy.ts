/**
 * Greedy search: each row takes the likeliest token at every step.
 *
 * [Note: Own greedy loop] The library's generate() gives no probabilities, carries the whole vocabulary out of the
 * runtime at every step and keeps finished rows to the end of the batch. This loop asks for `next_token` and
 * `next_log_prob` where the graph offers them (ours do; otherwise it reads `logits`), and drops finished rows once a
 * quarter of the batch is done. Rows never see each other, so neither changes any line's text.
 */
import { checkAnswer, DecoderRun, outputOf, type DecodedLine, type Seq2SeqModel } from './decoder-run.ts';
import { float32Of, type RuntimeTensor } from './runtime-tensor.ts';

/** Finished rows are dropped when at most this share of the batch still runs: copying the caches costs less than a step. */
const KEEP_SHARE = 0.75;

/**
 * Translates one batch.
 * @param sources token ids of each line, end token included, none empty
 * @param limits most output tokens of each line
 * @throws ModelFault when the model answers with what is no token or no probability
 */
export async function decodeGreedily(
  model: Seq2SeqModel,
  sources: readonly (readonly number[])[],
  limits: readonly number[],
  signal: AbortSignal
): Promise<DecodedLine[]> {
  signal.throwIfAborted();
  const lines = sources.map(() => ({ ids: [] as number[], logProb: 0, ended: false }));
  const forced = model.forced ?? [];
  const run = await DecoderRun.begin(model, sources);
  let rows = sources.map((_, i) => i);
  let input: BigInt64Array = new BigInt64Array(rows.length).fill(BigInt(model.startToken));

  for (let step = 0; rows.length > 0; step++) {
    const out = await run.step(input, ['next_token', 'next_log_prob']);
    signal.throwIfAborted();
    if (step < forced.length) {
      // The answer is given: it counts neither as output nor as a probability.
      input = new BigInt64Array(rows.length).fill(BigInt(forced[step] as number));
      continue;
    }
    const next = 'next_token' in out ? nextOf(out) : bestOf(outputOf(out, 'logits'), model.suppressed ?? []);
    const live: number[] = [];
    for (let row = 0; row < rows.length; row++) {
      const index = rows[row] as number;
      const line = lines[index];
      if (line === undefined) throw new Error('row without a line');
      if (line.ended || line.ids.length >= (limits[index] ?? 0)) continue;
      const token = Number(next.tokens[row]);
      const logProb = next.logProbs[row] ?? Number.NaN;
      checkAnswer(model, token, logProb);
      line.logProb += logProb;
      if (token === model.endToken) line.ended = true;
      else line.ids.push(token);
      if (!line.ended && line.ids.length < (limits[index] ?? 0)) live.push(row);
    }
    input = next.tokens;
    if (live.length === 0) break;
    if (live.length <= rows.length * KEEP_SHARE) {
      run.take(live);
      input = BigInt64Array.from(live, (row) => input[row] as bigint);
      rows = live.map((row) => rows[row] as number);
    }
  }
  return lines;
}

function nextOf(out: Record<string, RuntimeTensor>): { tokens: BigInt64Array; logProbs: Float32Array } {
  return {
    tokens: outputOf(out, 'next_token').data as BigInt64Array,
    logProbs: outputOf(out, 'next_log_prob').data as Float32Array
  };
}

/** Best token and its log probability at the last position of `logits` [rows, positions, vocabulary]. */
function bestOf(logits: RuntimeTensor, suppressed: readonly number[]): { tokens: BigInt64Array; logProbs: Float32Array } {
  const [rows = 0, positions = 0, vocabulary = 0] = logits.dims;
  const scores = float32Of(logits);
  const tokens = new BigInt64Array(rows);
  const logProbs = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = (row * positions + positions - 1) * vocabulary;
    for (const token of suppressed) if (token < vocabulary) scores[from + token] = Number.NEGATIVE_INFINITY;
    let best = 0;
    for (let v = 1; v < vocabulary; v++) if ((scores[from + v] as number) > (scores[from + best] as number)) best = v;
    const top = scores[from + best] as number;
    let sum = 0;
    for (let v = 0; v < vocabulary; v++) sum += Math.exp((scores[from + v] as number) - top);
    tokens[row] = BigInt(best);
    logProbs[row] = -Math.log(sum);
  }
  return { tokens, logProbs };
}
