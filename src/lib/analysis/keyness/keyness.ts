/**
 * [Note: Keyness]
 * Which words and word pairs a set of messages uses more than the rest of the case. A term is shown when
 * - enough messages of the set hold it, in enough conversations;
 * - its log-likelihood passes a bound that grows with the number of terms that were tried (`likelihoodBound`);
 * - it still passes without the conversation that uses it most: one talker's habit is not a term of the set;
 * - no shown pair says it better, and it says more than each of its own words.
 * It sees words, messages and conversations. It knows no sender, no language, no lexicon and no glossary.
 *
 * Deterministic: nothing is drawn at random, and equal figures stand in the order of the alphabet.
 */
import { hasBit } from '../filter/bits.ts';
import { Pace, type PaceOptions } from '../pace.ts';
import type { SearchIndex } from '../search/search-index.ts';
import { countPairs, type PairTable } from './pairs.ts';
import { isMoreInside, likelihoodBound, logLikelihood, type TermCounts } from './statistics.ts';
import { tokenRows, type TokenRows } from './token-rows.ts';

export interface KeynessRules {
  /** Messages of the set that must hold a term. */
  readonly leastMessages: number;
  /** Conversations of the set that must; fewer where the set has fewer. */
  readonly leastThreads: number;
  /** Probability that chance alone shows any term at all. */
  readonly familyError: number;
  /** Terms returned, the greatest log-likelihood first. */
  readonly most: number;
}

export const KEYNESS_RULES: KeynessRules = { leastMessages: 5, leastThreads: 3, familyError: 0.01, most: 100 };
/** Terms whose conversations are looked at: above any number that anyone reads. */
const LOOKED_AT = 2000;
/** A word that stands almost only inside a shown pair is not shown beside it. */
const COVERED = 0.9;

export interface KeyTerm extends TermCounts {
  /** Folded words, one or two. */
  readonly words: readonly string[];
  readonly logLikelihood: number;
  /** Conversations of the set that hold it. */
  readonly threads: number;
  /** Messages of the set that hold it, ascending. */
  readonly messages: Uint32Array;
}

export interface Keyness {
  readonly terms: readonly KeyTerm[];
  /** How many passed; more than `terms` where the list was cut. */
  readonly passed: number;
  /** Words and pairs that were tried, and the log-likelihood they had to reach. */
  readonly tried: number;
  readonly bound: number;
  readonly insideOf: number;
  readonly outsideOf: number;
  /** Conversations of the set. With one, nothing can be said about dispersion. */
  readonly threads: number;
}

export interface KeynessInput {
  readonly index: SearchIndex;
  /** ReadSide of each message. */
  readonly sideOf: Uint8Array;
  /** Messages of the set, as bits. */
  readonly set: Uint32Array;
  /** Conversation of each message. */
  readonly threadOf: (message: number) => number;
}

interface Candidate extends TermCounts {
  readonly words: readonly number[];
  readonly g2: number;
}

/** @throws the signal's reason when aborted. */
export async function keyness(
  input: KeynessInput,
  rules: KeynessRules = KEYNESS_RULES,
  options: PaceOptions = {}
): Promise<Keyness> {
  const pace = new Pace(options);
  const rows = await tokenRows(input.index, input.sideOf, rules.leastMessages, pace);
  const { inside, outside, insideOf, outsideOf } = await countWords(rows, input.set, pace);
  const none = { terms: [], passed: 0, tried: 0, bound: 0, insideOf, outsideOf, threads: 0 };
  if (insideOf === 0 || outsideOf === 0) return none;
  const pairs = await countPairs(rows, input.set, rules.leastMessages, pace);
  const tested: Candidate[] = [];
  let tried = 0;
  const test = (words: number[], holdsInside: number, holdsOutside: number): void => {
    if (holdsInside < rules.leastMessages) return;
    tried++;
    const counts = { inside: holdsInside, insideOf, outside: holdsOutside, outsideOf };
    if (isMoreInside(counts)) tested.push({ ...counts, words, g2: logLikelihood(counts) });
  };
  for (let word = 1; word < rows.texts.length; word++) test([word], inside[word]!, outside[word]!);
  for (let pair = 0; pair < pairs.count; pair++)
    test([pairs.first[pair]!, pairs.second[pair]!], pairs.inside[pair]!, pairs.outside[pair]!);
  const bound = likelihoodBound(tried, rules.familyError);
  const textOf = ({ words }: Candidate): string => words.map((word) => rows.texts[word]).join(' ');
  const passing = tested
    .filter(({ g2 }) => g2 >= bound)
    .sort((a, b) => b.g2 - a.g2 || (textOf(a) < textOf(b) ? -1 : 1))
    .slice(0, LOOKED_AT);
  const places = await placesOf(rows, input.set, passing, pairs, pace);
  const sizes = threadSizes(rows, input);
  const spread = passing.flatMap((candidate, i): (Candidate & { threads: number; messages: Uint32Array })[] => {
    const messages = Uint32Array.from(places[i] ?? []).sort();
    const threads = isSpread(candidate, messages, input.threadOf, sizes, rules, bound);
    return threads === 0 ? [] : [{ ...candidate, threads, messages }];
  });
  const shown = withoutEchoes(spread);
  return {
    ...none,
    terms: shown.slice(0, rules.most).map(({ words, g2, ...rest }) => ({
      ...rest,
      words: words.map((word) => rows.texts[word] as string),
      logLikelihood: g2
    })),
    passed: shown.length,
    tried,
    bound,
    threads: sizes.size
  };
}

