import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashSet64 } from './hash-set.ts';

describe('HashSet64', () => {
  it('knows what it was given and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (given, others) => {
        const set = new HashSet64();
        const truth = new Map<string, number>();
        for (const text of given) {
          const row = truth.size;
          expect(set.put(text, row)).toBe(!truth.has(text));
          if (!truth.has(text)) truth.set(text, row);
        }
        expect(set.size).toBe(truth.size);
        for (const text of [...given, ...others]) expect(set.find(text)).toBe(truth.get(text) ?? -1);
      })
    );
  });

  it('keeps 300,000 texts that differ in one place apart', () => {
    const set = new HashSet64();
    for (let i = 0; i < 300_000; i++) expect(set.add(`message 2024-05-01T10:00:00 ${i}`)).toBe(true);
    expect(set.add('message 2024-05-01T10:00:00 7')).toBe(false);
    expect(set.size).toBe(300_000);
  });

  it('keeps texts apart whose parts are cut in other places', () => {
    const set = new HashSet64();
    const cuts: readonly [string, string, string][] = [
      ['ab', 'c', ''],
      ['a', 'bc', ''],
      ['a', 'b', 'c'],
      ['', 'abc', ''],
      ['abc', '', '']
    ];
    for (const [first, second, third] of cuts) expect(set.add(first, second, third)).toBe(true);
  });
});
