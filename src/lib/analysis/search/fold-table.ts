/**
 * [Note: Folding]
 * Search compares folded text: compatibility decomposition (NFKD), marks stripped, lower case, and the letters that
 * Unicode does not decompose but people type plainly (ł as l, ß as ss). So "Şerban" is found by "serban", fancy
 * mathematical letters by plain ones, Arabic with or without vowel marks. Invisible characters vanish, so that they
 * cannot hide a word. Marks of Indic and South-East Asian scripts are vowels and stay. The fold of a UTF-16 unit is
 * worked out once into tables, 256 units at a time when the first of them is met, since all of them would take longer
 * than indexing twenty thousand messages; the scan then is one look-up a unit.
 *
 * Arabic and Persian letters follow the normalisation of Lucene's ArabicNormalizer and PersianNormalizer.
 */
import { ownTable } from '../../evidence/own-table.ts';

/** What a UTF-16 unit is to the scanner. */
export const UnitClass = {
  /** Ends a word. */
  gap: 0,
  /** Part of a word; folds to one unit. */
  word: 1,
  /** A letter of a script written without spaces: indexed as overlapping pairs. */
  pair: 2,
  /** Leaves no trace: marks, zero-width and bidirectional controls. */
  ignored: 3,
  /** Folds to several units, or is half of a surrogate pair: see `expand`. */
  wide: 4,
  /** A pictograph: a token by itself. */
  symbol: 5,
  /** Second unit of a pictograph. */
  symbolTail: 6,
  /** Not worked out yet: see `workOut`. */
  unmade: 7
} as const;

export interface FoldTables {
  readonly fold: Uint16Array;
  readonly unitClass: Uint8Array;
}

/** Letters without a decomposition that are typed as these. */
const LETTERS: Readonly<Record<string, string>> = ownTable({
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ی: 'ي',
  ے: 'ي',
  ک: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ە: 'ه',
  ٱ: 'ا'
});

const MARK = /\p{M}/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const DIGIT = /\p{Nd}/u;
const FORMAT = /\p{Cf}/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
/** Scripts whose marks are vowels: Devanagari to Sinhala, Thai to Myanmar, Khmer, and their supplements. */
const VOWEL_MARKS: readonly (readonly [number, number])[] = [
  [0x0900, 0x109f],
  [0x1780, 0x17ff],
  [0x1a20, 0x1aaf],
  [0xa8e0, 0xa8ff],
  [0xa9e0, 0xaa7f]
];
/** Nukta signs, which chat leaves out. */
const NUKTA = '\u093c\u09bc\u0a3c\u0abc\u0b3c\u0c3c\u0cbc';
/** Scripts written without spaces between words (Hangul has spaces but glues particles on). */
const PAIRED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/u;
/** Skin tones say nothing about which pictograph it is. */
const SKIN_TONE = /[\u{1f3fb}-\u{1f3ff}]/u;
const FLAG_LETTER = /[\u{1f1e6}-\u{1f1ff}]/u;

function isStripped(char: string): boolean {
  if (!MARK.test(char)) return false;
  const code = char.codePointAt(0) as number;
  return NUKTA.includes(char) || !VOWEL_MARKS.some(([from, to]) => code >= from && code <= to);
}
const isHangulSyllable = (code: number): boolean => code >= 0xac00 && code <= 0xd7a3;

/** Any decimal digit as ASCII: Unicode keeps each script's ten in a row that starts at a multiple of ten from zero. */
function asciiDigit(char: string): string {
  const code = char.codePointAt(0) as number;
  let zero = code;
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  // Two scripts' digits may adjoin (mathematical digits do); NFKD has already folded those.
  return String.fromCharCode(0x30 + code - zero);
}

/** Fold of one character by Unicode's own data, the meaning that the tables must have. */
export function foldCharacter(char: string): string {
  const code = char.codePointAt(0) as number;
  if (isHangulSyllable(code)) return char;
  let text = char;
  // Twice, since lower case can bring new marks (İ) and a second look must change nothing.
  for (let round = 0; round < 2; round++) {
    let next = '';
    for (const part of text.normalize('NFKD').toLowerCase().normalize('NFKD')) {
      if (isStripped(part) || FORMAT.test(part) || SKIN_TONE.test(part) || part === 'ـ') continue;
      next += DIGIT.test(part) && part > '9' ? asciiDigit(part) : (LETTERS[part] ?? part);
    }
    text = next;
  }
  return text;
}

function classOfFolded(char: string): number {
  if (PAIRED.test(char) && LETTER.test(char)) return UnitClass.pair;
  if (LETTER.test(char)) return UnitClass.word;
  return PICTOGRAPH.test(char) || FLAG_LETTER.test(char) ? UnitClass.symbol : UnitClass.gap;
}

let made: FoldTables | null = null;

/** The tables over all UTF-16 units; of those whose class is `unmade` the fold is not known before `workOut`. */
export function foldTables(): FoldTables {
  if (made !== null) return made;
  const fold = Uint16Array.from({ length: 65536 }, (_, code) => code);
  const unitClass = new Uint8Array(65536).fill(UnitClass.unmade);
  unitClass.fill(UnitClass.wide, 0xd800, 0xe000);
  unitClass.fill(UnitClass.pair, 0x3400, 0xa000);
  for (let code = 0xac00; isHangulSyllable(code); code++) unitClass[code] = UnitClass.pair;
  made = { fold, unitClass };
  return made;
}

const BLOCK_UNITS = 256;

/** Fills in the tables for `code` and the units around it. */
export function workOut(code: number): void {
  const { fold, unitClass } = foldTables();
  const first = code - (code % BLOCK_UNITS);
  for (let unit = first; unit < first + BLOCK_UNITS; unit++) {
    if (unitClass[unit] !== UnitClass.unmade) continue;
    const folded = foldCharacter(String.fromCharCode(unit));
    if (folded.length === 0) unitClass[unit] = UnitClass.ignored;
    else if (folded.length === 1) {
      fold[unit] = folded.charCodeAt(0);
      unitClass[unit] = classOfFolded(folded);
    } else unitClass[unit] = [...folded].every((part) => classOfFolded(part) === UnitClass.gap) ? UnitClass.gap : UnitClass.wide;
  }
}

export interface Expansion {
  readonly units: Uint16Array;
  readonly classes: Uint8Array;
}

const expansions = new Map<number, Expansion>();
const LONE: Expansion = { units: new Uint16Array([32]), classes: new Uint8Array([UnitClass.gap]) };

/** Folded units of a code point of class `wide`; a lone surrogate is a gap. */
export function expand(codePoint: number): Expansion {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return LONE;
  const known = expansions.get(codePoint);
  if (known !== undefined) return known;
  const units: number[] = [];
  const classes: number[] = [];
  for (const part of foldCharacter(String.fromCodePoint(codePoint))) {
    let unitClass = classOfFolded(part);
    // A pair holds two units, so a letter beyond the basic plane (rare Han) is a token by itself instead.
    if (unitClass === UnitClass.pair && part.length === 2) unitClass = UnitClass.symbol;
    for (let i = 0; i < part.length; i++) {
      units.push(part.charCodeAt(i));
      classes.push(unitClass === UnitClass.symbol && i > 0 ? UnitClass.symbolTail : unitClass);
    }
  }
  const expansion = { units: Uint16Array.from(units), classes: Uint8Array.from(classes) };
  expansions.set(codePoint, expansion);
  return expansion;
}
