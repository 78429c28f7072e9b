/**
 * One batch on its way through an encoder session and decoder sessions of ONNX Runtime, step by step, in the two layouts
 * that exporters write: one merged decoder with `use_cache_branch`, or a pair of files for the first and for every later
 * step. Which token comes next is the word of a search (greedy.ts, beam.ts).
 */
import { ModelFault } from './model-fault.ts';
import { takeRows, type RuntimeTensor, type TensorMaker } from './runtime-tensor.ts';

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

/** What a search gives for one line. */
export interface DecodedLine {
  /** Output tokens without specials and without the forced ones. */
  readonly ids: number[];
  /** Sum of natural-log probabilities, end token included where it came. */
  readonly logProb: number;
  /** False when the line was stopped at its limit. */
  readonly ended: boolean;
  /** Sum over the same steps of the probability outside the likeliest tokens that the graph gives: see [Note: Scattered]. */
  readonly scatter?: number;
  /** Other outputs that ended, likeliest first; a beam alone has them. */
  readonly others?: readonly Pick<DecodedLine, 'ids' | 'logProb' | 'scatter'>[];
}

export class DecoderRun {
  #step = 0;
  readonly #names: CacheNames;

  private constructor(
    private readonly model: Seq2SeqModel,
    private hidden: RuntimeTensor,
    private attention: RuntimeTensor,
    private past: Record<string, RuntimeTensor>
  ) {
    this.#names = cacheNamesOf(model);
  }

  /** Encodes a batch. @param sources token ids of each line, end token included, none empty */
  static async begin(model: Seq2SeqModel, sources: readonly (readonly number[])[]): Promise<DecoderRun> {
    const { hidden, attention } = await encode(model, sources);
    return new DecoderRun(model, hidden, attention, emptyPast(model, cacheNamesOf(model), sources.length));
  }

  /**
   * One step over all rows.
   * @param input the token that each row goes on from
   * @param named outputs of the graph that the search would rather have than `logits`
   * @returns the named outputs where the graph gives all of them and no token is suppressed, else `logits`
   */
  async step(input: BigInt64Array, named: readonly string[]): Promise<Record<string, RuntimeTensor>> {
    const { model } = this;
    const isFirst = this.#step === 0;
    const session = !isFirst && model.laterDecoder !== undefined ? model.laterDecoder : model.decoder;
    const wanted = isFirst ? [...this.#names.own, ...this.#names.cross] : this.#names.own;
    const choice = offers(session, named, model) ? named : ['logits'];
    const feeds: Record<string, RuntimeTensor> = {
      input_ids: model.tensor('int64', input, [input.length, 1]),
      encoder_attention_mask: this.attention,
      encoder_hidden_states: this.hidden,
      use_cache_branch: model.tensor('bool', Uint8Array.of(isFirst ? 0 : 1), [1]),
      ...this.past
    };
    const out = await session.run(onlyAsked(feeds, session), [...wanted.map(presentName), ...choice]);
    for (const name of wanted) this.past[name] = outputOf(out, presentName(name));
    this.#step++;
    return out;
  }

  /** The given rows in the given order, each as often as it is named, in place of all. */
  take(rows: readonly number[]): void {
    const taken = (tensor: RuntimeTensor): RuntimeTensor => takeRows(this.model.tensor, tensor, rows);
    this.past = Object.fromEntries(Object.entries(this.past).map(([name, tensor]) => [name, taken(tensor)]));
    this.hidden = taken(this.hidden);
    this.attention = taken(this.attention);
  }
}

/** Names a decoder may ask to be fed; one that asks for more is a layout that nobody here knows. */
export function unknownInputs(session: RuntimeSession, model: Pick<Seq2SeqModel, 'layers'>): string[] {
  const { own, cross } = cacheNamesOf(model);
  const known = new Set(['input_ids', 'encoder_attention_mask', 'encoder_hidden_states', 'use_cache_branch', ...own, ...cross]);
  return session.inputNames.filter((name) => !known.has(name));
}

/** @throws ModelFault when the graph left an output out */
export function outputOf(out: Record<string, RuntimeTensor>, name: string): RuntimeTensor {
  const tensor = out[name];
  if (tensor === undefined) throw new ModelFault('output-missing', name);
  return tensor;
}

/** @throws ModelFault for an answer that is no token or no probability */
export function checkAnswer(model: Seq2SeqModel, token: number, logProb: number): void {
  if (!(token >= 0 && token < model.vocabulary)) throw new ModelFault('token-outside', String(token));
  if (Number.isNaN(logProb)) throw new ModelFault('not-a-number', '');
}

/** A graph that chooses by itself knows nothing of suppressed tokens. */
function offers(session: RuntimeSession, named: readonly string[], model: Seq2SeqModel): boolean {
  return named.every((name) => session.outputNames.includes(name)) && (model.suppressed ?? []).length === 0;
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
