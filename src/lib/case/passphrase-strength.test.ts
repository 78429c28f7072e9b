import fc from 'fast-check';
import { expect, it } from 'vitest';
import { passphraseStrength } from './passphrase-strength.ts';

it.each([
  ['short', 'too-short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['123456789012', 'weak'],
  ['password password password', 'weak'],
  ['kettle marsh orbit', 'weak'],
  ['kettle marsh orbit lantern', 'fair'],
  ['kettle marsh orbit lantern violin thumb', 'strong'],
  ['9f!Kq2#vLx7@Tz', 'strong']
])('%s is %s', (passphrase, strength) => {
  expect(passphraseStrength(passphrase)).toBe(strength);
});

it('is never called weaker for one more word', () => {
  const order = ['too-short', 'weak', 'fair', 'strong'];
  const word = fc.stringMatching(/^[a-z]{4,8}$/);
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), word, (words, more) => {
      const before = passphraseStrength(words.join(' '));
      const after = passphraseStrength([...words, more].join(' '));
      expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
    })
  );
});
