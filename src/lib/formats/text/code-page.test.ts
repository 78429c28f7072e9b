import { describe, expect, it } from 'vitest';
import { codePageOf } from './code-page.ts';
import { decodeText, headText } from './decode.ts';
import { readLines } from './lines.ts';

/** A text in a page of one byte a character, by what the page itself says its bytes are. */
function inPage(text: string, page: string): Uint8Array<ArrayBuffer> {
  const of = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(page).decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from([...text].map((char) => of.get(char) ?? 63));
}

/** Invented lines as people write them. */
const LINES = [
  ['windows-1251', 'Привет, приезжай завтра в пять, деньги у Ивана. Машина стоит за домом.'],
  ['koi8-r', 'Привет, приезжай завтра в пять, деньги у Ивана. Машина стоит за домом.'],
  ['windows-1251', 'Привіт, їдь завтра о пʼятій, гроші в Івана, його ще немає.'],
  ['windows-1250', 'Cześć, przyjedź jutro o piątej, pieniądze są u Wojtka, łóżka też będą.'],
  ['iso-8859-2', 'Cześć, przyjedź jutro o piątej, pieniądze są u Wojtka, łóżka też będą.'],
  ['windows-1250', 'Vino mâine la cinci, banii sînt la frate, ţi-am spus că poliţia ştie şi de casă.'],
  ['windows-1250', 'Gyere holnap ötkor, a pénz Istvánnál van, ő tudja, hűtőben a kulcs.'],
  ['windows-1253', 'Έλα αύριο στις πέντε, τα λεφτά είναι στον Νίκο.'],
  ['windows-1254', 'Yarın beşte gel, para Işık ağabeyde, çantayı da getir, şimdi değil.'],
  ['windows-1255', 'תבוא מחר בחמש, הכסף אצל אבי.'],
  ['windows-1256', 'تعال غدا في الخامسة، المال عند أحمد في البيت.'],
  ['windows-1257', 'Ateik rytoj penktą, pinigai pas Joną, mašina už namo, rašyk man šį vakarą, žinai.'],
  ['windows-1252', 'Viens demain à cinq heures, l’argent est chez René, la clé est cachée où tu sais déjà.'],
  ['windows-1252', 'Vem amanhã às cinco, o dinheiro está com o João, não digas à tua irmã, coração.'],
  ['windows-1252', 'Ven mañana a las cinco, el dinero está con José, también la llave del camión, ¿sí?'],
  ['windows-1252', 'Komm morgen um fünf, das Geld ist bei Jörg, der Schlüssel liegt draußen, grüß schön.']
] as const;

describe('the code page of a text', () => {
  it.each(LINES)('is %s: %s', (page, text) => {
    const bytes = inPage(text, page);
    expect(new TextDecoder(codePageOf(bytes)).decode(bytes)).toBe(new TextDecoder(page).decode(bytes));
  });

  it.each([
    ['gb18030', [0xc4, 0xe3, 0xba, 0xc3, 0xa3, 0xac, 0xc3, 0xf7, 0xcc, 0xec, 0xb5, 0xc4, 0xc7, 0xae], '你好，明天的钱'],
    ['shift_jis', [0x96, 0xbe, 0x93, 0xfa, 0x82, 0xcc, 0x82, 0xa8, 0x8b, 0xe0, 0x82, 0xc5, 0x82, 0xb7], '明日のお金です'],
    ['euc-kr', [0xb3, 0xbb, 0xc0, 0xcf, 0x20, 0xb5, 0xb7, 0xc0, 0xbb, 0x20, 0xb0, 0xa1, 0xc1, 0xae], '내일 돈을 가져']
  ])('is %s', (page, bytes, text) => {
    expect(codePageOf(Uint8Array.from(bytes))).toBe(page);
    expect(new TextDecoder(page).decode(Uint8Array.from(bytes))).toBe(text);
  });

  it.each([
    ['a letter or two', [0x63, 0x61, 0x66, 0xe9, 0x20, 0xe0]],
    ['quotes alone', [0x93, 0x61, 0x94, 0x20, 0x93, 0x62, 0x94, 0x20, 0x85]],
    ['noise', Array.from({ length: 400 }, (_, i) => (i * 7919) % 256)],
    ['nothing', []]
  ])('stays windows-1252 for %s', (_what, bytes) => {
    expect(codePageOf(Uint8Array.from(bytes))).toBe('windows-1252');
  });
});

it('quotes of windows-1252 are quotes, in Node too', () => {
  expect(headText(Uint8Array.of(0x93, 0x61, 0x94, 0x20, 0x92, 0x80))).toBe('“a” ’€');
});

describe('a text in a code page', () => {
  const text = `${LINES[0][1]}\n`.repeat(20);
  const bytes = inPage(text, 'windows-1251');
  async function* inPieces(size: number, of = bytes): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < of.length; at += size) yield of.subarray(at, at + size);
  }

  it.each([1, 3, 1000, 100_000])(
    'is the same in pieces of %i bytes, whole and by lines, and its page is told once',
    async (size) => {
      const told: [number, string][] = [];
      let whole = '';
      for await (const piece of decodeText(inPieces(size), (at, page) => told.push([at, page]))) whole += piece;
      expect(whole).toBe(text);
      const lines: string[] = [];
      const options = { file: 'a.txt', notUtf8: (at: number, page: string) => told.push([at, page]) };
      for await (const batch of readLines(inPieces(size), options)) lines.push(...batch.texts);
      expect(lines).toEqual(text.trimEnd().split('\n'));
      expect(told).toEqual([
        [0, 'windows-1251'],
        [0, 'windows-1251']
      ]);
      expect(headText(bytes)).toBe(text);
    }
  );

  it('is not one of UTF-8 with damage in it', async () => {
    const damaged = new TextEncoder().encode('ăâîșț şi ţară, mâine, ştiu '.repeat(9));
    damaged[20] = 0xff;
    const told: string[] = [];
    for await (const piece of decodeText(inPieces(9, damaged), (_, page) => told.push(page))) expect(piece).not.toBe('');
    expect(told).toEqual(['windows-1252']);
  });
});
