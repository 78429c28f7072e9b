import { describe, expect, it } from 'vitest';
import { keysOf, PhraseBook, readPhraseBook } from './phrase-book.ts';

const book = new PhraseBook({
  ita: { 'mi sa di no': "I don't think so.", papa: 'Pope.', papà: 'Dad.', 'dove sei?': 'Where are you?', magari: 'I wish.' },
  fra: { tkt: "Don't worry.", 't as faim?': 'Are you hungry?' }
});

describe('PhraseBook', () => {
  it.each([
    ['ita', 'Mi sa di no…', "I don't think so."],
    ['ita', 'MAGARI!!', 'I wish.'],
    ['ita', 'papà', 'Dad.'],
    ['ita', 'Papa', 'Pope.'],
    ['fra', 'T’as faim ?', 'Are you hungry?'],
    ['fra', 'tkt 😂', "Don't worry."]
  ])('%s: %s', (language, segment, english) => {
    expect(book.find(language, segment)).toBe(english);
  });

  it.each([
    ['ita', 'dove sei', 'a statement is no question'],
    ['ita', 'magari?', 'and a question no statement'],
    ['ita', 'magari vengo', 'a part is not the whole'],
    ['spa', 'magari', 'another language'],
    ['ita', 'magari 3', 'digits are looked up nowhere'],
    ['ita', '…', 'no words'],
    ['ita', 'constructor', 'no name of the runtime is a phrase'],
    ['__proto__', 'magari', 'nor a language']
  ])('%s: %s is not there (%s)', (language, segment) => {
    expect(book.find(language, segment)).toBeNull();
  });

  it('looks nothing up that is longer than its phrases are', () => {
    expect(keysOf('uno due tre quattro cinque sei')).not.toBeNull();
    expect(keysOf('uno due tre quattro cinque sei sette')).toBeNull();
  });
});

describe('readPhraseBook', () => {
  const bytes = (json: string): Uint8Array => new TextEncoder().encode(json);
  it('reads what was written, and refuses any other shape', () => {
    expect(readPhraseBook(bytes('{"fra":{"tkt":"OK."}}')).find('fra', 'TKT')).toBe('OK.');
    for (const wrong of ['[]', 'null', '{"spa":["a"]}', '{"spa":{"a":1}}']) {
      expect(() => readPhraseBook(bytes(wrong))).toThrow('phrases.json');
    }
  });
});
