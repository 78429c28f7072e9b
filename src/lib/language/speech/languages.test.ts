import { expect, it } from 'vitest';
import { languageOfToken, WHISPER_LANGUAGES } from './languages.ts';

it('knows the hundred languages of the models, each by a code of three letters', () => {
  expect(WHISPER_LANGUAGES.length).toBe(100);
  for (const code of WHISPER_LANGUAGES) expect(code).toMatch(/^[a-z]{3}$/);
});

it.each([
  ['<|ro|>', 'ron'],
  ['<|sq|>', 'sqi'],
  ['<|jw|>', 'jav'],
  ['<|haw|>', 'haw'],
  ['<|xx|>', 'und']
])('reads %s as %s', (token, code) => expect(languageOfToken(token)).toBe(code));
