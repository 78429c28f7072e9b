import { describe, expect, it } from 'vitest';
import { identifierOfAccount, identifiersOfFact, readKey } from './identifier.ts';

const account = (service: string, identifier: string, e164: string | null = null) => ({ service, identifier, e164 });

describe('an account', () => {
  it.each([
    [account('whatsapp', '+447700900123', '+447700900123'), 'number:+447700900123'],
    [account('telegram', 'user42', '+447700900123'), 'number:+447700900123'],
    [account('email', 'Ana@Example.org'), 'email:ana@example.org'],
    [account('imessage', 'ana@example.org'), 'email:ana@example.org'],
    [account('discord', '812345678901234567'), 'handle:discord:812345678901234567'],
    [account('snapchat', 'Driver.Dan'), 'handle:snapchat:driver.dan'],
    [account('whatsapp', '123456@lid'), 'handle:whatsapp:123456@lid'],
    [account('signal', '0f8fad5b-d9cb-469f-a165-70867728950e'), 'handle:signal:0f8fad5b-d9cb-469f-a165-70867728950e']
  ])('%o is %s', (given, key) => {
    expect(identifierOfAccount(given)?.key).toBe(key);
  });

  it.each([
    ['a name that one device shows', account('whatsapp', 'name:+447700900100/Mama')],
    ['a group', account('whatsapp', '1234-5678@g.us')],
    ['a short code', account('sms', '60777')],
    ['a sender name', account('sms', 'MyBank')],
    ['a number that is not full', account('whatsapp', '0770090012')],
    ['a word with blanks', account('facebook', 'Ana Maria')],
    ['a number that is not full in a service of handles', account('kik', '07700 900-1')],
    ['two letters', account('telegram', 'ab')]
  ])('has none where it is %s', (_, given) => {
    expect(identifierOfAccount(given)).toBeNull();
  });
});

describe('a fact of a device', () => {
  it('is an IMEI by its first 14 digits, in any spelling and length', () => {
    const keys = ['35-209900-176148-1', '352099001761481', '3520990017614823', '35 209900 176148'].map((value) =>
      identifiersOfFact('IMEI', value).map(({ key }) => key)
    );
    expect(keys).toEqual(Array.from({ length: 4 }, () => ['imei:35209900176148']));
    expect(identifiersOfFact('IMEI 1, IMEI 2', '352099001761481, 352099001761499')).toEqual([
      { kind: 'imei', key: 'imei:35209900176148' },
      { kind: 'imei', key: 'imei:35209900176149' }
    ]);
  });

  it('is an IMSI whole', () => {
    expect(identifiersOfFact('IMSI', '234150999999999')).toEqual([{ kind: 'imsi', key: 'imsi:234150999999999' }]);
  });

  it('is none under another name, too short, or a placeholder', () => {
    expect(identifiersOfFact('Serial', '352099001761481')).toEqual([]);
    expect(identifiersOfFact('IMEI', '3520990')).toEqual([]);
    expect(identifiersOfFact('IMEI', '000000000000000')).toEqual([]);
  });
});

it('reads its keys again', () => {
  expect(readKey('handle:signal:a:b')).toEqual({ kind: 'handle', service: 'signal', text: 'a:b' });
  expect(readKey('number:+447700900123')).toEqual({ kind: 'number', service: null, text: '+447700900123' });
  expect(() => readKey('name:Mama')).toThrow(RangeError);
});
