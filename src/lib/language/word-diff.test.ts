import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff } from './word-diff.ts';

const short = (before: string, after: string): string =>
  wordDiff(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');

describe('a word diff', () => {
  it.each([
    ['the van keys', 'the van keys', 'the van keys'],
    ['the van keys', 'keys of the van', '{+keys of +}the van[- keys-]'],
    ['', 'new text', '{+new text+}'],
    ['old text', '', '[-old text-]'],
    ['bring the money at 5', 'bring the cash at 5!', 'bring the [-money-]{+cash+} at 5{+!+}'],
    ['<b>x</b>', '<i>x</i>', '<[-b-]{+i+}>x</[-b-]{+i+}>']
  ])('%j to %j', (before, after, expected) => expect(short(before, after)).toBe(expected));

  it('gives both texts back whole, whatever they are', () => {
    const word = fc.oneof(fc.constantFrom('a', 'b', 'c', ' ', '\n', '.', '<'), fc.string({ unit: 'binary', maxLength: 4 }));
    const text = fc.array(word, { maxLength: 20 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = wordDiff(before, after);
        const of = (kind: string): string =>
          pieces
            .filter((piece) => piece.kind === 'same' || piece.kind === kind)
            .map((piece) => piece.text)
            .join('');
        expect(of('removed')).toBe(before);
        expect(of('added')).toBe(after);
      })
    );
  });

  it('changes no more words than the longest common run leaves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }),
        (a, b) => {
          // Signs between the words keep each word a token of its own.
          const pieces = wordDiff(a.join('|'), b.join('|'));
          const changed = pieces.filter(({ kind }) => kind !== 'same').reduce((sum, { text }) => sum + [...text].length, 0);
          const [x, y] = [[...a.join('|')], [...b.join('|')]];
          expect(changed).toBe(x.length + y.length - 2 * common(x, y));
        }
      )
    );
  });

  it('calls two long different texts different in good time', () => {
    const text = (word: string): string => Array.from({ length: 6000 }, (_, i) => `${word}${i}`).join(' ');
    const started = performance.now();
    expect(wordDiff(text('a'), text('b')).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

/** Length of the longest common subsequence, by the textbook table. */
function common(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
  return table[a.length]![b.length]!;
}
