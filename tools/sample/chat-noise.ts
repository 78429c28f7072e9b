/**
 * From a correct line to one as typed on a phone: marks stripped, no capitals, no full stops,
 * short forms, letters swapped or drawn out, laughter, pictograms.
 *
 * Digits are never touched: an amount, a time or a number in a message must be what the bank or
 * the story says. Each person has a habit that stays the same through the period.
 */
import { Stream } from './random.ts';
import type { Bank } from './words/bank.ts';

/** How one person types; every value is a probability per line except `typos` (per word). */
export interface Habit {
  readonly stripMarks: number;
  readonly lowerCase: number;
  readonly dropStops: number;
  readonly shorten: number;
  readonly typos: number;
  readonly stretch: number;
  readonly filler: number;
  readonly emoji: number;
}

const EMOJI = ['😂', '👍', '🙏', '😊', '❤️', '😅', '🤦', '👌', '😴', '🥶', '☀️', '⚽', '🙈', '💪', '😘'];

/** The habit of a person, from their id alone. */
export function habitOf(personId: string): Habit {
  const r = new Stream('habit', personId);
  const tidy = r.next();
  return {
    stripMarks: tidy > 0.8 ? 0.1 : 0.9,
    lowerCase: tidy > 0.7 ? 0.3 : 0.9,
    dropStops: tidy > 0.75 ? 0.3 : 0.9,
    shorten: 0.15 + 0.5 * r.next(),
    typos: tidy > 0.6 ? 0.005 : 0.03,
    stretch: 0.03 + 0.07 * r.next(),
    filler: 0.04 + 0.1 * r.next(),
    emoji: 0.02 + 0.14 * r.next()
  };
}

/** Removes combining marks ("să" to "sa", "não" to "nao"); ß, ø and the like do not occur here. */
function stripMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

function mistype(word: string, r: Stream): string {
  if (word.length < 4 || /[^\p{L}]/u.test(word)) return word;
  const letters = [...word];
  const i = r.int(1, letters.length - 2);
  if (r.chance(0.5)) letters.splice(i, 1);
  else {
    const here = letters[i] ?? '';
    letters[i] = letters[i + 1] ?? '';
    letters[i + 1] = here;
  }
  return letters.join('');
}

/** Draws out the last vowel of a word at the end of a line: "merci" to "merciii". */
function stretched(text: string, r: Stream): string {
  return text.replace(/([aeiou])(\p{L}?)([!?.]*)$/iu, (_, vowel: string, tail: string, stop: string) => {
    return vowel.repeat(r.int(3, 4)) + tail + stop;
  });
}

/** Short forms as one pattern per bank, longest first, so that a line is walked once. */
const SHORTENERS = new WeakMap<Bank, { pattern: RegExp; to: ReadonlyMap<string, string> }>();

function shortenerOf(bank: Bank) {
  let entry = SHORTENERS.get(bank);
  if (!entry) {
    const sorted = [...bank.shortForms].sort((a, b) => b[0].length - a[0].length);
    const escaped = sorted.map(([whole]) => whole.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    entry = {
      pattern: new RegExp(`(?<![\\p{L}\\p{N}'])(?:${escaped.join('|')})(?![\\p{L}\\p{N}'])`, 'giu'),
      to: new Map(sorted)
    };
    SHORTENERS.set(bank, entry);
  }
  return entry;
}

/** One line as this person would have typed it. */
export function typed(line: string, bank: Bank, habit: Habit, r: Stream): string {
  let text = line;
  if (r.chance(habit.shorten)) {
    const { pattern, to } = shortenerOf(bank);
    text = text.replace(pattern, (whole) => to.get(whole.toLowerCase()) ?? whole);
  }
  if (r.chance(habit.dropStops)) text = text.replace(/[.!,;]+(?=\s|$)/g, '').replace(/[¿¡]/g, '');
  text = text.replace(/ ([?!])/g, bank.language === 'fr' && r.chance(0.5) ? ' $1' : '$1');
  if (r.chance(0.25)) text = text.replace(/\?$/, '');
  if (r.chance(habit.stripMarks)) text = stripMarks(text);
  if (r.chance(habit.lowerCase)) text = text.toLowerCase();
  else if (r.chance(0.6)) text = text.charAt(0).toUpperCase() + text.slice(1);
  if (habit.typos > 0.01 || r.chance(0.1)) {
    text = text
      .split(' ')
      .map((word) => (r.chance(habit.typos) ? mistype(word, r) : word))
      .join(' ');
  }
  if (r.chance(habit.stretch)) text = stretched(text, r);
  if (r.chance(habit.filler)) {
    const filler = r.pick(bank.fillers);
    text = r.chance(0.5) ? `${filler} ${text}` : `${text} ${filler}`;
  }
  if (r.chance(habit.emoji)) text = `${text} ${r.pick(EMOJI)}`;
  return text;
}
