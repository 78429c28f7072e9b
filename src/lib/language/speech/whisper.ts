/**
 * Speech to text by a Whisper model in ONNX: transformers.js finds the files and computes the spectrogram; the search is
 * ours, for its log probabilities, the language and the doubt whether anyone speaks, which generate() does not give.
 * Greedy and without the text before: the same recording with the same model gives the same lines.
 */
import { AutoConfig, AutoTokenizer, PreTrainedModel } from '@huggingface/transformers';
import { QualityFlag } from '../contract.ts';
import type { RuntimeSession } from '../decoder-run.ts';
import { modelSha256Hex, type ModelManifest } from '../manifest.ts';
import { ModelFault } from '../model-fault.ts';
import { PackRefused } from '../packs/refusal.ts';
import { repeats } from '../quality.ts';
import { float32Of, halvesOf, type RuntimeTensor } from '../runtime-tensor.ts';
import { DEFAULT_RUNTIME, makeTensor, shutTheDoors, whole, type ModelFiles } from '../seq2seq.ts';
import { SPEECH_RATE_HZ, type Heard, type SpokenLine, type Transcriber } from './contract.ts';
import { languageOfToken } from './languages.ts';
import { spectrogramOf } from './spectrogram.ts';
import { holdToForm, linesOf, type SpeechTokens, type TokenLine } from './time-codes.ts';
import { SpeechWindow } from './window.ts';

/** Doubts, by the thresholds of the published decoding code (openai/whisper, transcribe.py); not measured on phone speech. */
const DOUBT = { noSpeech: 0.6, leastMeanLogProb: -1, leastLanguageProb: 0.5 } as const;

/** A window is understood up to its last whole line. A model that closes a line at once would never come to the end. */
const LEAST_STEP_S = 1;
/** Too short for a word: the end of the last one. */
const LEAST_REST_S = 0.2;
/** Steps between two pauses in which a stop can be heard. */
const STEPS_A_TURN = 16;

interface Session extends RuntimeSession {
  readonly inputMetadata?: readonly { readonly name: string; readonly type?: string }[];
}

interface SpeechConfig {
  readonly num_mel_bins?: number;
  readonly d_model?: number;
  readonly decoder_attention_heads?: number;
  readonly vocab_size?: number;
  readonly max_target_positions?: number;
}

/** generation_config.json, as far as it is needed. */
interface GenerationFacts {
  readonly decoder_start_token_id?: number;
  readonly eos_token_id?: number | readonly number[];
  readonly no_timestamps_token_id?: number;
  readonly is_multilingual?: boolean;
  readonly lang_to_id?: Readonly<Record<string, number>>;
  readonly task_to_id?: Readonly<Record<string, number>>;
  readonly suppress_tokens?: readonly number[] | null;
  readonly begin_suppress_tokens?: readonly number[] | null;
  readonly max_initial_timestamp_index?: number | null;
}

interface SpeechModel {
  readonly encoder: Session;
  readonly decoder: Session;
  /** In the layout of two files: the decoder of every later step. */
  readonly laterDecoder: Session | undefined;
  readonly heads: number;
  readonly headWidth: number;
  readonly vocabulary: number;
  readonly startToken: number;
  readonly tokens: SpeechTokens;
  /** Token of each language with its ISO code; empty for a model of one language. */
  readonly languages: readonly (readonly [token: number, code: string])[];
  readonly transcribeToken: number | null;
  /** Most tokens of a window: half of what the decoder can hold, as the model was trained. */
  readonly longest: number;
}

export interface WhisperOptions extends ModelFiles {
  readonly manifest: ModelManifest;
  /** Reads a file of the pack as JSON: generation_config.json holds more than transformers.js hands on. */
  readonly readJson: (path: string) => Promise<unknown>;
}

/**
 * Loads the model named by `manifest.id` below `modelsRoot`.
 * @throws ModelFault when a file is missing or is no Whisper model, or whatever `files.open` rejected with; nothing is
 *   ever asked of another origin
 */
