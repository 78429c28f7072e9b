import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountBook, accountRef, e164Of, isDamagedNumber, isGroupId } from './phone-number.ts';

describe('e164Of', () => {
  it.each([
    ['+44 7700 900123', 'GB', '+447700900123'],
    ['447700900123', 'GB', '+447700900123'],
    ['7700900123', 'GB', '+447700900123'],
    ['07700 900123', 'GB', '+447700900123'],
    ['(0)7700-900123', 'GB', '+447700900123'],
    ['0044 7700 900123', 'GB', '+447700900123'],
    ['tel:+447700900123', 'GB', '+447700900123'],
    ['447700900123', 'RO', '+447700900123'],
    ['40721000111', 'GB', '+40721000111'],
    ['0040721000111', 'GB', '+40721000111'],
    ['\u202a+44 7700 900123\u202c', 'GB', '+447700900123'],
    ['+44\u00a07700\u00a0900123', 'GB', '+447700900123'],
    ['(555) 555-4545', 'US', '+15555554545'],
    ['07700900123', 'XX', undefined],
    ['60777', 'GB', undefined],
    ['VODAFONE', 'GB', undefined],
    ['+44 7xx xxx123', 'GB', undefined],
    ['4.47E+11', 'GB', undefined],
    ['', 'GB', undefined],
    ['+', 'GB', undefined]
  ])('%s in %s', (raw, region, expected) => {
    expect(e164Of(raw, region)).toBe(expected);
  });
});

describe('accountRef', () => {
  it('reads WhatsApp ids', () => {
    expect(accountRef('WhatsApp', '447700900123@s.whatsapp.net', 'GB', 'Ana')).toEqual({
      service: 'whatsapp',
      identifier: '+447700900123',
      rawIdentifier: '447700900123@s.whatsapp.net',
      e164: '+447700900123',
      name: 'Ana'
    });
    expect(accountRef('whatsapp', '447700900123:12@s.whatsapp.net', 'GB').e164).toBe('+447700900123');
    for (const id of ['447700900123-1600000000@g.us', '120363040000000001@g.us', '99887766554433@lid', 'status@broadcast']) {
      expect(accountRef('whatsapp', id, 'GB')).toEqual({ service: 'whatsapp', identifier: id, rawIdentifier: id });
    }
  });

  it('keeps addresses, short codes, words and masked numbers as they are', () => {
    expect(accountRef('email', 'Ana.Pop@Example.ORG', 'GB').identifier).toBe('ana.pop@example.org');
    expect(accountRef('sms', '60777', 'GB')).toEqual({ service: 'sms', identifier: '60777', rawIdentifier: '60777' });
    expect(accountRef('sms', 'VODAFONE', 'GB').identifier).toBe('VODAFONE');
    expect(accountRef('sms', '+44 7xx xxx123', 'GB').e164).toBeUndefined();
    expect(accountRef('sms', '4.47E+11', 'GB')).toEqual({ service: 'sms', identifier: '4.47E+11', rawIdentifier: '4.47E+11' });
    expect(isDamagedNumber('4.47E+11')).toBe(true);
    expect(isDamagedNumber('447700900123')).toBe(false);
  });

  it('never reads an account number of another service as a telephone number', () => {
    expect(accountRef('telegram', '447700900123', 'GB').e164).toBeUndefined();
    expect(accountRef('telegram', '+447700900123', 'GB').e164).toBe('+447700900123');
  });

  it('tells group ids', () => {
    expect(isGroupId('1-2@g.us')).toBe(true);
    expect(isGroupId('447700900123@s.whatsapp.net')).toBe(false);
  });

  it('never throws, keeps the raw text, and gives E.164 only in its form', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+\d ()@.a-z-]{0,24}$/)),
        fc.constantFrom('sms', 'whatsapp', 'telegram', 'email'),
        (raw, service) => {
          const ref = accountRef(service, raw, 'GB');
          expect(ref.rawIdentifier).toBe(raw);
          if (ref.e164 !== undefined) expect(ref.e164).toMatch(/^\+[1-9]\d{6,14}$/);
        }
      )
    );
  });
});

describe('AccountBook', () => {
  it('gives one object per account and name', () => {
    const book = new AccountBook('GB');
    expect(book.of('sms', '07700900123')).toBe(book.of('sms', '07700900123'));
    expect(book.of('sms', '07700900123', 'Ana')).not.toBe(book.of('sms', '07700900123'));
    expect(book.of('sms', '07700900123').e164).toBe('+447700900123');
  });
});
