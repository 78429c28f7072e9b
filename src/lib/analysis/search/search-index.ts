/**
 * The inverted index of a case: texts go in as (message, side, text), segments come of them. See [Note: Segments].
 * Holds no text itself; `query-evaluate.ts` asks it, `highlight.ts` finds the places in a row's text again.
 */
import { emptyBits, hasBit, setBit } from '../filter/bits.ts';
import { mergeSegments, type MergeInput } from './segment-merge.ts';
import { segmentBytes, termCount, type Segment } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { TokenScanner } from './token-scanner.ts';

/** A message's own words, their machine English, and what a machine heard in its voice notes. */
export const SIDES = ['original', 'translation', 'transcript'] as const;
export type Side = (typeof SIDES)[number];
/** Sides as bits of a mask: 1 original, 2 translation, 4 transcript. */
export const ALL_SIDES = 7;
/** A row's key is its message's id moved up by so many bits, with the side below. */
export const SIDE_BITS = 2;
/** Mask of a key's side. */
export const SIDE_OF_KEY = 2 ** SIDE_BITS - 1;

/**
 * [Note: Merging]
 * After a commit every segment but the last has more than three times the rows of the next one, or the two are together
 * too large to be merged in one go. So there are at most one and the logarithm to the base of three of the rows, beside
 * those whose size in neighbours is above 16 MB: 1,000,000 short messages stand in 3 to 16. A row is merged again only
 * into something at least a third larger, so that all merges together cost a logarithm of passes. Of a segment never more
 * than half is out of date.
 */
/** A builder is sealed at this many tokens, to bound what an import holds in memory (8 bytes a token). */
const TOKENS_A_SEGMENT = 4_000_000;
/** Neighbours are merged while the newer has at least a third of the older's rows. */
const MERGE_RATIO = 3;
/** Merging segments above this many bytes of postings would stall the worker for over half a second. */
const LARGE_BYTES = 16_000_000;

export interface LiveSegment extends MergeInput {
  dead: Uint32Array | null;
  /** Living rows, those of empty texts included. */
  rows: number;
  /** Living rows that hold words, and words in them, for ranking. */
  texts: number;
  words: number;
}

export class SearchIndex {
  readonly #segments: LiveSegment[] = [];
  #builder: SegmentBuilder | null = null;
  readonly #scanner = new TokenScanner();
  #messages = 0;

  /** Segments that are searched, oldest first; texts added since the last `commit` are not among them. */
  get segments(): readonly LiveSegment[] {
    return this.#segments;
  }

  /** One more than the greatest message id seen. */
  get messageCount(): number {
    return this.#messages;
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, { segment }) => sum + segmentBytes(segment), 0);
  }

  /**
   * Adds the text of one side of a message; a text added later for the same side takes its place. Ids that rise are
   * fastest, any order is right. Searched after `commit`.
   */
  add(messageId: number, side: Side, text: string): void {
    this.#builder ??= new SegmentBuilder();
    this.#scanner.scan(text);
    this.#builder.add(messageId * 2 ** SIDE_BITS + SIDES.indexOf(side), this.#scanner);
    if (messageId >= this.#messages) this.#messages = messageId + 1;
    if (this.#builder.tokens < TOKENS_A_SEGMENT) return;
    this.#seal();
    const newest = this.#segments[this.#segments.length - 1];
    this.#builder = new SegmentBuilder(newest === undefined ? 0 : termCount(newest.segment));
  }

  /** Makes all added texts searchable; drops what later texts have replaced and merges neighbours: see [Note: Merging]. */
  commit(): void {
    this.#seal();
    const segments = this.#segments;
    for (let i = segments.length - 1; i >= 0; i--) {
      const entry = segments[i]!;
      if (entry.rows === 0) segments.splice(i, 1);
      else if (entry.rows * 2 < entry.segment.rowKey.length) segments[i] = live(compacted(entry));
    }
    for (let newer = segments.length - 1; newer > 0;) {
      const [a, b] = [segments[newer - 1]!, segments[newer]!];
      if (a.rows > b.rows * MERGE_RATIO || postingBytes(a.segment) + postingBytes(b.segment) > LARGE_BYTES) newer--;
      else {
        segments.splice(newer - 1, 2, live(mergeSegments(a, b)));
        // What is merged is larger than either was: the newer neighbour is looked at again.
        newer = Math.min(newer, segments.length - 1);
      }
    }
  }

  /** An index of segments of another one, in their order: a later row takes the place of an earlier one of its key. */
  static of(segments: Iterable<Segment>): SearchIndex {
    const index = new SearchIndex();
    for (const segment of segments) index.#append(segment);
    return index;
  }

  /** Whether a text of this side of a message is searched, be it an empty one; of what was committed. */
  holds(messageId: number, side: Side): boolean {
    const key = messageId * 2 ** SIDE_BITS + SIDES.indexOf(side);
    return this.#segments.some(({ segment, dead }) => {
      const ordinal = ordinalOfKey(segment.rowKey, key);
      return ordinal >= 0 && (dead === null || !hasBit(dead, ordinal));
    });
  }

  #seal(): void {
    const builder = this.#builder;
    this.#builder = null;
    if (builder !== null && builder.rows > 0) this.#append(builder.build());
  }

  #append(segment: Segment): void {
    for (const older of this.#segments) replaceRows(older, segment.rowKey);
    this.#segments.push(live(segment));
    const last = segment.rowKey[segment.rowKey.length - 1];
    if (last !== undefined) this.#messages = Math.max(this.#messages, (last >>> SIDE_BITS) + 1);
  }
}

const postingBytes = (segment: Segment): number => segment.rows.length + segment.positions.length;

function live(segment: Segment): LiveSegment {
  let texts = 0;
  let words = 0;
  for (const length of segment.rowLength) {
    if (length > 0) texts++;
    words += length;
  }
  return { segment, dead: null, rows: segment.rowKey.length, texts, words };
}

/** Ordinal of a row by its key, or -1. */
function ordinalOfKey(rowKey: Uint32Array, key: number): number {
  let low = 0;
  let high = rowKey.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rowKey[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return rowKey[low] === key ? low : -1;
}

function kill(entry: LiveSegment, ordinal: number): void {
  entry.dead ??= emptyBits(entry.segment.rowKey.length);
  if (hasBit(entry.dead, ordinal)) return;
  setBit(entry.dead, ordinal);
  const words = entry.segment.rowLength[ordinal]!;
  entry.rows--;
  if (words > 0) entry.texts--;
  entry.words -= words;
}

/** Marks the rows of an older segment that the keys of a newer one replace. */
function replaceRows(older: LiveSegment, keys: Uint32Array): void {
  const { rowKey } = older.segment;
  const last = rowKey[rowKey.length - 1];
  const first = keys[0];
  if (last === undefined || first === undefined || first > last) return;
  let i = 0;
  for (const key of keys) {
    while (i < rowKey.length && rowKey[i]! < key) i++;
    if (i < rowKey.length && rowKey[i] === key) kill(older, i);
  }
}

function compacted(entry: LiveSegment): Segment {
  const none = new SegmentBuilder().build();
  return mergeSegments(entry, { segment: none, dead: null });
}
