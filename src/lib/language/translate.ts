/**
 * From lines to machine English: identify, split, mask, look up, translate in batches, put back, flag.
 * Knows nothing of where lines come from or go to.
 */
import {
  QualityFlag,
  type EngineOutput,
  type LanguageCode,
  type TranslatedLine,
  type TranslateProgress,
  type TranslationEngine
} from './contract.ts';
import type { LanguageIdentifier } from './identify.ts';
import { mask, carriesTokens, piecesAroundTokens, standInFamilies, unmask, type Masked, type StandInFamily } from './mask.ts';
import { normalForm, type TranslationMemory } from './memory.ts';
import { DEFAULT_THRESHOLDS, flagsOf, type QualityRules, type QualitySources } from './quality.ts';
import { planLine, type LinePlan, type PlannedPart } from './plan.ts';

export interface LineToTranslate {
  readonly id: number;
  readonly text: string;
}

export interface TranslateOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: TranslateProgress) => void;
  /** Ids wanted next, asked before each chunk: what is on screen. Ids that are done or unknown are passed over. */
  readonly wantedFirst?: () => readonly number[];
  /** Lines in one chunk: large enough to fill batches of like length, small enough to answer a scroll. */
  readonly chunk?: number;
}

const CHUNK = 512;

/** One piece on its way through the engine. */
interface Job {
  readonly source: string;
  readonly language: LanguageCode;
  masked: Masked;
  /** What the engine gets; the key of the memory. */
  normal: string;
  family: number;
  result: { readonly text: string; readonly flags: number; readonly logProb: number; readonly tokens: number } | null;
}

export class LineTranslator {
  readonly #identifier: LanguageIdentifier;
  readonly #engine: TranslationEngine;
  readonly #memory: TranslationMemory;
  readonly #quality: QualitySources;
  readonly #families: readonly StandInFamily[];
  #enginePasses = 0;

  constructor(
    identifier: LanguageIdentifier,
    engine: TranslationEngine,
    memory: TranslationMemory,
    rules: QualityRules = { thresholds: DEFAULT_THRESHOLDS, lexicon: null }
  ) {
    this.#identifier = identifier;
    this.#engine = engine;
    this.#memory = memory;
    this.#quality = { ...rules, identifier };
    this.#families = standInFamilies(engine.placeholders);
  }

  get modelId(): string {
    return this.#engine.id;
  }

  get modelSha256Hex(): string {
    return this.#engine.modelSha256Hex;
  }

  /** Languages that are translated; every other one says "no model". */
  get languages(): readonly LanguageCode[] {
    return this.#engine.languages;
  }

  async dispose(): Promise<void> {
    await this.#engine.dispose();
  }

  /** Translates every line; one result a line, in the order given. Rejects with the signal's reason on abort. */
  async translate(lines: readonly LineToTranslate[], options: TranslateOptions): Promise<TranslatedLine[]> {
    const done = new Map<number, TranslatedLine>();
    for await (const chunk of this.stream(lines, options)) for (const line of chunk) done.set(line.id, line);
    return lines.map((line) => done.get(line.id) as TranslatedLine);
  }

  /**
   * The same, given out as chunks are done: what was yielded can be stored, so that a stopped run goes on from there.
   */
  async *stream(lines: readonly LineToTranslate[], options: TranslateOptions): AsyncGenerator<TranslatedLine[]> {
    const waiting = new Map(lines.map((line) => [line.id, line]));
    const total = waiting.size;
    const started = performance.now();
    this.#enginePasses = 0;
    while (waiting.size > 0) {
      options.signal.throwIfAborted();
      const chunk = takeChunk(waiting, options.wantedFirst?.() ?? [], options.chunk ?? CHUNK);
      yield await this.#chunk(chunk, options.signal);
      const seconds = (performance.now() - started) / 1000;
      const finished = total - waiting.size;
      options.onProgress?.({
        done: finished,
        total,
        unique: this.#enginePasses,
        linesPerSecond: finished / Math.max(seconds, 1e-3)
      });
    }
  }

  async #chunk(lines: readonly LineToTranslate[], signal: AbortSignal): Promise<TranslatedLine[]> {
    const plans = lines.map((line) => planLine(line.text, this.#identifier, this.#engine.languages));
    const jobs = new Map<string, Job>();
    for (const plan of plans) for (const part of plan.parts) if (part.kind === 'translate') this.#add(jobs, part);
    await this.#run([...jobs.values()], signal);
    return lines.map((line, i) => assemble(line.id, plans[i] as LinePlan, jobs));
  }

  #add(jobs: Map<string, Job>, { text: source, language }: PlannedPart): void {
    if (jobs.has(jobKey(source, language))) return;
    const masked = { text: source, tokens: [], standIns: [] };
    jobs.set(jobKey(source, language), { source, language, masked, normal: '', family: -1, result: null });
  }

