/**
 * [Note: Meta text] Meta's downloads write each byte of UTF-8 as a character of Latin-1: 'é' comes as 'Ã©'. The way back
 * is the same bytes read as UTF-8, so it loses nothing; text that is no such writing stays as it is.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text put right, or null where it is not UTF-8 read as Latin-1. */
export function repaired(text: string): string | null {
  let high = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 255) return null;
    high ||= c > 127;
  }
  if (!high) return null;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The writing that a repair came from: the other direction, for proof. */
export function asLatin1(text: string): string {
  return String.fromCharCode.apply(null, [...new TextEncoder().encode(text)]);
}
