/**
 * Bergamot's markup for scores: a font element a sentence, and inside it one a word, each with its score. The score of a
 * word is the mean log probability of its tokens. The last token of a sentence has none: it is taken for the end token.
 * What stands behind the last word of a sentence is therefore a token that was not the end: the output was stopped.
 */
import { ownTable } from '../../evidence/own-table.ts';

export interface ScoredWord {
  readonly text: string;
  /** Mean natural-log probability of its tokens. */
  readonly score: number;
}

export interface ScoredText {
  readonly text: string;
  readonly words: readonly ScoredWord[];
  readonly isCut: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = ownTable({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });
const PART = /<(\/?)font(?: x-bergamot-(sentence|word)-index="\d+" x-bergamot-\w+-score="([^"]*)")?>|([^<]+)/gu;

/** A line as the engine wants it: nothing in it is markup. */
export function escapeMarkup(line: string): string {
  return line.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
}

/** @throws Error when it is not the markup above */
export function parseScored(markup: string): ScoredText {
  const open: ('sentence' | 'word')[] = [];
  const words: ScoredWord[] = [];
  let word = { text: '', score: 0 };
  let text = '';
  let end = 0;
  let isCut = false;
  let isAfterWord = false;
  for (const found of markup.matchAll(PART)) {
    const [whole, slash, kind, score, run] = found;
    if (found.index !== end) break;
    end += whole.length;
    if (run !== undefined) {
      const plain = run.replace(/&(\w+);/gu, (entity, name: string) => ENTITIES[name] ?? entity);
      if (open.at(-1) === 'sentence') isAfterWord = isAfterWord || plain.trim() !== '';
      text += plain;
      if (open.at(-1) === 'word') word.text += plain;
    } else if (slash === '/') {
      const closed = open.pop();
      if (closed === undefined) throw new Error('scores without a beginning');
      if (closed === 'word') words.push(word);
      isCut ||= closed === 'sentence' && isAfterWord;
      isAfterWord = false;
    } else {
      if (kind !== 'sentence' && kind !== 'word') throw new Error('an unknown element among the scores');
      open.push(kind);
      if (kind === 'word') word = { text: '', score: Number(score) };
      isAfterWord = false;
    }
  }
  if (end !== markup.length || open.length > 0) throw new Error('scores that do not close');
  return { text, words, isCut };
}