export async function loadWhisper(options: WhisperOptions): Promise<Transcriber> {
  const { manifest, readJson, ...files } = options;
  let doorFault: unknown = null;
  shutTheDoors(files, (error) => (doorFault = error));
  const folder = files.folder ?? manifest.id;
  const runtime = manifest.runtime ?? DEFAULT_RUNTIME;
  const device = files.wasmPaths === undefined ? 'cpu' : (files.device ?? 'wasm');
  const dtype = (device === 'webgpu' ? runtime.dtype.webgpu : undefined) ?? runtime.dtype.wasm;
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
      throw new ModelFault('not-a-model', `onnx/${file}: ${messageOf(error)}`);
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
    const [config, facts, tokenizer, [encoder, decoder, laterDecoder]] = await Promise.all([
      readConfig(folder),
      readFacts(readJson),
      readTokenizer(folder),
      Promise.all(names.map(session))
    ]);
    if (encoder === undefined || decoder === undefined) throw new ModelFault('not-a-model', folder);
    const model = modelOf(config, facts, { encoder, decoder, laterDecoder });
    for (const each of [decoder, laterDecoder]) checkInputs(each);
    const bands = whole('num_mel_bins', config.num_mel_bins);
    const spectrogram = spectrogramOf(bands);
    const featuresOf = async (samples: Float32Array): Promise<RuntimeTensor> => {
      const data = await spectrogram(samples);
      const dims = [1, bands, data.length / bands];
      const isHalf = encoder.inputMetadata?.[0]?.type === 'float16';
      return isHalf ? makeTensor('float16', halvesOf(data), dims) : makeTensor('float32', data, dims);
    };
    const decode = (ids: readonly number[]): string => tokenizer.decode([...ids], { skip_special_tokens: true }).trim();
    return new WhisperTranscriber(manifest.id, await modelSha256Hex(manifest), { model, featuresOf, decode, dispose });
  } catch (error) {
    await dispose();
    // What the door said of a file is the cause; what the library made of that is not.
    throw doorFault ?? error;
  }
}

interface SpeechParts {
  readonly model: SpeechModel;
  /** Spectrogram of at most half a minute, filled up with silence. */
  featuresOf(samples: Float32Array): Promise<RuntimeTensor>;
  decode(ids: readonly number[]): string;
  dispose(): Promise<void>;
}

/** What the model wrote about one window. */
interface Written {
  readonly ids: readonly number[];
  readonly logProbs: readonly number[];
  readonly noSpeech: number;
  /** Null where it was given. */
  readonly language: { readonly token: number | null; readonly code: string; readonly prob: number };
  readonly isCut: boolean;
}

class WhisperTranscriber implements Transcriber {
  constructor(
    readonly id: string,
    readonly modelSha256Hex: string,
    private readonly parts: SpeechParts
  ) {}

  async transcribe(
    samples: AsyncIterable<Float32Array>,
    signal: AbortSignal,
    onProgress: (done_ms: number, lines: readonly SpokenLine[]) => void = () => {}
  ): Promise<Heard> {
    const window = new SpeechWindow(samples);
    const lines: SpokenLine[] = [];
    let language: Written['language'] | null = null;
    try {
      for (;;) {
        await window.fill();
        const length_s = window.length / SPEECH_RATE_HZ;
        if (length_s < LEAST_REST_S) break;
        const written = await this.#write(window.samples, language, signal);
        language ??= written.language;
        const { lines: found, done_s } = linesOf(written.ids, this.parts.model.tokens, length_s);
        const at_ms = (window.start / SPEECH_RATE_HZ) * 1000;
        found.forEach((line, i) => {
          const spoken = this.#spoken(line, written, language as Written['language'], at_ms, i === found.length - 1);
          if (spoken !== null) lines.push(spoken);
        });
        window.advance(Math.round(Math.max(done_s, Math.min(length_s, LEAST_STEP_S)) * SPEECH_RATE_HZ));
        onProgress(Math.round((window.start / SPEECH_RATE_HZ) * 1000), lines);
      }
      return {
        language: language?.code ?? 'und',
        languageProb: language?.prob ?? 0,
        duration_ms: Math.round((window.received / SPEECH_RATE_HZ) * 1000),
        lines
      };
    } finally {
      await window.close();
    }
  }

  async dispose(): Promise<void> {
    await this.parts.dispose();
  }

  #spoken(line: TokenLine, written: Written, language: Written['language'], at_ms: number, isLast: boolean): SpokenLine | null {
    const text = this.parts.decode(line.ids);
    if (text === '') return null;
    const meanLogProb = line.places.reduce((sum, place) => sum + (written.logProbs[place] ?? 0), 0) / line.places.length;
    let flags = 0;
    if (meanLogProb < DOUBT.leastMeanLogProb) flags |= QualityFlag.lowConfidence;
    if (repeats(text)) flags |= QualityFlag.repetition;
    if (written.noSpeech > DOUBT.noSpeech) flags |= QualityFlag.noSpeech;
    if (language.prob < DOUBT.leastLanguageProb) flags |= QualityFlag.languageUncertain;
    if (written.isCut && isLast) flags |= QualityFlag.cut;
    const time = (seconds: number): number => Math.round(at_ms + seconds * 1000);
    return { from_ms: time(line.from_s), to_ms: time(line.to_s), text, flags, meanLogProb, noSpeech: written.noSpeech };
  }

  async #write(samples: Float32Array, known: Written['language'] | null, signal: AbortSignal): Promise<Written> {
    try {
      await turn(signal);
      const features = await this.parts.featuresOf(samples);
      return await write(this.parts.model, features, known, signal);
    } catch (error) {
      if (signal.aborted || error instanceof ModelFault) throw error;
      throw new ModelFault('run-failed', messageOf(error));
    }
  }
}

