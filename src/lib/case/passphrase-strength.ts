/** How hard a passphrase is to guess, in three words. A rough lower bound: the vault's key derivation does the rest. */
export type PassphraseStrength = 'too-short' | 'weak' | 'fair' | 'strong';

export const MIN_PASSPHRASE_LENGTH = 12;

/** Bits below which a stolen laptop's case could be tried open, at about 1 s a guess and core. */
const FAIR_BITS = 50;
const STRONG_BITS = 70;

/**
 * Counts characters by the size of the alphabets used, words by a list of some 8,000 common ones, whichever is less;
 * repeated characters and runs ('aaaa', '1234') count as one.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  if (passphrase.length < MIN_PASSPHRASE_LENGTH) return 'too-short';
  const bits = Math.min(characterBits(passphrase), wordBits(passphrase));
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}

function characterBits(text: string): number {
  const alphabets: readonly (readonly [RegExp, number])[] = [
    [/\p{Ll}/u, 26],
    [/\p{Lu}/u, 26],
    [/\d/u, 10],
    [/[^\p{L}\d]/u, 32]
  ];
  const size = alphabets.reduce((sum, [pattern, letters]) => sum + (pattern.test(text) ? letters : 0), 0);
  let counted = 0;
  let before = Number.NaN;
  let step = Number.NaN;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const next = code - before;
    // A run goes on in the same step of -1, 0 or 1 as before.
    if (!(Math.abs(next) <= 1 && (next === step || next === 0))) counted++;
    step = next;
    before = code;
  }
  return counted * Math.log2(Math.max(2, size));
}

function wordBits(text: string): number {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  const distinct = new Set(words);
  const rest = text.replace(/\p{L}{3,}/gu, '');
  return distinct.size * 13 + characterBits(rest === '' ? ' ' : rest);
}
