/** Sheets that an office program saved again: tests/fixtures/translator/README.md says how they were made. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editZip, rowOf } from '../../../../tests/fixtures/returned-sheets.ts';
import { parseReference } from './line-check.ts';
import { matchReturned } from './match-returned.ts';
import { isSameText } from './plain-text.ts';
import { readReturned } from './read-returned.ts';
import type { ReturnedSheet } from './sheet.ts';

const TEXTS = [
  'vin la 5',
  '=1+1',
  'سلام دنیا',
  '_x000D_ x',
  'two\nlines & <b>',
  '👩‍👩‍👧 ok',
  'a\ttab  spaces ',
  '\u0000ctl',
  'soft\u00adhy\u2011phen',
  '+447700900123',
  "'quote",
  '\u202erlo'
];
const ROWS = TEXTS.map((text, at) => rowOf(at + 1, { original: text, machineText: text }));
const load = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../../../tests/fixtures/translator/${name}`, import.meta.url)));
const read = (bytes: Uint8Array<ArrayBuffer>): Promise<ReturnedSheet> =>
  readReturned({ name: 'returned', blob: new Blob([bytes]) }, new AbortController().signal);
const refusals = (sheet: ReturnedSheet) =>
  matchReturned(sheet, (request, line) => (request === 3 ? (ROWS[line - 1] ?? 'no-line') : 'no-request')).map(
    ({ refusal }) => refusal
  );

describe.each(['docx', 'xlsx'])('a %s saved again by LibreOffice', (format) => {
  it('gives every line back: reference, original, translation, note, form', async () => {
    const sheet = await read(load(`libreoffice-7.4.${format}`));
    expect(sheet.fields).toEqual({ '(i)': 'Ioana Pop', '(ii)': 'DPSI 1234', '(iii)': '2025-11-28' });
    expect(sheet.rows.map((row) => parseReference(row.reference)?.line)).toEqual(ROWS.map((row) => row.line));
    expect(refusals(sheet)).toEqual(ROWS.map(() => null));
    for (const [at, text] of TEXTS.entries()) {
      const { translation, note } = sheet.rows[at]!;
      if (at === 1) expect([translation, note]).toEqual(['', '']);
      // Line 4 was typed as a character code, which spreadsheets take for one.
      else if (at === 3) expect(translation).toMatch(/^done 4/);
      else expect(isSameText(translation, `done ${at + 1}\n${text.replace('\u0000', '')}`), translation).toBe(true);
    }
  });
});

describe('a document that Word would save', () => {
  const cell = (inner: string): string => `<w:tc><w:tcPr><w:tcW w:w="900"/></w:tcPr><w:p>${inner}</w:p></w:tc>`;
  const run = (text: string): string => `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const heading = `<w:tr>${['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((mark) => cell(run(`${mark} title`))).join('')}</w:tr>`;
  const row = (line: number, translation: string, before = ''): string =>
    `<w:tr>${before}${[run(`T3-000${line} · ${ROWS[line - 1]?.check}`), run('x'), run(TEXTS[line - 1] ?? ''), run('m'), run('c'), translation, run('')].map(cell).join('')}</w:tr>`;
  const body = async (rows: string): Promise<ReturnedSheet> =>
    read(
      await editZip(load('libreoffice-7.4.docx'), (path, xml) =>
        path === 'word/document.xml'
          ? `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body><w:tbl>${heading}${rows}</w:tbl></w:body></w:document>`
          : xml
      )
    );

  it.each([
    ['split and styled runs', `${run('I ')}${run('co')}<w:proofErr w:type="spellStart"/>${run('me')}`, 'I come'],
    [
      'a tracked change',
      `<w:del><w:r><w:delText>we</w:delText></w:r></w:del><w:ins>${run('I')}</w:ins>${run(' come')}`,
      'I come'
    ],
    ['moved words', `<w:moveFrom>${run('late')}</w:moveFrom><w:moveTo>${run('soon')}</w:moveTo>`, 'soon'],
    [
      'a content control and a link',
      `<w:sdt><w:sdtContent>${run('a')}</w:sdtContent></w:sdt><w:hyperlink>${run('b')}</w:hyperlink>`,
      'ab'
    ],
    ['a field', `<w:r><w:instrText>INCLUDETEXT "http://x"</w:instrText></w:r>${run('kept')}`, 'kept'],
    [
      'a drawing said twice',
      `<mc:AlternateContent><mc:Choice>${run('once')}</mc:Choice><mc:Fallback>${run('once')}</mc:Fallback></mc:AlternateContent>`,
      'once'
    ],
    ['breaks and tabs', `<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/></w:r>`, 'a\nb\tc\u2011'],
    ['markup as text', run('&lt;script&gt;alert(1)&lt;/script&gt;'), '<script>alert(1)</script>']
  ])('reads %s', async (_, inner, expected) => {
    const sheet = await body(row(1, inner));
    expect(sheet.rows.map((one) => one.translation)).toEqual([expected]);
    expect(refusals(sheet)).toEqual([null]);
  });

  it('passes over a row whose deletion is tracked', async () => {
    const sheet = await body(
      row(1, run('a'), '<w:trPr><w:del w:id="1"/></w:trPr>') +
        row(5, run('b')).replace('two\nlines & <b>', 'two lines &amp; &lt;b&gt;')
    );
    expect(sheet.rows.map((one) => one.translation)).toEqual(['b']);
    expect(refusals(sheet)).toEqual([null]);
  });
});
