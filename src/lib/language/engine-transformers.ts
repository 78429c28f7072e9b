/**
 * Translation by a seq2seq model in ONNX, loaded by transformers.js: WASM or WebGPU in a browser worker, the native
 * runtime in Node. The library finds files, tokenizer and sessions; the search is ours (see [Note: Own greedy loop]).
 */
import { planBatches, type BatchLimits } from './batch.ts';
import { decodeByBeam, type BeamShape } from './beam.ts';
import type { EngineOutput, LanguageCode, PassageShape, TranslationEngine } from './contract.ts';
import type { DecodedLine } from './decoder-run.ts';
import type { ExampleShelf } from './examples/shelf.ts';
import { decodeGreedily } from './greedy.ts';
import type { Hints } from './hints.ts';
import { modelSha256Hex, type ModelManifest, type WeightType } from './manifest.ts';
import { ModelFault } from './model-fault.ts';
import { openSeq2Seq, type ModelFiles, type Seq2Seq } from './seq2seq.ts';

export interface TransformersEngineOptions extends ModelFiles {
  readonly manifest: ModelManifest;
  /** Weights to load in place of those the manifest names: 'fp32' is for parity checks. */
  readonly dtype?: WeightType;
  readonly batch?: BatchLimits;
  /** In place of the manifest's word: null for greedy search. */
  readonly beam?: BeamShape | null;
  readonly hints?: Hints;
  readonly examples?: ExampleShelf;
  /** In place of the manifest's word: null for sentence by sentence. */
  readonly passages?: PassageShape | null;
}

/** Chosen on two cores, native and WASM: wider batches win nothing more and keep a stop waiting longer. */
const BATCH_LIMITS: BatchLimits = { maxRows: 32, maxTokens: 768 };

/** A sentence rarely doubles; what runs on past this is a loop. Depends on the line alone, so replay holds. */
const outputLimit = (sourceTokens: number, longest: number): number => Math.min(longest - 2, 12 + 2 * sourceTokens);

/**
 * Loads the model named by `manifest.id` below `modelsRoot`.
 * @throws ModelFault when a file is missing or is no model; nothing is ever asked of another origin
 */
export async function loadTransformersEngine(options: TransformersEngineOptions): Promise<TranslationEngine> {
  const { manifest, dtype, batch, beam, hints, examples, passages, ...files } = options;
  const seq2seq = await openSeq2Seq(manifest, files, dtype);
  return new TransformersEngine(manifest, await modelSha256Hex(manifest), seq2seq, {
    batch: batch ?? BATCH_LIMITS,
    beam: beam === undefined ? manifest.runtime?.beam : (beam ?? undefined),
    hints,
    examples,
    passages: passages === undefined ? manifest.runtime?.passages : (passages ?? undefined)
  });
}

/** What an output of the search says, and how sure of it the search was. */
type Said = Pick<EngineOutput, 'text' | 'meanLogProb' | 'scatter' | 'tokens'>;

/** What a line without words gives. */
const WORDLESS: EngineOutput = { text: '', meanLogProb: 0, tokens: 0, sourceTokens: 1, unknownTokens: 0, isCut: false };

class TransformersEngine implements TranslationEngine {
  readonly id: string;
  readonly languages: readonly string[];
  readonly placeholders: readonly string[];
  readonly needsLanguage: boolean;
  readonly unansweredWeight: number;
  readonly passages?: PassageShape;
  readonly readsDigits: boolean;
  readonly #byteTokens: readonly [number, number];
  /** Ids of a line that holds nothing: prefix and specials. */
  readonly #empty: number;

  constructor(
    manifest: ModelManifest,
    readonly modelSha256Hex: string,
    private readonly seq2seq: Seq2Seq,
    private readonly how: {
      readonly batch: BatchLimits;
      readonly beam: BeamShape | undefined;
      readonly hints: Hints | undefined;
      readonly examples: ExampleShelf | undefined;
      readonly passages: PassageShape | undefined;
    }
  ) {
    this.id = manifest.id;
    this.languages = manifest.languages;
    this.placeholders = manifest.placeholders ?? [];
    this.needsLanguage = manifest.runtime?.sourceCodes !== undefined || how.hints !== undefined || how.examples !== undefined;
    this.readsDigits = manifest.runtime?.readsDigits ?? false;
    this.unansweredWeight = how.beam?.unansweredWeight ?? 0;
    if (how.passages !== undefined) this.passages = how.passages;
    this.#byteTokens = manifest.byteTokens ?? [0, 0];
    this.#empty = seq2seq.encode('', undefined).length;
  }

