/** The units of a translator's sheet in XLIFF 2.x, as translation programs save it. */
import { SourceError } from '../../evidence/findings.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { blobChunks } from '../../formats/text/decode.ts';
import { walkXml, type PartWalker, type ReturnedFile } from './office-part.ts';
import { fieldOf, type FieldMark, type ReturnedRow, type ReturnedSheet } from './sheet.ts';

/** Notes that the sheet came with; any other note in a unit is the translator's. */
const OWN_NOTES = new Set(['when-and-from', 'caveat', 'head', 'instruction', 'form']);

/** @throws SourceError 'not-recognised' where it is no XLIFF 2, 'damaged-xml'. */
export async function readXliff(file: ReturnedFile, signal: AbortSignal): Promise<ReturnedSheet> {
  const walker = new UnitWalker(file.name);
  await walkXml(blobChunks(file.blob, signal), file.name, file.name, walker);
  return { format: 'xliff', fields: walker.fields, rows: walker.rows, hasMacros: false };
}

class UnitWalker implements PartWalker {
  readonly rows: ReturnedRow[] = [];
  readonly fields: Record<FieldMark, string> = { '(i)': '', '(ii)': '', '(iii)': '' };
  readonly #file: string;
  #isFirst = true;
  #unit: { id: string; name: string } | null = null;
  #source = '';
  #target = '';
  #machineText = '';
  #note = '';
  #segments = 0;
  #translated = 0;
  #part: { isIgnorable: boolean; source: string; target: string; hasTarget: boolean } | null = null;
  /** Inside what the text belongs to: the innermost counts. */
  #text: 'source' | 'target' | 'machine' | 'note' | null = null;
  #category = '';
  #isInMatches = false;
  #noteText = '';

  constructor(file: string) {
    this.#file = file;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (this.#isFirst) {
      this.#isFirst = false;
      const version = attribute('version') ?? '';
      if (name !== 'xliff' || !version.startsWith('2.'))
        throw new SourceError(
          'not-recognised',
          sentence('sheet-no-xliff', { file: this.#file, element: name, version }),
          this.#file
        );
    }
    if (name === 'unit') {
      this.#unit = { id: attribute('id') ?? '', name: attribute('name') ?? '' };
      this.#source = this.#target = this.#machineText = this.#note = '';
      this.#segments = this.#translated = 0;
    } else if (name === 'matches') this.#isInMatches = true;
    else if (name === 'note') {
      this.#category = attribute('category') ?? '';
      this.#noteText = '';
      this.#text = 'note';
    } else if (name === 'segment' || name === 'ignorable')
      this.#part = { isIgnorable: name === 'ignorable', source: '', target: '', hasTarget: false };
    else if (name === 'source') this.#text = this.#isInMatches ? null : 'source';
    else if (name === 'target') {
      this.#text = this.#isInMatches ? 'machine' : 'target';
      if (!this.#isInMatches && this.#part !== null) this.#part.hasTarget = true;
    } else if (name === 'cp') this.text(String.fromCodePoint(Math.min(0x10ffff, parseInt(attribute('hex') ?? '', 16) || 0xfffd)));
  }

  close(name: string): void {
    if (name === 'matches') this.#isInMatches = false;
    else if (name === 'source' || name === 'target') this.#text = null;
    else if (name === 'note') this.#endNote();
    else if (name === 'segment' || name === 'ignorable') this.#endPart();
    else if (name === 'unit') this.#endUnit();
  }

  text(text: string): void {
    if (this.#text === 'note') this.#noteText += text;
    else if (this.#text === 'machine') this.#machineText += text;
    else if (this.#part !== null && this.#text === 'source') this.#part.source += text;
    else if (this.#part !== null && this.#text === 'target') this.#part.target += text;
  }

  #endNote(): void {
    this.#text = null;
    if (this.#unit !== null) {
      if (!OWN_NOTES.has(this.#category) && this.#noteText.trim() !== '')
        this.#note += (this.#note === '' ? '' : '\n') + this.#noteText.trim();
      return;
    }
    // What was written behind the label of a form field.
    const field = fieldOf(this.#noteText);
    const colon = this.#noteText.indexOf(':');
    if (field !== null && colon >= 0) this.fields[field] = this.#noteText.slice(colon + 1).trim();
  }

  #endPart(): void {
    const part = this.#part;
    this.#part = null;
    if (part === null) return;
    this.#source += part.source;
    if (part.isIgnorable) {
      // White space between sentences: the source's own where the translator gave none.
      this.#target += part.hasTarget ? part.target : part.source;
      return;
    }
    this.#segments++;
    this.#target += part.target;
    if (part.target.trim() !== '') this.#translated++;
  }

  #endUnit(): void {
    const unit = this.#unit;
    this.#unit = null;
    if (unit === null) return;
    this.rows.push({
      place: unit.id,
      reference: `${unit.id} · ${unit.name}`,
      original: this.#source,
      machineText: this.#machineText,
      translation: this.#target.trim(),
      note: this.#note,
      flaw: this.#translated > 0 && this.#translated < this.#segments ? 'partly' : null
    });
  }
}
