/** A translator's sheet as a workbook: one sheet with instructions and form, one with the lines. Every cell is text. */
import writeXlsxFile, { type Row } from 'write-excel-file/universal';
import { referenceText } from './line-check.ts';
import { cellText } from './plain-text.ts';
import { aboutOf, COLUMNS, fieldLabel, FIELDS, headingOf, type ColumnMark, type TranslatorSheet } from './sheet.ts';

/** Characters. */
const WIDTHS: Readonly<Record<ColumnMark, number>> = { A: 20, B: 28, C: 46, D: 40, E: 30, F: 46, G: 28 };
const MACHINE_FILL = '#F0ECFB';
const CONTEXT_FILL = '#EEF0F4';

export async function writeXlsx(sheet: TranslatorSheet): Promise<Uint8Array<ArrayBuffer>> {
  const { words, rows } = sheet;
  const text = (value: string, look: object = {}) => ({
    value: unlikeProperties(escaped(cellText(value, words.cut))),
    type: String,
    wrap: true,
    alignVertical: 'top' as const,
    ...look
  });
  const bold = { fontWeight: 'bold' as const };
  const first: Row[] = [
    [text(words.title, { ...bold, fontSize: 16 })],
    ...sheet.head.map((line) => [text(line)]),
    [text(words.instructionsTitle, bold)],
    ...words.instructions.map((line) => [text(line)]),
    [text(words.formTitle, bold)],
    ...FIELDS.map((mark) => [text(fieldLabel(words, mark)), text('', { borderStyle: 'thin' })])
  ];
  const lines: Row[] = [
    COLUMNS.map((mark) => text(headingOf(words, mark), bold)),
    ...rows.map((row) => {
      const fill = row.isContext ? { backgroundColor: CONTEXT_FILL } : {};
      const machine = row.machineText === null ? fill : { backgroundColor: MACHINE_FILL, fontStyle: 'italic' as const };
      return [
        text(referenceText(row), fill),
        text(aboutOf(row, words), fill),
        text(row.original, fill),
        text(row.machineText ?? words.noMachine, machine),
        text(row.caveat, fill),
        text('', fill),
        text('', fill)
      ];
    })
  ];
  const blob = await writeXlsxFile([
    { data: first, sheet: sheetName(words.instructionsTitle), columns: [{ width: 90 }, { width: 50 }] },
    {
      data: lines,
      sheet: sheetName(words.linesTitle),
      columns: COLUMNS.map((mark) => ({ width: WIDTHS[mark] })),
      stickyRowsCount: 1,
      orientation: 'landscape'
    }
  ]).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

/** A spreadsheet reads '_x000D_' as a character code (ECMA-376 part 1, 22.9.2.19): the underscore is written as one. */
const escaped = (text: string): string => text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');

/**
 * The library looks texts up in a plain object and loses those that name a property of every object ('constructor').
 * A zero-width space before them makes them texts; it is passed over in every comparison.
 */
const unlikeProperties = (text: string): string => (text in Object.prototype ? `\u200b${text}` : text);

/** At most 31 characters, none of those that a sheet's name may not hold. */
const sheetName = (title: string): string => title.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31);
