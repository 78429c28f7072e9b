/** Doubts about a machine line, by rules that anyone can check. A flagged line is shown, never hidden. */
import { QualityFlag, type EngineOutput, type LanguageCode } from './contract.ts';
import { folded } from './fold.ts';
import type { LanguageIdentifier } from './identify.ts';
import { wordsUnanswered, type WordTable } from './word-table.ts';
import type { PhraseBook } from './phrase-book.ts';
import { namesAdded, namesLost, type NameList } from './names.ts';
import { negationChanged } from './negation.ts';
import { wordsOf } from './ngrams.ts';

/** Where rules draw the line. Each model has its own: models/train/thresholds.ts chooses them and its manifest holds them. */
export interface QualityThresholds {
  /** Mean natural-log probability below which a segment is doubtful. */
  readonly leastMeanLogProb: number;
  /** In its place where the engine tells its scatter: what `unsureness` may come to, and how it weighs likelihood and length. */
  readonly scattered?: { readonly most: number; readonly perNat: number; readonly perLogStep: number };
  /** Bounds of output over source length, in characters, by source length: short lines vary more. Rising `from`. */
  readonly ratios: readonly RatioBand[];
  /** Share of source tokens that are single bytes. */
  readonly mostUnknown: number;
  /** Share of output words that stand in the source as well, for outputs of at least `untranslatedFrom` words. */
  readonly mostCopied: number;
  readonly untranslatedFrom: number;
  /** Least familiarity (`LanguageAnswer`) of an output that is not surely English, from `englishFrom` letters of its own. */
  readonly leastEnglish: number;
  readonly englishFrom: number;
  /** Share of the words that the table of words knows which have no counterpart, where at least `wordsFrom` are known. */
  readonly mostUnanswered: number;
  readonly wordsFrom: number;
  /** chrF, 0..100, below which two engines' texts for one line disagree. */
  readonly leastAgreement: number;
}

interface RatioBand {
  /** Least source length in characters. */
  readonly from: number;
  readonly least: number;
  readonly most: number;
}

/** For models whose manifest holds none; those of romance-en 0.1.0. */
export const DEFAULT_THRESHOLDS: QualityThresholds = {
  leastMeanLogProb: -0.6,
  ratios: [{ from: 16, least: 0.43, most: 1.8 }],
  mostUnknown: 0.2,
  mostCopied: 0.6,
  untranslatedFrom: 3,
  leastEnglish: 2,
  englishFrom: 8,
  mostUnanswered: 0.6,
  wordsFrom: 3,
  leastAgreement: 35
};

/** What a model brings for judging its lines. */
export interface QualityRules {
  readonly thresholds: QualityThresholds;
  /** Of the model's languages; without one the rule on unanswered words is silent. */
  readonly words: WordTable | null;
  /** Whole segments that need no model. */
  readonly phrases?: PhraseBook;
  /** Names that are known as such wherever they stand; without them a capital inside a sentence makes one. */
  readonly names?: NameList;
}

/** For models that bring nothing. */
export const DEFAULT_RULES: QualityRules = { thresholds: DEFAULT_THRESHOLDS, words: null };

export interface QualitySources extends QualityRules {
  readonly identifier: LanguageIdentifier;
}

/**
 * Flags of one segment.
 * @param source what the engine got, stand-ins included
 */
export function flagsOf(source: string, output: EngineOutput, language: LanguageCode, from: QualitySources): number {
  const { thresholds: limits } = from;
  let flags = textFlags(source, output.text, language, from);
  if (output.isCut) flags |= QualityFlag.cut;
  if (isUnsure(output, limits)) flags |= QualityFlag.lowConfidence;
  if (Number.isNaN(output.meanLogProb)) flags |= QualityFlag.noConfidence;
  if (output.unknownTokens > limits.mostUnknown * output.sourceTokens) flags |= QualityFlag.outOfVocabulary;
  return flags;
}

/**
 * How scattered the search was over an output (see [Note: Scattered]), with how unlikely it is, and more for a longer one: of
 * more words one is sooner wrong. Null where the engine does not tell, or the model has no limit for it.
 */
export function unsureness(
  output: Pick<EngineOutput, 'scatter' | 'meanLogProb' | 'tokens'>,
  limits: Pick<QualityThresholds, 'scattered'>
): number | null {
  const { scatter, meanLogProb, tokens } = output;
  const { scattered } = limits;
  if (scatter === undefined || scattered === undefined || Number.isNaN(meanLogProb)) return null;
  return scatter - scattered.perNat * meanLogProb + scattered.perLogStep * Math.log(tokens + 1);
}

