import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawsOut, isDrawnOut, TermMatcher, type MatchTerm } from './term-matcher.ts';

const term = (key: number, ...forms: string[]): MatchTerm => ({ key, forms: forms.map((form) => form.split(' ')) });

describe('terms in words', () => {
  const matcher = new TermMatcher([term(1, 'trap house', 'traphouse'), term(2, 'house'), term(3, 'food'), term(4, 'god')]);
  const rows: [line: string, found: [number, number, number][]][] = [
    [
      'the trap house again',
      [
        [1, 1, 3],
        [2, 2, 3]
      ]
    ],
    ['traphouse', [[1, 0, 1]]],
    ['trap', []],
    ['warehouse', []],
    ['trap my house', [[2, 2, 3]]],
    [
      'trapppp houseee',
      [
        [1, 0, 2],
        [2, 1, 2]
      ]
    ],
    ['fooood', [[3, 0, 1]]],
    // Two letters are a spelling, not a drawl: "fod" is not "food".
    ['fod', []],
    ['goood', [[4, 0, 1]]],
    ['good', []]
  ];
  it.each(rows)('%s', (line, found) => {
    expect(matcher.match(line.split(' ')).map(({ key, from, to }) => [key, from, to])).toEqual(found);
  });

  it('are those that a search form by form finds', () => {
    const word = fc.constantFrom('a', 'b', 'aa', 'aaa', 'ab', 'abbb', 'aab');
    const words = fc.array(word, { maxLength: 8 });
    const forms = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(words, forms, (line, list) => {
        const found = new TermMatcher(list.map((form, key) => ({ key, forms: [form] }))).match(line);
        const slow = list.flatMap((form, key) =>
          line.flatMap((_, from) =>
            from + form.length <= line.length &&
            form.every((one, k) => line[from + k] === one || (isDrawnOut(line[from + k]!) && drawsOut(line[from + k]!, one)))
              ? [{ key, from, to: from + form.length }]
              : []
          )
        );
        const order = (matches: typeof found): string[] => matches.map(({ key, from, to }) => `${key} ${from} ${to}`).sort();
        expect(order(found)).toEqual(order(slow));
      })
    );
  });
});