/** Messages that hold each word, in the set and in the rest. */
async function countWords(
  { messages, starts, words, texts }: TokenRows,
  set: Uint32Array,
  pace: Pace
): Promise<{ inside: Uint32Array; outside: Uint32Array; insideOf: number; outsideOf: number }> {
  const inside = new Uint32Array(texts.length);
  const outside = new Uint32Array(texts.length);
  const last = new Uint32Array(texts.length);
  let insideOf = 0;
  for (let row = 0; row < messages.length; row++) {
    if (row % 4096 === 0 && pace.due()) await pace.breathe(0.5);
    const isInside = hasBit(set, messages[row]!);
    if (isInside) insideOf++;
    const counts = isInside ? inside : outside;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const word = words[at]!;
      if (last[word] === row + 1) continue;
      last[word] = row + 1;
      counts[word]!++;
    }
  }
  return { inside, outside, insideOf, outsideOf: messages.length - insideOf };
}

/** Messages of the set that hold each candidate, once each. */
async function placesOf(
  { messages, starts, words, texts }: TokenRows,
  set: Uint32Array,
  candidates: readonly Candidate[],
  pairs: PairTable,
  pace: Pace
): Promise<number[][]> {
  const places: number[][] = candidates.map(() => []);
  const byWord = new Int32Array(texts.length).fill(-1);
  const byPair = new Int32Array(pairs.count).fill(-1);
  for (const [i, { words: own }] of candidates.entries()) {
    if (own.length === 1) byWord[own[0]!] = i;
    else byPair[pairs.find(own[0]!, own[1]!)] = i;
  }
  const note = (candidate: number, message: number): void => {
    const list = places[candidate] as number[];
    if (list[list.length - 1] !== message) list.push(message);
  };
  for (let row = 0; row < messages.length; row++) {
    if (row % 4096 === 0 && pace.due()) await pace.breathe(0.9 + (0.1 * row) / messages.length);
    const message = messages[row]!;
    if (!hasBit(set, message)) continue;
    let before = 0;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const word = words[at]!;
      if (word !== 0 && byWord[word]! >= 0) note(byWord[word]!, message);
      if (word !== 0 && before !== 0) {
        const pair = pairs.find(before, word);
        if (pair >= 0 && byPair[pair]! >= 0) note(byPair[pair]!, message);
      }
      before = word;
    }
  }
  return places;
}

/** Messages of the set in each of its conversations, of those that have a text. */
function threadSizes({ messages }: TokenRows, { set, threadOf }: KeynessInput): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const message of messages) {
    if (hasBit(set, message)) sizes.set(threadOf(message), (sizes.get(threadOf(message)) ?? 0) + 1);
  }
  return sizes;
}

/** Number of conversations that hold the term; 0 where they are too few or one of them carries it alone. */
function isSpread(
  counts: TermCounts,
  messages: Uint32Array,
  threadOf: (message: number) => number,
  sizes: ReadonlyMap<number, number>,
  rules: KeynessRules,
  bound: number
): number {
  const holding = new Map<number, number>();
  for (const message of messages) holding.set(threadOf(message), (holding.get(threadOf(message)) ?? 0) + 1);
  if (holding.size < Math.min(rules.leastThreads, sizes.size)) return 0;
  if (sizes.size === 1) return holding.size;
  let most = 0;
  for (const count of holding.values()) most = Math.max(most, count);
  for (const [thread, count] of holding) {
    // Of conversations that use it equally often each is left out once: which comes first decides nothing.
    if (count < most) continue;
    const without = { ...counts, inside: counts.inside - count, insideOf: counts.insideOf - (sizes.get(thread) ?? 0) };
    if (without.insideOf === 0 || !isMoreInside(without) || logLikelihood(without) < bound) return 0;
  }
  return holding.size;
}

/** Leaves out pairs that say less than one of their words, then words that stand almost only in a pair that is left. */
function withoutEchoes<C extends Candidate>(candidates: readonly C[]): C[] {
  const wordG2 = new Map<number, number>();
  for (const { words, g2 } of candidates) if (words.length === 1) wordG2.set(words[0]!, g2);
  const telling = candidates.filter(
    ({ words, g2 }) => words.length === 1 || words.every((word) => g2 >= COVERED * (wordG2.get(word) ?? 0))
  );
  const mostInPair = new Map<number, number>();
  for (const { words, inside } of telling) {
    if (words.length === 1) continue;
    for (const word of words) mostInPair.set(word, Math.max(mostInPair.get(word) ?? 0, inside));
  }
  return telling.filter(({ words, inside }) => words.length > 1 || (mostInPair.get(words[0]!) ?? 0) < COVERED * inside);
}