  async translate(lines: readonly string[], signal: AbortSignal, language?: LanguageCode): Promise<EngineOutput[]> {
    const { longest } = this.seq2seq;
    const whole = lines.map((line) => this.seq2seq.encode(line, language));
    const sources = whole.map((ids, i) => this.#hinted(lines[i] as string, language) ?? this.#fit(ids));
    const outputs = lines.map(() => WORDLESS);
    // Nothing but the end token stays out: the model would invent a sentence.
    const numbers = lines.map((_, i) => i).filter((i) => (sources[i]?.length ?? 0) > this.#empty);
    const plan = planBatches(
      numbers.map((i) => sources[i]?.length ?? 0),
      this.how.batch
    );
    for (const batch of plan) {
      const members = batch.map((n) => numbers[n] as number);
      const inputs = members.map((i) => sources[i] as number[]);
      const limits = inputs.map((ids) => outputLimit(ids.length, longest));
      // The runtime never leaves a worker's event loop by itself: without a pause no stop would ever be heard.
      await new Promise((resolve) => setTimeout(resolve));
      const decoded = await this.#decode(inputs, limits, signal, language);
      members.forEach((i, row) => {
        const line = decoded[row];
        if (line === undefined) throw new Error('the search lost a line');
        outputs[i] = {
          ...this.#said(line, line.ended),
          sourceTokens: whole[i]?.length ?? 0,
          unknownTokens: this.#unknown(whole[i] ?? []),
          isCut: !line.ended || (whole[i]?.length ?? 0) > longest,
          ...(this.unansweredWeight === 0 ? {} : { alternatives: (line.others ?? []).map((other) => this.#said(other, true)) })
        };
      });
    }
    return outputs;
  }

  async dispose(): Promise<void> {
    await this.seq2seq.dispose();
  }

  async #decode(
    inputs: readonly number[][],
    limits: readonly number[],
    signal: AbortSignal,
    language: LanguageCode | undefined
  ): Promise<DecodedLine[]> {
    const { model } = this.seq2seq;
    const { beam, examples } = this.how;
    if (beam === undefined) return this.#ran(signal, () => decodeGreedily(model, inputs, limits, signal));
    const sizes = { vocabulary: model.vocabulary, width: model.heads * model.headWidth };
    const own = await examples?.of(language, sizes);
    return this.#ran(signal, () => decodeByBeam(model, inputs, limits, beam, signal, own));
  }

  async #ran(signal: AbortSignal, search: () => Promise<DecodedLine[]>): Promise<DecodedLine[]> {
    try {
      return await search();
    } catch (error) {
      if (signal.aborted || error instanceof ModelFault) throw error;
      throw new ModelFault('run-failed', error instanceof Error ? error.message : String(error));
    }
  }

  #said({ ids, logProb, scatter }: Pick<DecodedLine, 'ids' | 'logProb' | 'scatter'>, ended: boolean): Said {
    const steps = ids.length + (ended ? 1 : 0);
    const scattered = scatter === undefined ? {} : { scatter: scatter / steps };
    return { text: this.seq2seq.decode(ids).trim(), meanLogProb: logProb / steps, ...scattered, tokens: ids.length };
  }

  /** Ids of the line with hints; null where there are none or no room for them. */
  #hinted(line: string, language: LanguageCode | undefined): number[] | null {
    const text = this.how.hints?.into(line, language) ?? line;
    if (text === line) return null;
    const ids = this.seq2seq.encode(text, language);
    return ids.length <= this.seq2seq.longest ? ids : null;
  }

  /** Source ids within what the model was trained on, the end token kept. */
  #fit(ids: number[]): number[] {
    const { longest, model } = this.seq2seq;
    return ids.length <= longest ? ids : [...ids.slice(0, longest - 1), model.endToken];
  }

  #unknown(ids: readonly number[]): number {
    const [from, to] = this.#byteTokens;
    const { unknownToken } = this.seq2seq;
    return ids.reduce((n, id) => n + ((id >= from && id < to) || id === unknownToken ? 1 : 0), 0);
  }
}
