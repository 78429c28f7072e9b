import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldCharacter, foldTables, UnitClass, workOut } from './fold-table.ts';
import { TokenKind, TokenScanner } from './token-scanner.ts';

const scanner = new TokenScanner();

function tokens(text: string): { text: string; shown: string; position: number; kind: number }[] {
  scanner.scan(text);
  return Array.from({ length: scanner.count }, (_, i) => ({
    text: scanner.text(i),
    shown: text.slice(scanner.from[i], scanner.to[i]),
    position: scanner.position[i] as number,
    kind: scanner.kind[i] as number
  }));
}
const words = (text: string): string[] =>
  tokens(text)
    .filter((t) => t.kind <= TokenKind.symbol)
    .map((t) => t.text);
const numbers = (text: string): string[] =>
  tokens(text)
    .filter((t) => t.kind === TokenKind.number)
    .map((t) => Array.from(t.text.slice(1)).reverse().join(''));
const amounts = (text: string): string[] =>
  tokens(text)
    .filter((t) => t.kind === TokenKind.amount)
    .map((t) => t.text);

describe('folding', () => {
  it.each([
    ['Şerban ŢINE Țară', ['serban', 'tine', 'tara']],
    ['Straße STRASSE', ['strasse', 'strasse']],
    ['Łódź, Ærø; İstanbul ılık', ['lodz', 'aero', 'istanbul', 'ilik']],
    ['e\u0301te\u0301 été', ['ete', 'ete']],
    ['مُحَمَّد محمد', ['محمد', 'محمد']],
    ['أحمد احمد', ['احمد', 'احمد']],
    ['علي على', ['علي', 'علي']],
    ['شَلּוֹם', ['شلום']],
    ['ΣΟΦΟΣ σοφος', ['σοφοσ', 'σοφοσ']],
    ['se\u200bcr\u00adet \u202emoney\u202c', ['secret', 'money']],
    ['𝓜𝓸𝓷𝓮𝔂 Ⓜoney ﬁve', ['money', 'money', 'five']],
    ['१२३ ٤٥٦ 78', ['123', '456', '78']],
    ['किताब', ['किताब']],
    ["l'hotel d’Amina", ['l', 'hotel', 'd', 'amina']],
    ['a_b-c', ['a', 'b', 'c']]
  ])('reads %s', (text, expected) => expect(words(text)).toEqual(expected));

  it('takes pictographs as tokens, whatever their skin', () => {
    expect(words('ok👍🏽👍 ❄️x')).toEqual(['ok', '👍', '👍', '❄', 'x']);
  });

  it('pairs the letters of scripts without spaces and keeps the last alone', () => {
    expect(tokens('北京市 x').map((t) => [t.text, t.position])).toEqual([
      ['北京', 0],
      ['京市', 1],
      ['市', 2],
      ['x', 3]
    ]);
    expect(words('ﾊﾝｺ')).toEqual(['ハン', 'ンコ', 'コ']);
  });

  it('composes decomposed Hangul', () => expect(words('한글'.normalize('NFD'))).toEqual(words('한글')));

  it('gives the place in the text with the marks that belong to it', () => {
    expect(tokens('x caf\u0065\u0301!')[1]).toMatchObject({ text: 'cafe', shown: 'cafe\u0301', position: 1 });
  });

  it('agrees with Unicode data for every unit, and folding twice changes nothing', () => {
    const { fold, unitClass } = foldTables();
    let words = 0;
    for (let code = 0; code < 65536; code++) {
      workOut(code);
      expect(unitClass[code]).not.toBe(UnitClass.unmade);
      if (unitClass[code] !== UnitClass.word) continue;
      const once = String.fromCharCode(fold[code] as number);
      expect(once).toBe(foldCharacter(String.fromCharCode(code)));
      expect(foldCharacter(once)).toBe(once);
      words++;
    }
    expect(words).toBeGreaterThan(9000);
  });
});

describe('scanning', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));

  it('never fails, stays inside the text, and positions rise', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const token of tokens(text)) {
          expect(token.text.length).toBeGreaterThan(0);
          expect(token.position).toBeGreaterThanOrEqual(last);
          last = token.position;
        }
        for (let i = 0; i < scanner.count; i++) {
          expect(scanner.from[i]).toBeGreaterThanOrEqual(0);
          expect(scanner.to[i]).toBeGreaterThan(scanner.from[i] as number);
          expect(scanner.to[i]).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 }
    );
  });

  it('does not care how a text is composed or cased', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aéÉñÇøß ŞőЖ한ガأ12'), maxLength: 30 }), (text) => {
        expect(words(text.normalize('NFD'))).toEqual(words(text.normalize('NFC')));
        expect(words(text.toUpperCase())).toEqual(words(text.toLowerCase()));
      })
    );
  });

  it('reads a text far longer than its buffers', () => {
    const text = 'pound 07700 900123 '.repeat(20_000);
    scanner.scan(text);
    expect(scanner.positions).toBe(60_000);
    scanner.scan('short');
    expect(scanner.count).toBe(1);
  });
});

describe('numbers', () => {
  it.each([
    ['07700 900123', ['7700900123']],
    ['+447700900123', ['447700900123']],
    ['00447700900123', ['447700900123']],
    ['+44 (0)7700-900.123', ['447700900', '447700900123']],
    ['(07700) 900\u2011123', ['7700900', '7700900123']],
    ['ring 900123 now', []],
    ['07700900123x', []],
    ['0000000', []],
    ['12:30:45 07:10:22', []]
  ])('finds in %s', (text, expected) => expect(numbers(text).toSorted()).toEqual(expected.toSorted()));

  it('does not join two numbers with a plus between them', () => {
    expect(numbers('+447700900123 +447700900456')).toEqual(['447700900123', '447700900456']);
  });

  it.each([
    ['1,500', ['1500']],
    ['1.500.000', ['1500', '500000', '1500000']],
    ['12,50', []],
    ['1234,567', []]
  ])('joins the thousands of %s', (text, expected) => expect(amounts(text)).toEqual(expected));
});
