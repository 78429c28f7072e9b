/** Which messages meet a query, and in which order they are worth reading. */
import { allBits, andInto, andNotInto, countBits, emptyBits, hasBit, orInto, rowsOf, setBit } from '../filter/bits.ts';
import { isCallingCode, isSameNumber, NATIONAL, numberOf, numberTerm, type NumberForm } from './number-forms.ts';
import { phraseRows } from './phrase.ts';
import { positiveLeaves, type QueryLeaf, type QueryNode, type RegexLeaf } from './query.ts';
import { ALL_SIDES, SIDE_BITS, SIDE_OF_KEY, SIDES, type LiveSegment, type SearchIndex, type Side } from './search-index.ts';
import { findTerm, ordinalsOf, positionsOf, prefixRange, termCount, termText, type Segment } from './segment.ts';
import { SoundRows } from './sound-rows.ts';

export interface SearchOptions {
  /** Messages of the case; NOT is taken against these. */
  readonly messageCount: number;
  /** Text of one side of a message, null where there is none: patterns are looked for in it. */
  readonly text?: (messageId: number, side: Side) => string | null;
  /** Milliseconds that patterns may take together. */
  readonly patternBudget_ms?: number;
}

export interface SearchResult {
  /** Messages that match, as a bitmap over message ids. */
  readonly bits: Uint32Array;
  readonly total: number;
  /** Messages that a pattern could not be tried on within its time: 0 when the answer is whole. */
  readonly untried: number;
}

const PATTERN_BUDGET_MS = 2000;
/** Messages between two looks at the clock. */
const PATTERN_STRIDE = 256;

const sideMask = (side: Side | null): number => (side === null ? ALL_SIDES : 1 << SIDES.indexOf(side));

/** Finds the messages that meet `query`. */
export function search(index: SearchIndex, query: QueryNode, options: SearchOptions): SearchResult {
  const run = new Evaluation(index, options);
  const bits = run.node(query, null);
  return { bits, total: countBits(bits), untried: run.untried };
}

class Evaluation {
  readonly #index: SearchIndex;
  readonly #options: SearchOptions;
  #patternEnd_ms = Number.NaN;
  untried = 0;

  constructor(index: SearchIndex, options: SearchOptions) {
    this.#index = index;
    this.#options = options;
  }

  /** `within` bounds what a pattern need be tried on; null is everything. */
  node(node: QueryNode, within: Uint32Array | null): Uint32Array {
    const { messageCount } = this.#options;
    if (node.kind === 'not') return andNotInto(allBits(messageCount), this.node(node.part, within));
    if (node.kind === 'or') {
      const bits = emptyBits(messageCount);
      for (const part of node.parts) orInto(bits, this.node(part, within));
      return bits;
    }
    if (node.kind === 'and') {
      // Patterns last: they need only be tried on what the rest leaves.
      const parts = [...node.parts].sort((a, b) => Number(hasPattern(a)) - Number(hasPattern(b)));
      let bits: Uint32Array | null = within === null ? null : within.slice();
      for (const part of parts) {
        const found = this.node(part, bits);
        bits = bits === null ? found : andInto(bits, found);
      }
      return bits ?? allBits(messageCount);
    }
    return node.kind === 'regex' ? this.#pattern(node, within) : this.#leaf(node);
  }

