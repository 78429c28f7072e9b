import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvidenceStore } from '../evidence/store.ts';
import { QualityFlag } from '../language/contract.ts';
import { CertifiedLog } from '../records/certified-log.ts';
import type { TranslationInput } from './contract.ts';
import { LINE_STANDINGS } from './language-contract.ts';
import { CaseSession } from './session.ts';
import { Translations } from './translations.ts';

const MODELS = [
  { id: 'romance-en', sha256Hex: 'a'.repeat(64) },
  { id: 'other-en', sha256Hex: 'b'.repeat(64) }
];
const TEXTS = ['vin acum', 'vin la gara', 'te sun maine dimineata', 'ok', '', '😂', 'zadzwon do mnie pozniej'];

/** What was found out about a line; undefined where nobody looked. */
interface Found {
  readonly language: string;
  readonly text: string | null;
  readonly flags: number;
  readonly model: number;
}

function caseOf(lines: readonly { readonly text: number; readonly found: Found | undefined; readonly isCertified: boolean }[]) {
  const store = new EvidenceStore();
  const thread = store.directory.thread({ service: 'sms', key: 'a', isGroup: false, members: [] }, 0);
  for (const { text } of lines) {
    store.messages.push({
      time: { raw: '', utcMs: null, basis: 'unknown' },
      service: store.services.number('sms'),
      thread,
      from: 0xffff_ffff,
      to: [],
      direction: 'unknown',
      state: 0,
      confidence: 'unstated',
      body: TEXTS[text] ?? '',
      attachments: 0,
      source: 0,
      place: { path: '', offset: 0, unit: 'row' },
      itemId: ''
    });
    store.copyCount.push(0);
  }
  store.commit();
  const translations = new Translations();
  translations.extend(lines.length);
  translations.put(
    lines.flatMap(({ found }, messageId): TranslationInput[] => {
      if (found === undefined) return [];
      const { language, text, flags } = found;
      return [{ messageId, language, text, flags, meanLogProb: -1, model: text === null ? null : (MODELS[found.model] ?? null) }];
    }),
    1
  );
  const certified = new CertifiedLog();
  certified.add({
    kind: 'intake',
    number: 1,
    translator: 'T',
    qualification: '',
    translatedOn: '2026-01-01',
    takenAtMs: 1,
    takenBy: 'O',
    fileName: 'x',
    fileSha256Hex: '',
    refused: [],
    lines: lines.flatMap(({ isCertified }, messageId) => {
      return isCertified ? [{ messageId, request: 1, line: 1, text: 'by hand', note: '' }] : [];
    })
  });
  return new CaseSession({ store, translations, certified, keeper: null, clock: () => 0 });
}

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
    const { fresh, again } = await session.countWaiting([{ language: 'ron', modelSha256Hex: other, isMissingOnly: false }]);
    expect(fresh).toEqual({ lines: 3, characters: 8 + 8 + 11, distinctLines: 2, distinctCharacters: 8 + 11 });
    expect(again).toEqual([{ lines: 3, characters: 8 + 22 + 22, distinctLines: 2, distinctCharacters: 8 + 22 }]);
  });

  it('of a case without lines has no rows', async () => {
    expect((await caseOf([]).languageReport()).rows).toEqual([]);
  });
});
