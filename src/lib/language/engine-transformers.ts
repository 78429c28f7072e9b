/**
 * Translation by a seq2seq model in ONNX, loaded by transformers.js: WASM in a browser worker, the native runtime in
 * Node. The library finds files, tokenizer and sessions; the search is ours (see [Note: Own greedy loop]).
 */
import { AutoModelForSeq2SeqLM, AutoTokenizer, env, LogLevel, Tensor } from '@huggingface/transformers';
import { planBatches, type BatchLimits } from './batch.ts';
import type { EngineOutput, TranslationEngine } from './contract.ts';
import { decodeGreedily, type RuntimeSession, type Seq2SeqModel } from './greedy.ts';
import { modelSha256Hex, type ModelManifest } from './manifest.ts';

export interface TransformersEngineOptions {
  /** Folder of all models: a path in Node, a path on our own origin ('/models/') in a browser. */
  readonly modelsRoot: string;
  readonly manifest: ModelManifest;
  /** Threads inside one operation. In a browser more than one needs a cross-origin isolated page. */
  readonly threads: number;
  /** The runtime's two files on our own origin; only in a browser, where the library would ask a CDN for them. */
  readonly wasmPaths?: { readonly mjs: string; readonly wasm: string };
  /** Weights to load: 'q8' is what ships; 'fp32' is for parity checks. */
  readonly dtype?: 'q8' | 'fp32';
  readonly batch?: BatchLimits;
}

/** Chosen on two cores, native and WASM: wider batches win nothing more and keep a stop waiting longer. */
const BATCH_LIMITS: BatchLimits = { maxRows: 32, maxTokens: 768 };

/** What the loaded model must say of itself; read from config.json and generation_config.json. */
interface LoadedConfig {
  readonly decoder_layers: number;
  readonly decoder_attention_heads: number;
  readonly d_model: number;
  readonly decoder_start_token_id: number;
  readonly eos_token_id: number;
  readonly pad_token_id: number;
  readonly max_position_embeddings: number;
}

/** A sentence rarely doubles; what runs on past this is a loop. Depends on the line alone, so replay holds. */
const outputLimit = (sourceTokens: number, longest: number): number => Math.min(longest - 2, 12 + 2 * sourceTokens);

function shutTheDoors(options: TransformersEngineOptions): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = options.modelsRoot;
  env.useBrowserCache = false;
  env.useFSCache = false;
  // Else the runtime would be wrapped into a blob: URL, which the content security policy forbids.
  env.useWasmCache = false;
  env.logLevel = LogLevel.ERROR;
  const wasm = env.backends.onnx.wasm;
  if (wasm !== undefined && options.wasmPaths !== undefined) {
    wasm.wasmPaths = { ...options.wasmPaths };
    wasm.numThreads = options.threads;
  }
}

/**
 * Loads the model named by `manifest.id` below `modelsRoot`.
 * @throws Error when a file is missing or is no model; nothing is ever asked of another origin
 */
