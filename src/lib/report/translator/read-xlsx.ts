/** The rows of a translator's sheet in a workbook, as Excel, LibreOffice and others save it. Formulas are not text. */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import type { ZipContainer } from '../../formats/container/zip.ts';
import { openOffice, partNamed, walkPart, type PartWalker, type ReturnedFile } from './office-part.ts';
import { hasMacros } from './read-docx.ts';
import { SheetReading, type ReturnedSheet } from './sheet.ts';

const WORKBOOK = 'xl/workbook.xml';
const MOST_COLUMNS = 256;
/** Days between Excel's day 0 (30 December 1899) and 1 January 1970, and the serial days that are plausible dates. */
const EPOCH_DAYS = 25_569;
const PLAUSIBLE_DAYS = [36_526, 73_050] as const;

/** @throws SourceError 'not-recognised' where the zip is no workbook, and those of the zip and its XML. */
export async function readXlsx(file: ReturnedFile, signal: AbortSignal): Promise<ReturnedSheet> {
  const zip = await openOffice(file, signal);
  try {
    const workbook = partNamed(zip, WORKBOOK);
    if (workbook === undefined)
      throw new SourceError('not-recognised', sentence('sheet-no-document', { file: file.name }), file.name);
    const sheets = await sheetsOf(zip, signal);
    const strings = new StringsWalker();
    const shared = partNamed(zip, 'xl/sharedStrings.xml');
    if (shared !== undefined) await walkPart(zip, shared, strings, signal);
    const reading = new SheetReading();
    for (const { name, path } of sheets) {
      const part = partNamed(zip, path);
      if (part !== undefined) await walkPart(zip, part, new SheetWalker(name, strings.strings, reading), signal);
    }
    if (!reading.hasHeadings)
      throw new SourceError('not-recognised', sentence('sheet-no-headings', { file: file.name }), file.name);
    const date = isoDate(reading.fields['(iii)']);
    return {
      format: 'xlsx',
      fields: { ...reading.fields, '(iii)': date },
      rows: reading.rows,
      hasMacros: hasMacros(zip)
    };
  } finally {
    await zip.close();
  }
}

async function sheetsOf(zip: ZipContainer, signal: AbortSignal): Promise<{ name: string; path: string }[]> {
  const targets = new Map<string, string>();
  const named: { name: string; relation: string }[] = [];
  const relations: PartWalker = {
    open(name, attribute) {
      const id = attribute('Id');
      const target = attribute('Target');
      if (name === 'Relationship' && id !== undefined && target !== undefined && attribute('TargetMode') !== 'External')
        targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
    close() {},
    text() {}
  };
  const book: PartWalker = {
    open(name, attribute) {
      if (name === 'sheet') named.push({ name: attribute('name') ?? '', relation: attribute('r:id') ?? attribute('id') ?? '' });
    },
    close() {},
    text() {}
  };
  const links = partNamed(zip, 'xl/_rels/workbook.xml.rels');
  if (links !== undefined) await walkPart(zip, links, relations, signal);
  const workbook = partNamed(zip, WORKBOOK);
  if (workbook !== undefined) await walkPart(zip, workbook, book, signal);
  return named.flatMap(({ name, relation }) => {
    const path = targets.get(relation);
    return path === undefined ? [] : [{ name, path }];
  });
}

/** Plain text of one string item: its runs joined, without the reading aids of East Asian text. */
class StringsWalker implements PartWalker {
  readonly strings: string[] = [];
  #text = '';
  #isInText = false;
  #aids = 0;

  open(name: string): void {
    if (name === 'si') this.#text = '';
    else if (name === 'rPh') this.#aids++;
    else if (name === 't') this.#isInText = this.#aids === 0;
  }
  close(name: string): void {
    if (name === 'si') this.strings.push(unescaped(this.#text));
    else if (name === 'rPh') this.#aids--;
    else if (name === 't') this.#isInText = false;
  }
  text(text: string): void {
    if (this.#isInText) this.#text += text;
  }
}

class SheetWalker implements PartWalker {
  readonly #name: string;
  readonly #strings: readonly string[];
  readonly #reading: SheetReading;
  #cells: string[] = [];
  #formulas = new Set<number>();
  #row = 0;
  #column = -1;
  #type = '';
  #value = '';
  #isInValue = false;
  #aids = 0;

  constructor(name: string, strings: readonly string[], reading: SheetReading) {
    this.#name = name;
    this.#strings = strings;
    this.#reading = reading;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'row') {
      this.#row = Number(attribute('r') ?? '') || this.#row + 1;
      this.#cells = [];
      this.#formulas = new Set();
      this.#column = -1;
    } else if (name === 'c') {
      this.#column = columnNumber(attribute('r')) ?? this.#column + 1;
      this.#type = attribute('t') ?? 'n';
      this.#value = '';
    } else if (name === 'f') this.#formulas.add(this.#column);
    else if (name === 'rPh') this.#aids++;
    else if (name === 'v' || name === 't') this.#isInValue = this.#aids === 0;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isInValue = false;
    else if (name === 'rPh') this.#aids--;
    else if (name === 'c') this.#cell();
    else if (name === 'row') {
      const cells = Array.from(this.#cells, (cell) => cell ?? '');
      this.#reading.row(`${this.#name}:${this.#row}`, cells, this.#formulas);
    }
  }

  text(text: string): void {
    if (this.#isInValue) this.#value += text;
  }

  #cell(): void {
    if (this.#column < 0 || this.#column >= MOST_COLUMNS) return;
    if (this.#type === 'e') this.#formulas.add(this.#column);
    const text = this.#type === 's' ? (this.#strings[Number(this.#value)] ?? '') : this.#value;
    this.#cells[this.#column] = this.#type === 's' ? text : unescaped(text);
  }
}

/** 'BC12' is column 54, from 0; null where the place is not stated. */
function columnNumber(place: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  if (letters === undefined) return null;
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}

/** '_x000D_' is a character by its code (ECMA-376 part 1, 22.9.2.19). */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** A date that Excel keeps as days becomes words again. */
function isoDate(value: string): string {
  const days = /^\d{5}(\.0*)?$/.test(value) ? Math.floor(Number(value)) : 0;
  if (days < PLAUSIBLE_DAYS[0] || days > PLAUSIBLE_DAYS[1]) return value;
  return new Date((days - EPOCH_DAYS) * 86_400_000).toISOString().slice(0, 10);
}
