/** The dates that leave the order of day and month open, for a sentence. */
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';

/** One or two examples, quoted. */
export function quotedExamples([first = '', second]: readonly string[]): Sentence {
  return second === undefined ? sentence('one-example', { first }) : sentence('two-examples', { first, second });
}