export async function loadTransformersEngine(options: TransformersEngineOptions): Promise<TranslationEngine> {
  shutTheDoors(options);
  const { manifest, threads } = options;
  const [tokenizer, model] = await Promise.all([
    AutoTokenizer.from_pretrained(manifest.id, { local_files_only: true }),
    AutoModelForSeq2SeqLM.from_pretrained(manifest.id, {
      local_files_only: true,
      dtype: options.dtype ?? 'q8',
      device: options.wasmPaths === undefined ? 'cpu' : 'wasm',
      session_options: { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential' }
    })
  ]);
  const config = model.config as unknown as LoadedConfig;
  const sessions = model.sessions as Record<string, RuntimeSession>;
  const { model: encoder, decoder_model_merged: decoder } = sessions;
  if (encoder === undefined || decoder === undefined) throw new Error(`${manifest.id}: encoder or decoder is missing`);
  const seq2seq: Seq2SeqModel = {
    encoder,
    decoder,
    tensor: (type, data, dims) => new Tensor(type, data, [...dims]).ort_tensor,
    layers: config.decoder_layers,
    heads: config.decoder_attention_heads,
    headWidth: config.d_model / config.decoder_attention_heads,
    startToken: config.decoder_start_token_id,
    endToken: config.eos_token_id,
    padToken: config.pad_token_id
  };
  return new TransformersEngine(
    manifest,
    await modelSha256Hex(manifest),
    seq2seq,
    {
      encode: (text) => tokenizer.encode(text),
      decode: (ids) => tokenizer.decode(ids, { skip_special_tokens: true })
    },
    config.max_position_embeddings,
    options.batch ?? BATCH_LIMITS,
    async () => void (await model.dispose())
  );
}

interface Tokenizer {
  encode(text: string): number[];
  decode(ids: number[]): string;
}

/** What a line without words gives. */
const WORDLESS: EngineOutput = { text: '', meanLogProb: 0, tokens: 0, sourceTokens: 1, unknownTokens: 0, isCut: false };

class TransformersEngine implements TranslationEngine {
  readonly id: string;
  readonly languages: readonly string[];
  readonly placeholders: readonly string[];
  private readonly byteTokens: readonly [number, number];

  constructor(
    manifest: ModelManifest,
    readonly modelSha256Hex: string,
    private readonly model: Seq2SeqModel,
    private readonly tokenizer: Tokenizer,
    private readonly longest: number,
    private readonly limits: BatchLimits,
    private readonly release: () => Promise<void>
  ) {
    this.id = manifest.id;
    this.languages = manifest.languages;
    this.placeholders = manifest.placeholders ?? [];
    this.byteTokens = manifest.byteTokens ?? [0, 0];
  }

  async translate(lines: readonly string[], signal: AbortSignal): Promise<EngineOutput[]> {
    const whole = lines.map((line) => this.tokenizer.encode(line));
    const sources = whole.map((ids) => this.#fit(ids));
    const outputs = lines.map(() => WORDLESS);
    // Nothing but the end token stays out: the model would invent a sentence.
    const numbers = lines.map((_, i) => i).filter((i) => (sources[i]?.length ?? 0) > 1);
    const plan = planBatches(
      numbers.map((i) => sources[i]?.length ?? 0),
      this.limits
    );
    for (const batch of plan) {
      const members = batch.map((n) => numbers[n] as number);
      const inputs = members.map((i) => sources[i] as number[]);
      const limits = inputs.map((ids) => outputLimit(ids.length, this.longest));
      // The runtime never leaves a worker's event loop by itself: without a pause no stop would ever be heard.
      await new Promise((resolve) => setTimeout(resolve));
      const decoded = await decodeGreedily(this.model, inputs, limits, signal);
      members.forEach((i, row) => {
        const line = decoded[row];
        if (line === undefined) throw new Error('the search lost a line');
        outputs[i] = {
          text: this.tokenizer.decode(line.ids).trim(),
          meanLogProb: line.logProb / (line.ids.length + (line.ended ? 1 : 0)),
          tokens: line.ids.length,
          sourceTokens: inputs[row]?.length ?? 0,
          unknownTokens: this.#unknown(inputs[row] ?? []),
          isCut: !line.ended || (whole[i]?.length ?? 0) > this.longest
        };
      });
    }
    return outputs;
  }

  async dispose(): Promise<void> {
    await this.release();
  }

  /** Source ids within what the model was trained on, the end token kept. */
  #fit(ids: number[]): number[] {
    return ids.length <= this.longest ? ids : [...ids.slice(0, this.longest - 1), this.model.endToken];
  }

  #unknown(ids: readonly number[]): number {
    const [from, to] = this.byteTokens;
    return ids.reduce((n, id) => n + (id >= from && id < to ? 1 : 0), 0);
  }
}
