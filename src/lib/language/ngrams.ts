/** Hashed character n-grams of a text: what the language table is made of and read with. */
import { ownTable } from '../evidence/own-table.ts';

/** Buckets of the table; grams beyond that many share places, which costs little (measured in models/langid/card.md). */
export const BUCKETS = 1 << 16;
const LONGEST_GRAM = 4;
/**
 * Letters, apostrophes inside, and the single digits that stand for letters where Arabic is typed in Latin ("3ayez",
 * "ma2darsh", "rou7"): before two letters, between letters, or behind two. Times, amounts and plates stay out.
 */
const WORD =
  /(?:(?<![\p{L}\p{N}])[2356789](?=\p{L}{2}))?[\p{L}\p{M}]+(?:(?:['’]|[2356789](?=\p{L}))[\p{L}\p{M}]+)*(?:(?<=\p{L}{2})[2356789](?![\p{L}\p{N}]))?/gu;
/** Three of the same letter and more say nothing of the language: "ciaooooo". */
const DRAWN_OUT = /(.)\1{2,}/gu;
const EDGE = 0x24;

/** Words as they are counted: composed, lower case, drawn-out letters shortened to two. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().replace(DRAWN_OUT, '$1$1').match(WORD) ?? [];
}

/**
 * Buckets (0..65535) of every 1- to 4-gram of each word, word edges included, and of each whole word.
 * Repeats are kept: the result is a multiset. Hash: FNV-1a over UTF-16 units, folded to 16 bits.
 */
export function gramsOf(text: string): number[] {
  const grams: number[] = [];
  for (const word of wordsOf(text)) {
    const units = word.length + 2;
    const unit = (i: number): number => (i === 0 || i === units - 1 ? EDGE : word.charCodeAt(i - 1));
    for (let from = 0; from < units; from++) {
      let hash = 0x811c9dc5;
      for (let at = from; at < Math.min(units, from + LONGEST_GRAM); at++) {
        hash = Math.imul(hash ^ unit(at), 0x01000193);
        // A lone edge is in every word of every language.
        if (at > from || (from > 0 && from < units - 1)) grams.push(fold(hash));
      }
    }
    let whole = 0x050c5d1f;
    for (let i = 0; i < units; i++) whole = Math.imul(whole ^ unit(i), 0x01000193);
    grams.push(fold(whole));
  }
  return grams;
}

const fold = (hash: number): number => ((hash >>> 16) ^ hash) & 0xffff;

/** The text without accents, as people type on a phone: 'ș' -> 's', 'ł' -> 'l', 'ı' -> 'i'. */
export function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[łŁđĐıøØßæœ]/gu, (c) => UNDECOMPOSED[c] ?? c);
}

const UNDECOMPOSED: Readonly<Record<string, string>> = ownTable({
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ø: 'o',
  Ø: 'O',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe'
});
