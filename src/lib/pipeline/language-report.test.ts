import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualityFlag } from '../language/contract.ts';
import { caseOf, MODELS, TEXTS, type Found } from './language-case.fixture.ts';
import { LINE_STANDINGS } from './language-contract.ts';

const found = fc.record({
  language: fc.constantFrom('ron', 'pol', 'eng', 'und', 'zxx'),
  text: fc.constantFrom('machine', null),
  flags: fc.constantFrom(0, QualityFlag.noModel, QualityFlag.lowConfidence, QualityFlag.languageUncertain),
  model: fc.constantFrom(0, 1)
});
const line = fc.record({
  text: fc.nat({ max: TEXTS.length - 1 }),
  found: fc.option(found, { nil: undefined }),
  isCertified: fc.boolean()
});

describe('the language report', () => {
  it('counts every line once, and each count is that of the filter which opens it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
        const session = caseOf(lines);
        const { rows, lines: all, distinctLines } = await session.languageReport();
        expect(all).toBe(lines.length);
        expect(distinctLines).toBe(new Set(lines.map(({ text }) => text)).size);
        expect(rows.reduce((sum, row) => sum + row.lines, 0)).toBe(lines.length);
        for (const row of rows) {
          const reasons = Object.values(row.without).reduce((sum, count) => sum + count, 0);
          expect(row.translated + row.certifiedAlone + reasons).toBe(row.lines);
          expect(row.models.reduce((sum, model) => sum + model.lines, 0)).toBe(row.translated);
          const mine = lines
            .filter(({ found: one }) => (one?.language ?? '') === row.language)
            .map(({ text }) => TEXTS[text] ?? '');
          expect(row.distinctLines).toBe(new Set(mine).size);
          expect(row.characters).toBe(mine.reduce((sum, text) => sum + [...text].length, 0));
          for (const standing of LINE_STANDINGS) {
            const { total } = await session.filter({ languages: [row.language], lines: [standing] });
            const { translated, certified, flagged, without } = row;
            expect(total, standing).toBe({ translated, certified, flagged, ...without }[standing]);
          }
        }
      }),
      { numRuns: 60 }
    );
  });

  it('says why a line has no English: no model, too short to tell, cannot be told, nothing to translate, waiting', async () => {
    const nothing = (language: string, flags = 0): Found => ({ language, text: null, flags, model: 0 });
    const session = caseOf([
      { text: 6, found: nothing('pol', QualityFlag.noModel), isCertified: false },
      { text: 3, found: nothing('und', QualityFlag.noModel | QualityFlag.languageUncertain), isCertified: false },
      { text: 6, found: nothing('und', QualityFlag.languageUncertain), isCertified: false },
      { text: 5, found: nothing('zxx'), isCertified: false },
      { text: 0, found: undefined, isCertified: false },
      { text: 6, found: nothing('pol', QualityFlag.noModel), isCertified: true }
    ]);
    const { rows } = await session.languageReport();
    const without = Object.fromEntries(rows.map((row) => [row.language, row.without]));
    expect(without['pol']).toMatchObject({ 'no-model': 1 });
    expect(rows.find(({ language }) => language === 'pol')).toMatchObject({ certified: 1, certifiedAlone: 1, lines: 2 });
    expect(without['und']).toMatchObject({ 'too-short': 1, 'cannot-tell': 1 });
    expect(without['zxx']).toMatchObject({ 'not-needed': 1 });
    expect(without['']).toMatchObject({ waiting: 1 });
    expect((await session.overview()).languages.find(({ language }) => language === 'pol')?.withoutModel).toBe(1);
  });

  it('counts what waits, a text that is there twice once for the model', async () => {
    const done: Found = { language: 'ron', text: 'machine', flags: 0, model: 0 };
    const session = caseOf([0, 0, 1, 0, 2, 2].map((text, i) => ({ text, found: i < 3 ? undefined : done, isCertified: false })));
    const other = MODELS[1]?.sha256Hex ?? '';
    const byOther = [{ language: 'ron', modelSha256Hex: other, isMissingOnly: false }];
    const { fresh, repeated, again } = await session.countWaiting(byOther, byOther);
    expect(repeated).toBe(0);
    expect(fresh).toEqual({ lines: 3, characters: 8 + 8 + 11, distinctLines: 2, distinctCharacters: 8 + 11 });
    expect(again).toEqual([{ lines: 3, characters: 8 + 22 + 22, distinctLines: 2, distinctCharacters: 8 + 22 }]);
  });

  it('of a case without lines has no rows', async () => {
    expect((await caseOf([]).languageReport()).rows).toEqual([]);
  });
});
