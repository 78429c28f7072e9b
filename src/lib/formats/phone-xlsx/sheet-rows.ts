/** The rows of one sheet as they stream: typed cells as text, each row under the number that the sheet shows. */
import type { Row } from '../phone-csv/rows.ts';
import { walkXml, type XmlWalker } from '../xml/walk-xml.ts';
import { numberText, PLAIN } from './cell-text.ts';
import type { SheetPlace, Workbook } from './workbook.ts';

/** Columns beyond this are counted and not read; a phone's widest sheet has some hundred. */
export const MOST_COLUMNS = 2000;

export interface SheetCounts {
  /** Cells beyond the widest column that is read. */
  beyond: number;
  /** Cells whose formula gave an error, which stands there as text. */
  errors: number;
}

/**
 * @param take gets each row; false ends the reading.
 * @throws SourceError of the zip and of its XML.
 */
export async function streamSheet(
  book: Workbook,
  sheet: SheetPlace,
  take: (row: Row) => boolean,
  bytes: (done: number) => void,
  signal: AbortSignal
): Promise<SheetCounts> {
  const walker = new SheetWalker(book, take);
  async function* counted(): AsyncGenerator<Uint8Array> {
    let done = 0;
    for await (const chunk of book.zip.read(sheet.entry, signal)) {
      signal.throwIfAborted();
      yield chunk;
      bytes((done += chunk.length));
      if (walker.isDone) return;
    }
  }
  try {
    const { name } = sheet.entry;
    await walkXml(counted(), `${book.zip.file} › ${name}`, book.zip.file, walker, name);
  } catch (error) {
    // Stopped on purpose, in the middle of the sheet.
    if (!walker.isDone) throw error;
  }
  return walker.counts;
}

class SheetWalker implements XmlWalker {
  readonly counts: SheetCounts = { beyond: 0, errors: 0 };
  isDone = false;
  readonly #book: Workbook;
  readonly #take: (row: Row) => boolean;
  #cells: string[] = [];
  #row = 0;
  #column = -1;
  #type = '';
  #style = PLAIN;
  #value = '';
  #isInValue = false;
  #aids = 0;

  constructor(book: Workbook, take: (row: Row) => boolean) {
    this.#book = book;
    this.#take = take;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'c') {
      this.#column = columnOf(attribute('r')) ?? this.#column + 1;
      this.#type = attribute('t') ?? 'n';
      this.#style = this.#book.styles[Number(attribute('s') ?? 0)] ?? PLAIN;
      this.#value = '';
    } else if (name === 'row') {
      const stated = Number(attribute('r') ?? '');
      // A number that goes back would give two rows one place.
      this.#row = Number.isInteger(stated) && stated > this.#row ? stated : this.#row + 1;
      this.#cells = [];
      this.#column = -1;
    } else if (name === 'rPh') this.#aids++;
    else if (name === 'v' || name === 't') this.#isInValue = this.#aids === 0;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isInValue = false;
    else if (name === 'rPh') this.#aids--;
    else if (name === 'c') this.#endCell();
    else if (name === 'row' && !this.isDone) {
      const cells = Array.from(this.#cells, (cell) => cell ?? '');
      this.isDone = !this.#take({ cells, row: this.#row, raw: cells.join('\t'), isDamaged: false });
    }
  }

  text(text: string): void {
    if (this.#isInValue) this.#value += text;
  }

  #endCell(): void {
    const text = this.#textOf();
    if (text === '') return;
    if (this.#column >= MOST_COLUMNS) this.counts.beyond++;
    else this.#cells[this.#column] = text;
  }

  #textOf(): string {
    switch (this.#type) {
      case 's':
        return this.#book.strings[Number(this.#value)] ?? '';
      case 'n':
        return numberText(this.#value, this.#style, this.#book.is1904);
      case 'b':
        return this.#value === '1' ? 'TRUE' : this.#value === '0' ? 'FALSE' : this.#value;
      case 'd':
        return this.#value.replace(/^(\d{4}-\d{2}-\d{2})T/, '$1 ');
      case 'e':
        this.counts.errors++;
        return this.#value;
      default:
        return this.#value;
    }
  }
}

/** 'BC12' is column 54, from 0; null where the place is not stated. */
function columnOf(place: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  if (letters === undefined) return null;
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}
