import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LanguageIdentifier, type LanguageTableConfig } from './identify.ts';
import { languageRuns } from './switches.ts';

const folder = new URL('../../../models/langid/', import.meta.url);
const config = JSON.parse(readFileSync(new URL('config.json', folder), 'utf8')) as LanguageTableConfig;
const identifier = new LanguageIdentifier(config, new Int8Array(readFileSync(new URL('table.bin', folder))));

describe('languageRuns', () => {
  it.each([
    [['am ajuns acasa la ei, ', 'call me when you can']],
    [['bhai mujhe paise chahiye, ', 'i have to pay the landlord']],
    [['ya estamos en la puerta ', 'where are you parked mate']],
    [['am ajuns acasa la ei, suna-ma cand poti']],
    [['Tarzan e Jane foram a Boston com o Tom']],
    [['ok call me']],
    [['']]
  ])('%j', (wanted) => {
    expect(languageRuns(wanted.join(''), identifier)).toEqual(wanted);
  });

  it('gives every text back byte for byte', () => {
    const pieces = fc.constantFrom(
      'am ajuns ',
      'acasa, ',
      'call me ',
      'when you can ',
      '😀',
      ' ',
      '07700 ',
      'где ты сейчас ',
      '\t'
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (chat) => {
        expect(languageRuns(chat.join(''), identifier).join('')).toBe(chat.join(''));
      })
    );
  });
});
