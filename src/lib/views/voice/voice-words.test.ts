import { expect, it } from 'vitest';
import { failureWords, timeCode } from './voice-words.ts';

it.each([
  [0, '0:00'],
  [999, '0:00'],
  [65_400, '1:05'],
  [599_999, '9:59'],
  [3_729_000, '1:02:09']
])('writes %i ms as %s', (ms, shown) => expect(timeCode(ms)).toBe(shown));

it('names the coding that is not decoded', () => {
  expect(failureWords({ why: { of: 'sound', code: 'codec', detail: 'AMR' } })).toContain('AMR');
  expect(failureWords({ why: { of: 'model', code: 'run-failed', detail: 'x' } })).toContain('run-failed');
});
