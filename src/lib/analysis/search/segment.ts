/**
 * [Note: Segments]
 * The index is a few immutable segments, each made from one import or one batch of translations; small ones are
 * merged as they come, so nothing is ever rebuilt whole.
 *
 * A row is one text: `key` = message id * 4 + side (0 original, 1 translation, 2 transcript). Rows of a segment are numbered in the
 * order of their keys ("ordinals"). A term's rows are two streams of bytes:
 *   rows:      varint(ordinal - previous ordinal - 1) a row
 *   positions: varint(position << 1 | 1) for a row's first, varint(difference << 1) for each further one
 * so a question about words alone never reads a position. Varints: seven bits a byte, low first.
 */
import { packBlock, unpackBlock } from '../../evidence/blocks.ts';
import { compareUnits } from './term-table.ts';

export interface Segment {
  /** Terms in ascending order of units; term i is termUnits[termStart[i] .. termStart[i + 1]). */
  readonly termUnits: Uint16Array;
  readonly termStart: Uint32Array;
  /** Rows that hold the term. */
  readonly frequency: Uint32Array;
  readonly rowsStart: Uint32Array;
  readonly rows: Uint8Array;
  readonly positionsStart: Uint32Array;
  readonly positions: Uint8Array;
  /** Key of each ordinal, ascending. */
  readonly rowKey: Uint32Array;
  /** Words of each row, 65,535 at most. */
  readonly rowLength: Uint16Array;
}

export const termCount = (segment: Segment): number => segment.frequency.length;

export function segmentBytes(segment: Segment): number {
  let sum = 0;
  for (const array of Object.values(segment) as Uint8Array[]) sum += array.byteLength;
  return sum;
}

/** The first term not below `text` by units. */
function lowerBound(segment: Segment, text: string): number {
  const wanted = unitsOf(text);
  const { termUnits, termStart } = segment;
  let low = 0;
  let high = termCount(segment);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareUnits(termUnits, termStart[middle]!, termStart[middle + 1]!, wanted, 0, wanted.length) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The term's number, or -1. */
export function findTerm(segment: Segment, text: string): number {
  const at = lowerBound(segment, text);
  return at < termCount(segment) && termText(segment, at) === text ? at : -1;
}

/** Half-open range of the terms that begin with `text`. */
export function prefixRange(segment: Segment, text: string): [number, number] {
  const from = lowerBound(segment, text);
  const last = text.charCodeAt(text.length - 1);
  // 0xffff is no character, so nothing sorts between the last term of the prefix and this.
  const to = text === '' ? termCount(segment) : lowerBound(segment, text.slice(0, -1) + String.fromCharCode(last + 1));
  return [from, to];
}

export function termText(segment: Segment, term: number): string {
  let text = '';
  for (let i = segment.termStart[term]!; i < segment.termStart[term + 1]!; i++)
    text += String.fromCharCode(segment.termUnits[i]!);
  return text;
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

/** Ordinals of a term's rows. */
export function ordinalsOf(segment: Segment, term: number): Uint32Array {
  const { rows, rowsStart, frequency } = segment;
  const ordinals = new Uint32Array(frequency[term]!);
  let at = rowsStart[term]!;
  let ordinal = -1;
  for (let i = 0; i < ordinals.length; i++) {
    let byte = rows[at++]!;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = rows[at++]!;
      delta += (byte & 127) * 2 ** shift;
    }
    ordinal += delta + 1;
    ordinals[i] = ordinal;
  }
  return ordinals;
}

/** A term's positions: those of the i-th row stand in values[ends[i - 1] .. ends[i]). */
export function positionsOf(segment: Segment, term: number): { ends: Uint32Array; values: Uint32Array } {
  const { positions, positionsStart, frequency } = segment;
  const end = positionsStart[term + 1]!;
  const ends = new Uint32Array(frequency[term]!);
  const values = new Uint32Array(end - positionsStart[term]!);
  let at = positionsStart[term]!;
  let row = -1;
  let n = 0;
  let position = 0;
  while (at < end) {
    let byte = positions[at++]!;
    let coded = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = positions[at++]!;
      coded += (byte & 127) * 2 ** shift;
    }
    if ((coded & 1) === 1) {
      if (row >= 0) ends[row] = n;
      row++;
      position = 0;
    }
    position += coded >>> 1;
    values[n++] = position;
  }
  if (row >= 0) ends[row] = n;
  return { ends, values: values.subarray(0, n) };
}

/** One block for the vault. */
export function packSegment(segment: Segment): Uint8Array<ArrayBuffer> {
  return packBlock('search', { ...segment }, {});
}

/** Reads what `packSegment` wrote; throws BlockError on anything else. */
export function unpackSegment(block: Uint8Array): Segment {
  const { arrays } = unpackBlock(block);
  const u8 = (name: string): Uint8Array => (arrays[name] as Uint8Array | undefined) ?? new Uint8Array();
  const u16 = (name: string): Uint16Array => (arrays[name] as Uint16Array | undefined) ?? new Uint16Array();
  const u32 = (name: string): Uint32Array => (arrays[name] as Uint32Array | undefined) ?? new Uint32Array(1);
  return {
    termUnits: u16('termUnits'),
    termStart: u32('termStart'),
    frequency: u32('frequency'),
    rowsStart: u32('rowsStart'),
    rows: u8('rows'),
    positionsStart: u32('positionsStart'),
    positions: u8('positions'),
    rowKey: u32('rowKey'),
    rowLength: u16('rowLength')
  };
}