/** One window by greedy search: prompt, language, then words and times until the end token. */
async function write(
  model: SpeechModel,
  features: RuntimeTensor,
  known: Written['language'] | null,
  signal: AbortSignal
): Promise<Written> {
  const { encoder, tokens } = model;
  const name = encoder.inputNames[0] ?? 'input_features';
  const hidden = outputOf(await encoder.run({ [name]: features }, ['last_hidden_state']), 'last_hidden_state');
  const steps = new DecoderSteps(model, hidden);
  let scores = await steps.take(model.startToken);
  // The token before "without times" says that nobody speaks: Whisper's vocabularies all have it there.
  const noSpeech = shareOf(scores, tokens.withoutTimes - 1);
  const language = known ?? bestLanguage(scores, model.languages);
  if (language.token !== null) scores = await steps.take(language.token);
  if (model.transcribeToken !== null) scores = await steps.take(model.transcribeToken);

  const ids: number[] = [];
  const logProbs: number[] = [];
  for (;;) {
    if (ids.length % STEPS_A_TURN === 0) await turn(signal);
    signal.throwIfAborted();
    holdToForm(scores, ids, tokens);
    const { token, logProb } = bestOf(scores);
    if (Number.isNaN(logProb)) throw new ModelFault('not-a-number', '');
    if (token === tokens.end) return { ids, logProbs, noSpeech, language, isCut: false };
    ids.push(token);
    logProbs.push(logProb);
    if (ids.length >= model.longest) return { ids, logProbs, noSpeech, language, isCut: true };
    scores = await steps.take(token);
  }
}

/** The decoder fed token by token, with its caches. */
class DecoderSteps {
  readonly #model: SpeechModel;
  readonly #hidden: RuntimeTensor;
  #past: Record<string, RuntimeTensor> = {};
  #step = 0;

  constructor(model: SpeechModel, hidden: RuntimeTensor) {
    this.#model = model;
    this.#hidden = hidden;
    const { decoder, heads, headWidth } = model;
    for (const name of decoder.inputNames.filter((one) => one.startsWith('past_key_values.'))) {
      const isHalf = decoder.inputMetadata?.find((one) => one.name === name)?.type === 'float16';
      const nothing = isHalf ? new Uint16Array(0) : new Float32Array(0);
      this.#past[name] = makeTensor(isHalf ? 'float16' : 'float32', nothing, [1, heads, 0, headWidth]);
    }
  }

  /** Scores of the next token after `token`. */
  async take(token: number): Promise<Float32Array> {
    const { decoder, laterDecoder, vocabulary } = this.#model;
    const isFirst = this.#step === 0;
    const session = isFirst ? decoder : (laterDecoder ?? decoder);
    const feeds: Record<string, RuntimeTensor> = {
      input_ids: makeTensor('int64', BigInt64Array.of(BigInt(token)), [1, 1]),
      encoder_hidden_states: this.#hidden,
      use_cache_branch: makeTensor('bool', Uint8Array.of(isFirst ? 0 : 1), [1]),
      cache_position: makeTensor('int64', BigInt64Array.of(BigInt(this.#step)), [1]),
      ...this.#past
    };
    // Keys and values over the sound are computed in the first step only.
    const presents = session.outputNames.filter((name) => name.startsWith('present.') && (isFirst || name.includes('.decoder.')));
    const asked = Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)));
    const out = await session.run(asked, ['logits', ...presents]);
    for (const name of presents) this.#past[name.replace('present.', 'past_key_values.')] = outputOf(out, name);
    this.#step++;
    const scores = float32Of(outputOf(out, 'logits'));
    if (scores.length !== vocabulary) throw new ModelFault('token-outside', String(scores.length));
    return scores;
  }
}

