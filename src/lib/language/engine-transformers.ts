/**
 * Translation by a seq2seq model in ONNX, loaded by transformers.js: WASM or WebGPU in a browser worker, the native
 * runtime in Node. The library finds files, tokenizer and sessions; the search is ours (see [Note: Own greedy loop]).
 */
import { planBatches, type BatchLimits } from './batch.ts';
import { decodeByBeam, type BeamShape } from './beam.ts';
import type { BeforeShape, EngineOutput, LanguageCode, Lead, PassageShape, TranslationEngine } from './contract.ts';
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
  /** In place of the manifest's word: null for every line by itself. */
  readonly before?: BeforeShape | null;
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
  const { manifest, dtype, batch, beam, hints, examples, passages, before, ...files } = options;
  const seq2seq = await openSeq2Seq(manifest, files, dtype);
  return new TransformersEngine(manifest, await modelSha256Hex(manifest), seq2seq, {
    batch: batch ?? BATCH_LIMITS,
    beam: beam === undefined ? manifest.runtime?.beam : (beam ?? undefined),
    hints,
    examples,
    passages: passages === undefined ? manifest.runtime?.passages : (passages ?? undefined),
    before: before === undefined ? manifest.runtime?.before : (before ?? undefined)
  });
}

/** What an output of the search says, and how sure of it the search was. */
type Said = Pick<EngineOutput, 'text' | 'meanLogProb' | 'scatter' | 'tokens'>;

/** What the search gets of a line. */
interface EngineInput {
  readonly ids: readonly number[];
  /** Most output tokens. */
  readonly limit: number;
  /** Output tokens that are given: the English of what was said before. */
  readonly lead: readonly number[];
}

/** What a line without words gives. */
const WORDLESS: EngineOutput = { text: '', meanLogProb: 0, tokens: 0, sourceTokens: 1, unknownTokens: 0, isCut: false };

class TransformersEngine implements TranslationEngine {
  readonly id: string;
  readonly languages: readonly string[];
  readonly placeholders: readonly string[];
  readonly needsLanguage: boolean;
  readonly unansweredWeight: number;
  readonly passages?: PassageShape;
  readonly before?: BeforeShape;
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
      readonly before: BeforeShape | undefined;
    }
  ) {
    this.id = manifest.id;
    this.languages = manifest.languages;
    this.placeholders = manifest.placeholders ?? [];
    this.needsLanguage = manifest.runtime?.sourceCodes !== undefined || how.hints !== undefined || how.examples !== undefined;
    this.readsDigits = manifest.runtime?.readsDigits ?? false;
    this.unansweredWeight = how.beam?.unansweredWeight ?? 0;
    if (how.passages !== undefined) this.passages = how.passages;
    // Greedy search has no way to go on from what is given.
    if (how.before !== undefined && how.beam !== undefined) this.before = how.before;
    this.#byteTokens = manifest.byteTokens ?? [0, 0];
    this.#empty = seq2seq.encode('', undefined).length;
  }

  async translate(
    lines: readonly string[],
    signal: AbortSignal,
    language?: LanguageCode,
    leads: readonly (Lead | null)[] = []
  ): Promise<EngineOutput[]> {
    const { longest } = this.seq2seq;
    const whole = lines.map((line) => this.seq2seq.encode(line, language));
    const inputs = lines.map((line, i) => this.#inputOf(line, whole[i] as number[], language, leads[i] ?? null));
    const outputs = lines.map(() => WORDLESS);
    // Nothing but the end token stays out: the model would invent a sentence.
    const numbers = lines.map((_, i) => i).filter((i) => (whole[i]?.length ?? 0) > this.#empty);
    const plan = planBatches(
      numbers.map((i) => inputs[i]?.ids.length ?? 0),
      this.how.batch
    );
    for (const batch of plan) {
      const members = batch.map((n) => numbers[n] as number);
      // The runtime never leaves a worker's event loop by itself: without a pause no stop would ever be heard.
      await new Promise((resolve) => setTimeout(resolve));
      const decoded = await this.#decode(
        members.map((i) => inputs[i] as EngineInput),
        signal,
        language
      );
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

  /** What the search gets of a line, with what was said before it where there is room for both and for the answer. */
  #inputOf(line: string, whole: number[], language: LanguageCode | undefined, lead: Lead | null): EngineInput {
    const { longest } = this.seq2seq;
    const own = this.#hinted(line, language) ?? this.#fit(whole);
    const limit = outputLimit(own.length, longest);
    const alone = { ids: own, limit, lead: [] };
    if (lead === null || this.before === undefined) return alone;
    const both = `${lead.source} ${line}`;
    const ids = this.#hinted(both, language) ?? this.seq2seq.encode(both, language);
    const given = this.seq2seq.encode(lead.english, language).slice(0, -1);
    const room = longest - 2 - given.length;
    return ids.length > longest || room < own.length ? alone : { ids, limit: Math.min(room, limit), lead: given };
  }

  async #decode(lines: readonly EngineInput[], signal: AbortSignal, language: LanguageCode | undefined): Promise<DecodedLine[]> {
    const { model } = this.seq2seq;
    const { beam, examples } = this.how;
    const [inputs, limits, leads] = [lines.map(({ ids }) => ids), lines.map(({ limit }) => limit), lines.map(({ lead }) => lead)];
    if (beam === undefined) return this.#ran(signal, () => decodeGreedily(model, inputs, limits, signal));
    const sizes = { vocabulary: model.vocabulary, width: model.heads * model.headWidth };
    const own = await examples?.of(language, sizes);
    return this.#ran(signal, () => decodeByBeam(model, inputs, limits, beam, signal, { examples: own, leads }));
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
