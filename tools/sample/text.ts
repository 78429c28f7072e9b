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

/** How people put two thoughts into one message. */
const JOINTS = [', ', '. ', ' ', ' ', '... ', '\n'] as const;

/** What a line is about, who writes it, and what the thread has just seen. */
interface Occasion {
  readonly topic: Topic;
  readonly language: Language;
  /** Language of a second thought, where the writers switch inside a message. */
  readonly second: Language;
  readonly writer: { readonly id: string; readonly gender: 'f' | 'm' };
  /** Lines just used in the thread, not to be repeated at once. */
  readonly recent: readonly string[];
}

/** One line, or two joined, as this person would type them; `source` is the first bank line. */
export function lineOf(occasion: Occasion, r: Stream): { text: string; source: string } {
  const { topic, language, second, writer, recent } = occasion;
  const pick = (from: Language): string => {
    const lines = BANKS[from].topics[topic];
    let line = r.pick(lines);
    for (let i = 0; i < 4 && recent.includes(line); i++) line = r.pick(lines);
    return line;
  };
  const say = (line: string, from: Language): string =>
    typed(fill(line, from, writer.gender, r), BANKS[from], habit(writer.id), r);
  const source = pick(language);
  const text = say(source, language);
  const alone = topic === 'reply' || topic === 'open' || topic === 'close';
  if (alone || !r.chance(0.42)) return { text, source };
  const more = pick(second);
  return more === source ? { text, source } : { text: text + r.pick(JOINTS) + say(more, second), source };
}
