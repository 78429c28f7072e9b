/** The shortest code of a language, as BCP 47 asks for it: 'ron' becomes 'ro'. */
export function spokenCode(iso639_3: string): string {
  try {
    return Intl.getCanonicalLocales(iso639_3)[0] ?? 'und';
  } catch {
    // Not shaped like a language tag.
    return 'und';
  }
}
