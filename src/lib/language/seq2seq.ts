/**
 * A pack's files as sessions and a tokenizer. transformers.js finds the files, reads the tokenizer and starts the
 * runtime; which graphs there are, and how they are driven, is the manifest's word.
 */
import { AutoConfig, AutoTokenizer, env, LogLevel, PreTrainedModel, Tensor } from '@huggingface/transformers';
import type { LanguageCode } from './contract.ts';
import { unknownInputs, type RuntimeSession, type Seq2SeqModel } from './decoder-run.ts';
import type { ModelManifest, ModelRuntime } from './manifest.ts';
import { ModelFault } from './model-fault.ts';
import type { TensorMaker } from './runtime-tensor.ts';

export type Device = 'wasm' | 'webgpu';

export interface ModelFiles {
  /** Folder of all models: a path in Node, a path on our own origin ('/models/') in a browser. */
  readonly modelsRoot: string;
  /** The model's folder below it; the manifest's id where it is not given. */
  readonly folder?: string;
  /** Threads inside one operation. In a browser more than one needs a cross-origin isolated page. */
  readonly threads: number;
  /** The runtime's two files on our own origin; only in a browser, where the library would ask a CDN for them. */
  readonly wasmPaths?: { readonly mjs: string; readonly wasm: string };
  /** In a browser only. One worker keeps to one device all its life: the runtime cannot change it. */
  readonly device?: Device;
  /** Answers for the files of packs, which have no address; null leaves the answer to our own origin. Only in a browser. */
  readonly open?: (path: string) => Promise<Response> | null;
}

export interface Seq2Seq {
  readonly model: Seq2SeqModel;
  /** Most source tokens of a line. */
  readonly longest: number;
  /** Source ids, specials included; `language` where the model has to be told. */
  encode(text: string, language: LanguageCode | undefined): number[];
  decode(ids: readonly number[]): string;
  /** The token for letters outside the vocabulary, or null. */
  readonly unknownToken: number | null;
  dispose(): Promise<void>;
}

/** What the shipped model is, and what a manifest without `runtime` means. */
export const DEFAULT_RUNTIME: ModelRuntime = { layout: 'merged', dtype: { wasm: 'q8' } };

/** Models whose positions are relative say no length; this is what they were trained on. */
const RELATIVE_LENGTH = 512;

/** Before the first file is asked for: nothing of transformers.js may reach another origin. */
export function shutTheDoors(files: ModelFiles, onFault: (error: unknown) => void): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = files.modelsRoot;
  env.useBrowserCache = false;
  env.useFSCache = false;
  // Else the runtime would be wrapped into a blob: URL, which the content security policy forbids.
  env.useWasmCache = false;
  env.logLevel = LogLevel.NONE;
  const { open } = files;
  if (open !== undefined) {
    env.fetch = (input, init) => {
      const answer = open(String(input));
      if (answer === null) return fetch(input, init);
      // The library takes any fault of a fetch for a file that is not there: the door's own word is kept for the report.
      return answer.catch((error: unknown) => {
        onFault(error);
        throw error;
      });
    };
  }
  const wasm = env.backends.onnx.wasm;
  if (wasm !== undefined && files.wasmPaths !== undefined) {
    wasm.wasmPaths = { ...files.wasmPaths };
    wasm.numThreads = files.threads;
  }
}

/** The part of config.json that is needed, under the names that transformers.js gives it for every family. */
interface LoadedConfig {
  readonly normalized_config: {
    readonly num_decoder_layers?: number;
    readonly num_decoder_heads?: number;
    readonly decoder_hidden_size?: number;
    readonly decoder_dim_kv?: number;
  };
  readonly decoder_start_token_id?: number;
  readonly eos_token_id?: number;
  readonly pad_token_id?: number;
  readonly vocab_size?: number;
  readonly max_position_embeddings?: number;
  readonly n_positions?: number;
}

