/**
 * One turn's lines, a share for each worker. Equal lines always go to the same worker, in this turn and in every later
 * one: each worker has a memory of its own, and no two of them shall translate the same text.
 */
import { hashText } from '../evidence/fold-index.ts';
import { normalForm } from '../language/memory.ts';
import type { LineToTranslate } from '../language/translate.ts';

const SEED = 0x5eed;
/** Numbers are masked before a line reaches a model: lines that differ in nothing else are one text to it. */
const NUMBERS = /\p{Nd}+/gu;

/** The shares keep the order of the lines. */
export function sharesOf(lines: readonly LineToTranslate[], workers: number): LineToTranslate[][] {
  const shares = Array.from({ length: workers }, (): LineToTranslate[] => []);
  for (const line of lines) shares[shareOf(line.text, workers)]?.push(line);
  return shares;
}

/** Which of so many workers a text belongs to; all texts that are one text to a model belong to the same. */
function shareOf(text: string, workers: number): number {
  if (workers === 1) return 0;
  return hashText(normalForm(text).replace(NUMBERS, '0'), SEED) % workers;
}
