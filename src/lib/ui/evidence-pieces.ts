/**
 * Cuts a text of unknown origin into pieces that are safe to show: plain text, search hits, and invisible characters
 * as marks with their names. Nothing is dropped: the plain pieces and the marks together are the whole text.
 */
export interface EvidencePiece {
  readonly kind: 'text' | 'hit' | 'mark';
  readonly text: string;
  /** Short name of an invisible character, e.g. 'RLO'; '' for other kinds. */
  readonly name: string;
}

/** Names from the Unicode character database, cut to their usual abbreviations. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00ad, 'SHY'],
  [0x061c, 'ALM'],
  [0x180e, 'MVS'],
  [0x200b, 'ZWSP'],
  [0x200c, 'ZWNJ'],
  [0x200d, 'ZWJ'],
  [0x200e, 'LRM'],
  [0x200f, 'RLM'],
  [0x2028, 'LSEP'],
  [0x2029, 'PSEP'],
  [0x202a, 'LRE'],
  [0x202b, 'RLE'],
  [0x202c, 'PDF'],
  [0x202d, 'LRO'],
  [0x202e, 'RLO'],
  [0x2060, 'WJ'],
  [0x2066, 'LRI'],
  [0x2067, 'RLI'],
  [0x2068, 'FSI'],
  [0x2069, 'PDI'],
  [0xfeff, 'BOM']
]);

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const SPECIAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Joiners belong to the writing itself inside emoji and in scripts that shape with them. */
const SHAPED =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{sc=Arabic}\p{sc=Syriac}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Gurmukhi}\p{sc=Gujarati}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Sinhala}\p{sc=Khmer}]$/u;

/**
 * @param ranges half-open UTF-16 ranges of search hits, ascending and apart; what lies outside the text is cut off.
 */
export function evidencePieces(text: string, ranges: readonly (readonly [number, number])[] = []): EvidencePiece[] {
  const pieces: EvidencePiece[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    const start = Math.max(at, Math.min(from, text.length));
    const end = Math.max(start, Math.min(to, text.length));
    addMarked(pieces, text, at, start, 'text');
    addMarked(pieces, text, start, end, 'hit');
    at = end;
  }
  addMarked(pieces, text, at, text.length, 'text');
  return pieces;
}

function addMarked(pieces: EvidencePiece[], whole: string, from: number, to: number, kind: 'text' | 'hit'): void {
  const text = whole.slice(from, to);
  let at = 0;
  for (const match of text.matchAll(SPECIAL)) {
    const code = text.charCodeAt(match.index);
    const isJoiner = code === 0x200c || code === 0x200d;
    const before = from + match.index;
    if (isJoiner && SHAPED.test(whole.slice(Math.max(0, before - 3), before))) continue;
    if (match.index > at) pieces.push({ kind, text: text.slice(at, match.index), name: '' });
    pieces.push({
      kind: 'mark',
      text: match[0],
      name: NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    });
    at = match.index + 1;
  }
  if (at < text.length) pieces.push({ kind, text: text.slice(at), name: '' });
}
