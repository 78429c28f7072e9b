/** The English of a message: certified text, else machine text, its own text where it is English, else nothing. */
import type { EvidenceStore } from '../evidence/store.ts';
import type { CertifiedLog } from '../records/certified-log.ts';
import type { Translations } from './translations.ts';

/** What the English of a message comes from; what was heard in its voice notes is none of it. */
export interface EnglishSources {
  readonly translations: Translations;
  readonly certified: CertifiedLog;
}

/**
 * Topics and names of communities are found in English text. Lines that wait for translation are left out, or their
 * function words would make topics of their own; only while nothing at all has been looked at do lines count with
 * their own words, so that a case can be explored before translation begins and where it is switched off.
 */
export function englishOf(store: EvidenceStore, { translations, certified }: EnglishSources, id: number): string {
  const human = certified.textOf(id);
  if (human !== null) return human;
  const state = translations.stateOf(id);
  if (state === 'done') return translations.textOf(id) ?? '';
  if (state === 'not-needed') return store.messages.body.at(id);
  const isUntouched = translations.waiting === store.committed.messages;
  return state === 'waiting' && isUntouched ? store.messages.body.at(id) : '';
}
