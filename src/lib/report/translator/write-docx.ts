/** A translator's sheet as a Word document: instructions, a form, then one table with a row a line. */
import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageBreak,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType
} from 'docx';
import { referenceText } from './line-check.ts';
import { shownText } from './plain-text.ts';
import {
  aboutOf,
  COLUMNS,
  fieldLabel,
  FIELDS,
  headingOf,
  type ColumnMark,
  type SheetRow,
  type TranslatorSheet
} from './sheet.ts';

/** Twentieths of a point; together the width between the margins of a landscape A4 page. */
const WIDTHS: Readonly<Record<ColumnMark, number>> = { A: 1250, B: 1700, C: 3350, D: 2700, E: 1650, F: 3350, G: 1400 };
const PAGE = { width: 16838, height: 11906, margin: 720 } as const;
/** The machine's tint and the shade of context, as on screen in the light theme. */
const MACHINE_FILL = 'F0ECFB';
const CONTEXT_FILL = 'EEF0F4';
/** Half points. */
const SIZE = { text: 18, small: 15 } as const;
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}]/u;

/** Takes some seconds for thousands of lines and holds its thread meanwhile. */
export async function writeDocx(sheet: TranslatorSheet): Promise<Uint8Array<ArrayBuffer>> {
  const { words } = sheet;
  const document = new Document({
    creator: 'Skein',
    lastModifiedBy: 'Skein',
    title: words.title,
    styles: { default: { document: { run: { font: 'Calibri', size: SIZE.text } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.height, height: PAGE.width, orientation: PageOrientation.LANDSCAPE },
            margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin }
          }
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  new TextRun({
                    size: SIZE.small,
                    children: [`${words.title} · T${sheet.request} · `, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES]
                  })
                ]
              })
            ]
          })
        },
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(words.title)] }),
          ...sheet.head.map((line) => new Paragraph({ children: runs(line) })),
          new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(words.instructionsTitle)] }),
          ...words.instructions.map((line) => new Paragraph({ bullet: { level: 0 }, children: runs(line) })),
          new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(words.formTitle)] }),
          form(sheet),
          new Paragraph({ children: [new PageBreak()] }),
          new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(words.linesTitle)] }),
          lines(sheet)
        ]
      }
    ]
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

function form({ words }: TranslatorSheet): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: [5000, 9000],
    rows: FIELDS.map(
      (mark) => new TableRow({ height: { value: 480, rule: 'atLeast' }, children: [cell(fieldLabel(words, mark)), cell('')] })
    )
  });
}

function lines(sheet: TranslatorSheet): Table {
  const { words } = sheet;
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: Object.values(WIDTHS).reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: Object.values(WIDTHS),
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: COLUMNS.map((mark) => cell(headingOf(words, mark), { isBold: true }))
      }),
      ...sheet.rows.map((row) => line(row, sheet))
    ]
  });
}

function line(row: SheetRow, { words }: TranslatorSheet): TableRow {
  const fill = row.isContext ? CONTEXT_FILL : undefined;
  const machine = row.machineText ?? words.noMachine;
  return new TableRow({
    children: [
      cell(referenceText(row), { fill, size: SIZE.small }),
      cell(aboutOf(row, words), { fill, size: SIZE.small }),
      cell(row.original, { fill }),
      cell(machine, { fill: row.machineText === null ? fill : MACHINE_FILL, isItalic: true }),
      cell(row.caveat, { fill, size: SIZE.small }),
      cell('', { fill }),
      cell('', { fill })
    ]
  });
}

interface CellLook {
  readonly fill?: string | undefined;
  readonly size?: number;
  readonly isBold?: boolean;
  readonly isItalic?: boolean;
}

function cell(text: string, { fill, size = SIZE.text, isBold = false, isItalic = false }: CellLook = {}): TableCell {
  const isRightToLeft = RIGHT_TO_LEFT.test(text);
  return new TableCell({
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill } }),
    children: [
      new Paragraph({
        bidirectional: isRightToLeft,
        children: runs(text, { size, bold: isBold, italics: isItalic, rightToLeft: isRightToLeft })
      })
    ]
  });
}

/** A run a line of text, with the breaks between them. */
function runs(text: string, look: { size?: number; bold?: boolean; italics?: boolean; rightToLeft?: boolean } = {}): TextRun[] {
  if (text === '') return [];
  return shownText(text)
    .split('\n')
    .map((part, at) => new TextRun({ ...look, text: part, ...(at === 0 ? {} : { break: 1 }) }));
}
