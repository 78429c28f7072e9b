/** Messages of several sentences that are kept back are of their own: none was learnt from. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutMessages } from '../../../models/train/held-out.ts';
import { folded } from '../../../src/lib/language/fold.ts';

const LANGUAGES = ['fra', 'ita', 'por', 'ron', 'spa'];
const LEAST = 60;
const plain = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
const messages = heldOutMessages(LANGUAGES);

describe('held-out messages', () => {
  it('are as many in every language, each of several sentences, with English', () => {
    for (const language of LANGUAGES) {
      const own = messages.filter((message) => message.language === language);
      expect(own.length, language).toBeGreaterThanOrEqual(LEAST);
      expect(new Set(own.map(({ source }) => plain(source))).size, language).toBe(own.length);
    }
    const single = messages.filter(({ source }) => !/[.!?…]\s+\S/u.test(source));
    expect(single.map(({ source }) => source)).toEqual([]);
  });

  it.each(LANGUAGES)('stand nowhere in the training text (%s)', (language) => {
    const text = readFileSync(new URL(`../../../models/train/chat/${language}.tsv`, import.meta.url), 'utf8');
    const learnt = new Set(text.split('\n').map((line) => plain(line.split('\t')[0] ?? '')));
    const own = messages.filter((message) => message.language === language);
    expect(own.filter(({ source }) => learnt.has(plain(source))).map(({ source }) => source)).toEqual([]);
  });
});
