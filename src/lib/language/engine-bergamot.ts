/**
 * Translation by a Marian model in its own format, as Firefox Translations uses them: a second opinion that shares no
 * code with the first engine. Runs in WebAssembly on the processor, in a browser worker and in Node alike.
 */
import { checkShortlist } from './bergamot/shortlist.ts';
import { precisionOf, readMarianItems, vocabularySizes, type GemmPrecision } from './bergamot/model-file.ts';
import { BergamotRuntime, type BergamotParts } from './bergamot/module.ts';
import { escapeMarkup, parseScored, type ScoredText } from './bergamot/scored-text.ts';
import { readSentencePieces, type SentencePieces } from './bergamot/vocabulary.ts';
import type { EngineOutput, TranslationEngine } from './contract.ts';
import { modelSha256Hex, type ModelManifest } from './manifest.ts';
import { ModelFault } from './model-fault.ts';

export interface BergamotEngineOptions {
  readonly manifest: ModelManifest;
  readonly parts: BergamotParts;
  /** A file of the pack by its path in the manifest. */
  readonly read: (path: string) => Promise<Uint8Array>;
}

/** Most source tokens of one piece, end token included; a longer line is translated in pieces, and says so. Bergamot's own. */
const LONGEST = 128;
/** Output tokens a source token at most. Bergamot has 2, which cuts short lines in languages with long words. */
const LENGTH_FACTOR = 3;
/** Longest time without a look at the signal. */
const PAUSE_AFTER_MS = 50;

/** What a line without words gives. */
const WORDLESS: EngineOutput = { text: '', meanLogProb: 0, tokens: 0, sourceTokens: 1, unknownTokens: 0, isCut: false };

/**
 * @throws ModelFault when a file is no model, no vocabulary or no shortlist, they do not belong together, or Marian stops
 */
export async function loadBergamotEngine(options: BergamotEngineOptions): Promise<TranslationEngine> {
  const model = await openModel(options);
  return new BergamotEngine(options, await modelSha256Hex(options.manifest), model);
}

interface OpenModel {
  readonly runtime: BergamotRuntime;
  readonly source: SentencePieces;
  readonly target: SentencePieces;
  readonly hasShortlist: boolean;
}

async function openModel({ manifest, parts, read }: BergamotEngineOptions): Promise<OpenModel> {
  const layout = manifest.bergamot;
  if (layout === undefined) throw new ModelFault('config', `${manifest.id} is not in Marian's format`);
  const model = await read(layout.model);
  const items = readMarianItems(model, layout.model);
  const vocabularies = await Promise.all(layout.vocabularies.map(async (path) => ({ path, bytes: await read(path) })));
  const pieces = vocabularies.map(({ path, bytes }) => readSentencePieces(bytes, path));
  const [source, target] = [pieces[0], pieces.at(-1)];
  if (source === undefined || target === undefined) throw new ModelFault('config', 'no vocabulary');
  const rows = vocabularySizes(items);
  // A token beyond the embeddings would be read from whatever stands behind them.
  if (rows === null || source.size > rows.source || target.size > rows.target) {
    throw new ModelFault('config', `${layout.model} and ${layout.vocabularies.join(', ')} do not belong together`);
  }
  const shortlist = layout.shortlist === undefined ? null : await read(layout.shortlist);
  if (shortlist !== null) checkShortlist(shortlist, layout.shortlist ?? '', { source: source.size, target: target.size });
  const runtime = await BergamotRuntime.start(parts);
  runtime.load(configOf(precisionOf(items)), { model, vocabularies: vocabularies.map(({ bytes }) => bytes), shortlist });
  return { runtime, source, target, hasShortlist: shortlist !== null };
}

