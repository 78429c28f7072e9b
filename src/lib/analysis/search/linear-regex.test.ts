import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLinearRegex, type LinearRegex } from './linear-regex.ts';

function compiled(source: string): LinearRegex {
  const result = compileLinearRegex(source);
  if (!result.ok) throw new Error(`${source}: ${result.message}`);
  return result.regex;
}

describe('patterns in linear time', () => {
  const { part } = fc.letrec<{ part: string }>((tie) => ({
    part: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '\\b', '^', '$', ' '),
      fc.tuple(tie('part'), tie('part')).map(([a, b]) => a + b),
      fc.tuple(tie('part'), tie('part')).map(([a, b]) => `(?:${a}|${b})`),
      fc.tuple(tie('part'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{1,}', '*?')).map(([a, q]) => `(${a})${q}`)
    )
  }));
  const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', ' ', '1', '\n', '-'), maxLength: 12 });

  it('answer as the built-in engine does', () => {
    fc.assert(
      fc.property(part, fc.array(text, { minLength: 1, maxLength: 5 }), (source, texts) => {
        const ours = compiled(source);
        for (const t of texts) expect(ours.test(t), `${source} on ${JSON.stringify(t)}`).toBe(new RegExp(source, 'imu').test(t));
      }),
      { numRuns: 2000 }
    );
  });

  it('mark matches that the built-in engine accepts, and every one when there is one', () => {
    fc.assert(
      fc.property(part, text, (source, t) => {
        const ranges = compiled(source).ranges(t);
        const isSomething = [...t.matchAll(new RegExp(source, 'gimu'))].some((match) => match[0] !== '');
        if (isSomething) expect(ranges.length).toBeGreaterThan(0);
        for (const [from, to] of ranges) expect(to).toBeGreaterThan(from);
      }),
      { numRuns: 1000 }
    );
  });

  it.each([
    [
      '07\\d{9}',
      'ring 07700900123 or 07700900456',
      [
        [5, 16],
        [20, 31]
      ]
    ],
    ['£\\d+', 'owes £450', [[5, 9]]],
    ['\\bkilos?\\b', 'two KILOS, skilos', [[4, 9]]],
    ['😀+', 'x😀😀y', [[1, 5]]],
    [
      '\\p{Lu}{3}',
      'abcDÉF',
      [
        [0, 3],
        [3, 6]
      ]
    ]
  ])('%s in %s', (source, t, expected) => expect(compiled(source).ranges(t)).toEqual(expected));

  it('finishes what makes a backtracking engine hang', () => {
    const t = `${'a'.repeat(20_000)}!`;
    for (const source of ['(a+)+b', '(a|a)*b', '.*.*.*.*.*b', '(a?){60}a{60}b']) expect(compiled(source).test(t)).toBe(false);
  });

  it.each(['(a', 'a)', '[a', '*a', 'a{3,2}', '(?<x>a)', '(?!a)', '\\1', 'a{1000}{1000}', '(a{500}){500}'])(
    'refuses %s',
    (source) => {
      const result = compileLinearRegex(source);
      expect(result.ok ? 'accepted' : result.message.length).toBeGreaterThan(0);
    }
  );
});
