/**
 * The rows of a translator's sheet in a Word document, as Word, LibreOffice and others save it: text is taken from
 * wherever its runs are split, tracked insertions count and tracked deletions do not, styles and order say nothing.
 */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { ZipContainer } from '../../formats/container/zip.ts';
import { openOffice, partNamed, walkPart, type PartWalker, type ReturnedFile } from './office-part.ts';
import { SheetReading, type ReturnedSheet } from './sheet.ts';

const MAIN = 'word/document.xml';
/** Text in these is deleted, moved away, or says the same a second time for older programs. */
const UNREAD = new Set(['del', 'moveFrom', 'instrText', 'delText', 'Fallback', 'rt']);

/** @throws SourceError 'not-recognised' where the zip is no Word document, and those of the zip and its XML. */
export async function readDocx(file: ReturnedFile, signal: AbortSignal): Promise<ReturnedSheet> {
  const zip = await openOffice(file, signal);
  try {
    const main = partNamed(zip, MAIN);
    if (main === undefined)
      throw new SourceError('not-recognised', sentence('sheet-no-document', { file: file.name }), file.name);
    const reading = new SheetReading();
    await walkPart(zip, main, new TableWalker(reading), signal);
    if (!reading.hasHeadings)
      throw new SourceError('not-recognised', sentence('sheet-no-headings', { file: file.name }), file.name);
    return { format: 'docx', fields: reading.fields, rows: reading.rows, hasMacros: hasMacros(zip) };
  } finally {
    await zip.close();
  }
}

export const hasMacros = (zip: ZipContainer): boolean => zip.find((name) => /vbaProject\.bin$/i.test(name)) !== undefined;

/** Rows of tables at the top; a table inside a cell is part of that cell's text. */
class TableWalker implements PartWalker {
  readonly #reading: SheetReading;
  #tables = 0;
  #rows = 0;
  #tableDepth = 0;
  #unread = 0;
  #cells: string[] = [];
  #cell = '';
  #isInText = false;
  #isRowGone = false;
  #span = 1;
  /** Names of the open elements, for what a tag means by where it stands. */
  readonly #open: string[] = [];

  constructor(reading: SheetReading) {
    this.#reading = reading;
  }

  open(name: string, attribute: (name: string) => string | undefined, isOwn: boolean): void {
    const parent = this.#open.at(-1);
    this.#open.push(name);
    if (UNREAD.has(name)) {
      this.#unread++;
      if (name === 'del' && parent === 'trPr' && this.#tableDepth === 1) this.#isRowGone = true;
      return;
    }
    if (!isOwn || this.#unread > 0) return;
    if (name === 'tbl') {
      if (++this.#tableDepth === 1) {
        this.#tables++;
        this.#rows = 0;
      }
    } else if (this.#tableDepth === 0) return;
    else if (name === 'tr' && this.#tableDepth === 1) {
      this.#cells = [];
      this.#isRowGone = false;
    } else if (name === 'tc' && this.#tableDepth === 1) {
      this.#cell = '';
      this.#span = 1;
    } else if (name === 'gridSpan')
      this.#span = Math.min(63, Math.max(1, Number(attribute(prefixed(attribute, 'val')) ?? '1') || 1));
    else if (name === 't') this.#isInText = true;
    else if (name === 'br' || name === 'cr') this.#cell += '\n';
    else if (name === 'tab' && parent === 'r') this.#cell += '\t';
    else if (name === 'noBreakHyphen') this.#cell += '\u2011';
    else if (name === 'softHyphen') this.#cell += '\u00ad';
    else if (name === 'p' && this.#cell !== '') this.#cell += '\n';
  }

  close(name: string, isOwn: boolean): void {
    this.#open.pop();
    if (UNREAD.has(name)) {
      this.#unread--;
      return;
    }
    if (!isOwn || this.#unread > 0) return;
    if (name === 't') this.#isInText = false;
    else if (name === 'tbl') this.#tableDepth--;
    else if (name === 'tc' && this.#tableDepth === 1) {
      // LibreOffice writes '_x000D_' as a spreadsheet would, with its underscore escaped.
      this.#cells.push(this.#cell.replace(/_x005F_(?=x[0-9a-f]{4}_)/gi, '_'));
      // A cell over several columns: those after it keep their places.
      for (let i = 1; i < this.#span; i++) this.#cells.push('');
    } else if (name === 'tr' && this.#tableDepth === 1) {
      this.#rows++;
      if (!this.#isRowGone) this.#reading.row(`${this.#tables}:${this.#rows}`, this.#cells);
    }
  }

  text(text: string): void {
    if (this.#isInText && this.#unread === 0 && this.#tableDepth > 0) this.#cell += text;
  }
}

/** The attribute `w:val` under whatever prefix the document gives it. */
function prefixed(attribute: (name: string) => string | undefined, name: string): string {
  return attribute(`w:${name}`) !== undefined ? `w:${name}` : name;
}
