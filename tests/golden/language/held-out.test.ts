/** Messages and conversations that are kept back are of their own: they were not learnt from. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutConversations, heldOutMessages } from '../../../models/train/held-out.ts';
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

describe('held-out conversations', () => {
  const lines = heldOutConversations(LANGUAGES);

  it.each(LANGUAGES)('are as many in %s, of six lines and more by two writers and more, in two halves', (language) => {
    const own = lines.filter((line) => line.language === language);
    const conversations = new Map<number, typeof own>();
    for (const line of own) conversations.set(line.conversation, [...(conversations.get(line.conversation) ?? []), line]);
    expect(conversations.size).toBe(60);
    for (const talk of conversations.values()) {
      expect(talk.length).toBeGreaterThanOrEqual(6);
      expect(new Set(talk.map(({ writer }) => writer)).size).toBeGreaterThan(1);
      expect(new Set(talk.map(({ half }) => half)).size).toBe(1);
      expect(talk.map(({ before }) => before)).toEqual([null, ...talk.slice(0, -1).map(({ source }) => source)]);
      for (const { source, english } of talk) expect(source === '' || english === '', source).toBe(false);
    }
    expect(own.filter(({ half }) => half === 'choose').length).toBeGreaterThan(own.length * 0.4);
  });

  it.each(LANGUAGES)('are of their own: of lines of four words and more at most one in two hundred was learnt from (%s)', (language) => {
    const text = readFileSync(new URL(`../../../models/train/chat/${language}.tsv`, import.meta.url), 'utf8');
    const learnt = new Set(text.split('\n').map((line) => plain(line.split('\t')[0] ?? '')));
    const long = lines.filter((line) => line.language === language && plain(line.source).split(' ').length >= 4);
    expect(long.length).toBeGreaterThan(250);
    expect(long.filter(({ source }) => learnt.has(plain(source))).length).toBeLessThanOrEqual(long.length / 200);
  });
});
