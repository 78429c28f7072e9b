/** How alike two translations are: chrF, the F-score over character n-grams (Popović 2015, as sacrebleu counts it). */

import type { QualityThresholds } from './quality.ts';

const LONGEST_GRAM = 6;
/** Recall counts this often as much as precision. */
const BETA = 2;

/** chrF2 of a text against a reference, 0..100; spaces do not count. Two empty texts are alike. */
export function chrF(text: string, reference: string): number {
  const [a, b] = [lettersOf(text), lettersOf(reference)];
  if (a.length === 0 && b.length === 0) return 100;
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let n = 1; n <= LONGEST_GRAM; n++) {
    const mine = gramsIn(a, n);
    const wanted = gramsIn(b, n);
    if (mine.total === 0 || wanted.total === 0) continue;
    let shared = 0;
    for (const [gram, times] of mine.counts) shared += Math.min(times, wanted.counts.get(gram) ?? 0);
    precision += shared / mine.total;
    recall += shared / wanted.total;
    orders++;
  }
  if (orders === 0 || precision + recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return (100 * (1 + BETA * BETA) * p * r) / (BETA * BETA * p + r);
}

/** How alike two texts are where neither is the reference: mean of both directions, capitals aside, 0..100. */
export function agreementOf(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return (chrF(a, b) + chrF(b, a)) / 2;
}

/** Whether two engines' texts for one line are too unlike to be the same sense. */
export function enginesDisagree(one: string, other: string, limits: Pick<QualityThresholds, 'leastAgreement'>): boolean {
  return agreementOf(one, other) < limits.leastAgreement;
}

const lettersOf = (text: string): string[] => [...text.normalize('NFC').replace(/\s+/gu, '')];

function gramsIn(letters: readonly string[], n: number): { counts: Map<string, number>; total: number } {
  const counts = new Map<string, number>();
  const total = Math.max(0, letters.length - n + 1);
  for (let i = 0; i < total; i++) {
    const gram = letters.slice(i, i + n).join('');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return { counts, total };
}