  /** Tries the stand-in families in turn; each round holds only the segments that lost a token in the one before. */
  async #run(jobs: readonly Job[], signal: AbortSignal): Promise<void> {
    let open = [...jobs];
    while (open.length > 0) {
      const ready = open.filter((job) => nextFamily(job, this.#families));
      const cut = open.filter((job) => job.family >= this.#families.length);
      const outputs = await this.#outputs(
        ready.map((job) => job.normal),
        signal
      );
      ready.forEach((job, i) => {
        const output = outputs[i] as EngineOutput;
        const text = unmask(output.text, job.masked);
        if (text !== null) job.result = this.#resultOf(job, text, output);
      });
      for (const job of cut) job.result = await this.#aroundTokens(job, signal);
      open = open.filter((job) => job.result === null);
    }
  }

  #resultOf(job: Job, text: string, raw: EngineOutput): NonNullable<Job['result']> {
    const flags = flagsOf(job.normal, raw, job.language, this.#quality);
    return { text, flags, logProb: raw.meanLogProb, tokens: raw.tokens + 1 };
  }

  /** No stand-in survived: the words between the tokens alone. Every token stands there, but maybe in the wrong place. */
  async #aroundTokens({ source, language }: Job, signal: AbortSignal): Promise<NonNullable<Job['result']>> {
    const pieces = piecesAroundTokens(source);
    const words = pieces.filter((p) => p.kind === 'segment').map((p) => normalForm(p.text));
    const outputs = await this.#outputs(words, signal);
    let flags: number = QualityFlag.tokensLost;
    let logProb = 0;
    let tokens = 0;
    let next = 0;
    const text = pieces.map((piece) => {
      if (piece.kind === 'kept') return piece.text;
      const output = outputs[next] as EngineOutput;
      flags |= flagsOf(words[next++] as string, output, language, this.#quality);
      logProb += output.meanLogProb * (output.tokens + 1);
      tokens += output.tokens + 1;
      return output.text;
    });
    return { text: text.join(''), flags, logProb: tokens === 0 ? 0 : logProb / tokens, tokens };
  }

  /** Engine outputs by way of the memory, each distinct text once. */
  async #outputs(normals: readonly string[], signal: AbortSignal): Promise<EngineOutput[]> {
    const hash = this.#engine.modelSha256Hex;
    const fresh = [...new Set(normals)].filter((normal) => this.#memory.find(hash, normal) === undefined);
    const found = new Map<string, EngineOutput>();
    if (fresh.length > 0) {
      const outputs = await this.#engine.translate(fresh, signal);
      this.#enginePasses += fresh.length;
      fresh.forEach((normal, i) => {
        const output = outputs[i] as EngineOutput;
        found.set(normal, output);
        this.#memory.keep(hash, normal, output);
      });
    }
    return normals.map((normal) => (found.get(normal) ?? this.#memory.find(hash, normal)) as EngineOutput);
  }
}

/** One text may stand in two languages; the engine sees it once, the rules twice. */
const jobKey = (text: string, language: LanguageCode): string => `${language}\n${text}`;

/** Moves a job on to the next family that can serve it; false when none is left. */
function nextFamily(job: Job, families: readonly StandInFamily[]): boolean {
  for (let family = job.family + 1; family < families.length; family++) {
    const masked = mask(job.source, families[family] ?? []);
    if (masked === null) continue;
    job.family = family;
    job.masked = masked;
    job.normal = normalForm(masked.text);
    return true;
  }
  job.family = families.length;
  return false;
}

function takeChunk(waiting: Map<number, LineToTranslate>, first: readonly number[], size: number): LineToTranslate[] {
  const chunk: LineToTranslate[] = [];
  const take = (line: LineToTranslate | undefined): void => {
    if (line === undefined || chunk.length >= size) return;
    waiting.delete(line.id);
    chunk.push(line);
  };
  for (const id of first) take(waiting.get(id));
  // The wanted ones go alone when there are any: they must not wait for a full chunk.
  if (chunk.length > 0) return chunk;
  for (const line of [...waiting.values()].slice(0, size)) take(line);
  return chunk;
}

function assemble(id: number, plan: LinePlan, jobs: ReadonlyMap<string, Job>): TranslatedLine {
  const language: LanguageCode = plan.language;
  let flags = plan.flags;
  let logProb = 0;
  let tokens = 0;
  const text = plan.parts.map((part) => {
    if (part.kind !== 'translate') return part.text;
    const result = jobs.get(jobKey(part.text, part.language))?.result;
    if (result === null || result === undefined) throw new Error('a segment was not translated');
    flags |= result.flags;
    logProb += result.logProb * result.tokens;
    tokens += result.tokens;
    return result.text;
  });
  if (tokens === 0) return { id, language, text: null, flags, meanLogProb: Number.NaN };
  const whole = text.join('');
  // The last word on tokens: every one of the source, in the bytes of the source.
  if (!carriesTokens(whole, plan.source)) flags |= QualityFlag.tokensLost;
  return { id, language, text: whole, flags, meanLogProb: Math.round((logProb / tokens) * 1e4) / 1e4 };
}