function isUnsure(output: EngineOutput, limits: QualityThresholds): boolean {
  const unsure = unsureness(output, limits);
  if (unsure !== null) return unsure > (limits.scattered?.most ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(output.meanLogProb) && output.meanLogProb < limits.leastMeanLogProb;
}

/** The flags that two texts alone give, whoever translated. */
export function textFlags(source: string, english: string, language: LanguageCode, from: QualitySources): number {
  const { thresholds: limits, identifier, words } = from;
  let flags = 0;
  if (isOddlyLong(source, english, limits)) flags |= QualityFlag.lengthRatio;
  if (repeats(english) && !repeats(source)) flags |= QualityFlag.repetition;
  if (isCopy(source, english, limits)) flags |= QualityFlag.untranslated;
  else if (!isEnglish(source, english, identifier, limits)) flags |= QualityFlag.notEnglish;
  if (namesLost(source, english, language, from.names).length + namesAdded(source, english, language).length > 0) {
    flags |= QualityFlag.namesChanged;
  }
  if (negationChanged(source, english, language)) flags |= QualityFlag.negationChanged;
  if (questionChanged(source, english)) flags |= QualityFlag.questionChanged;
  if (words !== null) {
    const { known, unanswered } = wordsUnanswered(source, english, language, words);
    if (known >= limits.wordsFrom && unanswered > limits.mostUnanswered * known) flags |= QualityFlag.wordsUnanswered;
  }
  return flags;
}

function isOddlyLong(source: string, english: string, limits: QualityThresholds): boolean {
  if (english === '') return true;
  const band = limits.ratios.findLast((each) => source.length >= each.from);
  if (band === undefined) return false;
  const ratio = english.length / source.length;
  return ratio < band.least || ratio > band.most;
}

/** A word three times running, or a pair or three words twice running, or any three words three times in all. */
export function repeats(text: string): boolean {
  const words = wordsOf(text);
  const same = (a: number, b: number, n: number): boolean => {
    for (let i = 0; i < n; i++) if (words[a + i] === undefined || words[a + i] !== words[b + i]) return false;
    return true;
  };
  const triples = new Map<string, number>();
  for (let i = 0; i < words.length; i++) {
    if (same(i, i + 1, 1) && same(i, i + 2, 1)) return true;
    if (same(i, i + 2, 2) || same(i, i + 3, 3)) return true;
    if (i + 2 >= words.length) continue;
    const triple = words.slice(i, i + 3).join(' ');
    const times = (triples.get(triple) ?? 0) + 1;
    if (times === 3) return true;
    triples.set(triple, times);
  }
  return false;
}

/** Names carry over by right, so words with a capital inside the source do not count. */
function isCopy(source: string, output: string, limits: QualityThresholds): boolean {
  if (folded(source) === folded(output) && wordsOf(source).length >= 2) return true;
  const names = new Set((source.match(/(?<=\S\s)\p{Lu}[\p{L}\p{M}]*/gu) ?? []).map((n) => n.toLowerCase()));
  const words = wordsOf(output).filter((w) => !names.has(w));
  if (words.length < limits.untranslatedFrom) return false;
  const known = new Set(wordsOf(source));
  return words.filter((w) => known.has(w)).length / words.length > limits.mostCopied;
}

/**
 * False when the text is surely of another language, or like no language at all: letters that make no words. Words that
 * stand in the source as well are left out: names, and what `isCopy` looks at.
 */
function isEnglish(source: string, english: string, identifier: LanguageIdentifier, limits: QualityThresholds): boolean {
  const copied = new Set(wordsOf(source));
  const own = [...new Set(wordsOf(english))].filter((word) => !copied.has(word));
  if (own.join('').length < limits.englishFrom) return true;
  const { language, familiarity } = identifier.identify(own.join(' '));
  if (language === 'eng' || language === 'zxx') return true;
  return language === 'und' && familiarity >= limits.leastEnglish;
}

/** A question that is none any more, or a plain statement that became one. Chat often leaves marks out, so both must show. */
function questionChanged(source: string, english: string): boolean {
  const asks = /[?？؟]/u;
  return asks.test(source) ? !asks.test(english) : asks.test(english) && /[.!…]\s*$/u.test(source);
}