/** Marian's options; nothing in them comes from the pack. */
function configOf(precision: GemmPrecision): string {
  const options = {
    'beam-size': 1,
    normalize: 1,
    'word-penalty': 0,
    'cpu-threads': 0,
    'gemm-precision': precision,
    // Without it scores would not be probabilities.
    'skip-cost': false,
    alignment: 'soft',
    quiet: true,
    'quiet-translation': true,
    'max-length-break': LONGEST,
    'mini-batch-words': 1024,
    // Megabytes for one line at a time.
    workspace: 128,
    'max-length-factor': LENGTH_FACTOR,
    // Lines come cut into sentences.
    'ssplit-mode': 'sentence'
  };
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

class BergamotEngine implements TranslationEngine {
  readonly id: string;
  readonly languages: readonly string[];
  readonly placeholders: readonly string[];

  /** Null after Marian stopped: the next call begins with a fresh one. */
  #model: OpenModel | null;

  constructor(
    private readonly options: BergamotEngineOptions,
    readonly modelSha256Hex: string,
    model: OpenModel
  ) {
    const { id, languages, placeholders } = options.manifest;
    this.id = id;
    this.languages = languages;
    this.placeholders = placeholders ?? [];
    this.#model = model;
  }

  /**
   * [Note: One line a batch]
   * Marian's output limit counts from the longest line of a batch, its eight-bit products are scaled by the greatest
   * number in a batch, and its shortlist is of all words in a batch: in a batch of 8 most lines of the test model came
   * out otherwise than alone. So each line is its own batch, and its text hangs on nothing but itself.
   */
  async translate(lines: readonly string[], signal: AbortSignal): Promise<EngineOutput[]> {
    const model = (this.#model ??= await openModel(this.options));
    const outputs: EngineOutput[] = [];
    let paused = Number.NEGATIVE_INFINITY;
    for (const line of lines) {
      if (performance.now() - paused >= PAUSE_AFTER_MS) {
        // The runtime never leaves a worker's event loop by itself: without a pause no stop would ever be heard.
        await new Promise((resolve) => setTimeout(resolve));
        paused = performance.now();
      }
      signal.throwIfAborted();
      try {
        outputs.push(oneLine(model, line));
      } catch (error) {
        this.#model = null;
        throw error;
      }
    }
    return outputs;
  }

  dispose(): Promise<void> {
    this.#model?.runtime.dispose();
    this.#model = null;
    return Promise.resolve();
  }
}

/** @throws ModelFault when Marian stops, which it does with its whole module */
function oneLine(model: OpenModel, line: string): EngineOutput {
  // A line break would begin another sentence.
  const plain = line.replace(/\s+/gu, ' ').trim();
  const { tokens: sourceTokens, unknown } = model.source.count(plain);
  if (sourceTokens === 0) return WORDLESS;
  const scored = parsed(model.runtime.translate(escapeMarkup(plain)));
  return {
    text: scored.text.trim(),
    ...measure(model, scored),
    sourceTokens: sourceTokens + 1,
    unknownTokens: unknown,
    isCut: scored.isCut || sourceTokens >= LONGEST
  };
}

/**
 * Scores come a word, as the mean over its tokens, and none for the end token: the mean over all tokens is made of them
 * by counting each word's tokens. With a shortlist they are shares among the few words of the list and no probabilities
 * any more: then there are none.
 */
function measure({ target, hasShortlist }: OpenModel, scored: ScoredText): Pick<EngineOutput, 'meanLogProb' | 'tokens'> {
  const { tokens } = target.count(scored.text);
  let sum = 0;
  let counted = 0;
  for (const { text, score } of scored.words) {
    if (Number.isNaN(score)) throw new ModelFault('not-a-number', '');
    const weight = Math.max(1, target.count(text).tokens);
    sum += weight * score;
    counted += weight;
  }
  return { meanLogProb: hasShortlist || counted === 0 ? Number.NaN : sum / counted, tokens };
}

function parsed(markup: string): ScoredText {
  try {
    return parseScored(markup);
  } catch (error) {
    throw new ModelFault('run-failed', error instanceof Error ? error.message : '');
  }
}
