/**
 * Text to tokens in one pass without a string per token. See [Note: Folding] for what a token's units are and
 * [Note: Numbers] for number tokens.
 *
 * Positions count words from 0. Of a run of letters of a script without spaces each letter takes one position:
 * "ABC" gives AB at 0, BC at 1 and C at 2, so that any part of a run is found as a row of pairs, or, for one letter,
 * as the beginning of a token. Numbers and amounts stand at the position of their last group.
 */
import { DigitGroups } from './digit-groups.ts';
import { expand, foldTables, UnitClass, workOut } from './fold-table.ts';
import { numberForm, numberTerm } from './number-forms.ts';

export const TokenKind = { word: 0, digits: 1, pair: 2, symbol: 3, number: 4, amount: 5 } as const;
/** Units of a word beyond these are not indexed: nobody searches for the tail of a base64 line. */
const MAX_TOKEN_UNITS = 64;
/** A scanner that once met a huge text does not keep buffers above this for the life of the case. */
const KEPT_UNITS = 1 << 18;

// Local names: the scan's loops must not go through a module's accessor for each unit.
const {
  word: WORD,
  pair: PAIR,
  ignored: IGNORED,
  wide: WIDE,
  symbol: SYMBOL,
  symbolTail: SYMBOL_TAIL,
  unmade: UNMADE
} = UnitClass;
const HASH_SEED = 0x811c9dc5 | 0;
const HASH_PRIME = 16777619;

export class TokenScanner {
  /** Tokens found by the last `scan`; the arrays below hold that many and are valid until the next scan. */
  count = 0;
  /** Positions taken: the text's length in words. */
  positions = 0;
  /** Units of all tokens, joined. */
  units = new Uint16Array(4096);
  start = new Int32Array(1024);
  length = new Int32Array(1024);
  /** FNV-1a over the units. */
  hash = new Int32Array(1024);
  position = new Int32Array(1024);
  kind = new Uint8Array(1024);
  /** Half-open UTF-16 range in the text. */
  from = new Int32Array(1024);
  to = new Int32Array(1024);

  readonly #tables = foldTables();
  #folded = new Uint16Array(1024);
  #classes = new Uint8Array(1024);
  #foldedFrom = new Int32Array(1024);
  #foldedTo = new Int32Array(1024);
  #used = 0;
  readonly #groups = new DigitGroups();

