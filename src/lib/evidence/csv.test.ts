import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

describe('csv', () => {
  it('quotes texts, leaves numbers, and lets no spreadsheet compute what was searched for', () => {
    expect(
      csv([
        ['a "b"', 3, null],
        ['=HYPERLINK("x")', -1, 'two\nlines']
      ])
    ).toBe('\ufeff"a ""b""",3,\r\n"\'=HYPERLINK(""x"")",-1,"two\nlines"\r\n');
    for (const begin of ['+', '-', '@', '\t']) expect(csv([[`${begin}1`]])).toBe(`\ufeff"'${begin}1"\r\n`);
  });
});
