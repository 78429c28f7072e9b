import { expect, it } from 'vitest';
import { spokenLanguage } from './spoken-language.ts';

it.each([
  ['ron', 'ro'],
  ['fra', 'fr'],
  ['ckb', 'ckb'],
  ['pt-BR', 'pt-BR'],
  ['und', undefined],
  ['zxx', undefined],
  ['', undefined],
  ['not a code', undefined]
])('%s is spoken as %s', (code, spoken) => {
  expect(spokenLanguage(code)).toBe(spoken);
});
