/** Each distinct segment is translated once per model: phone data repeats itself. */
import type { EngineOutput } from './contract.ts';

/** About 100 bytes each: some 50 MB at most. */
const MOST_ENTRIES = 500_000;
/** Three and more of the same letter carry tone, not sense. */
const DRAWN_OUT = /(\p{L})\1{2,}/gu;
const REPEATED_MARKS = /([!?.,…])\1+/gu;

/**
 * The form in which a segment is looked up and given to the engine, so that equal keys mean equal text: composed
 * letters, single spaces, drawn-out letters and repeated marks shortened, text in capitals alone put in lower case
 * (models read capitals badly).
 */
export function normalForm(text: string): string {
  const shorter = text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(DRAWN_OUT, '$1')
    .replace(/\.{2,}/gu, '…')
    .replace(REPEATED_MARKS, '$1');
  const isShouted = /\p{Lu}{4}/u.test(shorter) && !/\p{Ll}/u.test(shorter);
  if (!isShouted) return shorter;
  const lower = shorter.toLowerCase();
  return lower.replace(/\p{L}/u, (first) => first.toUpperCase());
}

/** Engine outputs by model hash and normal form; the oldest are dropped first. */
export class TranslationMemory {
  readonly #entries = new Map<string, EngineOutput>();

  get size(): number {
    return this.#entries.size;
  }

  find(modelSha256Hex: string, normal: string): EngineOutput | undefined {
    return this.#entries.get(`${modelSha256Hex}\n${normal}`);
  }

  keep(modelSha256Hex: string, normal: string, output: EngineOutput): void {
    if (this.#entries.size >= MOST_ENTRIES) {
      const oldest = this.#entries.keys().next();
      if (oldest.done !== true) this.#entries.delete(oldest.value);
    }
    this.#entries.set(`${modelSha256Hex}\n${normal}`, output);
  }
}
