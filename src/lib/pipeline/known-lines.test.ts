import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QualityFlag } from '../language/contract.ts';
import type { MessageDetail } from './contract.ts';
import { caseOf, MODELS, TEXTS, type Found } from './language-case.fixture.ts';
import { Translations } from './translations.ts';

const BY_FIRST: Found = {
  language: 'ron',
  text: 'come now',
  otherReading: 'they come now',
  flags: QualityFlag.lowConfidence,
  model: 0
};
const usual = (model: number, languages = ['ron']) =>
  languages.map((language) => ({ language, modelSha256Hex: MODELS[model]?.sha256Hex ?? '', isMissingOnly: true }));

describe('a text that comes again', () => {
  it('takes the line of its equal with model and doubts, and no other text does', async () => {
    const kept: { kind: string; bytes: Uint8Array }[] = [];
    const session = caseOf([{ text: 0, found: BY_FIRST }, { text: 0 }, { text: 1 }, { text: 0 }], kept);
    expect(await session.countWaiting([], usual(0))).toMatchObject({ fresh: { lines: 1 }, repeated: 2 });
    expect(await session.repeatKnown(usual(0))).toBe(2);
    for (const id of [1, 3]) {
      expect((await session.message(id))?.versions).toMatchObject([{ text: 'come now', modelId: MODELS[0]?.id }]);
    }
    const { ids } = await session.untranslated(10, []);
    expect([...ids]).toEqual([2]);
    expect(await session.repeatKnown(usual(0))).toBe(0);

    // On disk as any machine line is.
    const reopened = new Translations();
    reopened.extend(4);
    for (const { kind, bytes } of kept) if (kind === 'translations') reopened.unpack(bytes);
    expect([0, 1, 2, 3].map((id) => reopened.textOf(id))).toEqual([null, 'come now', null, 'come now']);
    expect(reopened.flagsOf(3)).toBe(QualityFlag.lowConfidence);
    expect(reopened.otherReadingOf(3)).toBe('they come now');
  });

  it('takes a short one of its own conversation alone, a long one of any', async () => {
    const LONG: Found = { language: 'ron', text: 'I will call you tomorrow morning', flags: 0, model: 0 };
    const session = caseOf([
      { text: 0, found: BY_FIRST },
      { text: 2, found: LONG },
      { text: 0, thread: 'b' },
      { text: 2, thread: 'b' },
      { text: 0 }
    ]);
    expect(await session.repeatKnown(usual(0))).toBe(2);
    expect([...(await session.untranslated(10, [])).ids]).toEqual([2]);
  });

  it('takes, behind a message, that of an equal behind an equal alone; one of the phrase book behind any', async () => {
    const at = (minute: number): { readonly atMs: number } => ({ atMs: minute * 60_000 });
    const LONG: Found = {
      language: 'ron',
      text: 'He rings tomorrow morning',
      byItself: 'I ring you tomorrow',
      flags: 0,
      model: 0
    };
    const talk = [
      { text: 6, ...at(0) },
      { text: 2, ...at(1), found: LONG },
      { text: 2, ...at(2) },
      { text: 6, ...at(3) },
      { text: 2, ...at(4) },
      { text: 2 },
      { text: 6, ...at(5), thread: 'b' },
      { text: 2, ...at(6), thread: 'b' }
    ];
    const session = caseOf(talk);
    expect(await session.countWaiting([], usual(0))).toMatchObject({ repeated: 2 });
    expect(await session.repeatKnown(usual(0))).toBe(2);
    for (const id of [4, 7]) {
      const { translation, byItself } = (await session.message(id)) as MessageDetail;
      expect([translation, byItself]).toEqual(['He rings tomorrow morning', 'I ring you tomorrow']);
    }
    expect([...(await session.untranslated(10, [])).ids].sort()).toEqual([0, 2, 3, 5, 6]);

    const phrase = { ...LONG, model: 2 };
    const book = caseOf(talk.map((line) => ('found' in line ? { ...line, found: phrase } : line)));
    expect(await book.repeatKnown(usual(2))).toBe(4);
  });

  it('waits where another model is picked for the language, or none', async () => {
    const session = caseOf([{ text: 0, found: BY_FIRST }, { text: 0 }]);
    for (const picked of [usual(1), usual(0, ['fra']), []]) {
      expect(await session.repeatKnown(picked)).toBe(0);
      expect(await session.countWaiting([], picked)).toMatchObject({ fresh: { lines: 1 }, repeated: 0 });
    }
  });

  it('does not take over that another engine disagreed, nor lines that have no English', async () => {
    const session = caseOf([
      { text: 0, found: { ...BY_FIRST, flags: QualityFlag.enginesDisagree } },
      { text: 6, found: { language: 'ron', text: null, flags: QualityFlag.noModel, model: 0 } },
      { text: 0 },
      { text: 6 }
    ]);
    expect(await session.repeatKnown(usual(0))).toBe(1);
    expect((await session.message(2))?.versions).toMatchObject([{ text: 'come now', flags: 0 }]);
  });

  it('whatever the case: what is repeated and what still waits are all that waited', async () => {
    const found = fc.option(
      fc.record<Found>({
        language: fc.constantFrom('ron', 'fra'),
        text: fc.option(fc.constantFrom('one', 'two')),
        flags: fc.constant(0),
        model: fc.nat(1)
      }),
      { nil: undefined }
    );
    const line = fc.record({ text: fc.nat(TEXTS.length - 1), found });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.nat(1), async (lines, model) => {
        const session = caseOf(lines);
        const picked = usual(model, ['ron', 'fra']);
        const isSource = (one: Found | undefined): boolean => one !== undefined && one.text !== null && one.model === model;
        const known = new Set(lines.filter((one) => isSource(one.found)).map(({ text }) => text));
        const waiting = lines.filter((one) => one.found === undefined);
        const expected = waiting.filter(({ text }) => known.has(text)).length;
        expect((await session.countWaiting([], picked)).repeated).toBe(expected);
        expect(await session.repeatKnown(picked)).toBe(expected);
        expect((await session.untranslated(100, [])).ids.length).toBe(waiting.length - expected);
      }),
      { numRuns: 100 }
    );
  });
});
