/** Lines of the shipped model that were read: well-formed, and the measure by which doubts are held against them. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldOutConversations } from '../../../models/train/held-out.ts';
import { areaUnderCurve, readLines, readPairs } from '../../../models/train/verdicts.ts';

const LANGUAGES = ['fra', 'ita', 'por', 'ron', 'spa'];

describe('the verdicts', () => {
  it.each(LANGUAGES)('of %s are whole lines of its training text with one of three words', (language) => {
    const lines = readLines([language]);
    expect(lines.length).toBeGreaterThan(500);
    const chat = readFileSync(new URL(`../../../models/train/chat/${language}.tsv`, import.meta.url), 'utf8');
    const sources = new Set(chat.split('\n').map((row) => row.split('\t')[0]?.trim()));
    for (const { source, read, verdict } of lines) {
      expect(sources.has(source), source).toBe(true);
      expect(read, source).not.toBe('');
      expect(['right', 'in part', 'wrong'], source).toContain(verdict);
    }
  });
});

describe('the pairs that were read', () => {
  it('are lines of the held-out conversations behind the one before, in two Englishes, each once', () => {
    const held = new Set(heldOutConversations(LANGUAGES).map(({ language, before, source }) => [language, before, source].join('\n')));
    const pairs = readPairs();
    expect(pairs.length).toBe(800);
    for (const { language, before, source, alone, behind, better } of pairs) {
      expect(held.has([language, before, source].join('\n')), source).toBe(true);
      expect(alone, source).not.toBe(behind);
      expect(['behind', 'alone', 'same'], source).toContain(better);
    }
    expect(new Set(pairs.map((pair) => [pair.before, pair.source].join('\n'))).size).toBe(pairs.length);
  });
});

it('the area under the curve is the share of pairs in order, halves for equals', () => {
  const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, values, (first, second) => {
      const pairs = first.flatMap((a) => second.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
      expect(areaUnderCurve(first, second)).toBeCloseTo(pairs.reduce((sum, one) => sum + one, 0) / pairs.length, 9);
    })
  );
});
