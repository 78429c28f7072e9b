/** The formats that are read, as one line of words. */
import { say, type SentenceCode } from '$lib/evidence/wording/sentence.ts';

/** @param ids of the registry's formats; a test asks that each has its words. */
export function formatList(ids: readonly string[], language: 'en' | 'fr'): string {
  return ids.map((id) => say({ code: `format-${id}` as SentenceCode }, language)).join(language === 'fr' ? ' ; ' : '; ');
}
