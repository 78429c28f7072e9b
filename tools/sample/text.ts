/** A line of talk: template from the bank, slots filled, then typed by a person with a habit. */
import { habitOf, typed, type Habit } from './chat-noise.ts';
import { Stream } from './random.ts';
import type { Language, Topic } from './words/bank.ts';
import { BANKS } from './words/index.ts';

const habits = new Map<string, Habit>();
function habit(personId: string): Habit {
  let known = habits.get(personId);
  if (!known) habits.set(personId, (known = habitOf(personId)));
  return known;
}

/** Fills `{slot}` and `[masculine/feminine]` of a bank line. */
export function fill(line: string, language: Language, gender: 'f' | 'm', r: Stream): string {
  if (!line.includes('{') && !line.includes('[')) return line;
  return line
    .replace(/\{(\p{L}+)\}/gu, (_, slot: string) => {
      const phrases = BANKS[language].slots[slot];
      if (!phrases) throw new Error(`${language} has no slot ${slot}`);
      return r.pick(phrases);
    })
    .replace(/\[([^/\]]+)\/([^\]]+)\]/g, (_, masculine: string, feminine: string) => (gender === 'f' ? feminine : masculine));
}

/** One line on a topic as a person would type it; `avoid` holds lines just used in the thread. */
export function lineOf(
  topic: Topic,
  language: Language,
  writer: { readonly id: string; readonly gender: 'f' | 'm' },
  r: Stream,
  avoid: readonly string[]
): { text: string; source: string } {
  const bank = BANKS[language];
  let source = r.pick(bank.topics[topic]);
  for (let i = 0; i < 4 && avoid.includes(source); i++) source = r.pick(bank.topics[topic]);
  const filled = fill(source, language, writer.gender, r);
  return { text: typed(filled, bank, habit(writer.id), r), source };
}
