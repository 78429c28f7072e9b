/**
 * Which of a beam's whole outputs becomes the line.
 *
 * [Note: Choosing by words] The likeliest sentence is sometimes a fluent one about something else, while a slightly less
 * likely one has the words of the source. Each output pays for the share of the source's known words that nothing in it
 * answers (see word-table.ts). What it gains is printed by `npm run -s bench -- translation`.
 */
import type { EngineOutput, LanguageCode } from './contract.ts';
import { wordsUnanswered, type WordTable } from './word-table.ts';

/**
 * The output that is likeliest after it paid; the engine's own first one where all pay the same.
 * @param source what the engine got
 * @param weight natural-log probability a token that a wholly unanswered source costs
 */
export function chosenOutput(
  source: string,
  output: EngineOutput,
  language: LanguageCode,
  words: WordTable | null,
  weight: number
): EngineOutput {
  const { alternatives, ...first } = output;
  if (alternatives === undefined || alternatives.length === 0 || words === null) return first;
  const worth = ({ text, meanLogProb }: Pick<EngineOutput, 'text' | 'meanLogProb'>): number => {
    const { known, unanswered } = wordsUnanswered(source, text, language, words);
    return meanLogProb - weight * (known === 0 ? 0 : unanswered / known);
  };
  let best: EngineOutput = first;
  let most = worth(first);
  for (const other of alternatives) {
    const its = worth(other);
    if (its > most) [best, most] = [{ ...first, ...other }, its];
  }
  return best;
}
