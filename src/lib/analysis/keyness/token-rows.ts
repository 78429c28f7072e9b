/**
 * The words of each message in their order, taken back out of the search index: the texts were folded and cut into
 * words once, when they were indexed, and need not be again.
 */
import { hasBit } from '../filter/bits.ts';
import type { Pace } from '../pace.ts';
import { isNumberTerm } from '../search/number-forms.ts';
import { SIDE_BITS, SIDE_OF_KEY, type SearchIndex } from '../search/search-index.ts';
import { termCount, termText, type Segment } from '../search/segment.ts';

/** What a message is read by: the place of a side in `SIDES`, or a number that no side has. */
export const ReadSide = { original: 0, translation: 1, none: 255 } as const;

export interface TokenRows {
  /** Messages that have a text on their side. */
  readonly messages: Uint32Array;
  /** Words of messages[i] are words[starts[i] .. starts[i + 1]): numbers into `texts`, 0 for one that is left out. */
  readonly starts: Float64Array;
  readonly words: Uint32Array;
  /** Word 0 is no word. */
  readonly texts: readonly string[];
}

/** Four digits and more are numbers of accounts, phones and dates: who or when, never a word. Prices and sizes stay. */
const LONG_DIGITS = /^\d{4,}$/;
/** Terms decoded between two looks at the clock. */
const STRIDE = 256;

/**
 * @param sideOf ReadSide of each message
 * @param least words that stand in fewer texts are left out
 */
export async function tokenRows(index: SearchIndex, sideOf: Uint8Array, least: number, pace: Pace): Promise<TokenRows> {
  const segments = index.segments.map(({ segment, dead }) => ({ segment, starts: rowStarts(segment, dead, sideOf) }));
  const { texts, numbers } = numbered(
    segments.map(({ segment }) => segment),
    least
  );
  const counts = segments.map(({ starts }) => starts.rows.length);
  const total = segments.reduce((sum, { starts }) => sum + starts.total, 0);
  const words = new Uint32Array(total);
  let base = 0;
  let done = 0;
  const all = numbers.reduce((sum, list) => sum + list.length, 0);
  const messages = new Uint32Array(counts.reduce((sum, n) => sum + n, 0));
  const starts = new Float64Array(messages.length + 1);
  let row = 0;
  for (const [s, { segment, starts: places }] of segments.entries()) {
    for (const ordinal of places.rows) {
      messages[row] = segment.rowKey[ordinal]! >>> SIDE_BITS;
      starts[row++] = base + places.start[ordinal]!;
    }
    const number = numbers[s] as Uint32Array;
    for (let term = 0; term < number.length; term++) {
      if (number[term] !== 0) place(segment, term, number[term]!, places.start, base, words);
      if (term % STRIDE === 0 && pace.due()) await pace.breathe((done + term) / (2 * all));
    }
    done += number.length;
    base += places.total;
  }
  starts[row] = base;
  return { messages, starts, words, texts };
}

interface Places {
  /** Where each ordinal's words begin; -1 for a row that is not read. */
  readonly start: Int32Array;
  /** Ordinals that are read. */
  readonly rows: Uint32Array;
  readonly total: number;
}

function rowStarts({ rowKey, rowLength }: Segment, dead: Uint32Array | null, sideOf: Uint8Array): Places {
  const start = new Int32Array(rowKey.length).fill(-1);
  const rows = new Uint32Array(rowKey.length);
  let n = 0;
  let total = 0;
  for (let ordinal = 0; ordinal < rowKey.length; ordinal++) {
    const key = rowKey[ordinal]!;
    if (sideOf[key >>> SIDE_BITS] !== (key & SIDE_OF_KEY) || rowLength[ordinal] === 0 || (dead !== null && hasBit(dead, ordinal)))
      continue;
    start[ordinal] = total;
    total += rowLength[ordinal]!;
    rows[n++] = ordinal;
  }
  return { start, rows: rows.subarray(0, n), total };
}

/** One number for each word over all segments; 0 for what is too rare or no word. */
function numbered(segments: readonly Segment[], least: number): { texts: string[]; numbers: Uint32Array[] } {
  const rowsOf = new Map<string, number>();
  const names = segments.map((segment) => {
    const list: string[] = [];
    for (let term = 0; term < termCount(segment); term++) {
      const text = termText(segment, term);
      list.push(text);
      rowsOf.set(text, (rowsOf.get(text) ?? 0) + segment.frequency[term]!);
    }
    return list;
  });
  const texts = [''];
  const numberOf = new Map<string, number>();
  for (const [text, rows] of rowsOf) {
    if (rows < least || isNumberTerm(text) || LONG_DIGITS.test(text)) continue;
    numberOf.set(text, texts.length);
    texts.push(text);
  }
  return { texts, numbers: names.map((list) => Uint32Array.from(list, (text) => numberOf.get(text) ?? 0)) };
}

/** Writes a term's number at each of its places. Reads both streams of [Note: Segments] side by side. */
function place(segment: Segment, term: number, number: number, start: Int32Array, base: number, words: Uint32Array): void {
  const { rows, rowsStart, positions, positionsStart, rowLength } = segment;
  const end = positionsStart[term + 1]!;
  let at = positionsStart[term]!;
  let rowsAt = rowsStart[term]!;
  let ordinal = -1;
  let position = 0;
  let first = -1;
  let length = 0;
  while (at < end) {
    let byte = positions[at++]!;
    let coded = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = positions[at++]!;
      coded |= (byte & 127) << shift;
    }
    if ((coded & 1) === 1) {
      byte = rows[rowsAt++]!;
      let delta = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = rows[rowsAt++]!;
        delta |= (byte & 127) << shift;
      }
      ordinal += delta + 1;
      first = start[ordinal]!;
      length = rowLength[ordinal]!;
      position = 0;
    }
    position += coded >>> 1;
    // Rows longer than the index counts keep their first words.
    if (first >= 0 && position < length) words[base + first + position] = number;
  }
}
