/** Words for what the lexicon's data names by codes. */
import type { LexiconTheme, LexiconTerm, SourceKind } from '$lib/language/lexicon/entry.ts';
import type { ChangeKind, TermFault } from '$lib/language/glossary.ts';
import type { FileFault } from '$lib/language/glossary-file.ts';
import { m } from '$lib/paraglide/messages.js';

const KINDS: Readonly<Record<SourceKind, () => string>> = {
  'official-guidance': m.glossary_source_guidance,
  'court-report': m.glossary_source_court,
  'practitioners-guide': m.glossary_source_guide,
  'public-glossary': m.glossary_source_glossary
};

export const sourceWords = ({ kind, year }: LexiconTerm['source']): string => `${KINDS[kind]()}, ${year}`;

const THEMES: Readonly<Record<LexiconTheme, () => string>> = {
  line: m.glossary_theme_line,
  debt: m.glossary_theme_debt,
  movement: m.glossary_theme_movement,
  money: m.glossary_theme_money,
  control: m.glossary_theme_control
};

export const themeWords = (theme: LexiconTheme): string => THEMES[theme]();

const FAULTS: Readonly<Record<TermFault | FileFault, () => string>> = {
  'term-missing': m.glossary_fault_term,
  'no-letters': m.glossary_fault_letters,
  'meaning-missing': m.glossary_fault_meaning,
  'innocent-missing': m.glossary_fault_innocent,
  'who-missing': m.glossary_fault_who,
  'too-long': m.glossary_fault_long,
  'already-there': m.glossary_fault_there,
  'not-there': m.glossary_fault_gone,
  'nothing-to-undo': m.glossary_fault_undo,
  full: m.glossary_fault_full,
  'too-large': m.glossary_fault_large,
  'not-a-glossary': m.glossary_fault_file,
  'newer-version': m.glossary_fault_newer
};

export const faultWords = (fault: TermFault | FileFault): string => FAULTS[fault]();

const CHANGES: Readonly<Record<ChangeKind, () => string>> = {
  added: m.glossary_change_added,
  amended: m.glossary_change_amended,
  removed: m.glossary_change_removed,
  'taken-in': m.glossary_change_taken,
  undone: m.glossary_change_undone
};

export const changeWords = (kind: ChangeKind): string => CHANGES[kind]();
