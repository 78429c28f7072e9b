/** A line's English out of that of its parts: taken together where the model did better so, else sentence by sentence. */
import { passageIsBetter, type Rendering } from './choose.ts';
import {
  PHRASE_BOOK_MARK,
  QualityFlag,
  type LanguageCode,
  type ModelName,
  type TranslatedLine,
  type TranslationEngine
} from './contract.ts';
import { jobKey, type JobResult, type Voice } from './job.ts';
import { carriesTokens } from './mask.ts';
import type { Passage } from './passages.ts';
import type { LinePlan, PlannedPart } from './plan.ts';

/** A stretch of a line's English. */
type Piece = Pick<JobResult, 'text' | 'other' | 'flags' | 'logProb' | 'tokens' | 'unsure'> & {
  readonly isPhrase: boolean | null;
};

export interface PlannedLine {
  readonly plan: LinePlan;
  /** In the order of the line. */
  readonly passages: readonly Passage[];
}

export function assemble(id: number, { plan, passages }: PlannedLine, voices: ReadonlyMap<LanguageCode, Voice>): TranslatedLine {
  const language: LanguageCode = plan.language;
  const engines = new Set<TranslationEngine>();
  let leastAgreement = 0;
  const used = plan.parts.flatMap((part) => (part.kind === 'translate' ? (voices.get(part.language) ?? []) : []));
  for (const { engine, quality } of used) {
    engines.add(engine);
    // Of two models the one that is sooner in doubt counts.
    leastAgreement = Math.max(leastAgreement, quality.thresholds.leastAgreement);
  }
  if (engines.size === 0) return { id, language, text: null, flags: plan.flags, meanLogProb: Number.NaN, model: null };
  const pieces: Piece[] = [];
  let at = 0;
  for (const passage of passages) {
    for (const part of plan.parts.slice(at, passage.from)) pieces.push(pieceOf(part, voices));
    pieces.push(...renderedPassage(passage, plan.parts.slice(passage.from, passage.to), voices));
    at = passage.to;
  }
  for (const part of plan.parts.slice(at)) pieces.push(pieceOf(part, voices));
  const text = pieces.map((piece) => piece.text).join('');
  const { flags, meanLogProb, unsure } = summed(pieces);
  // The last word on tokens: every one of the source, in the bytes of the source.
  const lost = carriesTokens(text, plan.source) ? 0 : QualityFlag.tokensLost;
  const model = nameOf(engines);
  const named = pieces.every(({ isPhrase }) => isPhrase !== false) ? { ...model, id: `${model.id}${PHRASE_BOOK_MARK}` } : model;
  return {
    id,
    language,
    text,
    flags: plan.flags | flags | lost,
    meanLogProb: Math.round(meanLogProb * 1e4) / 1e4,
    unsure,
    model: named,
    ...otherReadingOf(pieces),
    leastAgreement
  };
}

function pieceOf(part: PlannedPart, voices: ReadonlyMap<LanguageCode, Voice>): Piece {
  if (part.kind !== 'translate')
    return { text: part.text, other: null, flags: 0, logProb: 0, tokens: 0, unsure: 0, isPhrase: null };
  return resultIn(part, voices);
}

function resultIn(text: Pick<PlannedPart, 'text' | 'language'>, voices: ReadonlyMap<LanguageCode, Voice>): JobResult {
  const result = voices.get(text.language)?.jobs.get(jobKey(text))?.result;
  if (result === null || result === undefined) throw new Error('a segment was not translated');
  return result;
}

function renderedPassage(passage: Passage, parts: readonly PlannedPart[], voices: ReadonlyMap<LanguageCode, Voice>): Piece[] {
  const together = resultIn(passage, voices);
  if (together.isPhrase) return [together];
  const apart = parts.map((part) => pieceOf(part, voices));
  const { quality, engine } = voices.get(passage.language) as Voice;
  const rendering = (pieces: readonly Piece[]): Rendering => ({
    text: pieces.map(({ text }) => text).join(''),
    ...summed(pieces)
  });
  const isBetter = passageIsBetter(rendering([together]), rendering(apart), {
    source: passage.text,
    language: passage.language,
    words: quality.words,
    weight: engine.unansweredWeight ?? 0,
    bonus: engine.passages?.bonus ?? 0
  });
  return isBetter ? [together] : apart;
}

/** The line with every piece read otherwise that can be: each about as likely, all of them together less; nothing where none can. */
function otherReadingOf(pieces: readonly Piece[]): Pick<TranslatedLine, 'otherReading'> {
  if (pieces.every(({ other }) => other === null)) return {};
  return { otherReading: pieces.map(({ text, other }) => other ?? text).join('') };
}

/** NaN where no model spoke. */
function summed(pieces: readonly Piece[]): Pick<Piece, 'flags' | 'unsure'> & { readonly meanLogProb: number } {
  let [flags, logProb, tokens, unsure] = [0, 0, 0, 0];
  for (const piece of pieces) {
    flags |= piece.flags;
    unsure = Math.max(unsure, piece.unsure);
    // A piece of the book has no probability, and no tokens that it could weigh by.
    if (piece.tokens > 0) logProb += piece.logProb * piece.tokens;
    tokens += piece.tokens;
  }
  return { flags, unsure, meanLogProb: tokens === 0 ? Number.NaN : logProb / tokens };
}

function nameOf(engines: ReadonlySet<TranslationEngine>): ModelName {
  const all = [...engines];
  return { id: all.map(({ id }) => id).join(' + '), sha256Hex: all.map(({ modelSha256Hex }) => modelSha256Hex).join(' + ') };
}
