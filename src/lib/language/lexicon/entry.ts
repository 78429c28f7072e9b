/**
 * [Note: Lexicon]
 * A short list of words that registers of official guidance, court reports, practitioners' guides and public
 * glossaries describe with a second meaning. Written in our own words from general knowledge: `source` says in which
 * kind of register, and about when, a term is described so; no document is quoted. Every term has its everyday
 * meaning beside it, because most of its uses are just that: a hint is a question to the reader, never a judgement.
 * No term names a people, a faith, health or sex.
 *
 * Nothing that counts, ranks or groups may read it (`tests/architecture/layers.cjs`).
 */
import { ownTable } from '../../evidence/own-table.ts';

export const SOURCE_KINDS = ['official-guidance', 'court-report', 'practitioners-guide', 'public-glossary'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const LEXICON_THEMES = ['line', 'debt', 'movement', 'money', 'control'] as const;
export type LexiconTheme = (typeof LEXICON_THEMES)[number];

export interface LexiconTerm {
  /** Language and head word: stable as long as the term is in the list. */
  readonly id: string;
  readonly theme: LexiconTheme;
  /** ISO 639-3 of the term's own language. A line's language is never asked. */
  readonly language: string;
  readonly term: string;
  /** The term and its inflections and spellings, as they are matched. */
  readonly forms: readonly string[];
  /** What the registers say that it can mean. English. */
  readonly sense: string;
  /** What it says in everyday talk. English. */
  readonly innocent: string;
  readonly source: { readonly kind: SourceKind; readonly year: number };
  /** Day on which the term came into the list, ISO 8601. */
  readonly added: string;
}

const KINDS: Readonly<Record<string, SourceKind>> = ownTable({
  guidance: 'official-guidance',
  court: 'court-report',
  guide: 'practitioners-guide',
  glossary: 'public-glossary'
});

/**
 * Reads lines of the form `theme | term; form; form | sense | innocent sense | kind year`.
 * @throws Error naming a line that lacks a part: the list is our own source, so that is a bug.
 */
export function readTerms(language: string, added: string, block: string): LexiconTerm[] {
  return block
    .trim()
    .split('\n')
    .map((line) => {
      const [theme = '', words = '', sense = '', innocent = '', source = ''] = line.split('|').map((part) => part.trim());
      const forms = words.split(';').map((form) => form.trim());
      const [kindWord = '', year = ''] = source.split(' ');
      const kind = KINDS[kindWord];
      const term = forms[0] ?? '';
      if (!isTheme(theme) || kind === undefined || !/^\d{4}$/.test(year) || [term, sense, innocent].includes(''))
        throw new Error(`lexicon line of ${language} is not whole: ${line}`);
      return {
        id: `${language}:${term}`,
        theme,
        language,
        term,
        forms,
        sense,
        innocent,
        source: { kind, year: Number(year) },
        added
      };
    });
}

const isTheme = (value: string): value is LexiconTheme => (LEXICON_THEMES as readonly string[]).includes(value);
