/** A workbook (Office Open XML) as hostile input: its sheets by name, the texts that cells share, the formats of numbers. */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { ZipContainer, type ZipEntry } from '../container/zip.ts';
import type { ReadOptions, SourceInput } from '../contract.ts';
import { walkXml, type XmlWalker } from '../xml/walk-xml.ts';
import { numberStyle, PLAIN, type NumberStyle } from './cell-text.ts';

/** Texts that cells share stand in memory: characters of all of them together. */
const MOST_SHARED = 256 * 2 ** 20;
const MOST_SHEETS = 2000;

export interface SheetPlace {
  readonly name: string;
  readonly isHidden: boolean;
  readonly entry: ZipEntry;
}

export interface Workbook {
  readonly zip: ZipContainer;
  /** In the workbook's own order. */
  readonly sheets: readonly SheetPlace[];
  /** Of sheets that the workbook lists and the zip does not hold. */
  readonly missing: readonly string[];
  readonly strings: readonly string[];
  /** By the number of a cell's style. */
  readonly styles: readonly NumberStyle[];
  readonly is1904: boolean;
}

export const WORKBOOK_ENTRY = /^\/?xl[\\/]workbook\.xml$/i;

/** @throws SourceError 'not-recognised' (no workbook), 'too-large', 'damaged-xml', and those of ZipContainer. */
export async function openWorkbook(
  input: SourceInput,
  options: Pick<ReadOptions, 'password'>,
  signal: AbortSignal
): Promise<Workbook> {
  if (input.sizeBytes === 0) throw new SourceError('empty-file', sentence('file-empty', { file: input.name }), input.name);
  const zip = await ZipContainer.open(input, {
    signal,
    wanted: (name) => /\.(?:xml|rels)$/i.test(name),
    ...(options.password === undefined ? {} : { password: options.password })
  });
  try {
    const book = new BookWalker();
    const found = partOf(zip, 'xl/workbook.xml');
    if (found === undefined)
      throw new SourceError('not-recognised', sentence('xlsx-no-workbook', { file: input.name }), input.name);
    await walk(zip, found, book, signal);
    const targets = new RelationWalker();
    const links = partOf(zip, 'xl/_rels/workbook.xml.rels');
    if (links !== undefined) await walk(zip, links, targets, signal);
    const sheets: SheetPlace[] = [];
    const missing: string[] = [];
    for (const { name, relation, isHidden } of book.sheets.slice(0, MOST_SHEETS)) {
      const entry = partOf(zip, targets.paths.get(relation) ?? '');
      if (entry === undefined) missing.push(name);
      else sheets.push({ name, isHidden, entry });
    }
    missing.push(...book.sheets.slice(MOST_SHEETS).map(({ name }) => name));
    const strings = new StringsWalker(input.name);
    const shared = partOf(zip, targets.shared ?? 'xl/sharedStrings.xml');
    if (shared !== undefined) await walk(zip, shared, strings, signal);
    const styles = new StylesWalker();
    const formats = partOf(zip, targets.styles ?? 'xl/styles.xml');
    if (formats !== undefined) await walk(zip, formats, styles, signal);
    return { zip, sheets, missing, strings: strings.strings, styles: styles.styles, is1904: book.is1904 };
  } catch (error) {
    await zip.close();
    throw error;
  }
}

/** Names in a package are compared without case and without a leading slash. */
function partOf(zip: ZipContainer, path: string): ZipEntry | undefined {
  const wanted = path.replace(/^\//, '').toLowerCase();
  return zip.find((name) => name.replace(/^\//, '').toLowerCase() === wanted && /\.(?:xml|rels)$/.test(wanted));
}

async function walk(zip: ZipContainer, entry: ZipEntry, walker: XmlWalker, signal: AbortSignal): Promise<void> {
  await walkXml(zip.read(entry, signal), `${zip.file} › ${entry.name}`, zip.file, walker, entry.name);
}

class BookWalker implements XmlWalker {
  readonly sheets: { readonly name: string; readonly relation: string; readonly isHidden: boolean }[] = [];
  is1904 = false;

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'workbookPr') this.is1904 = /^(?:1|true)$/i.test(attribute('date1904') ?? '');
    if (name !== 'sheet') return;
    this.sheets.push({
      name: attribute('name') ?? '',
      relation: attribute('r:id') ?? attribute('id') ?? '',
      isHidden: /hidden/i.test(attribute('state') ?? '')
    });
  }
  close(): void {}
  text(): void {}
}

class RelationWalker implements XmlWalker {
  readonly paths = new Map<string, string>();
  shared: string | null = null;
  styles: string | null = null;

  open(name: string, attribute: (name: string) => string | undefined): void {
    const target = attribute('Target');
    const type = attribute('Type') ?? '';
    if (name !== 'Relationship' || target === undefined || attribute('TargetMode') === 'External') return;
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    this.paths.set(attribute('Id') ?? '', path);
    if (type.endsWith('/sharedStrings')) this.shared = path;
    if (type.endsWith('/styles')) this.styles = path;
  }
  close(): void {}
  text(): void {}
}

/** Plain text of each shared item: its runs joined, without the reading aids of East Asian text. */
class StringsWalker implements XmlWalker {
  readonly strings: string[] = [];
  readonly #file: string;
  #characters = 0;
  #text = '';
  #isInText = false;
  #aids = 0;

  constructor(file: string) {
    this.#file = file;
  }

  open(name: string): void {
    if (name === 'si') this.#text = '';
    else if (name === 'rPh') this.#aids++;
    else if (name === 't') this.#isInText = this.#aids === 0;
  }
  close(name: string): void {
    if (name === 't') this.#isInText = false;
    else if (name === 'rPh') this.#aids--;
    else if (name === 'si') {
      this.#characters += this.#text.length + 8;
      if (this.#characters > MOST_SHARED)
        throw new SourceError('too-large', sentence('xlsx-too-many-texts', { file: this.#file, most: MOST_SHARED }), this.#file);
      this.strings.push(this.#text);
    }
  }
  text(text: string): void {
    if (this.#isInText) this.#text += text;
  }
}

class StylesWalker implements XmlWalker {
  readonly styles: NumberStyle[] = [];
  readonly #codes = new Map<number, string>();
  #isInCells = false;

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'numFmt') this.#codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
    else if (name === 'cellXfs') this.#isInCells = true;
    else if (name === 'xf' && this.#isInCells) {
      const id = Number(attribute('numFmtId') ?? 0);
      this.styles.push(id === 0 ? PLAIN : numberStyle(id, this.#codes.get(id)));
    }
  }
  close(name: string): void {
    if (name === 'cellXfs') this.#isInCells = false;
  }
  text(): void {}
}
