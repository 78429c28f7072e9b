/** Doubts about a machine line, by rules that anyone can check. A flagged line is shown, never hidden. */
import { QualityFlag, type EngineOutput } from './contract.ts';
import { wordsOf } from './ngrams.ts';

export interface QualityThresholds {
  /** Mean natural-log probability below which a segment is doubtful. */
  readonly leastMeanLogProb: number;
  /** Output over source length, in characters, for segments of at least `ratioFrom` characters. */
  readonly leastRatio: number;
  readonly mostRatio: number;
  readonly ratioFrom: number;
  /** Share of source tokens that are single bytes. */
  readonly mostUnknown: number;
  /** Share of output words that stand in the source as well, for outputs of at least `untranslatedFrom` words. */
  readonly mostCopied: number;
  readonly untranslatedFrom: number;
}

/**
 * Measured for romance-en 0.1.0 on the 2,340 lines of test_strict (models/romance-en/card.md says how).
 * leastMeanLogProb: flags 47 % of lines; 82 % of the lines with chrF below 20 and 16 % of those with 50 or more.
 * leastRatio, mostRatio: 99 % of the human references lie between 0.47 and 1.69, 99.6 % between 0.43 and 1.80.
 * The others are chosen by eye on short chat lines.
 */
export const DEFAULT_THRESHOLDS: QualityThresholds = {
  leastMeanLogProb: -0.6,
  leastRatio: 0.43,
  mostRatio: 1.8,
  ratioFrom: 16,
  mostUnknown: 0.2,
  mostCopied: 0.6,
  untranslatedFrom: 3
};

/**
 * Flags of one segment.
 * @param source what the engine got, stand-ins included
 */
export function flagsOf(source: string, output: EngineOutput, limits: QualityThresholds = DEFAULT_THRESHOLDS): number {
  let flags = 0;
  if (output.isCut) flags |= QualityFlag.cut;
  if (Number.isFinite(output.meanLogProb) && output.meanLogProb < limits.leastMeanLogProb) flags |= QualityFlag.lowConfidence;
  if (output.unknownTokens > limits.mostUnknown * output.sourceTokens) flags |= QualityFlag.outOfVocabulary;
  const ratio = output.text.length / Math.max(1, source.length);
  const isOdd = source.length >= limits.ratioFrom && (ratio < limits.leastRatio || ratio > limits.mostRatio);
  if (isOdd || output.text === '') flags |= QualityFlag.lengthRatio;
  if (repeats(output.text) && !repeats(source)) flags |= QualityFlag.repetition;
  if (isCopy(source, output.text, limits)) flags |= QualityFlag.untranslated;
  return flags;
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
  if (source.toLowerCase() === output.toLowerCase() && wordsOf(source).length >= 2) return true;
  const names = new Set((source.match(/(?<=\S\s)\p{Lu}[\p{L}\p{M}]*/gu) ?? []).map((n) => n.toLowerCase()));
  const words = wordsOf(output).filter((w) => !names.has(w));
  if (words.length < limits.untranslatedFrom) return false;
  const known = new Set(wordsOf(source));
  return words.filter((w) => known.has(w)).length / words.length > limits.mostCopied;
}
