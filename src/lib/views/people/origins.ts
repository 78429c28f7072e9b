/** Where a name comes from, in words. The case answers `origin:file`. */
import { m } from '$lib/paraglide/messages.js';
import { isolated } from '../filter/sentence.ts';

export function originWords(from: string): string {
  const cut = from.indexOf(':');
  const origin = cut < 0 ? from : from.slice(0, cut);
  const file = isolated(cut < 0 ? '' : from.slice(cut + 1));
  if (origin === 'contact') return m.people_origin_contact({ file });
  if (origin === 'shown') return m.people_origin_shown({ file });
  if (origin === 'officer') return m.people_origin_officer();
  return m.people_origin_other({ origin, file });
}
