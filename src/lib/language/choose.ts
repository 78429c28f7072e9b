/**
 * Which of a beam's whole outputs becomes the line.
 *
 * [Note: Choosing by words] The likeliest sentence is sometimes a fluent one about something else, while a slightly less
 * likely one has the words of the source. Each output pays for the share of the source's known words that nothing in it
 * answers (see word-table.ts), and for a "not" that it lost or brought in. What that gains is printed by
 * `npm run -s bench -- translation`. An output that lost a stand-in is no line at all: it is taken only where all did.
 */
import { QualityFlag, type EngineOutput, type LanguageCode } from './contract.ts';
import { negationChanged } from './negation.ts';
import { otherReading } from './persons.ts';
import { wordsUnanswered, type WordTable } from './word-table.ts';

/** Natural-log probability a token that a changed negation costs. */
const NEGATION_COST = 0.2;

type Candidate = Pick<EngineOutput, 'text' | 'meanLogProb' | 'scatter' | 'tokens'>;

export interface Choosing {
  /** What the engine got. */
  readonly source: string;
  readonly language: LanguageCode;
  readonly words: WordTable | null;
  /** Natural-log probability a token that a wholly unanswered source costs. */
  readonly weight: number;
  /** Whether a text has all that has to be put back. */
  readonly isWhole?: (text: string) => boolean;
}

/**
 * The output that is likeliest after it paid; the engine's own first one where all pay the same. With it another reading,
 * where one is about as likely in which others act.
 */
export function chosenOutput(output: EngineOutput, choosing: Choosing): EngineOutput {
  const { alternatives = [], ...first } = output;
  if (alternatives.length === 0) return first;
  const all: readonly Candidate[] = [first, ...alternatives];
  const whole = all.filter(({ text }) => choosing.isWhole?.(text) ?? true);
  const able = whole.length > 0 ? whole : all;
  const [best] = able.map((candidate) => ({ candidate, worth: worthOf(candidate, choosing) })).sort((a, b) => b.worth - a.worth);
  if (best === undefined) return first;
  const other = otherReading(best.candidate, able);
  return { ...first, ...best.candidate, ...(other === null ? {} : { otherReading: other }) };
}

/** English of a stretch of a line, made in one way or the other. */
export interface Rendering {
  readonly text: string;
  readonly meanLogProb: number;
  readonly flags: number;
}

/** Doubts that one look at both texts settles; those that hang on length or on likelihood say little between two lengths. */
const PLAIN_DOUBTS =
  QualityFlag.tokensLost |
  QualityFlag.namesChanged |
  QualityFlag.questionChanged |
  QualityFlag.repetition |
  QualityFlag.untranslated |
  QualityFlag.notEnglish |
  QualityFlag.cut;

/**
 * Whether what a model made knowing more (several sentences together, a line behind the message before it) is better than
 * what it made of the pieces by themselves: fewer plain doubts, else worth more by `worthOf`.
 */
export function widerIsBetter(
  wider: Rendering,
  alone: Rendering,
  choosing: Omit<Choosing, 'isWhole'> & { readonly bonus: number }
): boolean {
  const doubts = ({ flags }: Rendering): number => bitsOf(flags & PLAIN_DOUBTS);
  if (doubts(wider) !== doubts(alone)) return doubts(wider) < doubts(alone);
  // Not a number where an engine tells no probabilities: then the pieces stay by themselves, as every model knows them.
  return worthOf(wider, choosing) + choosing.bonus > worthOf(alone, choosing);
}

function bitsOf(flags: number): number {
  let count = 0;
  for (let rest = flags; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function worthOf(
  { text, meanLogProb }: Pick<Candidate, 'text' | 'meanLogProb'>,
  { source, language, words, weight }: Omit<Choosing, 'isWhole'>
): number {
  const negation = negationChanged(source, text, language) ? NEGATION_COST : 0;
  if (words === null) return meanLogProb - negation;
  const { known, unanswered } = wordsUnanswered(source, text, language, words);
  return meanLogProb - negation - weight * (known === 0 ? 0 : unanswered / known);
}
