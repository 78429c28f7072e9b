/**
 * From lines to machine English: identify, split, mask, look up, translate in batches, put back, flag.
 * Knows nothing of where lines come from or go to.
 */
import { AskedOnce } from './asked-once.ts';
import { assemble, type PlannedLine } from './assemble.ts';
import { leadOf, reachOf, type Reach, type Reading } from './before.ts';
import {
  QualityFlag,
  type EngineOutput,
  type LanguageCode,
  type ModelUse,
  type TranslatedLine,
  type TranslateProgress,
  type TranslationEngine
} from './contract.ts';
import { EngineShelf } from './engine-shelf.ts';
import type { LanguageIdentifier } from './identify.ts';
import { addJob, jobKey, nextWay, resultOf, WORSE_THAN_ALONE, type Job, type JobResult, type Voice } from './job.ts';
import { piecesAroundTokens, maskingWays, unmask, withoutPlaceholders } from './mask.ts';
import { keepsNames, namesToAskFor, withCommonNames } from './name-stand-ins.ts';
import { normalForm, type TranslationMemory } from './memory.ts';
import { passagesOf, type Passage } from './passages.ts';
import type { PhraseBook } from './phrase-book.ts';
import { flagsOf, unsureness } from './quality.ts';
import { planLine, type LinePlan, type PlannedPart } from './plan.ts';
import { usualOfWriters } from './usual.ts';

/** A message, with the foreign language of its writer in its conversation, where one is known. */
export interface WrittenText {
  readonly text: string;
  readonly usual?: LanguageCode | undefined;
}

export interface LineToTranslate extends WrittenText {
  readonly id: number;
  /** The message before it in its conversation, where one is near. */
  readonly before?: WrittenText | undefined;
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

export class LineTranslator {
  readonly #identifier: LanguageIdentifier;
  readonly #shelf: EngineShelf;
  readonly #asked: AskedOnce;

  /** @param engine one model for all its languages, or a shelf of several */
  constructor(identifier: LanguageIdentifier, engine: TranslationEngine | EngineShelf, memory: TranslationMemory) {
    this.#identifier = identifier;
    this.#shelf = engine instanceof EngineShelf ? engine : EngineShelf.of(engine);
    this.#asked = new AskedOnce(memory);
  }

  /** Languages that are translated; every other one says "no model". */
  get languages(): readonly LanguageCode[] {
    return this.#shelf.languages;
  }

  /** What each model did since the newest call began. */
  get uses(): readonly ModelUse[] {
    return this.#asked.uses;
  }

