/**
 * Sentences of one message that a model may take together.
 *
 * [Note: Passages] Half of what a message means may stand in the sentence before: who "he" is, whether "plus" adds or
 * denies, what is "430 a week". A model that gets one sentence at a time cannot know it. So what stands together within
 * the length that models were trained on goes through the engine whole as well, and choose.ts takes the better of the
 * two: sentence by sentence it sometimes is, since a model has seen more single sentences than messages. It is asked of
 * engines that say that they were trained for it (`TranslationEngine.passages`). What the message before is good for stands
 * in before.ts.
 */
import type { LanguageCode } from './contract.ts';
import type { PlannedPart } from './plan.ts';

export interface Passage {
  /** Index of the first part, and one past the last. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly language: LanguageCode;
}

/** What may stand between sentences that belong together: a line's end, an emoji or a link parts them. */
export const GAP = /^[^\S\n]+$/u;

/**
 * Runs of two and more sentences of one language, from the left, as many as fit in each.
 * @param longestOf characters of a passage in a language; 0 where its engine takes none
 * @param isSettled whether a part needs no model: a phrase of the book stays as people put it
 */
export function passagesOf(
  parts: readonly PlannedPart[],
  longestOf: (language: LanguageCode) => number,
  isSettled: (part: PlannedPart) => boolean = () => false
): Passage[] {
  const isOpen = (part: PlannedPart | undefined): part is PlannedPart => part?.kind === 'translate' && !isSettled(part);
  const passages: Passage[] = [];
  for (let from = 0; from < parts.length; from++) {
    const first = parts[from];
    if (!isOpen(first)) continue;
    let to = from + 1;
    let text = first.text;
    const longest = longestOf(first.language);
    for (;;) {
      const [gap, next] = [parts[to], parts[to + 1]];
      if (gap?.kind !== 'leave' || !GAP.test(gap.text) || !isOpen(next) || next.language !== first.language) break;
      const longer = text + gap.text + next.text;
      if (longer.length > longest) break;
      text = longer;
      to += 2;
    }
    if (to === from + 1) continue;
    passages.push({ from, to, text, language: first.language });
    from = to - 1;
  }
  return passages;
}
