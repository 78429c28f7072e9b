/** Ten ways in which a good translation goes wrong, each made from a human one. Seeded by the line's number alone. */
import type { HeldOutLine } from '../../models/train/held-out.ts';

interface Corruption {
  readonly name: string;
  /** The line's English made wrong, or null where the line has nothing of the kind. */
  readonly apply: (line: HeldOutLine, number: number, all: readonly HeldOutLine[]) => string | null;
}

const wordsIn = (text: string): string[] => text.split(/\s+/u).filter(Boolean);
/** Without its last mark, as the first part of a longer line. */
const unended = (text: string): string => text.replace(/[.!?…]+$/u, '');

const DENIALS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:can't|cannot)\b/iu, 'can'],
  [/\bwon't\b/iu, 'will'],
  [/\b(?:don't|doesn't|didn't)\s+/iu, ''],
  [/\b(is|are|was|were|has|have|had|would|could|should|must|need|might)n't\b/iu, '$1'],
  [/\b(?:not|never)\s+/iu, ''],
  [/\bnothing\b/iu, 'something'],
  [/\b(?:nobody|no one)\b/iu, 'somebody'],
  [/\bwithout\b/iu, 'with'],
  [/\b(?:no|any)\s+(?=\p{Ll})/iu, 'some ']
];
const OTHER_NAMES = ['Wilmer', 'Besnik', 'Oksana', 'Nkechi', 'Halima', 'Zoltan'];

/** The nearest later line of the language with English of about the same length: the most plausible wrong one. */
function neighbour(line: HeldOutLine, number: number, all: readonly HeldOutLine[]): HeldOutLine | undefined {
  const likely = [...all.slice(number + 1), ...all.slice(0, number)].filter(({ language, kind }) => {
    return language === line.language && kind === line.kind;
  });
  const near = likely.slice(0, 40);
  near.sort((a, b) => Math.abs(a.english.length - line.english.length) - Math.abs(b.english.length - line.english.length));
  return near[0];
}

function withoutClause(english: string): string | null {
  const clauses = english.split(/(?<=[,;:.!?])\s+|\s+(?=(?:and|but|because|so|when|if|that)\s)/u);
  if (clauses.length < 2) return null;
  const lengths = clauses.map((clause) => wordsIn(clause).length);
  const longest = lengths.indexOf(Math.max(...lengths.slice(1)), 1);
  return (lengths[longest] ?? 0) < 2 ? null : clauses.filter((_, i) => i !== longest).join(' ');
}

function withoutDenial(english: string): string | null {
  for (const [pattern, instead] of DENIALS) if (pattern.test(english)) return english.replace(pattern, instead);
  return null;
}

function garbled(english: string, number: number): string | null {
  if (english.length < 12) return null;
  let seed = number + 1;
  const draw = (n: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  const letters = [...english];
  for (let i = 0; i < letters.length; i++) {
    if (!/\p{L}/u.test(letters[i] ?? '') || draw(10) >= 4) continue;
    letters[i] = String.fromCharCode(97 + draw(26));
  }
  return letters.join('');
}

export const CORRUPTIONS: readonly Corruption[] = [
  { name: 'clause dropped', apply: ({ english }) => withoutClause(english) },
  {
    name: 'phrase repeated',
    apply: ({ english }) => {
      const words = wordsIn(english);
      return words.length < 4 ? null : [...words.slice(0, 3), ...words].join(' ');
    }
  },
  {
    name: 'number swapped',
    apply: ({ source, english }) => {
      const number = /\d+/u.exec(english)?.[0];
      return number === undefined || !source.includes(number) ? null : english.replace(number, String(Number(number) + 3));
    }
  },
  { name: 'negation lost', apply: ({ english }) => withoutDenial(english) },
  {
    name: 'name replaced',
    apply: ({ source, english }, number) => {
      const name = /(?<=\S\s)\p{Lu}\p{Ll}{2,}/u.exec(english)?.[0];
      if (name === undefined || !source.includes(name)) return null;
      return english.replace(name, OTHER_NAMES[number % OTHER_NAMES.length] ?? '');
    }
  },
  { name: 'source left', apply: ({ source }) => source },
  { name: 'other line', apply: (line, number, all) => neighbour(line, number, all)?.english ?? null },
  {
    name: 'truncated',
    apply: ({ english }) => {
      const words = wordsIn(english);
      return words.length < 4 ? null : words.slice(0, Math.ceil(words.length / 2)).join(' ');
    }
  },
  { name: 'letters garbled', apply: ({ english }, number) => garbled(english, number) },
  {
    name: 'sentence invented',
    apply: (line, number, all) => {
      const other = neighbour(line, number, all);
      return other === undefined ? null : `${unended(line.english)}. ${other.english}`;
    }
  }
];
