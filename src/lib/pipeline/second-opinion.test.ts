import { describe, expect, it } from 'vitest';
import { QualityFlag } from '../language/contract.ts';
import type { TranslationInput } from './contract.ts';
import { withDisagreement } from './second-opinion.ts';
import { Translations } from './translations.ts';

const line = (messageId: number, model: string, text: string | null, flags = 0): TranslationInput => ({
  messageId,
  language: 'ron',
  text,
  flags,
  meanLogProb: -0.3,
  model: text === null ? null : { id: model, sha256Hex: model.repeat(8) }
});

function storeOf(...lines: TranslationInput[]): Translations {
  const translations = new Translations();
  translations.extend(4);
  translations.put(lines, 1);
  return translations;
}

describe('a second model', () => {
  const first = storeOf(
    line(0, 'a', 'The boss will not pay us.'),
    line(1, 'a', 'Come to the station at eight.'),
    line(2, 'a', null, QualityFlag.noModel)
  );
  const flagged = (lines: readonly TranslationInput[]): number[] =>
    withDisagreement(lines, first)
      .filter(({ flags }) => (flags & QualityFlag.enginesDisagree) !== 0)
      .map(({ messageId }) => messageId);

  it('that says something else is flagged, one that says it in other words is not', () => {
    const second = [line(0, 'b', 'the boss is not going to pay us'), line(1, 'b', 'My sister has a new phone')];
    expect(flagged(second)).toEqual([1]);
  });

  it('is compared with nothing where the first had no text, nor the same model with itself', () => {
    expect(flagged([line(2, 'b', 'Anything at all'), line(3, 'b', 'Anything at all')])).toEqual([]);
    expect(flagged([line(1, 'a', 'My sister has a new phone')])).toEqual([]);
    expect(flagged([line(1, 'b', null)])).toEqual([]);
  });

  it('is held against the bound that its own model states', () => {
    const second = line(0, 'b', 'the boss is not going to pay us');
    const unlike = line(1, 'b', 'My sister has a new phone');
    expect(flagged([{ ...second, leastAgreement: 99 }])).toEqual([0]);
    expect(flagged([{ ...unlike, leastAgreement: 0 }])).toEqual([]);
  });

  it('stands beside the first, its other doubts kept', () => {
    const stored = storeOf(line(1, 'a', 'Come to the station at eight.'));
    const second = [line(1, 'b', 'My sister has a new phone', QualityFlag.noConfidence)];
    stored.put(withDisagreement(second, stored), 2);
    expect(stored.versionsOf(1).map(({ text }) => text)).toEqual(['My sister has a new phone', 'Come to the station at eight.']);
    expect(stored.flagsOf(1)).toBe(QualityFlag.enginesDisagree | QualityFlag.noConfidence);
    const again = new Translations();
    again.unpack(stored.pack(0));
    expect(again.flagsOf(1)).toBe(QualityFlag.enginesDisagree | QualityFlag.noConfidence);
  });
});
