import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { QualityFlag, type EngineOutput } from './contract.ts';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { DEFAULT_THRESHOLDS, flagsOf } from './quality.ts';

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
