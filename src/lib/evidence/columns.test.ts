import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextColumn } from './columns.ts';
import { hashText, hashUtf8 } from './fold-index.ts';

/** Texts on both sides of what is written letter by letter, some long enough to need a chunk of their own. */
const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 3, arbitrary: fc.integer({ min: 120, max: 140 }).map((length) => 'x'.repeat(length)) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 140 }).map((length) => `${'x'.repeat(length)}ț`) },
  { weight: 1, arbitrary: fc.integer({ min: 1_400_000, max: 2_100_000 }).map((length) => 'é'.repeat(length)) }
);

describe('TextColumn', () => {
  it('gives back every text, also after packing in parts and unpacking', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), fc.nat(30), (texts, at) => {
        const column = new TextColumn();
        for (const one of texts) column.push(one);
        expect(texts.map((_, row) => column.at(row))).toEqual(texts);
        const split = Math.min(at, texts.length);
        const copy = new TextColumn();
        for (const [from, to] of [
          [0, split],
          [split, texts.length]
        ] as const) {
          const { lengths, bytes } = column.pack(from, to);
          copy.unpack(lengths, bytes);
        }
        expect(copy.length).toBe(texts.length);
        expect(texts.map((_, row) => copy.at(row))).toEqual(texts);
      }),
      { numRuns: 40 }
    );
  });

  it('packs what was pushed after rows were dropped', () => {
    const column = new TextColumn();
    for (const one of ['kept', 'dropped', 'dropped too']) column.push(one);
    column.truncate(1);
    for (const one of ['ședere', 'after']) column.push(one);
    const { lengths, bytes } = column.pack(0, 3);
    expect([...lengths]).toEqual([4, 7, 5]);
    expect(new TextDecoder().decode(bytes)).toBe('keptședereafter');
  });
});

describe('hashUtf8', () => {
  it('agrees with the hash of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (one, seed) => {
        expect(hashUtf8(new TextEncoder().encode(one), seed)).toBe(hashText(one, seed));
      })
    );
  });
});
