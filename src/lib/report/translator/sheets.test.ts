import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { naughtyStrings } from '../../../../tests/fixtures/naughty-strings.ts';
import { editZip, escape, fillIn, rowOf, sheetOf, WORDS } from '../../../../tests/fixtures/returned-sheets.ts';
import { parseReference, referenceText } from './line-check.ts';
import { isSameText, shownText } from './plain-text.ts';
import { readReturned } from './read-returned.ts';
import type { ReturnedSheet, SheetFormat, SheetRow } from './sheet.ts';
import { writeSheet } from './write-sheet.ts';

const FORMATS = ['docx', 'xlsx', 'xliff'] as const;
const signal = new AbortController().signal;
const back = (bytes: Uint8Array<ArrayBuffer>, name = 'returned'): Promise<ReturnedSheet> =>
  readReturned({ name, blob: new Blob([bytes]) }, signal);

/** Strings of a public collection of hostile input, where this machine has it, and some of our own. */
function hostileStrings(): string[] {
  const own = [
    '=HYPERLINK("http://x")',
    '+447700900123',
    '@SUM(A1)',
    '<w:t>x</w:t>',
    ']]>',
    '&amp;&lt;',
    '_x000D_ _x0041_',
    '\u0000\u0001\u0008\u000b\u001f\u007f',
    'a\r\nb\rc\n\nd',
    'tab\there',
    '\ud800 broken',
    '\ufffe\uffff',
    '\u202eevil\u202c',
    '👩‍👩‍👧 ✅',
    'سلام دنیا',
    'A fost B F C',
    '(i) Translator',
    'T3-0001 · aaaaaaaaa1',
    'constructor',
    'hasOwnProperty',
    '__proto__',
    '{number} $& $1',
    ...naughtyStrings().map(({ text }) => text)
  ];
  const folder = new URL('../../../../../shared/samples/hostile_strings/minimaxir+big-list-of-naughty-strings/', import.meta.url)
    .pathname;
  if (!existsSync(folder)) return own;
  const lines = readdirSync(folder).flatMap((name) =>
    name.endsWith('.txt') ? readFileSync(`${folder}/${name}`, 'utf8').split('\n') : []
  );
  return [...own, ...lines.filter((line) => line !== '' && line.length < 5000)];
}

const expectSent = (sheet: ReturnedSheet, rows: readonly SheetRow[]): void => {
  expect(sheet.rows.map((row) => parseReference(row.reference))).toEqual(
    rows.map(({ request, line, check }) => ({ request, line, check }))
  );
  for (const [at, row] of rows.entries()) {
    const read = sheet.rows[at];
    expect(isSameText(read?.original ?? '', row.original), JSON.stringify([read?.original, row.original])).toBe(true);
    if (row.machineText !== null) expect(isSameText(read?.machineText ?? '', row.machineText)).toBe(true);
  }
};

describe.each(FORMATS)('a sheet as %s', (format: SheetFormat) => {
  it('comes back as it went out, with an empty translation', async () => {
    const rows = [rowOf(1), rowOf(2, { isContext: true }), rowOf(3, { machineText: null, caveat: '' })];
    const sheet = await back(await writeSheet(format, sheetOf(rows)));
    expectSent(sheet, rows);
    expect(sheet.format).toBe(format);
    expect(sheet.rows.map((row) => [row.translation, row.note, row.flaw])).toEqual(rows.map(() => ['', '', null]));
    expect(sheet.fields).toEqual({ '(i)': '', '(ii)': '', '(iii)': '' });
  });

  it('gives back what a translator wrote: the lines, the notes, the name and the date', async () => {
    const bytes = await writeSheet(format, sheetOf([rowOf(1), rowOf(2)]));
    const filled = await fillIn(
      format,
      bytes,
      (line) => (line === 2 ? { translation: "I'll come at <two>\nsharp & alone", note: '"marfa" means goods' } : undefined),
      { translator: 'Ioana Pop', qualification: 'DPSI 1234', date: '2025-11-28' }
    );
    const sheet = await back(filled);
    expect(sheet.rows.map((row) => row.translation)).toEqual(['', "I'll come at <two>\nsharp & alone"]);
    expect(sheet.rows[1]?.note).toBe('"marfa" means goods');
    expect(sheet.fields).toEqual({ '(i)': 'Ioana Pop', '(ii)': 'DPSI 1234', '(iii)': '2025-11-28' });
  });

  it('carries hostile strings as text and nothing else, both ways', async () => {
    const strings = hostileStrings();
    const rows = strings.map((text, at) => rowOf(at + 1, { original: text, machineText: text, about: text, caveat: text }));
    const bytes = await writeSheet(format, sheetOf(rows));
    const shown = strings.map((text) => shownText(text));
    const filled = await fillIn(format, bytes, (line) => ({ translation: shown[line - 1] ?? '', note: shown[line - 1] ?? '' }));
    const sheet = await back(filled);
    expectSent(sheet, rows);
    for (const [at, text] of shown.entries()) {
      expect(isSameText(sheet.rows[at]?.translation ?? '', text), JSON.stringify([sheet.rows[at]?.translation, text])).toBe(true);
      expect(sheet.rows[at]?.flaw).toBeNull();
    }
  });

  it('carries any string at all', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }), async (texts) => {
        const rows = texts.map(([original, machineText], at) => rowOf(at + 1, { original, machineText }));
        const bytes = await writeSheet(format, sheetOf(rows));
        const sheet = await back(await fillIn(format, bytes, (line) => ({ translation: shownText(texts[line - 1]?.[1] ?? '') })));
        expectSent(sheet, rows);
        for (const [at, [, translation]] of texts.entries())
          expect(isSameText(sheet.rows[at]?.translation ?? '', translation)).toBe(true);
      }),
      { numRuns: 12 }
    );
  });

  it('marks machine text as machine text in each row, and context as context', async () => {
    const bytes = await writeSheet(format, sheetOf([rowOf(1), rowOf(2, { isContext: true })]));
    let text = format === 'xliff' ? new TextDecoder().decode(bytes) : '';
    if (format !== 'xliff')
      await editZip(bytes, (path, xml) => {
        if (/document\.xml|sharedStrings|sheet\d/.test(path)) text += xml;
        return xml;
      });
    expect(text).toContain('not evidence by itself');
    expect(text).toContain(escape(WORDS.context));
  });
});

describe('a reference', () => {
  it('is read back from its own text, with any dash and dot', () => {
    const reference = { request: 12, line: 345, check: '0123456789' };
    expect(referenceText(reference)).toBe('T12-0345 · 0123456789');
    expect(parseReference(referenceText(reference))).toEqual(reference);
    expect(parseReference(' T12–0345 \n0123456789 ')).toEqual(reference);
    expect(parseReference('T12-0345')).toBeNull();
    expect(parseReference('T12-0345 · 012345678')).toBeNull();
  });
});
