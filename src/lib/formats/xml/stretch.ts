/**
 * Rows of tags met before, as one run of bytes.
 *
 * [Note: Stretches] Between two texts that somebody wants, and between two tags with a value of their own, a report says
 * the same again and again: `</value></field>`, a few fields that are empty, the next field, its `<value>` and the mark of
 * its CDATA. Such a stretch is remembered whole with its steps; where its bytes stand again, one comparison takes the
 * place of reading five to twenty tags. Which one comes next is guessed from the one before. A guess decides nothing:
 * bytes are compared, names are matched against what is open, and where a handler wants text that was not wanted when the
 * stretch was met (or the other way round), its steps end there and reading goes on by single tags.
 */
import { ByteInterner } from './bytes.ts';
import type { XmlTag } from './tag.ts';

/** What a stretch is made of. 'empty' is a tag that closes itself; 'cdata' the mark of a CDATA section, always the last. */
export const Step = { open: 0, empty: 1, close: 2, cdata: 3 } as const;
export type Step = (typeof Step)[keyof typeof Step];

/** Numbers a step: what it is, the element's name, where it begins and ends in the stretch, whether text is wanted behind it. */
export const STEP_NUMBERS = 5;

const LONGEST = 512;
const MOST_STEPS = 32;
/** Different stretches of one document; a report has some hundreds. */
const MOST = 1 << 12;
/** Stretches that are looked for behind another. */
const GUESSES = 4;

export class XmlStretch {
  readonly bytes: Uint8Array;
  readonly steps: Int32Array;
  readonly tags: readonly XmlTag[];
  /** Elements that are opened at most at once: whether they still fit is asked before the steps are taken. */
  readonly opens: number;
  /** The bytes as numbers of eight bytes, which are compared at once. */
  readonly #words: Float64Array;
  readonly #guesses: XmlStretch[] = [];
  #beyond: XmlStretch | null = null;

  constructor(bytes: Uint8Array, steps: readonly number[], tags: readonly XmlTag[]) {
    this.bytes = bytes;
    this.steps = Int32Array.from(steps);
    this.tags = tags;
    this.opens = tags.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#words = new Float64Array(bytes.length >> 3);
    for (let i = 0; i < this.#words.length; i++) this.#words[i] = view.getFloat64(i * 8, true);
  }

  /** What is known of places behind this stretch that nothing remembered leads to: a tag with a value of its own, a break. */
  get beyond(): XmlStretch {
    if (this.#beyond === null) {
      this.#beyond = new XmlStretch(new Uint8Array(0), [], []);
      // Such tags may follow each other without end.
      this.#beyond.#beyond = this.#beyond;
    }
    return this.#beyond;
  }

  /** The stretch that stands at `at`, of those that followed this one before. `view` is over `bytes`. */
  next(bytes: Uint8Array, view: DataView, at: number): XmlStretch | null {
    const guesses = this.#guesses;
    for (let i = 0; i < guesses.length; i++) {
      const guess = guesses[i] as XmlStretch;
      if (!guess.#standsAt(bytes, view, at)) continue;
      if (i > 0) {
        guesses[i] = guesses[i - 1] as XmlStretch;
        guesses[i - 1] = guess;
      }
      return guess;
    }
    return null;
  }

  follow(next: XmlStretch): void {
    const guesses = this.#guesses;
    if (guesses.includes(next)) return;
    if (guesses.length < GUESSES) guesses.push(next);
    else guesses[GUESSES - 1] = next;
  }

  #standsAt(bytes: Uint8Array, view: DataView, at: number): boolean {
    const own = this.bytes;
    if (at + own.length > bytes.length) return false;
    const words = this.#words;
    for (let i = 0; i < words.length; i++) if (view.getFloat64(at + i * 8, true) !== words[i]) return false;
    for (let i = words.length * 8; i < own.length; i++) if (own[i] !== bytes[at + i]) return false;
    return true;
  }
}

/**
 * Bytes of ASCII other than zero: as eight-byte numbers these are equal where the bytes are. (Numbers know two zeros that
 * are equal, and some that equal nothing; both need a byte that is none of these.)
 */
function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] === 0 || (bytes[i] as number) >= 128) return false;
  return true;
}

/** The stretches of one document: what was read last, and the one that is written down while its tags are read one by one. */
export class Stretches {
  isOpen = false;
  /** What stands in front of the place that is read now. */
  after = new XmlStretch(new Uint8Array(0), [], []);
  #from = 0;
  #to = 0;
  #steps: number[] = [];
  #tags: XmlTag[] = [];
  readonly #known = new ByteInterner(MOST);
  readonly #stretches: XmlStretch[] = [];
  #isFull = false;

  /** The first tag stands at `at`. */
  begin(at: number): void {
    if (this.#isFull) return;
    this.isOpen = true;
    this.#from = at;
    this.#to = at;
    this.#steps = [];
    this.#tags = [];
  }

  /** Writes a step down, where anything is; a stretch that is long enough, or whose end this `isLast`, is kept. */
  add(
    bytes: Uint8Array,
    step: Step,
    nameId: number,
    start: number,
    end: number,
    wants: boolean,
    tag: XmlTag | null,
    isLast = false
  ): void {
    if (!this.isOpen) return;
    this.#steps.push(step, nameId, start - this.#from, end - this.#from, wants ? 1 : 0);
    if (tag !== null) this.#tags.push(tag);
    this.#to = end;
    if (isLast || end - this.#from >= LONGEST || this.#steps.length >= MOST_STEPS * STEP_NUMBERS) this.keep(bytes);
  }

  /** The end of a piece came in between: what was written down has no end. */
  drop(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.after = this.after.beyond;
  }

  /** Ends what is written down in front of what is no part of it; equal bytes are the same stretch. */
  keep(bytes: Uint8Array): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (this.#steps.length === 0 || this.#to - this.#from > 2 * LONGEST || !isPlain(bytes, this.#from, this.#to)) return;
    const number = this.#known.number(bytes, this.#from, this.#to);
    if (number < 0) {
      this.#isFull = true;
      return;
    }
    const stretch = (this.#stretches[number] ??= new XmlStretch(this.#known.bytesOf(number), this.#steps, this.#tags));
    this.after.follow(stretch);
    this.after = stretch;
  }
}
