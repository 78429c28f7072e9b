/** Names of languages as the reader's language says them, by ISO 639-3 code. */
import { m } from '$lib/paraglide/messages.js';

export function languageName(code: string): string {
  if (code === '' || code === 'waiting') return m.language_unseen();
  if (code === 'und') return m.language_unknown();
  if (code === 'zxx') return m.language_none();
  const names = new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'language', fallback: 'code' });
  // A code that the browser has no name for is still better than nothing.
  return names.of(code) ?? code;
}
