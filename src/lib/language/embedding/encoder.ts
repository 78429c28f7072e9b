/**
 * Vectors of texts by a sentence encoder in ONNX: transformers.js finds the files and reads the tokenizer; cutting and
 * pooling are ours.
 *
 * [Note: One piece a run] Weights in eight bits are multiplied with activations that the graph scales by the greatest
 * number of its whole input, so in a batch a text's vector depends on what stands beside it (and on its padding). Here
 * each piece runs by itself and unpadded: the same text has the same vector in any order, by construction. A stretch of
 * talk is some hundred tokens, enough to keep a core busy. It runs on the processor alone: cards round each in their own
 * order, and from other vectors follow other topics.
 */
import { PreTrainedModel } from '@huggingface/transformers';
import type { RuntimeSession } from '../decoder-run.ts';
import { modelSha256Hex, type EmbeddingLayout, type ModelManifest } from '../manifest.ts';
import { ModelFault } from '../model-fault.ts';
import { float32Of, type RuntimeTensor } from '../runtime-tensor.ts';
import { makeTensor, openTokenizer, shutTheDoors, type ModelFiles } from '../seq2seq.ts';
import type { SentenceEncoder } from './contract.ts';
import { beginningOf, piecesOf } from './pieces.ts';
import { addTokens, unitMean } from './pool.ts';

const HIDDEN = 'last_hidden_state';
/** Inputs that encoders ask for; the types of tokens are all 0 for one text. */
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'];

export interface EncoderOptions extends Omit<ModelFiles, 'device'> {
  readonly manifest: ModelManifest;
}

/**
 * Loads the model named by `manifest.id` below `modelsRoot`.
 * @throws ModelFault when a file is missing or is no encoder, or whatever `files.open` rejected with; nothing is ever
 *   asked of another origin
 */
export async function loadEncoder({ manifest, ...files }: EncoderOptions): Promise<SentenceEncoder> {
  const layout = manifest.embedding;
  if (layout === undefined) throw new ModelFault('config', `${manifest.id} makes no vectors`);
  let doorFault: unknown = null;
  shutTheDoors(files, (error) => (doorFault = error));
  const folder = files.folder ?? manifest.id;
  let model: PreTrainedModel | null = null;
  try {
    model = await PreTrainedModel.from_pretrained(folder, {
      // The pack's own config could choose devices and files: it is not read at all.
      config: { model_type: 'custom' } as never,
      model_file_name: 'model',
      local_files_only: true,
      dtype: layout.dtype,
      device: files.wasmPaths === undefined ? 'cpu' : 'wasm',
      session_options: { intraOpNumThreads: files.threads, interOpNumThreads: 1, executionMode: 'sequential' }
    });
  } catch (error) {
    throw doorFault ?? new ModelFault('not-a-model', `onnx/model: ${messageOf(error)}`);
  }
  try {
    const session = (model.sessions as unknown as { model: RuntimeSession }).model;
    const unknown = session.inputNames.filter((name) => !INPUTS.includes(name));
    if (unknown.length > 0) throw new ModelFault('unknown-input', unknown.join(', '));
    if (!session.outputNames.includes(HIDDEN)) throw new ModelFault('output-missing', HIDDEN);
    const tokens = tokensOf(await openTokenizer(folder), layout);
    return new OnnxEncoder(manifest.id, await modelSha256Hex(manifest), layout.dims, { session, tokens, model });
  } catch (error) {
    await model.dispose();
    throw doorFault ?? error;
  }
}

interface Tokens {
  /** Of a text alone. */
  encode(text: string): readonly number[];
  /** What stands before and after each piece: special tokens, and the words that the model wants first. */
  readonly head: readonly number[];
  readonly tail: readonly number[];
  /** Most tokens of a piece between them. */
  readonly room: number;
}

function tokensOf(
  tokenizer: { encode(text: string, options?: { add_special_tokens: boolean }): number[] },
  { prefix = '', longest }: EmbeddingLayout
): Tokens {
  const encode = (text: string): number[] => tokenizer.encode(text, { add_special_tokens: false });
  // A tokenizer says where its special tokens go only by putting them there.
  const sample = encode('a');
  const whole = tokenizer.encode('a');
  const at = whole.findIndex((_, i) => sample.every((id, j) => whole[i + j] === id));
  if (sample.length === 0 || at < 0) throw new ModelFault('config', 'tokenizer.json: special tokens inside a text');
  const head = [...whole.slice(0, at), ...(prefix.trim() === '' ? [] : encode(prefix.trim()))];
  const tail = whole.slice(at + sample.length);
  const room = longest - head.length - tail.length;
  if (room < 1) throw new ModelFault('config', `embedding.longest: ${longest} leave no room for words`);
  return { encode, head, tail, room };
}

class OnnxEncoder implements SentenceEncoder {
  constructor(
    readonly id: string,
    readonly modelSha256Hex: string,
    readonly dims: number,
    private readonly parts: { readonly session: RuntimeSession; readonly tokens: Tokens; readonly model: PreTrainedModel }
  ) {}

  async embed(text: string, signal: AbortSignal): Promise<Float32Array<ArrayBuffer>> {
    const { tokens } = this.parts;
    const sums = new Float64Array(this.dims);
    for (const piece of piecesOf(tokens.encode(beginningOf(text)), tokens.room)) {
      // The runtime never leaves a worker's event loop by itself: without a pause no stop would ever be heard.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      addTokens(sums, await this.#states([...tokens.head, ...piece, ...tokens.tail]));
    }
    const vector = unitMean(sums);
    if (vector.some((value) => !Number.isFinite(value))) throw new ModelFault('not-a-number', '');
    return vector;
  }

  async dispose(): Promise<void> {
    await this.parts.model.dispose();
  }

  /** One vector for each token. */
  async #states(ids: readonly number[]): Promise<Float32Array> {
    const { session } = this.parts;
    const all = (value: (id: number) => number): RuntimeTensor =>
      makeTensor(
        'int64',
        BigInt64Array.from(ids, (id) => BigInt(value(id))),
        [1, ids.length]
      );
    const feeds = { input_ids: all((id) => id), attention_mask: all(() => 1), token_type_ids: all(() => 0) };
    const asked = Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)));
    let states: Float32Array;
    try {
      const out = await session.run(asked, [HIDDEN]);
      const hidden = out[HIDDEN];
      if (hidden === undefined) throw new ModelFault('output-missing', HIDDEN);
      states = float32Of(hidden);
    } catch (error) {
      throw error instanceof ModelFault ? error : new ModelFault('run-failed', messageOf(error));
    }
    if (states.length !== ids.length * this.dims) {
      throw new ModelFault('config', `embedding.dims: ${states.length / ids.length} numbers a token came, not ${this.dims}`);
    }
    return states;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
