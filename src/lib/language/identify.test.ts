import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { gramsOf, withoutDiacritics, wordsOf } from './ngrams.ts';

const folder = new URL('../../../models/langid/', import.meta.url);
const config = JSON.parse(readFileSync(new URL('config.json', folder), 'utf8')) as LanguageTableConfig;
const table = new Int8Array(readFileSync(new URL('table.bin', folder)));
const identifier = new LanguageIdentifier(config, table);

describe('the shipped table on invented chat lines', () => {
  it.each([
    ['ron', 'te sun maine ca nu pot acum'],
    ['ron', 'adu banii diseara la mine'],
    ['spa', 'cuanto me debes hermano'],
    ['spa', 'mañana no puedo ir a trabajar'],
    ['por', 'amanha nao posso ir trabalhar'],
    ['por', 'quanto custa o quarto por semana'],
    ['fra', "j'arrive dans dix minutes"],
    ['fra', 't es ou la je t attends devant'],
    ['ita', 'non ho ancora ricevuto i soldi'],
    ['ita', 'perche non mi rispondi'],
    ['eng', 'where are you bro call me back'],
    ['pol', 'zadzwon do mnie pozniej'],
    ['sqi', 'ku je mer vlla'],
    ['tur', 'yarin gelecegim'],
    ['vie', 'khong co tien dau anh oi'],
    ['rus', 'Привет, как дела?'],
    ['ukr', 'Де ти зараз, чому не відповідаєш'],
    ['bul', 'Къде си, защо не отговаряш?'],
    ['ara', 'أين أنت الآن يا أخي'],
    ['urd', 'تم کہاں ہو بھائی'],
    ['zho', '你好，世界'],
    ['jpn', '今どこにいますか'],
    ['pan', 'ਤੁਸੀਂ ਕਿੱਥੇ ਹੋ'],
    ['tir', 'ሰላም ከመይ ኣለኻ ቐልጢፍካ ምጻእ'],
    ['fra', 'haha bien sûr'],
    ['ron', 'maine la cinci la poarta: Duarte, Fabio, Rosario, Wilmer'],
    ['deu', 'Ich habe das Auto mit dem Schlüssel im Hof gelassen'],
    ['urd-Latn', 'kahan ho bhai jaldi aao paise le kar'],
    ['urd-Latn', 'mjhe ni pta yr kl btata hn'],
    ['ara-Latn', '3am bestannak barra 7abibi yalla'],
    ['ara-Latn', 'ana mesh 3aref 7aga walla'],
    ['zxx', '12345 👍'],
    ['zxx', 'hahahaha 😂'],
    ['zxx', 'ok'],
    ['zxx', ''],
    ['und', 'zzqx vrtk'],
    ['und', 'Hvor er du nå, jeg må snakke med deg']
  ])('%s: %s', (language, text) => {
    expect(identifier.identify(text).language).toBe(language);
  });

  it('names the contenders where it cannot tell', () => {
    const answer = identifier.identify('no');
    expect(answer.language).toBe('und');
    expect(answer.contenders).toContain('ita');
  });
});

describe('LanguageIdentifier', () => {
  it('refuses a table of another size', () => {
    expect(() => new LanguageIdentifier(config, table.subarray(1))).toThrow('cells');
  });
});

describe('gramsOf', () => {
  it('counts every gram of each word and the word itself', () => {
    // ^ab$: a, b, ^a, ab, b$, ^ab, ab$, ^ab$ and the whole word.
    expect(gramsOf('ab')).toHaveLength(9);
    expect(gramsOf('ab ab')).toEqual([...gramsOf('ab'), ...gramsOf('ab')]);
    expect(gramsOf('AB')).toEqual(gramsOf('ab'));
    expect(gramsOf('12 😀')).toEqual([]);
  });
  it('reads the digits of Arabizi as letters, and no time, amount or plate', () => {
    expect(wordsOf('7abibi ma3 3ayez be3mel rou7')).toEqual(['7abibi', 'ma3', '3ayez', 'be3mel', 'rou7']);
    expect(wordsOf('20h 9h30 50kg AB12CDE')).toEqual(['h', 'h', 'kg', 'ab', 'cde']);
  });
  it('reads drawn-out letters as two', () => {
    expect(gramsOf('ciaooooo')).toEqual(gramsOf('ciaoo'));
  });
});

it('withoutDiacritics writes as phones do', () => {
  expect(withoutDiacritics('Îți dau mâine, łódź, ışık')).toBe('Iti dau maine, lodz, isik');
});