  /** Usual language of each writer of each conversation, by their longer lines: see usual.ts. */
  usualLanguages(conversations: readonly (readonly (readonly string[])[])[]): (LanguageCode | undefined)[][] {
    return conversations.map((writers) => usualOfWriters(writers, this.#identifier));
  }

  async dispose(): Promise<void> {
    await this.#shelf.dispose();
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
    this.#asked.countAnew();
    while (waiting.size > 0) {
      options.signal.throwIfAborted();
      const chunk = takeChunk(waiting, options.wantedFirst?.() ?? [], options.chunk ?? CHUNK);
      yield await this.#chunk(chunk, options.signal);
      const seconds = (performance.now() - started) / 1000;
      const finished = total - waiting.size;
      options.onProgress?.({
        done: finished,
        total,
        unique: this.#asked.passes,
        linesPerSecond: finished / Math.max(seconds, 1e-3)
      });
    }
  }

  async #chunk(lines: readonly LineToTranslate[], signal: AbortSignal): Promise<TranslatedLine[]> {
    const offered = this.#shelf.languages;
    const books = await this.#books();
    const isPhrase = (language: LanguageCode, segment: string): boolean =>
      (books.get(language)?.find(language, normalForm(segment)) ?? null) !== null;
    const planOf = ({ text, usual }: WrittenText): LinePlan => planLine(text, this.#identifier, offered, isPhrase, usual);
    const voices = new Map<LanguageCode, Voice>();
    const planned: PlannedLine[] = [];
    for (const line of lines) planned.push(await this.#withJobs(planOf(line), voices));
    const reaches: (readonly [Reach, PlannedLine] | null)[] = [];
    for (const [i, { before }] of lines.entries()) {
      const reach = before === undefined ? null : reachIn((planned[i] as PlannedLine).plan, planOf(before), voices);
      reaches.push(reach === null ? null : [reach, await this.#withJobs(reach.before, voices)]);
    }
    await this.#runAll(voices, signal);
    // What the messages before came out as is known by now: the lines behind them go through the engines once more.
    const all = planned.map((line, i): PlannedLine => {
      const [reach, before] = reaches[i] ?? [];
      if (reach === undefined || before === undefined) return line;
      const lead = leadOf(reach, assemble(0, before, voices).text);
      if (lead === null) return line;
      const behind = { ...reach, lead };
      addJob(voices.get(reach.language) as Voice, behind, true);
      return { ...line, behind };
    });
    await this.#runAll(voices, signal);
    return lines.map((line, i) => assemble(line.id, all[i] as PlannedLine, voices));
  }

  /** A line whose parts and passages have their jobs. */
  async #withJobs(plan: LinePlan, voices: Map<LanguageCode, Voice>): Promise<PlannedLine> {
    for (const part of plan.parts) {
      if (part.kind === 'translate') addJob(await this.#voiceOf(part.language, voices), part);
    }
    const passages = passagesIn(plan, voices);
    for (const passage of passages) addJob(voices.get(passage.language) as Voice, passage, true);
    return { plan, passages };
  }

  async #runAll(voices: ReadonlyMap<LanguageCode, Voice>, signal: AbortSignal): Promise<void> {
    for (const voice of new Set(voices.values())) await this.#run(voice, signal);
  }

  /** Phrase books of the languages whose model brings one. */
  async #books(): Promise<ReadonlyMap<LanguageCode, PhraseBook>> {
    const books = new Map<LanguageCode, PhraseBook>();
    for (const language of this.#shelf.languages) {
      const { phrases } = await this.#shelf.rulesOf(language);
      if (phrases !== undefined) books.set(language, phrases);
    }
    return books;
  }

  /** Languages whose model need not be told share one voice, so that their lines share batches. */
  async #voiceOf(language: LanguageCode, voices: Map<LanguageCode, Voice>): Promise<Voice> {
    const known = voices.get(language);
    if (known !== undefined) return known;
    const engine = await this.#shelf.engineOf(language);
    const told = engine.needsLanguage === true ? language : undefined;
    const shared = [...voices.values()].find((voice) => voice.engine === engine && voice.language === told);
    const voice = shared ?? {
      engine,
      language: told,
      ways: maskingWays(engine),
      quality: { ...(await this.#shelf.rulesOf(language)), identifier: this.#identifier },
      jobs: new Map<string, Job>()
    };
    voices.set(language, voice);
    return voice;
  }

  /** Tries the ways of masking in turn; each round holds only the segments that lost a token in the one before. */
  async #run(voice: Voice, signal: AbortSignal): Promise<void> {
    const { ways } = voice;
    const jobs = [...voice.jobs.values()].filter((job) => job.result === null);
    let open = jobs;
    while (open.length > 0) {
      const ready = open.filter((job) => nextWay(job, ways));
      const cut = open.filter((job) => job.way >= ways.length);
      const outputs = await this.#asked.outputs(voice, ready, signal);
      ready.forEach((job, i) => {
        const output = outputs[i] as EngineOutput;
        const text = unmask(output.text, job.masked);
        if (text !== null) job.result = resultOf(voice, job, text, output);
      });
      for (const job of cut) job.result = job.lead === null ? await this.#aroundTokens(voice, job, signal) : WORSE_THAN_ALONE;
      open = open.filter((job) => job.result === null);
    }
    await this.#askForNames(voice, jobs, signal);
  }

  /** Segments whose English lost a name go through the engine once more: see [Note: Lost names]. */
  async #askForNames(voice: Voice, jobs: readonly Job[], signal: AbortSignal): Promise<void> {
    const { quality } = voice;
    const asked = jobs.flatMap((job) => {
      const { result, source, language, masked, lead } = job;
      if (result === null || lead !== null || (result.flags & QualityFlag.tokensLost) !== 0) return [];
      const again = withCommonNames(masked, namesToAskFor(source, result.text, language, quality));
      return again === null ? [] : [{ job, result, masked: again, normal: normalForm(again.text), language }];
    });
    const outputs = await this.#asked.outputs(voice, asked, signal);
    asked.forEach(({ job, result, masked, normal }, i) => {
      const output = outputs[i] as EngineOutput;
      const text = unmask(output.text, masked);
      if (text === null) return;
      const second = resultOf(voice, { ...job, normal, masked }, text, output);
      if (keepsNames(result, second, job.source, job.language, quality.names)) job.result = second;
    });
  }

  /** No stand-in survived: the words between the tokens alone. Every token stands there, but maybe in the wrong place. */
  async #aroundTokens(voice: Voice, { source, language }: Job, signal: AbortSignal): Promise<JobResult> {
    const pieces = piecesAroundTokens(source);
    const words = pieces.filter((p) => p.kind === 'segment').map((p) => ({ normal: normalForm(p.text), language }));
    const outputs = await this.#asked.outputs(voice, words, signal);
    let flags: number = QualityFlag.tokensLost;
    let [logProb, tokens, unsure, next] = [0, 0, 0, 0];
    const text = pieces.map((piece) => {
      if (piece.kind === 'kept') return piece.text;
      const output = outputs[next] as EngineOutput;
      flags |= flagsOf(words[next++]?.normal ?? '', output, language, voice.quality);
      logProb += output.meanLogProb * (output.tokens + 1);
      tokens += output.tokens + 1;
      unsure = Math.max(unsure, unsureness(output, voice.quality.thresholds) ?? 0);
      return withoutPlaceholders(output.text);
    });
    const mean = tokens === 0 ? 0 : logProb / tokens;
    return { text: text.join(''), other: null, flags, logProb: mean, tokens, unsure, isPhrase: false };
  }
}

const isPhraseIn = (part: PlannedPart, voices: ReadonlyMap<LanguageCode, Voice>): boolean =>
  voices.get(part.language)?.jobs.get(jobKey(part))?.result?.isPhrase === true;

/** What of a line its model can read behind the message before it. */
function reachIn(line: LinePlan, before: LinePlan, voices: ReadonlyMap<LanguageCode, Voice>): Reach | null {
  const readingOf = (language: LanguageCode): Reading | null => {
    const voice = voices.get(language);
    return voice?.engine.before === undefined ? null : { shape: voice.engine.before, way: voice.ways[0] };
  };
  return reachOf(line, before, readingOf, (part) => isPhraseIn(part, voices));
}

/** Passages of a line whose sentences have their jobs; one that has its English before any engine was asked is of the book. */
function passagesIn({ parts }: LinePlan, voices: ReadonlyMap<LanguageCode, Voice>): Passage[] {
  const longestOf = (language: LanguageCode): number => voices.get(language)?.engine.passages?.longest ?? 0;
  return passagesOf(parts, longestOf, (part) => isPhraseIn(part, voices));
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
