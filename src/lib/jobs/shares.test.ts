import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineTranslator } from '../language/translate.ts';
import { TranslationMemory } from '../language/memory.ts';
import type { TranslationEngine } from '../language/contract.ts';
import { openIdentifierHere } from '../../../tests/fixtures/identifier.ts';
import { sharesOf } from './shares.ts';

const never = new AbortController().signal;
const texts = fc.array(
  fc.constantFrom('vin acum', 'VIN ACUM', 'vin  acum', 'vin la 8', 'vin la 12', 'adu banii', 'ok', '', 'da!!!', 'da!'),
  {
    maxLength: 60
  }
);

describe('shares of a turn', () => {
  it('hold every line once, in the order given', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 4 }), (lines, workers) => {
        const asked = lines.map((text, i) => ({ id: i * 3, text, usual: i % 2 === 0 ? 'ron' : undefined }));
        const shares = sharesOf(asked, workers);
        expect(shares).toHaveLength(workers);
        expect(shares.flat().toSorted((a, b) => a.id - b.id)).toEqual(asked);
        for (const share of shares)
          expect(share.map(({ id }) => id)).toEqual(share.map(({ id }) => id).toSorted((a, b) => a - b));
      })
    );
  });

  it('spread different lines about evenly', () => {
    const lines = Array.from(
      { length: 4000 },
      (_, i) => `linia ${String.fromCharCode(97 + (i % 26), 97 + ((i / 26) % 26), 97 + i / 676)}`
    );
    const [first = [], second = []] = sharesOf(
      lines.map((text, id) => ({ id, text })),
      2
    );
    expect(Math.abs(first.length - second.length)).toBeLessThan(300);
  });

  it('give no line to two workers over several turns: no text runs through two of them', async () => {
    const identifier = openIdentifierHere();
    const seen: string[][] = [[], []];
    const workers = seen.map((mine) => {
      const engine: TranslationEngine = {
        id: 'toy',
        modelSha256Hex: 'ff',
        languages: ['ron'],
        placeholders: ['<1>', '<2>'],
        translate: async (lines) => {
          mine.push(...lines);
          return lines.map((text) => ({ text, meanLogProb: 0, tokens: 1, sourceTokens: 1, unknownTokens: 0, isCut: false }));
        },
        dispose: async () => undefined
      };
      return new LineTranslator(identifier, engine, new TranslationMemory());
    });
    const stems = [
      'te rog vino la mine acum',
      'adu banii la gara',
      'nu pot sa vin maine',
      'unde esti cu masina',
      'cheia este la vecina'
    ];
    const pool = stems.flatMap((stem) => [stem, `${stem} la 8`, `${stem} la 12`, stem.toUpperCase(), `${stem}!!!`, `${stem}!`]);
    for (let turn = 0; turn < 6; turn++) {
      const lines = Array.from({ length: 40 }, (_, i) => pool[(turn * 17 + i * 7) % pool.length] ?? '');
      const shares = sharesOf(
        lines.map((text, id) => ({ id, text })),
        2
      );
      for (const [w, share] of shares.entries()) await workers[w]?.translate(share, { signal: never });
    }
    const [first = [], second = []] = seen;
    expect(first.length).toBeGreaterThan(0);
    expect(second.length).toBeGreaterThan(0);
    expect(first.filter((text) => second.includes(text))).toEqual([]);
    expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
  });
});
