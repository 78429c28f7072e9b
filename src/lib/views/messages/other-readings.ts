/** What stands beside a machine line of the same model's making, each with the words that say what it is. */
import type { MessageRow } from '$lib/pipeline/contract.ts';
import { m } from '$lib/paraglide/messages.js';

export interface LabelledReading {
  readonly label: string;
  readonly text: string;
}

/** What was about as likely to the model, and what the line would have been without the message before it. */
export function otherReadings({ otherReading, byItself }: Pick<MessageRow, 'otherReading' | 'byItself'>): LabelledReading[] {
  const readings = [
    { label: m.messages_other_reading(), text: otherReading },
    { label: m.messages_by_itself(), text: byItself }
  ];
  return readings.flatMap(({ label, text }) => (text === null ? [] : [{ label, text }]));
}
