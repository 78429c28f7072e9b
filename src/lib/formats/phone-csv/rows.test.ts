import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { RowReader, guessDelimiter, type Row } from './rows.ts';

function readIn(text: string, piece: number, width?: number): Row[] {
  const reader = new RowReader({ delimiter: ',', ...(width === undefined ? {} : { width }) });
  const rows: Row[] = [];
  for (let at = 0; at < text.length; at += piece) rows.push(...reader.push(text.slice(at, at + piece)));
  rows.push(...reader.finish());
  return rows;
}

describe('records of a delimited text', () => {
  it('are the same in any pieces as papaparse gives for the whole', () => {
    const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('a,b', 'say "hi"', 'two\nlines', 'cr\r\nlf', '', ' '));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 50 }), fc.constantFrom('\n', '\r\n'), (cells, piece, newline) => {
        const clean = cells.map((row) => row.map((text) => text.replace(/\r(?!\n)/g, '')));
        const text = Papa.unparse(clean, { newline, quotes: true });
        expect(readIn(text, piece).map((row) => row.cells)).toEqual(clean);
      })
    );
  });

  it('count empty lines, as a spreadsheet does', () => {
    expect(readIn('a,b\r\n\r\n1,2\r\n', 3).map((row) => [row.row, row.cells])).toEqual([
      [1, ['a', 'b']],
      [2, ['']],
      [3, ['1', '2']]
    ]);
  });

  it('read files that part lines by CR alone', () => {
    expect(readIn('a,b\r1,2\r3,4', 4).map((row) => row.cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4']
    ]);
  });

  it('lose one line to a quote that is never closed, not the rest of the file', () => {
    const text = `a,b\n1,"open\n${Array.from({ length: 50 }, (_, i) => `${i},x`).join('\n')}`;
    for (const piece of [7, 1000]) {
      const rows = readIn(text, piece, 2);
      expect(rows.length).toBe(52);
      expect(rows.filter((row) => row.isDamaged).map((row) => [row.row, row.cells])).toEqual([[2, ['1', '"open']]]);
    }
  });

  it("believe a broken record over several lines when it has the table's width", () => {
    const rows = readIn('a,b\n1,"he said "hi" to\nme"\n2,x', 100, 2);
    expect(rows.map((row) => [row.cells.length, row.isDamaged])).toEqual([
      [2, false],
      [2, true],
      [2, false]
    ]);
  });

  it('take quotes as plain characters after a hundred broken lines, and keep every line', () => {
    const text = Array.from({ length: 300 }, (_, i) => `"${i}"x,y`).join('\n') + '\n"';
    const reader = new RowReader({ delimiter: ',', width: 5 });
    const rows = [...reader.push(text), ...reader.finish()];
    expect(rows.length).toBe(301);
    expect(reader.ignoresQuotes).toBe(true);
  });
});

describe('delimiters', () => {
  it.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a;b;c\n1,5;2;3\n', ';'],
    ['a\tb\n1\t2, 3\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['sep=;\na;b,c\n1;2,3\n', ';'],
    ['Title, with comma\na;b;c\n1;2;3\n4;5;6\n', ';']
  ])('%j', (text, delimiter) => {
    expect(guessDelimiter(text, true).delimiter).toBe(delimiter);
  });
});
