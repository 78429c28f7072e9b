/** The English of a message: its machine text where there is one, its own text where it is English, else nothing. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { Translations } from './translations.ts';

/**
 * Topics and names of communities are found in English text. Lines that have not been looked at yet count with their
 * own words, so that a case can be explored before translation has come to its end.
 */
export function englishOf(store: EvidenceStore, translations: Translations, id: number): string {
  const state = translations.stateOf(id);
  if (state === 'done') return translations.textOf(id) ?? '';
  if (state === 'no-model') return '';
  return store.messages.body.at(id);
}
