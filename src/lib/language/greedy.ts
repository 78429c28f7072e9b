/**
 * Greedy search over an encoder session and decoder sessions of ONNX Runtime, in the two layouts that exporters write:
 * one merged decoder with `use_cache_branch`, or a pair of files for the first and for every later step.
 *
 * [Note: Own greedy loop] The library's generate() gives no probabilities, carries the whole vocabulary out of the
 * runtime at every step and keeps finished rows to the end of the batch. This loop asks for `next_token` and
 * `next_log_prob` where the graph offers them (ours do; otherwise it reads `logits`), and drops finished rows once a
 * quarter of the batch is done. Rows never see each other, so neither changes any line's text.
 */
import { ModelFault } from './model-fault.ts';
import { float32Of, takeRows, type RuntimeTensor, type TensorMaker } from './runtime-tensor.ts';

export interface RuntimeSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, RuntimeTensor>, fetches: readonly string[]): Promise<Record<string, RuntimeTensor>>;
}

export interface Seq2SeqModel {
  readonly encoder: RuntimeSession;
  /** The merged decoder, or the decoder of the first step. */
  readonly decoder: RuntimeSession;
  /** The decoder of every later step, in the layout of two files. */
  readonly laterDecoder?: RuntimeSession;
  readonly tensor: TensorMaker;
  readonly cacheType?: 'float32' | 'float16';
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
  readonly startToken: number;
  readonly endToken: number;
  readonly padToken: number;
  /** Tokens there are: an answer outside them is a fault of the model. */
  readonly vocabulary: number;
  /** Tokens that may never be an answer, such as Marian's padding. */
  readonly suppressed?: readonly number[];
  /** Tokens that begin every output in place of an answer: the code of the target language. */
  readonly forced?: readonly number[];
}

export interface GreedyLine {
  /** Output tokens without specials and without the forced ones. */
  readonly ids: number[];
  /** Sum of natural-log probabilities, end token included where it came. */
  readonly logProb: number;
  /** False when the line was stopped at its limit. */
  readonly ended: boolean;
}

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
): Promise<GreedyLine[]> {
  signal.throwIfAborted();
  const lines = sources.map(() => ({ ids: [] as number[], logProb: 0, ended: false }));
  const cacheNames = cacheNamesOf(model);
  const forced = model.forced ?? [];

  let rows = sources.map((_, i) => i);
  let { hidden, attention } = await encode(model, sources);
  let past = emptyPast(model, cacheNames, rows.length);
  let input: BigInt64Array = new BigInt64Array(rows.length).fill(BigInt(model.startToken));

  for (let step = 0; rows.length > 0; step++) {
    const session = step > 0 && model.laterDecoder !== undefined ? model.laterDecoder : model.decoder;
    const wanted = step === 0 ? [...cacheNames.own, ...cacheNames.cross] : cacheNames.own;
    const choice = choosesItself(session, model) ? ['next_token', 'next_log_prob'] : ['logits'];
    const feeds: Record<string, RuntimeTensor> = {
      input_ids: model.tensor('int64', input, [rows.length, 1]),
      encoder_attention_mask: attention,
      encoder_hidden_states: hidden,
      use_cache_branch: model.tensor('bool', Uint8Array.of(step > 0 ? 1 : 0), [1]),
      ...past
    };
    const out = await session.run(onlyAsked(feeds, session), [...wanted.map(presentName), ...choice]);
    signal.throwIfAborted();
    for (const name of wanted) past[name] = outputOf(out, presentName(name));

    const live: number[] = [];
    if (step < forced.length) {
      // The answer is given: it counts neither as output nor as a probability.
      input = new BigInt64Array(rows.length).fill(BigInt(forced[step] as number));
      continue;
    }
    const next = choice.length === 2 ? nextOf(out) : bestOf(outputOf(out, 'logits'), model.suppressed ?? []);
    for (let row = 0; row < rows.length; row++) {
      const index = rows[row] as number;
      const line = lines[index];
      if (line === undefined) throw new Error('row without a line');
      if (line.ended || line.ids.length >= (limits[index] ?? 0)) continue;
      const token = Number(next.tokens[row]);
      const logProb = next.logProbs[row] ?? Number.NaN;
      if (!(token >= 0 && token < model.vocabulary)) throw new ModelFault('token-outside', String(token));
      if (Number.isNaN(logProb)) throw new ModelFault('not-a-number', '');
      line.logProb += logProb;
      if (token === model.endToken) line.ended = true;
      else line.ids.push(token);
      if (!line.ended && line.ids.length < (limits[index] ?? 0)) live.push(row);
    }
    input = next.tokens;
    if (live.length === 0) break;
    if (live.length <= rows.length * KEEP_SHARE) {
      const keep = (tensor: RuntimeTensor): RuntimeTensor => takeRows(model.tensor, tensor, live);
      past = Object.fromEntries(Object.entries(past).map(([name, tensor]) => [name, keep(tensor)]));
      hidden = keep(hidden);
      attention = keep(attention);
      input = BigInt64Array.from(live, (row) => input[row] as bigint);
      rows = live.map((row) => rows[row] as number);
    }
  }
  return lines;
}

