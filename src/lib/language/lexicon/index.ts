/** The built-in list of all languages, as one dated edition. See [Note: Lexicon]. */
import { ENGLISH } from './eng.ts';
import type { LexiconTerm } from './entry.ts';
import { FRENCH } from './fra.ts';
import { ITALIAN } from './ita.ts';
import { PORTUGUESE } from './por.ts';
import { ROMANIAN } from './ron.ts';
import { SPANISH } from './spa.ts';

export const LEXICON: readonly LexiconTerm[] = [...ENGLISH, ...FRENCH, ...SPANISH, ...PORTUGUESE, ...ITALIAN, ...ROMANIAN];

/** Raised with every change of a term; `dated` is the newest day on which one came in. */
export const LEXICON_EDITION = {
  number: 1,
  dated: LEXICON.reduce((newest, { added }) => (added > newest ? added : newest), '')
} as const;
