import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { QualityFlag } from '../../language/contract.ts';
import { flagWords } from './words.ts';

const BITS = Object.entries(QualityFlag);
const catalogue = (language: string): [string, string][] => {
  const path = new URL(`../../../messages/${language}.json`, import.meta.url);
  const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  return Object.entries(all).filter(([key]) => key.startsWith('messages_flag_'));
};

describe('doubts about machine text', () => {
  it.each(BITS)('%s has words of its own', (_, bit) => {
    expect(flagWords(bit)).toHaveLength(1);
  });

  it('differ, and stand together where several hold', () => {
    const all = flagWords(BITS.reduce((flags, [, bit]) => flags | bit, 0));
    expect(new Set(all).size).toBe(BITS.length);
  });

  it.each(['en', 'fr'])('are words in %s, never a figure', (language) => {
    const doubts = catalogue(language);
    expect(doubts.length).toBe(BITS.length);
    for (const [key, words] of doubts) expect(words, key).toMatch(/^[^\d%{}]+$/u);
  });
});
