import { describe, expect, it } from 'vitest';
import { QualityFlag, type EngineOutput } from './contract.ts';
import { flagsOf } from './quality.ts';

const good: EngineOutput = { text: '', meanLogProb: -0.2, tokens: 8, sourceTokens: 9, unknownTokens: 0, isCut: false };
const rows: [string, string, Partial<EngineOutput>, number][] = [
  ['unde ești acum, prietene?', 'Where are you now, my friend?', {}, 0],
  ['unde ești acum, prietene?', 'Where are you now, my friend?', { meanLogProb: -0.61 }, QualityFlag.lowConfidence],
  ['unde ești acum, prietene?', 'Where?', {}, QualityFlag.lengthRatio],
  ['unde ești acum, prietene?', '', {}, QualityFlag.lengthRatio],
  ['am ajuns acasă la ei', 'I came I came I came', {}, QualityFlag.repetition],
  ['am ajuns acasă la ei', 'no no no I came home', {}, QualityFlag.repetition],
  ['nu nu nu, am ajuns', 'no no no, I came', {}, 0],
  ['am ajuns la gara de nord', 'am ajuns la gara de nord', {}, QualityFlag.untranslated],
  ['o văd pe Maria Elena Popescu', 'I see Maria Elena Popescu', {}, 0],
  ['am ajuns acasă la ei', 'I got to their home', { unknownTokens: 3 }, QualityFlag.outOfVocabulary],
  ['am ajuns acasă la ei', 'I got to their home', { isCut: true }, QualityFlag.cut]
];

describe('flagsOf', () => {
  it.each(rows)('%j -> %j %j', (source, text, change, wanted) => {
    expect(flagsOf(source, { ...good, ...change, text })).toBe(wanted);
  });
});
