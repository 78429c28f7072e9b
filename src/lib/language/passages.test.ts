import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passagesOf } from './passages.ts';
import type { PlannedPart } from './plan.ts';

const say = (text: string, language = 'ron'): PlannedPart => ({ kind: 'translate', text, language });
const keep = (text: string): PlannedPart => ({ kind: 'leave', text, language: 'zxx' });
const texts = (parts: readonly PlannedPart[], longest = 40): string[] => passagesOf(parts, () => longest).map(({ text }) => text);

describe('passagesOf', () => {
  it('takes neighbouring sentences of one language together, with what stands between', () => {
    const parts = [say('700 erau actele.'), keep('  '), say('plus chirie.'), keep(' '), say('asa e.')];
    expect(passagesOf(parts, () => 120)).toEqual([
      { from: 0, to: 5, text: '700 erau actele.  plus chirie. asa e.', language: 'ron' }
    ]);
  });

  it('begins a new one where the next sentence finds no room', () => {
    const parts = ['una doua trei.', 'patru cinci.', 'sase sapte opt.', 'noua zece.'].flatMap((text, i) =>
      i === 0 ? [say(text)] : [keep(' '), say(text)]
    );
    expect(texts(parts, 30)).toEqual(['una doua trei. patru cinci.', 'sase sapte opt. noua zece.']);
    expect(texts(parts, 20)).toEqual([]);
    expect(texts(parts, 0)).toEqual([]);
  });

  it.each([
    ['a line end', keep('\n')],
    ['an emoji', keep(' 😂 ')],
    ['English', { ...keep('see you.'), language: 'eng' }]
  ])('stops at %s', (_, between) => {
    expect(texts([say('vin maine.'), between, say('asteapta-ma.')])).toEqual([]);
  });

  it('stops at another language, and at what needs no model', () => {
    expect(texts([say('vin maine.'), keep(' '), say('a domani.', 'ita')])).toEqual([]);
    const parts = [say('las-o balta.'), keep(' '), say('vin maine.'), keep(' '), say('stai.')];
    const passages = passagesOf(
      parts,
      () => 99,
      ({ text }) => text === 'las-o balta.'
    );
    expect(passages.map(({ from, to }) => [from, to])).toEqual([[2, 5]]);
  });

  it('never overlaps, never passes the length, and is a stretch of the line', () => {
    const part = fc.oneof(
      fc.constantFrom('a.', 'bb bb.', 'ccc ccc.').map((t) => say(t)),
      fc.constantFrom(' ', '\n', ' 😂 ').map(keep)
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), fc.integer({ min: 0, max: 40 }), (parts, longest) => {
        let last = 0;
        for (const { from, to, text } of passagesOf(parts, () => longest)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(text).toBe(
            parts
              .slice(from, to)
              .map((p) => p.text)
              .join('')
          );
          expect(text.length).toBeLessThanOrEqual(longest);
          last = to;
        }
      })
    );
  });
});
