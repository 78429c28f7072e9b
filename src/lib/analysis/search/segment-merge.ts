/** Two segments as one, without the rows that a later text has replaced. See [Note: Segments]. */
import { hasBit } from '../filter/bits.ts';
import { putVarint } from './segment-builder.ts';
import { ordinalsOf, termCount, type Segment } from './segment.ts';
import { compareUnits } from './term-table.ts';

export interface MergeInput {
  readonly segment: Segment;
  /** Ordinals that are out of date; null when none is. */
  readonly dead: Uint32Array | null;
}

const DROPPED = 0xffffffff;

/** A byte array that grows. */
class ByteSink {
  bytes: Uint8Array;
  length = 0;
  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity + 16);
  }
  reserve(extra: number): void {
    if (this.length + extra <= this.bytes.length) return;
    const next = new Uint8Array((this.length + extra) * 2);
    next.set(this.bytes);
    this.bytes = next;
  }
  varint(value: number): void {
    this.reserve(5);
    this.length = putVarint(this.bytes, this.length, value);
  }
  copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    // A row's positions are a byte or two: a loop beats a call of set.
    for (let i = start; i < end; i++) this.bytes[this.length++] = from[i]!;
  }
}

/** A term's rows of one segment, walked in step with their positions' bytes. */
class RowWalk {
  #input: MergeInput;
  #newOrdinal: Uint32Array;
  #ordinals: Uint32Array = new Uint32Array();
  #at = 0;
  #next = 0;
  #positionsEnd = 0;
  /** New ordinal of the current row, or DROPPED at the end. */
  ordinal = DROPPED;
  from = 0;
  to = 0;

  constructor(input: MergeInput, newOrdinal: Uint32Array) {
    this.#input = input;
    this.#newOrdinal = newOrdinal;
  }

  start(term: number): void {
    const { segment } = this.#input;
    this.#ordinals = term < 0 ? new Uint32Array() : ordinalsOf(segment, term);
    this.#at = 0;
    this.#next = term < 0 ? 0 : segment.positionsStart[term]!;
    this.#positionsEnd = term < 0 ? 0 : segment.positionsStart[term + 1]!;
    this.advance();
  }

  advance(): void {
    const { positions } = this.#input.segment;
    while (this.#at < this.#ordinals.length) {
      const ordinal = this.#newOrdinal[this.#ordinals[this.#at++]!]!;
      this.from = this.#next;
      let at = this.#next;
      do {
        while (positions[at]! > 127) at++;
        at++;
        // The next row's first position has its low bit set.
      } while (at < this.#positionsEnd && (positions[at]! & 1) === 0);
      this.#next = this.to = at;
      if (ordinal !== DROPPED) {
        this.ordinal = ordinal;
        return;
      }
    }
    this.ordinal = DROPPED;
  }
}

/** Merges `a` and `b`; no living row may be in both. */
export function mergeSegments(a: MergeInput, b: MergeInput): Segment {
  const { rowKey, rowLength, ofA, ofB } = mergeRows(a, b);
  const [A, B] = [a.segment, b.segment];
  const [countA, countB] = [termCount(A), termCount(B)];
  const termUnits = new Uint16Array(A.termUnits.length + B.termUnits.length);
  const capacity = countA + countB;
  const termStart = new Uint32Array(capacity + 1);
  const frequency = new Uint32Array(capacity);
  const rowsStart = new Uint32Array(capacity + 1);
  const positionsStart = new Uint32Array(capacity + 1);
  const rows = new ByteSink(A.rows.length + B.rows.length);
  const positions = new ByteSink(A.positions.length + B.positions.length);
  const walkA = new RowWalk(a, ofA);
  const walkB = new RowWalk(b, ofB);
  let terms = 0;
  let i = 0;
  let j = 0;
  while (i < countA || j < countB) {
    const order = i >= countA ? 1 : j >= countB ? -1 : compareTerms(A, i, B, j);
    walkA.start(order <= 0 ? i : -1);
    walkB.start(order >= 0 ? j : -1);
    let last = -1;
    let found = 0;
    while (walkA.ordinal !== DROPPED || walkB.ordinal !== DROPPED) {
      const isA = walkA.ordinal < walkB.ordinal;
      const walk = isA ? walkA : walkB;
      rows.varint(walk.ordinal - last - 1);
      positions.copy((isA ? A : B).positions, walk.from, walk.to);
      last = walk.ordinal;
      found++;
      walk.advance();
    }
    if (found > 0) {
      const [from, term] = order <= 0 ? [A, i] : [B, j];
      const units = from.termUnits.subarray(from.termStart[term]!, from.termStart[term + 1]!);
      termUnits.set(units, termStart[terms]!);
      frequency[terms] = found;
      termStart[terms + 1] = termStart[terms]! + units.length;
      rowsStart[terms + 1] = rows.length;
      positionsStart[++terms] = positions.length;
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return {
    termUnits: termUnits.slice(0, termStart[terms]!),
    termStart: termStart.slice(0, terms + 1),
    frequency: frequency.slice(0, terms),
    rowsStart: rowsStart.slice(0, terms + 1),
    rows: rows.bytes.slice(0, rows.length),
    positionsStart: positionsStart.slice(0, terms + 1),
    positions: positions.bytes.slice(0, positions.length),
    rowKey,
    rowLength
  };
}

function compareTerms(a: Segment, i: number, b: Segment, j: number): number {
  return compareUnits(a.termUnits, a.termStart[i]!, a.termStart[i + 1]!, b.termUnits, b.termStart[j]!, b.termStart[j + 1]!);
}

/** Keys of both in order, and where each old ordinal goes. */
function mergeRows(
  a: MergeInput,
  b: MergeInput
): { rowKey: Uint32Array; rowLength: Uint16Array; ofA: Uint32Array; ofB: Uint32Array } {
  const [keysA, keysB] = [a.segment.rowKey, b.segment.rowKey];
  const ofA = new Uint32Array(keysA.length).fill(DROPPED);
  const ofB = new Uint32Array(keysB.length).fill(DROPPED);
  const rowKey = new Uint32Array(keysA.length + keysB.length);
  const rowLength = new Uint16Array(rowKey.length);
  let n = 0;
  let i = 0;
  let j = 0;
  for (;;) {
    while (i < keysA.length && a.dead !== null && hasBit(a.dead, i)) i++;
    while (j < keysB.length && b.dead !== null && hasBit(b.dead, j)) j++;
    if (i >= keysA.length && j >= keysB.length) break;
    const isA = j >= keysB.length || (i < keysA.length && keysA[i]! < keysB[j]!);
    rowKey[n] = isA ? keysA[i]! : keysB[j]!;
    rowLength[n] = isA ? a.segment.rowLength[i]! : b.segment.rowLength[j]!;
    if (isA) ofA[i++] = n++;
    else ofB[j++] = n++;
  }
  return { rowKey: rowKey.slice(0, n), rowLength: rowLength.slice(0, n), ofA, ofB };
}