interface Tokenizer {
  encode(text: string, options?: { add_special_tokens: boolean }): number[];
  decode(ids: number[], options: { skip_special_tokens: boolean }): string;
  readonly unk_token_id?: number | null;
  /** Only tokenizers with language codes have it; it sets the source code and finds the target's token. */
  _build_translation_inputs?(
    text: string,
    options: { padding: false; truncation: false; return_tensor: false },
    codes: { src_lang?: string; tgt_lang: string; forced_bos_token_id?: number }
  ): { input_ids: number[] };
}

interface Session extends RuntimeSession {
  readonly inputMetadata?: readonly { readonly name: string; readonly type?: string }[];
}

/**
 * Opens a model.
 * @param asDtype weights to load in place of the manifest's word, for parity checks
 * @throws ModelFault when a file is missing or is no model, or whatever `files.open` rejected with; nothing is ever asked
 *   of another origin
 */
export async function openSeq2Seq(
  manifest: ModelManifest,
  files: ModelFiles,
  asDtype?: ModelRuntime['dtype']['wasm']
): Promise<Seq2Seq> {
  let doorFault: unknown = null;
  shutTheDoors(files, (error) => (doorFault = error));
  const folder = files.folder ?? manifest.id;
  const runtime = manifest.runtime ?? DEFAULT_RUNTIME;
  const device = files.wasmPaths === undefined ? 'cpu' : (files.device ?? 'wasm');
  const dtype = asDtype ?? (device === 'webgpu' ? runtime.dtype.webgpu : undefined) ?? runtime.dtype.wasm;
  const opened: PreTrainedModel[] = [];
  const session = async (file: string): Promise<Session> => {
    try {
      const model = await PreTrainedModel.from_pretrained(folder, {
        // The pack's own config could choose devices and files: it is read for numbers alone.
        config: { model_type: 'custom' } as never,
        model_file_name: file,
        local_files_only: true,
        dtype,
        device,
        session_options: { intraOpNumThreads: files.threads, interOpNumThreads: 1, executionMode: 'sequential' }
      });
      opened.push(model);
      return (model.sessions as unknown as { model: Session }).model;
    } catch (error) {
      throw doorFault ?? new ModelFault('not-a-model', `onnx/${file}: ${messageOf(error)}`);
    }
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(opened.map((model) => model.dispose()));
  };
  try {
    const names =
      runtime.layout === 'merged'
        ? ['encoder_model', 'decoder_model_merged']
        : ['encoder_model', 'decoder_model', 'decoder_with_past_model'];
    const [config, tokenizer, [encoder, decoder, laterDecoder]] = await Promise.all([
      readConfig(folder),
      openTokenizer(folder),
      Promise.all(names.map(session))
    ]);
    if (encoder === undefined || decoder === undefined) throw new ModelFault('not-a-model', folder);
    const coded = codesOf(runtime, tokenizer);
    const model = modelOf(config, runtime, { encoder, decoder, laterDecoder }, coded.forced);
    for (const each of [decoder, laterDecoder]) {
      const asked = each === undefined ? [] : unknownInputs(each, model);
      if (asked.length > 0) throw new ModelFault('unknown-input', asked.join(', '));
    }
    return {
      model,
      longest: runtime.longestLine ?? config.max_position_embeddings ?? config.n_positions ?? RELATIVE_LENGTH,
      encode: (text, language) => coded.encode(`${runtime.prefix ?? ''}${text}`, language),
      // The tokenizer refuses an empty list; a model that ends at once has said nothing.
      decode: (ids) => (ids.length === 0 ? '' : tokenizer.decode([...ids], { skip_special_tokens: true })),
      unknownToken: tokenizer.unk_token_id ?? null,
      dispose
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function readConfig(id: string): Promise<LoadedConfig> {
  try {
    return (await AutoConfig.from_pretrained(id, { local_files_only: true })) as unknown as LoadedConfig;
  } catch (error) {
    throw new ModelFault('config', `config.json: ${messageOf(error)}`);
  }
}

/** @throws ModelFault */
export async function openTokenizer(id: string): Promise<Tokenizer> {
  try {
    return (await AutoTokenizer.from_pretrained(id, { local_files_only: true })) as unknown as Tokenizer;
  } catch (error) {
    throw new ModelFault('config', `tokenizer.json: ${messageOf(error)}`);
  }
}

export const makeTensor: TensorMaker = (type, data, dims) => new Tensor(type, data, [...dims]).ort_tensor;

function modelOf(
  config: LoadedConfig,
  runtime: ModelRuntime,
  sessions: { readonly encoder: Session; readonly decoder: Session; readonly laterDecoder: Session | undefined },
  forced: readonly number[]
): Seq2SeqModel {
  const { encoder, decoder, laterDecoder } = sessions;
  const { num_decoder_layers: layers, num_decoder_heads: heads, ...widths } = config.normalized_config;
  const headWidth = widths.decoder_dim_kv ?? (widths.decoder_hidden_size ?? Number.NaN) / (heads ?? Number.NaN);
  const cache = (laterDecoder ?? decoder).inputMetadata?.find(({ name }) => name.startsWith('past_key_values'));
  const startToken = config.decoder_start_token_id;
  const { eos_token_id: endToken, pad_token_id: padToken, vocab_size: vocabulary } = config;
  return {
    encoder,
    decoder,
    ...(laterDecoder === undefined ? {} : { laterDecoder }),
    tensor: makeTensor,
    cacheType: cache?.type === 'float16' ? 'float16' : 'float32',
    layers: whole('decoder layers', layers),
    heads: whole('decoder heads', heads),
    headWidth: whole('head width', headWidth),
    startToken: whole('decoder_start_token_id', startToken),
    endToken: whole('eos_token_id', endToken),
    padToken: whole('pad_token_id', padToken),
    vocabulary: whole('vocab_size', vocabulary),
    suppressed: runtime.suppressedTokens ?? [],
    forced
  };
}

export function whole(name: string, value: number | undefined): number {
  if (value === undefined || !Number.isInteger(value) || value < 0) throw new ModelFault('config', `config.json: ${name}`);
  return value;
}

/** How lines become ids: plainly, or with the codes of source and target. */
function codesOf(
  runtime: ModelRuntime,
  tokenizer: Tokenizer
): { readonly forced: readonly number[]; encode(text: string, language: LanguageCode | undefined): number[] } {
  const { targetCode, sourceCodes = {} } = runtime;
  if (targetCode === undefined) return { forced: [], encode: (text) => tokenizer.encode(text) };
  const build = (text: string, source: string | undefined): { ids: number[]; forced: number | undefined } => {
    if (tokenizer._build_translation_inputs === undefined) {
      throw new ModelFault('config', 'tokenizer_config.json: a tokenizer without language codes');
    }
    const codes: Parameters<NonNullable<Tokenizer['_build_translation_inputs']>>[2] = { tgt_lang: targetCode };
    if (source !== undefined) codes.src_lang = source;
    try {
      const plain = { padding: false, truncation: false, return_tensor: false } as const;
      const { input_ids: ids } = tokenizer._build_translation_inputs(text, plain, codes);
      return { ids, forced: codes.forced_bos_token_id };
    } catch (error) {
      throw new ModelFault('config', messageOf(error));
    }
  };
  // Tried now, so that a code the tokenizer does not have is found when the pack is taken in and not in a case.
  const tried = [undefined, ...Object.values(sourceCodes)].map((source) => build('', source).forced);
  const first = tried[0];
  if (first === undefined) throw new ModelFault('config', `tokenizer.json: no token for ${targetCode}`);
  return { forced: [first], encode: (text, language) => build(text, sourceCodes[language ?? '']).ids };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
