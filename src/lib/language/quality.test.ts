import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { QualityFlag, type EngineOutput } from './contract.ts';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { DEFAULT_THRESHOLDS, flagsOf, unsureness } from './quality.ts';

const folder = new URL('../../../models/langid/', import.meta.url);
const config = JSON.parse(readFileSync(new URL('config.json', folder), 'utf8')) as LanguageTableConfig;
const identifier = new LanguageIdentifier(config, new Int8Array(readFileSync(new URL('table.bin', folder))));
const words = { ron: { acasa: 'home', gara: 'stat', banii: 'mone', maine: 'tomo' } };
const from = { thresholds: DEFAULT_THRESHOLDS, identifier, words };

const good: EngineOutput = { text: '', meanLogProb: -0.2, tokens: 8, sourceTokens: 9, unknownTokens: 0, isCut: false };
const rows: [string, string, Partial<EngineOutput>, number][] = [
  ['unde ești acum, prietene?', 'Where are you now, my friend?', {}, 0],
  ['unde ești acum, prietene?', 'Where are you now, my friend?', { meanLogProb: -0.61 }, QualityFlag.lowConfidence],
  ['unde ești acum, prietene?', 'Where?', {}, QualityFlag.lengthRatio],
  ['unde ești acum, prietene?', 'You are here, my friend.', {}, QualityFlag.questionChanged],
  ['vin acolo la ora cinci.', 'Shall I come there at five?', {}, QualityFlag.questionChanged],
  ['vin acolo la ora cinci', 'Shall I come there at five?', {}, 0],
  ['vin', '', {}, QualityFlag.lengthRatio],
  ['am ajuns acasă la ei', 'I came home I came home', {}, QualityFlag.repetition],
  ['am ajuns acasă la ei', 'now now now I came home', {}, QualityFlag.repetition],
  ['nu nu nu, am ajuns', 'no no no, I came', {}, 0],
  ['am ajuns la gara de nord', 'am ajuns la gara de nord', {}, QualityFlag.untranslated],
  ['o văd pe Maria Elena Popescu', 'I see Maria Elena Popescu', {}, 0],
  ['o văd pe Maria Elena Popescu', 'I see Mary there with them', {}, QualityFlag.namesChanged],
  ['nu am ajuns acasă', 'I came home', {}, QualityFlag.negationChanged],
  ['am ajuns acasă la ei', 'qeb krrx vjjhq zuwqp', {}, QualityFlag.notEnglish],
  ['maine aduc banii acasa', 'The weather is fine in spring', {}, QualityFlag.wordsUnanswered],
  ['am ajuns acasă la ei', 'I got to their home', { unknownTokens: 3 }, QualityFlag.outOfVocabulary],
  ['am ajuns acasă la ei', 'I got to their home', { isCut: true }, QualityFlag.cut],
  ['am ajuns acasă la ei', 'I got to their home', { meanLogProb: Number.NaN }, QualityFlag.noConfidence]
];

describe('flagsOf', () => {
  it.each(rows)('%j -> %j %j', (source, text, change, wanted) => {
    expect(flagsOf(source, { ...good, ...change, text }, 'ron', from)).toBe(wanted);
  });
});

describe('unsureness', () => {
  const scattered = { most: 0.4, perNat: 0.5, perLogStep: 0.1 };
  const limits = { ...DEFAULT_THRESHOLDS, scattered };
  const unsure = (change: Partial<EngineOutput>, by = limits): boolean =>
    (flagsOf('vin la gara', { ...good, text: 'I come to the station', tokens: 0, ...change }, 'ron', {
      ...from,
      thresholds: by
    }) &
      QualityFlag.lowConfidence) !==
    0;

  it('is scatter, likelihood and length together, and has the last word where the engine tells its scatter', () => {
    expect(unsureness({ ...good, scatter: 0.2, meanLogProb: -0.2, tokens: 8 }, limits)).toBeCloseTo(
      0.2 + 0.1 + 0.1 * Math.log(9),
      9
    );
    expect(unsure({ scatter: 0.29 })).toBe(false);
    expect(unsure({ scatter: 0.31 })).toBe(true);
    expect(unsure({ scatter: 0.29, tokens: 4 })).toBe(true);
    // Likely by itself no longer clears a line, nor does unlikely alone doubt it.
    expect(unsure({ scatter: 0.5, meanLogProb: -0.01 })).toBe(true);
    expect(unsure({ scatter: 0, meanLogProb: -0.7 })).toBe(false);
  });

  it('leaves it to likelihood where the engine or the model tells nothing', () => {
    expect(unsureness(good, limits)).toBeNull();
    expect(unsureness({ ...good, scatter: 0.9 }, DEFAULT_THRESHOLDS)).toBeNull();
    expect(unsureness({ ...good, scatter: 0.9, meanLogProb: Number.NaN }, limits)).toBeNull();
    expect(unsure({ meanLogProb: -0.61 })).toBe(true);
    expect(unsure({ scatter: 0.9 }, DEFAULT_THRESHOLDS as typeof limits)).toBe(false);
  });
});
