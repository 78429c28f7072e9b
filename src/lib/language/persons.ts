/**
 * Who an English line speaks of by its pronouns, for the doubt whether that is who was meant.
 *
 * [Note: Another reading] "Vorbesc" is I speak and they speak, "tenía" I had, he had and she had, "descendus" we or they got
 * off: what a line leaves open a small model has to guess, and nothing in fluent English shows that it did. The search
 * knows: two of its outputs then differ in who acts and are about as likely. Where an output with other persons is at
 * least half as likely as the one that is taken (likelier it can be too: choose.ts takes by words as well), the line is
 * flagged and that output is kept beside it as another reading. What had to be cut around its tokens has none.
 * What that finds, and how often in vain, is printed by `npm run -s bench -- flags`.
 */
import type { EngineOutput } from './contract.ts';

const PRONOUNS: readonly string[] = [
  'i me my mine myself',
  'we us our ours ourselves',
  'you your yours yourself yourselves',
  'he him his himself',
  'she her hers herself',
  'they them their theirs themselves'
];
const BIT_OF = new Map(PRONOUNS.flatMap((words, bit) => words.split(' ').map((word) => [word, 1 << bit] as const)));
const WORD = /\p{L}+/gu;
const LET_US = /\blet['’]s\b/giu;
/** The country, where not everything is in capitals. */
const US = /\bUS\b/gu;

/** Natural-log probability, of a whole output, that another reading may lie below the one taken: half as likely. */
const RIVAL_MARGIN = Math.LN2;

/** Bits of the persons that an English text names by pronouns: I, we, you, he, she, they. "It" stands for too much. */
export function personsOf(english: string): number {
  let persons = 0;
  const plain = (/\p{Ll}/u.test(english) ? english.replace(US, '') : english).replace(LET_US, 'us').toLowerCase();
  for (const [word] of plain.matchAll(WORD)) persons |= BIT_OF.get(word) ?? 0;
  return persons;
}

type Reading = Pick<EngineOutput, 'text' | 'meanLogProb' | 'tokens'>;

/** Natural-log probability of an output, its end token included. */
const logProbOf = ({ meanLogProb, tokens }: Reading): number => meanLogProb * (tokens + 1);

/** The likeliest of `others` that names other persons and is at least half as likely as `taken`; null where none is. */
export function otherReading(taken: Reading, others: readonly Reading[]): string | null {
  const persons = personsOf(taken.text);
  const least = logProbOf(taken) - RIVAL_MARGIN;
  const [likeliest] = others
    .filter((other) => logProbOf(other) >= least && personsOf(other.text) !== persons)
    .sort((a, b) => logProbOf(b) - logProbOf(a));
  return likeliest?.text ?? null;
}
