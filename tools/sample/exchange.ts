/**
 * Exchange of names and languages between people, for the fairness test: who writes to whom, when
 * and how often stays; what they are called and what they speak changes hands.
 */
import { CAST, type Person } from './people.ts';
import { LANGUAGES, type Language } from './words/bank.ts';

export interface Exchange {
  readonly language: (language: Language) => Language;
  readonly name: (person: Person) => string;
}

/** The case as it was written. */
export const AS_WRITTEN: Exchange = {
  language: (language) => language,
  name: (person) => person.name
};

/**
 * Everyone speaks the next language of the list and bears the name of the member of the cast
 * `shift` places on. Planted lines keep their words.
 */
export function rotated(shift: number): Exchange {
  const people = [...CAST.values()];
  const nameOf = new Map(people.map((p, i) => [p.id, people[(i + shift) % people.length]?.name ?? p.name]));
  return {
    language: (language) => LANGUAGES[(LANGUAGES.indexOf(language) + shift) % LANGUAGES.length] ?? language,
    name: (person) => nameOf.get(person.id) ?? person.name
  };
}
