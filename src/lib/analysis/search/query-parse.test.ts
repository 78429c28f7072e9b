import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './query-parse.ts';
import type { QueryNode } from './query.ts';

/** A short form of the tree, so that rows can be read. */
function shape(node: QueryNode): string {
  if (node.kind === 'not') return `not(${shape(node.part)})`;
  if (node.kind === 'and' || node.kind === 'or') return `${node.kind}(${node.parts.map(shape).join(' ')})`;
  const side = node.side === null ? '' : `${node.side[0]}:`;
  if (node.kind === 'number') return `${side}${node.number.isNational ? '#0' : '#'}${node.number.significant}`;
  if (node.kind === 'name') return `${side}~${node.word}`;
  if (node.kind === 'ending') return `${side}*${node.digits}`;
  if (node.kind === 'regex') return `${side}/${node.source}/`;
  return side + node.elements.map((e) => e.text + (e.isPrefix ? '*' : '')).join('_');
}

describe('parsing', () => {
  it.each([
    ['drop tonight', 'and(drop tonight)'],
    ['drop AND tonight', 'and(drop tonight)'],
    ['a b OR c', 'or(and(a b) c)'],
    ['a (b OR c)', 'and(a or(b c))'],
    ['-a b', 'and(not(a) b)'],
    ['NOT NOT a', 'not(not(a))'],
    ['well-known', 'well_known'],
    ['Șerban*', 'serban*'],
    ['"two words"', 'two_words'],
    ['\u201ctwo words\u201d', 'two_words'],
    ['"two wor*"', 'two_wor*'],
    ["l'hotel", 'l_hotel'],
    ['a@b.com', 'a_b_com'],
    ['北京市', '北京_京市'],
    ['京', '京*'],
    ['original:bani', 'o:bani'],
    ['translation:(a OR b) c', 'and(or(t:a t:b) c)'],
    ['original:-a', 'not(o:a)'],
    ['/ab[/]c/', '/ab[/]c/'],
    ['or and', 'and(or and)'],
    ['ORANGE', 'orange'],
    ['07700 900123 drop', 'and(#07700900123 drop)'],
    ['+44 (0)7700 900123', '#447700900123'],
    ['00447700900123', '#447700900123'],
    ['(07700) 900123', '#07700900123'],
    ['(07700 900123 OR b)', 'or(#07700900123 b)'],
    ['"07700 900123"', '#07700900123'],
    ['07700 900123 07700 900456', 'and(#07700900123 #07700900456)'],
    ['-07700900123', 'not(#07700900123)'],
    ['*0123', '*0123'],
    ['10 20 30', 'and(10 20 30)'],
    ['07700 900abc', 'and(07700 900abc)'],
    ['1,500', 'or(1_500 1500)'],
    ['a ... b', 'and(a b)']
  ])('%s', (query, expected) => {
    const result = parseQuery(query);
    expect(result.ok && result.query !== null ? shape(result.query) : result).toBe(expected);
  });

  it('takes an empty query as no condition', () => expect(parseQuery('  ')).toEqual({ ok: true, query: null }));

  it.each([
    ['"open', 'unclosed-quote', 0],
    ['a (b', 'unclosed-parenthesis', 2],
    ['a )', 'unexpected-parenthesis', 2],
    ['a OR', 'missing-operand', 4],
    ['OR a', 'missing-operand', 0],
    ['a AND', 'missing-operand', 5],
    ['NOT', 'missing-operand', 3],
    ['()', 'missing-operand', 1],
    ['original:', 'missing-operand', 9],
    ['x /ab', 'unclosed-pattern', 2],
    ['/a(b/', 'bad-pattern', 2],
    ['/(a)\\1/', 'bad-pattern', 4],
    ['/(?=a)/', 'bad-pattern', 1],
    ['/a**/', 'bad-pattern', 3],
    ['?!', 'nothing-to-search', 0]
  ])('says what is wrong in %s', (query, code, at) => {
    const result = parseQuery(query);
    expect(result.ok ? null : { code: result.error.code, at: result.error.at }).toEqual({ code, at });
  });

  it('never throws, and places every error inside the query', () => {
    const anything = fc.array(
      fc.constantFrom(
        'a',
        ' ',
        '"',
        '(',
        ')',
        '-',
        '*',
        '/',
        '[',
        '\\',
        'OR ',
        'NOT ',
        'AND ',
        'original:',
        '0',
        '7700900123',
        '+',
        '北',
        '😀',
        '\u201c'
      ),
      { maxLength: 12 }
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anything.map((parts) => parts.join('')),
          fc.string({ unit: 'binary' })
        ),
        (query) => {
          const result = parseQuery(query);
          if (!result.ok) {
            expect(result.error.at).toBeGreaterThanOrEqual(0);
            expect(result.error.at).toBeLessThanOrEqual(query.length);
          }
        }
      ),
      { numRuns: 2000 }
    );
  });
});