/** Names a decoder may ask to be fed; one that asks for more is a layout this loop does not know. */
export function unknownInputs(session: RuntimeSession, model: Pick<Seq2SeqModel, 'layers'>): string[] {
  const { own, cross } = cacheNamesOf(model);
  const known = new Set(['input_ids', 'encoder_attention_mask', 'encoder_hidden_states', 'use_cache_branch', ...own, ...cross]);
  return session.inputNames.filter((name) => !known.has(name));
}

/** A graph that chooses by itself knows nothing of suppressed tokens. */
function choosesItself(session: RuntimeSession, model: Seq2SeqModel): boolean {
  return session.outputNames.includes('next_token') && (model.suppressed ?? []).length === 0;
}

function onlyAsked(feeds: Record<string, RuntimeTensor>, session: RuntimeSession): Record<string, RuntimeTensor> {
  return Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)));
}

async function encode(
  model: Seq2SeqModel,
  sources: readonly (readonly number[])[]
): Promise<{ hidden: RuntimeTensor; attention: RuntimeTensor }> {
  const longest = Math.max(...sources.map((s) => s.length));
  const ids = new BigInt64Array(sources.length * longest).fill(BigInt(model.padToken));
  const mask = new BigInt64Array(sources.length * longest);
  sources.forEach((source, row) =>
    source.forEach((token, i) => {
      ids[row * longest + i] = BigInt(token);
      mask[row * longest + i] = 1n;
    })
  );
  const attention = model.tensor('int64', mask, [sources.length, longest]);
  const inputIds = model.tensor('int64', ids, [sources.length, longest]);
  const out = await model.encoder.run({ input_ids: inputIds, attention_mask: attention }, ['last_hidden_state']);
  return { hidden: outputOf(out, 'last_hidden_state'), attention };
}

interface CacheNames {
  /** The decoder's own keys and values, longer at each step. */
  readonly own: readonly string[];
  /** Keys and values over the source, computed in the first step only. */
  readonly cross: readonly string[];
}

function cacheNamesOf(model: Pick<Seq2SeqModel, 'layers'>): CacheNames {
  const names = (side: string): string[] =>
    Array.from({ length: model.layers }, (_, i) => [`${i}.${side}.key`, `${i}.${side}.value`])
      .flat()
      .map((name) => `past_key_values.${name}`);
  return { own: names('decoder'), cross: names('encoder') };
}

const presentName = (past: string): string => past.replace('past_key_values', 'present');

function emptyPast(model: Seq2SeqModel, names: CacheNames, rows: number): Record<string, RuntimeTensor> {
  const type = model.cacheType ?? 'float32';
  const data = type === 'float32' ? new Float32Array(0) : new Uint16Array(0);
  const empty = model.tensor(type, data, [rows, model.heads, 0, model.headWidth]);
  return Object.fromEntries([...names.own, ...names.cross].map((name) => [name, empty]));
}

function outputOf(out: Record<string, RuntimeTensor>, name: string): RuntimeTensor {
  const tensor = out[name];
  if (tensor === undefined) throw new ModelFault('output-missing', name);
  return tensor;
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