  #leaf(leaf: Exclude<QueryLeaf, RegexLeaf>): Uint32Array {
    const { messageCount } = this.#options;
    const bits = emptyBits(messageCount);
    const mask = sideMask(leaf.side);
    for (const entry of this.#index.segments) {
      if (leaf.kind === 'phrase' && leaf.elements.length > 1) {
        for (const ordinal of phraseRows(entry.segment, leaf.elements)) markRow(entry, ordinal, mask, messageCount, bits);
      } else for (const term of leafTerms(entry, leaf)) markTerm(entry, term, mask, messageCount, bits);
    }
    return bits;
  }

  #pattern(leaf: RegexLeaf, within: Uint32Array | null): Uint32Array {
    const { messageCount, text, patternBudget_ms } = this.#options;
    const bits = emptyBits(messageCount);
    if (text === undefined) return bits;
    if (Number.isNaN(this.#patternEnd_ms)) this.#patternEnd_ms = performance.now() + (patternBudget_ms ?? PATTERN_BUDGET_MS);
    const candidates = rowsOf(within ?? allBits(messageCount));
    const sides = SIDES.filter((side) => leaf.side === null || leaf.side === side);
    for (let i = 0; i < candidates.length; i++) {
      if (i % PATTERN_STRIDE === 0 && performance.now() > this.#patternEnd_ms) {
        this.untried += candidates.length - i;
        break;
      }
      const id = candidates[i]!;
      if (sides.some((side) => leaf.regex.test(text(id, side) ?? ''))) setBit(bits, id);
    }
    return bits;
  }
}

const hasPattern = (node: QueryNode): boolean =>
  node.kind === 'regex' ||
  (node.kind === 'not' && hasPattern(node.part)) ||
  ((node.kind === 'and' || node.kind === 'or') && node.parts.some(hasPattern));

/** Terms of a segment that meet a leaf of one element, or a number. */
function leafTerms({ segment }: LiveSegment, leaf: Exclude<QueryLeaf, RegexLeaf>): number[] {
  if (leaf.kind === 'phrase') {
    const element = leaf.elements[0];
    if (element === undefined) return [];
    if (element.isPrefix) return rangeOf(prefixRange(segment, element.text));
    const term = findTerm(segment, element.text);
    return term < 0 ? [] : [term];
  }
  if (leaf.kind === 'name') return namesLike(segment, leaf.sounds);
  return leaf.kind === 'ending' ? longerNumbers(segment, leaf.digits) : numberTerms(segment, leaf.number);
}

/** Sounds of a segment's terms, read once: a segment never changes. */
const soundRows = new WeakMap<Segment, SoundRows>();

function namesLike(segment: Segment, sounds: Uint8Array): number[] {
  let rows = soundRows.get(segment);
  if (rows === undefined) {
    rows = new SoundRows(termCount(segment), (term) => termText(segment, term));
    soundRows.set(segment, rows);
  }
  return rows.like(sounds);
}

const longerNumbers = (segment: Segment, significant: string): number[] =>
  [true, false].flatMap((isNational) => rangeOf(prefixRange(segment, numberTerm({ significant, isNational }))));

const rangeOf = ([from, to]: readonly [number, number]): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** See [Note: Numbers]: longer numbers that end so begin so when reversed; shorter ones are looked up one by one. */
function numberTerms(segment: Segment, number: NumberForm): number[] {
  const { significant } = number;
  const terms = longerNumbers(segment, significant).filter((term) => isSameNumber(numberOf(termText(segment, term)), number));
  if (number.isNational) return terms;
  for (let drop = 1; drop <= NATIONAL.missing && significant.length - drop >= NATIONAL.fewest; drop++) {
    if (!isCallingCode(significant.slice(0, drop))) continue;
    for (const isNational of [true, false]) {
      const term = findTerm(segment, numberTerm({ significant: significant.slice(drop), isNational }));
      if (term >= 0) terms.push(term);
    }
  }
  return terms;
}

function markRow({ segment, dead }: LiveSegment, ordinal: number, mask: number, messageCount: number, bits: Uint32Array): void {
  const key = segment.rowKey[ordinal]!;
  if (dead !== null && hasBit(dead, ordinal)) return;
  const id = key >>> SIDE_BITS;
  if ((mask & (1 << (key & SIDE_OF_KEY))) !== 0 && id < messageCount) setBit(bits, id);
}

