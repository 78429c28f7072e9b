/** Where a sentence changes its language: "am ajuns acasă, call me when you can". */
import type { LanguageCode } from './contract.ts';
import type { LanguageIdentifier } from './identify.ts';

/**
 * Cost of a change of language between two words, natural-log units: what the words on one side must gain. Chosen on
 * training lines kept back, joined two by two: 20 cut 1 % of the lines of one language, 30 one in 500.
 */
const CHANGE_COST = 30;
/** Fewer words than this are a name or a borrowed phrase, not a part of the sentence. */
const LEAST_WORDS = 3;
const WORD_WITH_GAP = /\S+\s*/gu;

/**
 * Pieces of a segment that are each surely in one language, in order; joined they are the segment. The segment comes back
 * whole where any piece would be short or in doubt, so that a guess never cuts a sentence.
 */
export function languageRuns(segment: string, identifier: LanguageIdentifier): string[] {
  const words = segment.match(WORD_WITH_GAP) ?? [];
  if (words.length < 2 * LEAST_WORDS || words.join('').length !== segment.length) return [segment];
  const runs = runsOf(words, bestPath(words.map((word) => identifier.scoresOf(word))));
  if (runs.length < 2 || runs.some((run) => run.trim().split(/\s+/u).length < LEAST_WORDS)) return [segment];
  const languages = runs.map((run): LanguageCode => identifier.identify(run).language);
  const areSure = languages.every((language, i) => language !== 'und' && language !== 'zxx' && language !== languages[i - 1]);
  return areSure ? runs : [segment];
}

/** Class of each word along the best path: sum of scores less the cost of each change (Viterbi 1967). */
function bestPath(scores: readonly Float64Array[]): number[] {
  const width = scores[0]?.length ?? 0;
  let best = new Float64Array(width);
  const cameFrom: Int16Array[] = [];
  for (const word of scores) {
    let top = 0;
    for (let c = 1; c < width; c++) if ((best[c] as number) > (best[top] as number)) top = c;
    const changed = (best[top] as number) - CHANGE_COST;
    const next = new Float64Array(width);
    const from = new Int16Array(width);
    for (let c = 0; c < width; c++) {
      const stays = best[c] as number;
      from[c] = stays >= changed ? c : top;
      next[c] = Math.max(stays, changed) + (word[c] as number);
    }
    best = next;
    cameFrom.push(from);
  }
  let at = best.indexOf(Math.max(...best));
  const path: number[] = [];
  for (let i = scores.length - 1; i >= 0; i--) {
    path.push(at);
    at = cameFrom[i]?.[at] ?? at;
  }
  return path.reverse();
}

function runsOf(words: readonly string[], path: readonly number[]): string[] {
  const runs: string[] = [];
  words.forEach((word, i) => {
    if (i > 0 && path[i] === path[i - 1]) runs[runs.length - 1] += word;
    else runs.push(word);
  });
  return runs;
}