  /** Finds the tokens of `text`, in the order of their positions. */
  scan(text: string): void {
    if (this.#folded.length > KEPT_UNITS) this.#sizeFolded(1024);
    const folded = this.#fold(text);
    this.count = 0;
    this.positions = 0;
    this.#used = 0;
    this.#groups.clear();
    const classes = this.#classes;
    let at = 0;
    while (at < folded) {
      const unitClass = classes[at]!;
      let end = at + 1;
      if (unitClass === WORD) end = this.#word(text, at, folded);
      else if (unitClass === PAIR) {
        const isPaired = end < folded && classes[end] === PAIR;
        this.#token(TokenKind.pair, at, isPaired ? end + 1 : end);
      } else if (unitClass === SYMBOL) {
        while (end < folded && classes[end] === SYMBOL_TAIL) end++;
        this.#token(TokenKind.symbol, at, end);
      }
      at = end;
    }
  }

  /** The i-th token's folded text. */
  text(i: number): string {
    let text = '';
    const start = this.start[i]!;
    for (let k = start; k < start + this.length[i]!; k++) text += String.fromCharCode(this.units[k]!);
    return text;
  }

  /** Fills the folded units with their places in the text; returns how many. */
  #fold(text: string): number {
    const { fold, unitClass } = this.#tables;
    const size = text.length;
    if (this.#folded.length < size) this.#sizeFolded(size * 2);
    let n = 0;
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i);
      let c = unitClass[code]!;
      if (c === UNMADE) {
        workOut(code);
        c = unitClass[code]!;
      }
      if (c === WIDE) {
        const point = text.codePointAt(i) as number;
        n = this.#expand(point, n, i, size);
        if (point > 0xffff) i++;
      } else if (c === IGNORED) {
        // A mark belongs to what it stands on when that is highlighted.
        if (n > 0 && this.#foldedTo[n - 1] === i) this.#foldedTo[n - 1] = i + 1;
      } else {
        const unit = fold[code]!;
        if (unit >= 0x1161 && unit <= 0x11c2 && n > 0 && this.#compose(n - 1, unit, i)) continue;
        this.#folded[n] = unit;
        this.#classes[n] = c;
        this.#foldedFrom[n] = i;
        this.#foldedTo[n++] = i + 1;
      }
    }
    return n;
  }

  /** Writes the units of a code point that folds to several; returns the new count. */
  #expand(point: number, n: number, at: number, size: number): number {
    const { units, classes } = expand(point);
    const end = point > 0xffff ? at + 2 : at + 1;
    if (this.#folded.length < n + units.length + size - at) this.#sizeFolded((n + units.length + size) * 2);
    if (units.length === 0 && n > 0 && this.#foldedTo[n - 1] === at) this.#foldedTo[n - 1] = end;
    for (let k = 0; k < units.length; k++) {
      this.#folded[n + k] = units[k]!;
      this.#classes[n + k] = classes[k]!;
      this.#foldedFrom[n + k] = at;
      this.#foldedTo[n + k] = end;
    }
    return n + units.length;
  }

  /** Joins decomposed Hangul (The Unicode Standard, 3.12): true when `unit` went into the syllable at `last`. */
  #compose(last: number, unit: number, at: number): boolean {
    const before = this.#folded[last]!;
    if (this.#foldedTo[last] !== at) return false;
    if (unit <= 0x1175 && before >= 0x1100 && before <= 0x1112) {
      this.#folded[last] = 0xac00 + ((before - 0x1100) * 21 + (unit - 0x1161)) * 28;
    } else if (unit >= 0x11a8 && before >= 0xac00 && before <= 0xd7a3 && (before - 0xac00) % 28 === 0) {
      this.#folded[last] = before + (unit - 0x11a7);
    } else return false;
    this.#foldedTo[last] = at + 1;
    return true;
  }

  #word(text: string, at: number, folded: number): number {
    const units = this.#folded;
    const classes = this.#classes;
    const start = this.#reserve(MAX_TOKEN_UNITS);
    const out = this.units;
    const limit = start + MAX_TOKEN_UNITS;
    let used = start;
    let hash = HASH_SEED;
    let isDigits = true;
    let end = at;
    while (end < folded && classes[end] === WORD) {
      const unit = units[end++]!;
      if (unit < 0x30 || unit > 0x39) isDigits = false;
      if (used < limit) {
        out[used++] = unit;
        hash = Math.imul(hash ^ unit, HASH_PRIME);
      }
    }
    this.#used = used;
    const from = this.#foldedFrom[at]!;
    const to = this.#foldedTo[end - 1]!;
    this.#put(isDigits ? TokenKind.digits : TokenKind.word, start, hash, this.positions++, from, to);
    if (isDigits) this.#numbers(text, from, to);
    return end;
  }

  #numbers(text: string, from: number, to: number): void {
    const position = this.positions - 1;
    this.#groups.add(text, { digits: this.text(this.count - 1), from, to }, (digits, start, isAmount) => {
      const term = isAmount ? digits : numberTerm(numberForm(digits));
      const at = this.#reserve(term.length);
      let hash = HASH_SEED;
      for (let i = 0; i < term.length; i++) {
        const unit = term.charCodeAt(i);
        this.units[this.#used++] = unit;
        hash = Math.imul(hash ^ unit, HASH_PRIME);
      }
      this.#put(isAmount ? TokenKind.amount : TokenKind.number, at, hash, position, start, to);
    });
  }

  #token(kind: number, at: number, end: number): void {
    const start = this.#reserve(end - at);
    let hash = HASH_SEED;
    for (let i = at; i < end; i++) {
      const unit = this.#folded[i]!;
      this.units[this.#used++] = unit;
      hash = Math.imul(hash ^ unit, HASH_PRIME);
    }
    this.#put(kind, start, hash, this.positions++, this.#foldedFrom[at]!, this.#foldedTo[end - 1]!);
  }

  #put(kind: number, start: number, hash: number, position: number, from: number, to: number): void {
    if (this.count === this.start.length) this.#growTokens();
    const i = this.count++;
    this.kind[i] = kind;
    this.start[i] = start;
    this.length[i] = this.#used - start;
    this.hash[i] = hash;
    this.position[i] = position;
    this.from[i] = from;
    this.to[i] = to;
  }

  /** Makes room for `extra` units and gives the place where they begin. */
  #reserve(extra: number): number {
    if (this.#used + extra > this.units.length) {
      const next = new Uint16Array((this.#used + extra) * 2);
      next.set(this.units);
      this.units = next;
    }
    return this.#used;
  }

  #growTokens(): void {
    const grow = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.start = grow(this.start);
    this.length = grow(this.length);
    this.hash = grow(this.hash);
    this.position = grow(this.position);
    this.from = grow(this.from);
    this.to = grow(this.to);
    const kind = new Uint8Array(this.kind.length * 2);
    kind.set(this.kind);
    this.kind = kind;
  }

  #sizeFolded(size: number): void {
    const keep = Math.min(size, this.#folded.length);
    const [folded, classes, from, to] = [this.#folded, this.#classes, this.#foldedFrom, this.#foldedTo];
    this.#folded = new Uint16Array(size);
    this.#classes = new Uint8Array(size);
    this.#foldedFrom = new Int32Array(size);
    this.#foldedTo = new Int32Array(size);
    this.#folded.set(folded.subarray(0, keep));
    this.#classes.set(classes.subarray(0, keep));
    this.#foldedFrom.set(from.subarray(0, keep));
    this.#foldedTo.set(to.subarray(0, keep));
  }
}