/** Marks the messages of all rows of a term; the innermost loop of search. */
function markTerm(entry: LiveSegment, term: number, mask: number, messageCount: number, bits: Uint32Array): void {
  const { rows, rowsStart, rowKey } = entry.segment;
  const { dead } = entry;
  const end = rowsStart[term + 1]!;
  let at = rowsStart[term]!;
  let ordinal = -1;
  while (at < end) {
    let byte = rows[at++]!;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = rows[at++]!;
      delta |= (byte & 127) << shift;
    }
    ordinal += delta + 1;
    const key = rowKey[ordinal]!;
    const id = key >>> SIDE_BITS;
    if ((mask & (1 << (key & SIDE_OF_KEY))) === 0 || id >= messageCount) continue;
    if (dead !== null && hasBit(dead, ordinal)) continue;
    bits[id >>> 5]! |= 1 << (id & 31);
  }
}

/** Okapi BM25's usual constants (Robertson and Zaragoza 2009). */
const K1 = 1.2;
const B = 0.75;
/** Scores are compared in this many steps, so that rounding differs nowhere. */
const SCORE_STEPS = 1 << 20;

/**
 * The messages of `bits` by relevance, best first, then by id. Okapi BM25 over rows; a message that matches on both
 * sides has the sum of both. Words under NOT and patterns add nothing.
 */
export function rank(index: SearchIndex, query: QueryNode, bits: Uint32Array): Uint32Array {
  const scores = new Float64Array(bits.length * 32);
  const rows = index.segments.reduce((sum, entry) => sum + entry.texts, 0);
  const words = index.segments.reduce((sum, entry) => sum + entry.words, 0);
  const meanLength = rows === 0 ? 1 : Math.max(1, words / rows);
  for (const leaf of positiveLeaves(query)) {
    if (leaf.kind === 'regex') continue;
    // Each word of a phrase counts by itself: `bits` already holds only messages where they stand together.
    const singles = leaf.kind === 'phrase' ? leaf.elements.map((element) => ({ ...leaf, elements: [element] })) : [leaf];
    for (const single of singles) {
      const found = index.segments.map((entry) => ({ entry, terms: leafTerms(entry, single) }));
      const frequency = found.reduce(
        (sum, { entry, terms }) => sum + terms.reduce((n, term) => n + livingRows(entry, term), 0),
        0
      );
      const idf = Math.log(1 + Math.max(0.5, rows - frequency + 0.5) / (frequency + 0.5));
      for (const { entry, terms } of found)
        for (const term of terms) addScores(entry, term, sideMask(leaf.side), idf, meanLength, bits, scores);
    }
  }
  const ids = rowsOf(bits);
  let greatest = 0;
  for (const id of ids) greatest = Math.max(greatest, scores[id]!);
  // One exact number a message, score before id, so that the engine's own sort of numbers does the rest.
  const keys = new Float64Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const step = greatest === 0 ? 0 : Math.round((1 - scores[ids[i]!]! / greatest) * SCORE_STEPS);
    keys[i] = step * 0x1_0000_0000 + ids[i]!;
  }
  keys.sort();
  return Uint32Array.from(keys, (key) => key % 0x1_0000_0000);
}

/** Rows of a term that no later text has replaced: an index that grew ranks as one that was built in one go. */
function livingRows({ segment, dead }: LiveSegment, term: number): number {
  const all = segment.frequency[term]!;
  if (dead === null) return all;
  return ordinalsOf(segment, term).reduce((n, ordinal) => (hasBit(dead, ordinal) ? n - 1 : n), all);
}

function addScores(
  entry: LiveSegment,
  term: number,
  mask: number,
  idf: number,
  meanLength: number,
  bits: Uint32Array,
  scores: Float64Array
): void {
  const { segment, dead } = entry;
  const ordinals = ordinalsOf(segment, term);
  const { ends } = positionsOf(segment, term);
  for (let i = 0; i < ordinals.length; i++) {
    const ordinal = ordinals[i]!;
    const key = segment.rowKey[ordinal]!;
    const id = key >>> SIDE_BITS;
    if ((mask & (1 << (key & SIDE_OF_KEY))) === 0 || !hasBit(bits, id) || (dead !== null && hasBit(dead, ordinal))) continue;
    const count = ends[i]! - (i === 0 ? 0 : ends[i - 1]!);
    const length = segment.rowLength[ordinal]! / meanLength;
    scores[id]! += (idf * count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
  }
}
