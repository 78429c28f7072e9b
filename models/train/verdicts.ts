/**
 * Lines of the shipped model that were read, line by line, beside the source and a person's English.
 *
 * [Note: Verdicts] chrF2 against one English says how like it a line is, not whether it is right: a free but good line gets
 * little of it and a fluent wrong one much. So 2,979 lines that the weights had never seen were read: right, right in part
 * (a detail that could matter is lost, changed or cannot be understood) or wrong. The readers were large language models
 * with source, line and a person's English before them, not people; no officer or translator has read these. They were
 * strict and the lines hard; of 0.15.0 they found 1,518 right, 1,059 in part, 402 wrong. Of 360 read again by others without
 * the first verdicts 88 % got the same one (Cohen's kappa .81), 93 % the same side of right (.86), none the opposite. A
 * verdict belongs to the text that was read: where a model gives another text now, it says nothing. So with examples, of
 * which none is from these lines, all that came out otherwise were read again: of 0.16.0 1,681 were right, 983 in part, 315
 * wrong, of 0.17.0, whose English stands here, 1,689, 977 and 313. Once they have been trained on, others have to be read.
 */
import { tsvRows } from './held-out.ts';

export type Verdict = 'right' | 'in part' | 'wrong';

export interface ReadLine {
  readonly language: string;
  readonly source: string;
  /** The machine's English that was read. */
  readonly read: string;
  readonly verdict: Verdict;
  /** Every other line: one half to choose limits on, the other to report them on. */
  readonly half: 'choose' | 'report';
}

export function readLines(languages: readonly string[]): ReadLine[] {
  return languages.flatMap((language) =>
    tsvRows(new URL(`verdicts/${language}.tsv`, import.meta.url)).map(([source = '', read = '', verdict = ''], i): ReadLine => {
      return { language, source, read, verdict: verdict as Verdict, half: i % 2 === 0 ? 'choose' : 'report' };
    })
  );
}

/** Two Englishes of a line of a conversation, and which of them a reader who saw the conversation found better in meaning. */
export interface ReadPair {
  readonly language: string;
  readonly before: string;
  readonly source: string;
  /** The line by itself, and behind the message before it. */
  readonly alone: string;
  readonly behind: string;
  readonly better: 'behind' | 'alone' | 'same';
}

/**
 * Pairs that were read by large language models, blind, with up to three messages before and a person's English: 800 of the
 * 1,177 lines of the held-out conversations that come out otherwise behind the message before them.
 */
export function readPairs(): ReadPair[] {
  return tsvRows(new URL('verdicts/behind.tsv', import.meta.url)).map(
    ([language = '', before = '', source = '', alone = '', behind = '', better = '']): ReadPair => {
      return { language, before, source, alone, behind, better: better as ReadPair['better'] };
    }
  );
}

type PairTexts = { readonly [name in 'before' | 'source' | 'alone' | 'behind']: string | null };

/** What readers found of two Englishes of a line; undefined where nobody read just these. */
export function pairVerdicts(): (texts: PairTexts) => ReadPair['better'] | undefined {
  const keyOf = ({ before, source, alone, behind }: PairTexts): string => [before, source, alone, behind].join('\n');
  const found = new Map(readPairs().map((pair) => [keyOf(pair), pair.better]));
  return (texts) => found.get(keyOf(texts));
}

/** Chance that one of the first is above one of the second (area under the curve), halves for equals. */
export function areaUnderCurve(first: readonly number[], second: readonly number[]): number {
  const sorted = [...second].sort((a, b) => a - b);
  const below = (value: number, withEquals: boolean): number => {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = sorted[middle] as number;
      if (other < value || (withEquals && other === value)) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const sum = first.reduce((total, value) => total + (below(value, false) + below(value, true)) / 2, 0);
  return sum / (first.length * second.length);
}
