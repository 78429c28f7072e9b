import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';
import { areAlike, MOST_SOUNDS, soundsOf } from './name-sounds.ts';
import { rowsOf } from '../filter/bits.ts';
import { rank, search } from './query-evaluate.ts';
import { parseQuery } from './query-parse.ts';
import { SearchIndex } from './search-index.ts';
import { SoundRows } from './sound-rows.ts';
import { TokenScanner } from './token-scanner.ts';

const scanner = new TokenScanner();
const folded = (word: string): string => {
  scanner.scan(word);
  return scanner.text(0);
};
const alike = (a: string, b: string): boolean => areAlike(soundsOf(folded(a)), soundsOf(folded(b)));

/** Spellings of one name; every pair of a row must be alike. */
const SAME: readonly (readonly string[])[] = [
  ['Jose', 'José', 'Жозе', 'Joze'],
  ['Mohamed', 'Muhammad', 'Mohammed', 'Мухаммед', 'محمد'],
  ['Iulia', 'Julia', 'Юлия', 'Yulia', 'Giulia'],
  ['Ștefan', 'Stefan', 'Стефан', 'Штефан', 'Stephan'],
  ['Alexandru', 'Aleksandru', 'Александру'],
  ['Ahmed', 'Ahmad', 'Ахмед', 'أحمد'],
  ['Mihai', 'Михай', 'Mihay'],
  ['Yusuf', 'Youssef', 'Юсуф', 'يوسف'],
  ['Nikos', 'Νίκος', 'Nicos'],
  ['Katarina', 'Catarina', 'Катарина'],
  ['Dimitri', 'Dmitri', 'Дмитрий', 'Dimitry'],
  ['Ioana', 'Joana', 'Иоана'],
  ['Hussein', 'Hussain', 'حسين', 'Хусейн'],
  ['Costel', 'Kostel', 'Костел']
];

/** Names of two people: none of these pairs may be alike. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['Dorin', 'Sorin'],
  ['Jose', 'nose'],
  ['Marin', 'Catrin'],
  ['Ana', 'Ion'],
  ['Pavel', 'Sorin'],
  ['Mihai', 'Maria'],
  ['Ahmed', 'Omar'],
  ['Lurdes', 'Sandra'],
  ['Costel', 'Cornel'],
  ['Omar', 'Imran'],
  ['Vitor', 'Pilar'],
  ['Karim', 'Marco']
];

describe('names across scripts', () => {
  it.each(SAME)('spellings of %s are alike, each with each', (...spellings) => {
    const apart = spellings.flatMap((a) => spellings.filter((b) => !alike(a, b)).map((b) => `${a} ${b}`));
    expect(apart).toEqual([]);
  });

  it.each(OTHERS)('%s is not %s', (a, b) => {
    expect([alike(a, b), alike(b, a)]).toEqual([false, false]);
  });

  it('is the same both ways, and every word is like itself', () => {
    const word = fc.stringMatching(/^[a-zа-яα-ω]{1,14}$/u).map(folded);
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [x, y] = [soundsOf(a), soundsOf(b)];
        expect(areAlike(x, y)).toBe(areAlike(y, x));
        if (x.length > 0) expect(areAlike(x, x)).toBe(true);
      })
    );
  });

  it('many words at once are the ones that are alike one by one', () => {
    const name = fc.stringMatching(/^[a-zа-яα-ωا-ي]{1,14}$/u).map(folded);
    const edited = fc.tuple(name, fc.nat(14), fc.stringMatching(/^[a-z]{0,2}$/)).map(([word, at, put]) => {
      return word.slice(0, at) + put + word.slice(at + 1);
    });
    let likenesses = 0;
    fc.assert(
      fc.property(name, fc.array(fc.oneof(name, edited), { maxLength: 30 }), fc.nat(3), (asked, others, drop) => {
        const words = [...others, asked.slice(drop), `${asked}ov`, asked.replace(/[aeiou]/gu, ''), ...SAME.flat().map(folded)];
        const rows = new SoundRows(words.length, (i) => words[i] ?? '');
        const sounds = soundsOf(asked);
        const expected = [...words.keys()].filter((i) => areAlike(soundsOf(words[i] ?? ''), sounds));
        likenesses += expected.length;
        expect(rows.like(sounds)).toEqual(expected);
      }),
      { numRuns: 500 }
    );
    // Of names that people have, too: every one with every other.
    const names = SAME.flat().map(folded);
    const rows = new SoundRows(names.length, (i) => names[i] ?? '');
    for (const one of names) {
      const found = rows.like(soundsOf(one));
      expect(found).toEqual([...names.keys()].filter((i) => areAlike(soundsOf(names[i] ?? ''), soundsOf(one))));
      likenesses += found.length;
    }
    expect(likenesses).toBeGreaterThan(500);
  });

  it('reads no word that is too long or in a script that it does not know', () => {
    expect(soundsOf('ab'.repeat(MOST_SOUNDS))).toHaveLength(0);
    expect(soundsOf('ไทย')).toHaveLength(0);
    expect(soundsOf('b4n1')).toHaveLength(0);
  });
});

describe('~name in a query', () => {
  const TEXTS = ['Жозе пришёл', 'I saw José and nobody else', 'the nose of the dog', 'joze, vem cá', 'محمد هنا', '12 jos'];
  const index = new SearchIndex();
  for (const [id, text] of TEXTS.entries()) index.add(id, 'original', text);
  index.commit();
  const find = (query: string): number[] => {
    const parsed = parseQuery(query);
    if (!parsed.ok || parsed.query === null) throw new Error(query);
    const { bits } = search(index, parsed.query, { messageCount: TEXTS.length });
    // What is found is found again in the text, and what is not is not.
    for (const [id, text] of TEXTS.entries()) {
      const isFound = rowsOf(bits).includes(id);
      if (!/[ -]/.test(query)) expect([id, highlight(parsed.query, 'original', text).length > 0]).toEqual([id, isFound]);
    }
    expect([...rank(index, parsed.query, bits)].sort()).toEqual([...rowsOf(bits)]);
    return [...rowsOf(bits)];
  };

  it('finds every spelling and shows where it stands', () => {
    expect(find('~jose')).toEqual([0, 1, 3, 5]);
    expect(find('~Жозе')).toEqual([0, 1, 3, 5]);
    expect(find('~mohammed')).toEqual([4]);
  });

  it('combines as any word does, and takes a name of two words as both', () => {
    expect(find('~jose nobody')).toEqual([1]);
    expect(find('~jose -saw')).toEqual([0, 3, 5]);
    expect(find('~nobody-else')).toEqual([1]);
  });

  it('a lone tilde is punctuation, and numbers after it are words as ever', () => {
    expect(parseQuery('~')).toMatchObject({ ok: false, error: { code: 'nothing-to-search' } });
    expect(find('~12')).toEqual([5]);
  });
});
