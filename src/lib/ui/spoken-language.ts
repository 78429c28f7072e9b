/**
 * The `lang` value for a text: the shortest BCP 47 code, as screen readers and font choice want it ('ro' for 'ron').
 * @param code ISO 639-3 or BCP 47; undefined is returned where the language is unknown, none, or no code at all.
 */
export function spokenLanguage(code: string): string | undefined {
  if (code === '' || code === 'und' || code === 'zxx') return undefined;
  try {
    return Intl.getCanonicalLocales(code)[0];
  } catch {
    return undefined;
  }
}