function bestLanguage(scores: Float32Array, languages: SpeechModel['languages']): Written['language'] {
  if (languages.length === 0) return { token: null, code: 'und', prob: 1 };
  const among = Float32Array.from(languages, ([token]) => scores[token] as number);
  const { token: place, logProb } = bestOf(among);
  const [token, code] = languages[place] as readonly [number, string];
  return { token, code, prob: Math.exp(logProb) };
}

/** The likeliest place and its natural-log probability; NaN where a score is no number. */
function bestOf(scores: Float32Array): { token: number; logProb: number } {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] as number) > (scores[best] as number)) best = i;
  const top = scores[best] as number;
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - top);
  return { token: best, logProb: -Math.log(sum) };
}

function shareOf(scores: Float32Array, token: number): number {
  const { token: best, logProb } = bestOf(scores);
  return Math.exp((scores[token] as number) - (scores[best] as number) + logProb);
}

/** The runtime never leaves a worker's event loop by itself: without a pause no stop would ever be heard. */
async function turn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}

function outputOf(out: Record<string, RuntimeTensor>, name: string): RuntimeTensor {
  const tensor = out[name];
  if (tensor === undefined) throw new ModelFault('output-missing', name);
  return tensor;
}

function checkInputs(session: Session | undefined): void {
  const known = ['input_ids', 'encoder_hidden_states', 'use_cache_branch', 'cache_position'];
  const asked = (session?.inputNames ?? []).filter(
    (name) => !known.includes(name) && !/^past_key_values\.\d+\.(?:decoder|encoder)\.(?:key|value)$/.test(name)
  );
  if (asked.length > 0) throw new ModelFault('unknown-input', asked.join(', '));
}

async function readConfig(id: string): Promise<SpeechConfig> {
  try {
    return (await AutoConfig.from_pretrained(id, { local_files_only: true })) as unknown as SpeechConfig;
  } catch (error) {
    throw new ModelFault('config', `config.json: ${messageOf(error)}`);
  }
}

async function readTokenizer(id: string): Promise<{ decode(ids: number[], options: { skip_special_tokens: boolean }): string }> {
  try {
    return await AutoTokenizer.from_pretrained(id, { local_files_only: true });
  } catch (error) {
    throw new ModelFault('config', `tokenizer.json: ${messageOf(error)}`);
  }
}

async function readFacts(readJson: WhisperOptions['readJson']): Promise<GenerationFacts> {
  let facts: unknown;
  try {
    facts = await readJson('generation_config.json');
  } catch (error) {
    if (error instanceof PackRefused) throw error;
    throw new ModelFault('config', `generation_config.json: ${messageOf(error)}`);
  }
  if (typeof facts !== 'object' || facts === null) throw new ModelFault('config', 'generation_config.json');
  return facts;
}

function modelOf(
  config: SpeechConfig,
  facts: GenerationFacts,
  sessions: { readonly encoder: Session; readonly decoder: Session; readonly laterDecoder: Session | undefined }
): SpeechModel {
  const heads = whole('decoder_attention_heads', config.decoder_attention_heads);
  const vocabulary = whole('vocab_size', config.vocab_size);
  const ends = facts.eos_token_id;
  const withoutTimes = whole('no_timestamps_token_id', facts.no_timestamps_token_id);
  const isMultilingual = facts.is_multilingual === true;
  const token = (name: string, value: number | undefined): number => {
    const found = whole(name, value);
    if (found >= vocabulary) throw new ModelFault('config', `generation_config.json: ${name}`);
    return found;
  };
  token('no_timestamps_token_id', withoutTimes + 1);
  const languages = Object.entries(isMultilingual ? (facts.lang_to_id ?? {}) : {}).map(
    ([name, id]) => [token(name, id), languageOfToken(name)] as const
  );
  if (isMultilingual && languages.length === 0) throw new ModelFault('config', 'generation_config.json: lang_to_id');
  return {
    ...sessions,
    heads,
    headWidth: whole('d_model', config.d_model) / Math.max(1, heads),
    vocabulary,
    startToken: token('decoder_start_token_id', facts.decoder_start_token_id),
    tokens: {
      end: token('eos_token_id', typeof ends === 'number' ? ends : ends?.[0]),
      firstTime: withoutTimes + 1,
      withoutTimes,
      suppressed: facts.suppress_tokens ?? [],
      suppressedAtBegin: facts.begin_suppress_tokens ?? [],
      latestBegin: facts.max_initial_timestamp_index ?? null
    },
    languages,
    transcribeToken: isMultilingual ? token('task_to_id', facts.task_to_id?.['transcribe']) : null,
    longest: Math.floor(whole('max_target_positions', config.max_target_positions) / 2)
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
