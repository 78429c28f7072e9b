/**
 * Of each message: how many characters its text has, and which distinct text it is. Evidence never changes, so both are
 * worked out once a message, in turns, from the bytes that the case holds anyway.
 */
import { Pace } from '../analysis/pace.ts';
import { Column, type TextColumn } from '../evidence/columns.ts';
import { FoldIndex, hashUtf8 } from '../evidence/fold-index.ts';

const SEED = 0x7e47;
/** Rows between two looks at the clock. */
const STRIDE = 2048;

export class TextShapes {
  /** Code points of each message's text. */
  readonly characters = new Column(Uint32Array);
  /** Number of each message's text among the distinct ones, in the order of first sight. */
  readonly text = new Column(Uint32Array);
  /** The message where each distinct text was first seen. */
  readonly #firstRow = new Column(Uint32Array);
  readonly #index = new FoldIndex();
  #filling: Promise<void> | null = null;

  get distinct(): number {
    return this.#firstRow.length;
  }

  get sizeBytes(): number {
    return this.characters.sizeBytes + this.text.sizeBytes + this.#firstRow.sizeBytes + this.#index.sizeBytes;
  }

  /** Takes in rows up to `rows`, which must be of finished imports: those never go away again. */
  async extend(body: TextColumn, rows: number): Promise<void> {
    // Two askers at once share one pass; the later one goes on where it ended.
    while (this.#filling !== null) await this.#filling;
    this.#filling = this.#fill(body, rows).finally(() => (this.#filling = null));
    await this.#filling;
  }

  async #fill(body: TextColumn, rows: number): Promise<void> {
    const pace = new Pace();
    for (let row = this.text.length; row < rows; row++) {
      if (row % STRIDE === 0 && pace.due()) await pace.breathe(row / rows);
      const bytes = body.bytesAt(row);
      this.characters.push(codePointsIn(bytes));
      this.text.push(this.#numberOf(body, row, bytes));
    }
  }

  #numberOf(body: TextColumn, row: number, bytes: Uint8Array): number {
    const hash = hashUtf8(bytes, SEED);
    for (let number = this.#index.first(hash); number >= 0; number = this.#index.next(hash)) {
      if (isSame(body.bytesAt(this.#firstRow.at(number)), bytes)) return number;
    }
    const number = this.#firstRow.length;
    this.#firstRow.push(row);
    this.#index.add(hash, number);
    return number;
  }
}

/** Every byte but the continuation bytes begins a character. */
function codePointsIn(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) count++;
  return count;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
