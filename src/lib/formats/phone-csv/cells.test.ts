import { describe, expect, it } from 'vitest';
import { cleanCell, degreesOf, isYes, secondsOf } from './cells.ts';
import { isNumberCell, partiesOf } from './party.ts';

describe('cells', () => {
  it.each([
    ["'+447700900123", '+447700900123'],
    ["'=1+1", '=1+1'],
    ["'tis", "'tis"],
    ['="447700900123"', '447700900123'],
    ['="a ""b"""', 'a "b"'],
    ['a_x000d_\nb', 'a\nb'],
    ['a_x000D__x000A_b', 'a\nb'],
    ['a_x005F_b', 'a_b'],
    ['_x0041_', '_x0041_'],
    ['a\r\nb\rc', 'a\nb\nc']
  ])('%j is %j', (cell, text) => {
    expect(cleanCell(cell)).toBe(text);
  });

  it.each([
    ['125', 125],
    ['00:02:05', 125],
    ['2:05', 125],
    ['2m 5s', 125],
    ['125 sec', 125],
    ['1 h 2 min', 3720],
    ['1:00:00', 3600],
    ['0', 0],
    ['12,5', 12.5],
    ['', null],
    ['soon', null],
    ['-5', null]
  ])('%s lasts %s seconds', (cell, seconds) => {
    expect(secondsOf(cell)).toBe(seconds);
  });

  it('reads degrees within their range', () => {
    expect(degreesOf('51,5074', 90)).toBe(51.5074);
    expect(degreesOf('-0.1278', 180)).toBe(-0.1278);
    expect(degreesOf('91.0', 90)).toBeNull();
    expect(degreesOf("37°36'N", 90)).toBeNull();
  });

  it('knows yes', () => {
    expect(['Yes', 'Oui', '1', 'Deleted'].every(isYes)).toBe(true);
    expect(['No', '', '0', 'Intact'].some(isYes)).toBe(false);
  });
});

describe('party cells', () => {
  it.each([
    ['447700900123 Mihai (owner)', { id: '447700900123', name: 'Mihai', isOwner: true, end: null, kind: 'number' }],
    [
      'From: +44 7700 900123 Mihai Pop',
      { id: '+44 7700 900123', name: 'Mihai Pop', isOwner: false, end: 'from', kind: 'number' }
    ],
    ['To: 07700 900123', { id: '07700 900123', name: '', isOwner: false, end: 'to', kind: 'number' }],
    [
      '447700900123@s.whatsapp.net Ana',
      { id: '447700900123@s.whatsapp.net', name: 'Ana', isOwner: false, end: null, kind: 'address' }
    ],
    ['Ana Pop <+447700900123>', { id: '+447700900123', name: 'Ana Pop', isOwner: false, end: null, kind: 'number' }],
    ['Ana (07700 900123)', { id: '07700 900123', name: 'Ana', isOwner: false, end: null, kind: 'number' }],
    ['ana@example.org', { id: 'ana@example.org', name: '', isOwner: false, end: null, kind: 'address' }],
    ['4.47E+11', { id: '4.47E+11', name: '', isOwner: false, end: null, kind: 'damaged' }],
    ['4.47E+11 Mihai', { id: '4.47E+11', name: 'Mihai', isOwner: false, end: null, kind: 'damaged' }],
    ['VODAFONE', { id: 'VODAFONE', name: '', isOwner: false, end: null, kind: 'word' }],
    ['Ana', { id: 'Ana', name: '', isOwner: false, end: null, kind: 'word' }]
  ])('%s', (cell, party) => {
    expect(partiesOf(cell)).toEqual([party]);
  });

  it('may hold several people', () => {
    expect(
      partiesOf('From: 447700900123 Mihai (owner)\nTo: 447700900124 Ana').map((party) => [party.id, party.end, party.isOwner])
    ).toEqual([
      ['447700900123', 'from', true],
      ['447700900124', 'to', false]
    ]);
    expect(partiesOf('447700900123, 447700900124').map((party) => party.id)).toEqual(['447700900123', '447700900124']);
    expect(partiesOf('Pop, Ana').map((party) => party.id)).toEqual(['Pop, Ana']);
    expect(partiesOf('  ')).toEqual([]);
  });

  it('takes neither dates nor decimals for numbers', () => {
    for (const text of ['2013-12-16', '12/03/2024', '48.856638', '-0.127758', '12345']) expect(isNumberCell(text)).toBe(false);
    for (const text of ['447700900123', '7700900123', '+44 (0)7700 900123', '4.47E+11']) expect(isNumberCell(text)).toBe(true);
  });
});

describe('hostile cells', () => {
  it('are read in time that grows with their length', () => {
    // Patterns that try every start and every end take minutes here and would run into the test's limit.
    for (const cell of [`1${' '.repeat(200_000)}x`, '1 '.repeat(100_000), `${'a '.repeat(100_000)}<`]) {
      expect(partiesOf(cell)).toHaveLength(1);
      expect(secondsOf(cell)).toBeNull();
      expect(isNumberCell(cell)).toBe(false);
    }
  });
});
