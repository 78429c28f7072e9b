/**
 * A line's English out of that of its parts: taken together, or behind the message before, where the model did better so,
 * else sentence by sentence.
 */
import type { Reach } from './before.ts';
import { widerIsBetter, type Rendering } from './choose.ts';
import {
  PHRASE_BOOK_MARK,
  QualityFlag,
  type LanguageCode,
  type Lead,
  type ModelName,
  type TranslatedLine,
  type TranslationEngine
} from './contract.ts';
import { jobKey, type JobResult, type JobText, type Voice } from './job.ts';
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
  /** What of it was read behind the message before as well. */
  readonly behind?: Pick<Reach, 'from' | 'to' | 'text' | 'language'> & { readonly lead: Lead };
}

export function assemble(id: number, line: PlannedLine, voices: ReadonlyMap<LanguageCode, Voice>): TranslatedLine {
  const { plan } = line;
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
  const { from, to } = line.behind ?? { from: 0, to: 0 };
  const head = piecesIn(line, 0, from, voices);
  const stretch = piecesIn(line, from, to, voices);
  const tail = piecesIn(line, to, plan.parts.length, voices);
  const wider = widerOf(line, stretch, voices);
  const pieces = [...head, ...(wider === null ? stretch : [wider]), ...tail];
  const text = textOf(pieces);
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
    ...(wider === null ? {} : { byItself: textOf([...head, ...stretch, ...tail]) }),
    leastAgreement
  };
}

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

/** Parts from one to one before another, by themselves. */
function piecesIn(line: PlannedLine, from: number, to: number, voices: ReadonlyMap<LanguageCode, Voice>): Piece[] {
  const { parts } = line.plan;
  const pieces: Piece[] = [];
  let at = from;
  for (const passage of line.passages) {
    if (passage.from < from || passage.to > to) continue;
    for (const part of parts.slice(at, passage.from)) pieces.push(pieceOf(part, voices));
    pieces.push(...renderedPassage(passage, parts.slice(passage.from, passage.to), voices));
    at = passage.to;
  }
  for (const part of parts.slice(at, to)) pieces.push(pieceOf(part, voices));
  return pieces;
}

/** The line's stretch read behind the message before; null where that is no better than by itself or says the same. */
function widerOf({ behind }: PlannedLine, alone: readonly Piece[], voices: ReadonlyMap<LanguageCode, Voice>): Piece | null {
  if (behind === undefined) return null;
  const wider = resultIn(behind, voices);
  return wider.text !== textOf(alone) && isBetter([wider], alone, behind, voices) ? wider : null;
}

/** Whether pieces made knowing more are better than those made by themselves. */
function isBetter(
  wider: readonly Piece[],
  alone: readonly Piece[],
  { text: source, language, lead }: JobText,
  voices: ReadonlyMap<LanguageCode, Voice>
): boolean {
  const { quality, engine } = voices.get(language) as Voice;
  const rendering = (pieces: readonly Piece[]): Rendering => ({ text: textOf(pieces), ...summed(pieces) });
  const shape = lead === undefined ? engine.passages : engine.before;
  return widerIsBetter(rendering(wider), rendering(alone), {
    source,
    language,
    words: quality.words,
    weight: engine.unansweredWeight ?? 0,
    bonus: shape?.bonus ?? 0
  });
}

function pieceOf(part: PlannedPart, voices: ReadonlyMap<LanguageCode, Voice>): Piece {
  if (part.kind !== 'translate')
    return { text: part.text, other: null, flags: 0, logProb: 0, tokens: 0, unsure: 0, isPhrase: null };
  return resultIn(part, voices);
}

function resultIn(text: JobText, voices: ReadonlyMap<LanguageCode, Voice>): JobResult {
  const result = voices.get(text.language)?.jobs.get(jobKey(text))?.result;
  if (result === null || result === undefined) throw new Error('a segment was not translated');
  return result;
}

function renderedPassage(passage: Passage, parts: readonly PlannedPart[], voices: ReadonlyMap<LanguageCode, Voice>): Piece[] {
  const together = resultIn(passage, voices);
  if (together.isPhrase) return [together];
  const apart = parts.map((part) => pieceOf(part, voices));
  return isBetter([together], apart, passage, voices) ? [together] : apart;
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
