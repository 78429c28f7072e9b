/**
 * The inverted index of a case: texts go in as (message, side, text), segments come of them. See [Note: Segments].
 * Holds no text itself; `query-evaluate.ts` asks it, `highlight.ts` finds the places in a row's text again.
 */
import { emptyBits, hasBit, setBit } from '../filter/bits.ts';
import { mergeSegments, type MergeInput } from './segment-merge.ts';
import { packSegment, segmentBytes, termCount, unpackSegment, type Segment } from './segment.ts';
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

/** A builder is sealed at this many tokens, to bound what an import holds in memory (8 bytes a token). */
const TOKENS_A_SEGMENT = 4_000_000;
/** Neighbours are merged while the newer has at least a third of the older's rows. */
const MERGE_RATIO = 3;
/** Merging segments above this many bytes of postings would stall the worker for over half a second. */
const LARGE_BYTES = 16_000_000;

export interface LiveSegment extends MergeInput {
  dead: Uint32Array | null;
  /** Living rows and words in them, for ranking. */
  rows: number;
  words: number;
}

export class SearchIndex {
  readonly #segments: { segment: Segment; dead: Uint32Array | null; rows: number; words: number }[] = [];
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

  /** Makes all added texts searchable and merges small segments. */
  commit(): void {
    this.#seal();
    const segments = this.#segments;
    for (;;) {
      const newer = segments[segments.length - 1];
      const older = segments[segments.length - 2];
      if (newer === undefined || older === undefined) return;
      if (older.rows > newer.rows * MERGE_RATIO) return;
      if (postingBytes(older.segment) + postingBytes(newer.segment) > LARGE_BYTES) return;
      segments.splice(-2, 2, live(mergeSegments(older, newer)));
    }
  }

  /** Drops every text of messages from `messageId` on: an import that was undone. */
  truncate(messageId: number): void {
    this.#seal();
    for (const entry of this.#segments) {
      const { rowKey } = entry.segment;
      for (let i = rowKey.length - 1; i >= 0 && rowKey[i]! >= messageId * 2 ** SIDE_BITS; i--) kill(entry, i);
    }
    for (let i = this.#segments.length - 1; i >= 0; i--) if (this.#segments[i]!.rows === 0) this.#segments.splice(i, 1);
    this.#messages = Math.min(this.#messages, messageId);
  }

  /** The committed index as blocks for the vault, free of replaced texts. */
  pack(): Uint8Array[] {
    return this.#segments.map((entry) => packSegment(entry.dead === null ? entry.segment : compacted(entry)));
  }

  /** Fills an empty index from blocks that `pack` wrote, in the same order. */
  static unpack(blocks: Iterable<Uint8Array>): SearchIndex {
    const index = new SearchIndex();
    for (const block of blocks) index.#append(unpackSegment(block));
    return index;
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

function live(segment: Segment): { segment: Segment; dead: Uint32Array | null; rows: number; words: number } {
  let words = 0;
  for (const length of segment.rowLength) words += length;
  return { segment, dead: null, rows: segment.rowKey.length, words };
}

function kill(entry: LiveSegment, ordinal: number): void {
  entry.dead ??= emptyBits(entry.segment.rowKey.length);
  if (hasBit(entry.dead, ordinal)) return;
  setBit(entry.dead, ordinal);
  entry.rows--;
  entry.words -= entry.segment.rowLength[ordinal]!;
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
