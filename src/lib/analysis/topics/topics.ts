/**
 * What the talk is about: conversation windows, their word and character vectors in the 64 main directions of those (or
 * vectors that a model gives, where one is at hand), and density clusters among them. Windows that fit nowhere are outliers and stay visible.
 */
import { Pace, type PaceOptions } from '../pace.ts';
import { hdbscan, type Clusters } from './hdbscan.ts';
import type { Neighbours } from './knn.ts';
import { topicQuotes, topicTerms } from './labels.ts';
import { listsOnBest, type LendCard, type ListsBy } from './lists.ts';
import { planeOf } from './map.ts';
import { coreDistances, exactSpanningTree, neighbourSpanningTree } from './spanning.ts';
import { truncatedSvd, unitRows, type DensePoints } from './svd.ts';
import { vectorise } from './vectorise.ts';
import { conversationWindows, type MessageStream, type WindowRules } from './windows.ts';
import { topicWords } from './words.ts';

export interface TopicOptions extends PaceOptions {
  readonly seed?: number;
  readonly windows?: WindowRules;
  /** Windows a topic needs. Default: a third of the root of their number, 5 to 100. */
  readonly minClusterSize?: number;
  /** Above this the smallest size rises until it holds: nobody reads two hundred topics. */
  readonly maxTopics?: number;
  /**
   * Vectors of texts by a model, in place of those of their words; one a text, in order. What all windows have in common
   * is taken off them, since models put all texts into one corner and the cosines below are those of words.
   */
  readonly vectorsOf?: ((texts: readonly string[], pace: PaceOptions) => Promise<DensePoints>) | undefined;
  /** Lends a graphics card for the lists of neighbours: they are the same with one as without. */
  readonly card?: LendCard | null | undefined;
}

export interface Topic {
  /** Words that set it apart, heaviest first. */
  readonly terms: readonly string[];
  /** Windows of the cluster itself, and those near enough to be counted with it. */
  readonly coreWindows: number;
  readonly nearWindows: number;
  readonly messages: number;
  /** Up to three rows, from the most central windows. */
  readonly quotes: readonly number[];
  /** NaN where no row has a time. */
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface TopicResult {
  /** Rows of window w are windowRows[windowOffsets[w] .. windowOffsets[w+1]). */
  readonly windowOffsets: Uint32Array;
  readonly windowRows: Uint32Array;
  /** Topic per window, -1 for outliers. */
  readonly windowTopic: Int32Array;
  /** Share of 1 that a window belongs to its cluster; 0 for those only near it, and outliers. */
  readonly windowMembership: Float64Array;
  /** Topic per row of the stream; -1 also for rows without text. */
  readonly rowTopic: Int32Array;
  /** Largest first. */
  readonly topics: readonly Topic[];
  readonly outlierWindows: number;
  readonly how: TopicsHow;
  /** The windows that hold words of their own, with their places in a plane where like ones lie near each other. */
  readonly plane: { readonly window: Uint32Array; readonly x: Float32Array; readonly y: Float32Array };
}

/** How these topics came about, for whoever asks why they see them. Cosines and shares are of 1. */
export interface TopicsHow {
  /** Of the method; with the same messages, vectors and seed it gives the same topics. */
  readonly version: number;
  readonly vectors: 'words' | 'model';
  readonly dims: number;
  readonly lists: ListsBy;
  /** Windows without words of their own are in no topic and not on the map. */
  readonly emptyWindows: number;
  /** Windows that are counted with a topic for being near its middle. */
  readonly nearWindows: number;
  readonly neighbours: number;
  readonly minSamples: number;
  /** As it was in the end: it rises while there are more than the most topics. */
  readonly minClusterSize: number;
  readonly maxTopics: number;
  readonly nearCosine: number;
  readonly leastCohesion: number;
  readonly largestShare: number;
  readonly seed: number;
}

/** Rises with every change that may give other topics of the same messages. */
const VERSION = 2;
/** 128 separated labelled texts little better (tests/bench/topics.ts) for three times the work. */
const DIMS = 64;
/**
 * Windows that the directions are taken from; more are put into the same directions. The decomposition of 10,000 windows
 * took 15 of 26 s of CPU; at 100,000 windows of 30 planted subjects all were found from so many (tests/bench/topics.ts).
 */
const FIT_WINDOWS = 20_000;
/** Counts the window itself. Fewer makes chains of near-copies into topics, more drops small topics. */
const MIN_SAMPLES = 5;
const NEIGHBOURS = 15;
/** All pairs up to here: about two seconds. Above, the tree of the neighbour lists, which finds the same clusters. */
const EXACT_WINDOWS = 3000;
/** Distances of unit vectors under this are the same text for a reader. */
const SAME_TEXT = 0.1;
/**
 * An outlier with at least this cosine to the centre of a topic is counted with it, marked as near. On labelled texts
 * 0.6 more than halves the outliers; lower values took in more and agreed less.
 */
const NEAR_COSINE = 0.6;
/**
 * A cluster whose members have less than this mean cosine to their centre is no topic: density clusters also gather
 * what is only equally far from everything.
 */
const LEAST_COHESION = 0.5;
const MAX_TOPICS = 40;
/** A "topic" of more than this share of the windows is the language of the phone, not a subject. */
const LARGEST_SHARE = 0.4;

/** @throws the signal's reason when aborted. */
export async function findTopics(stream: MessageStream, options: TopicOptions = {}): Promise<TopicResult> {
  const pace = new Pace(options);
  const within = (from: number, to: number): PaceOptions => ({
    signal: options.signal,
    every_ms: options.every_ms,
    onProgress: (share) => options.onProgress?.(from + share * (to - from))
  });
  const windows = conversationWindows(stream, options.windows);
  await pace.breathe(0.05);
  // One string a word: cut out of their texts they would hold all of these in memory.
  const known = new Map<string, string>();
  const words = windows.texts.map((text) => topicWords(text).map((word) => known.get(word) ?? remember(known, word)));
  await pace.breathe(0.1);
  const { points: all, isEmpty } = unitRows(
    options.vectorsOf === undefined
      ? await vectorsOfWords(words, { seed: options.seed ?? 1, ...within(0.15, 0.5) })
      : withoutMean(await options.vectorsOf(windows.texts, within(0.1, 0.5)))
  );
  const filled = Uint32Array.from([...isEmpty.keys()].filter((w) => isEmpty[w] === 0));
  const points = pickRows(all, filled);
  const { neighbours, by } = await listsOnBest(points, NEIGHBOURS, {
    ...within(0.5, 0.75),
    seed: options.seed,
    card: options.card
  });
  const clusters = await cluster(points, neighbours, options, within(0.75, 0.8));
  const near = adoptNear(points, clusters);

  const windowTopic = new Int32Array(windows.count).fill(-1);
  const windowMembership = new Float64Array(windows.count);
  filled.forEach((w, p) => {
    windowTopic[w] = near.label[p]!;
    windowMembership[w] = clusters.membership[p]!;
  });
  const terms = topicTerms(words, windowTopic, clusters.count, 8);
  const rowsOf = (w: number): Uint32Array => windows.rows.subarray(windows.offsets[w], windows.offsets[w + 1]);
  const rowTopic = new Int32Array(stream.count).fill(-1);
  for (let w = 0; w < windows.count; w++) for (const row of rowsOf(w)) rowTopic[row] = windowTopic[w]!;

  const members = Array.from({ length: clusters.count }, (): number[] => []);
  filled.forEach((_, p) => {
    if (near.label[p]! >= 0) members[near.label[p]!]!.push(p);
  });
  const topics = members.map((list, t): Topic => {
    // Of those in the cluster itself the nearest to its centre.
    const central = list
      .filter((p) => clusters.label[p] === t)
      .sort((a, b) => near.cosine[b]! - near.cosine[a]! || a - b)
      .slice(0, 30)
      .map((p) => filled[p]!);
    let messages = 0;
    let firstMs = NaN;
    let lastMs = NaN;
    for (const p of list) {
      for (const row of rowsOf(filled[p]!)) {
        messages++;
        const time = stream.utcMs[row]!;
        if (Number.isNaN(time)) continue;
        if (!(firstMs <= time)) firstMs = time;
        if (!(lastMs >= time)) lastMs = time;
      }
    }
    const coreWindows = list.filter((p) => clusters.label[p] === t).length;
    return {
      terms: terms[t]!.map(({ term }) => term),
      coreWindows,
      nearWindows: list.length - coreWindows,
      messages,
      quotes: topicQuotes(central, rowsOf, stream.textOf, terms[t]!, 3),
      firstMs,
      lastMs
    };
  });
  const plane = await planeOf(points, neighbours, options.seed ?? 1, within(0.8, 0.99));
  await pace.breathe(1);
  return {
    windowOffsets: windows.offsets,
    windowRows: windows.rows,
    windowTopic,
    windowMembership,
    rowTopic,
    topics,
    outlierWindows: windowTopic.reduce((sum, topic) => sum + (topic < 0 ? 1 : 0), 0),
    how: {
      version: VERSION,
      vectors: options.vectorsOf === undefined ? 'words' : 'model',
      dims: points.dims,
      lists: by,
      emptyWindows: windows.count - points.count,
      nearWindows: topics.reduce((sum, { nearWindows }) => sum + nearWindows, 0),
      neighbours: NEIGHBOURS,
      minSamples: MIN_SAMPLES,
      minClusterSize: clusters.minClusterSize,
      maxTopics: options.maxTopics ?? MAX_TOPICS,
      nearCosine: NEAR_COSINE,
      leastCohesion: LEAST_COHESION,
      largestShare: LARGEST_SHARE,
      seed: options.seed ?? 1
    },
    plane: { window: filled, ...plane }
  };
}

function vectorsOfWords(
  words: readonly (readonly string[])[],
  options: PaceOptions & { readonly seed: number }
): Promise<DensePoints> {
  return truncatedSvd(vectorise(words), { dims: DIMS, fitRows: FIT_WINDOWS, ...options });
}

/** Points around their own middle: the first step of Mu and Viswanath (2018). */
export function withoutMean({ count, dims, values }: DensePoints): DensePoints {
  const mean = new Float64Array(dims);
  for (let i = 0; i < count * dims; i++) mean[i % dims]! += values[i]! / count;
  return { count, dims, values: values.map((value, i) => value - mean[i % dims]!) };
}

function remember(known: Map<string, string>, word: string): string {
  known.set(word, word);
  return word;
}

/** Lists of neighbours with the settings above. Exported for the quality benchmark, as `cluster` is. */
export async function neighboursOf(points: DensePoints, options: TopicOptions, pace: PaceOptions = {}): Promise<Neighbours> {
  return (await listsOnBest(points, NEIGHBOURS, { ...pace, seed: options.seed ?? 1 })).neighbours;
}

/** Clusters of unit vectors with the settings above. */
export async function cluster(
  points: DensePoints,
  neighbours: Neighbours,
  options: TopicOptions,
  pace: PaceOptions = {}
): Promise<Clusters & { readonly minClusterSize: number }> {
  const core = coreDistances(neighbours, MIN_SAMPLES);
  const tree =
    points.count <= EXACT_WINDOWS
      ? await exactSpanningTree(points, core, { signal: pace.signal, every_ms: pace.every_ms })
      : neighbourSpanningTree(points, neighbours, core);
  let minClusterSize = options.minClusterSize ?? Math.max(5, Math.min(100, Math.round(Math.sqrt(points.count) / 3)));
  for (;;) {
    const clusters = hdbscan(tree, { minClusterSize, maxClusterSize: LARGEST_SHARE * points.count, distanceFloor: SAME_TEXT });
    if (clusters.count <= (options.maxTopics ?? MAX_TOPICS)) return { ...cohesive(points, clusters), minClusterSize };
    minClusterSize = Math.ceil(minClusterSize * 1.2);
  }
}

/** Without the clusters that hang together loosely. */
function cohesive(points: DensePoints, clusters: Clusters): Clusters {
  const { label, cosine } = adoptNear(points, clusters, Infinity);
  const sum = new Float64Array(clusters.count);
  const size = new Float64Array(clusters.count);
  label.forEach((c, p) => {
    if (c < 0) return;
    sum[c]! += cosine[p]!;
    size[c]!++;
  });
  const renamed = new Int32Array(clusters.count).fill(-1);
  let count = 0;
  for (let c = 0; c < clusters.count; c++) if (sum[c]! / size[c]! >= LEAST_COHESION) renamed[c] = count++;
  const kept = clusters.label.map((c) => (c < 0 ? -1 : renamed[c]!));
  return { label: kept, membership: clusters.membership.map((share, p) => (kept[p]! < 0 ? 0 : share)), count };
}

/** Gives outliers near a topic's centre that topic; also the cosine of every point to the centre of its topic. */
export function adoptNear(
  points: DensePoints,
  clusters: Clusters,
  nearCosine = NEAR_COSINE
): { label: Int32Array; cosine: Float64Array } {
  const { count, dims, values } = points;
  const centres = new Float64Array(clusters.count * dims);
  for (let p = 0; p < count; p++) {
    const c = clusters.label[p]!;
    if (c >= 0) for (let d = 0; d < dims; d++) centres[c * dims + d]! += values[p * dims + d]!;
  }
  for (let c = 0; c < clusters.count; c++) {
    let squares = 0;
    for (let d = 0; d < dims; d++) squares += centres[c * dims + d]! ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let d = 0; d < dims; d++) centres[c * dims + d]! *= scale;
  }
  const label = clusters.label.slice();
  const cosine = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    const own = clusters.label[p]!;
    let best = own;
    let bestCosine = own < 0 ? nearCosine : -Infinity;
    for (let c = own < 0 ? 0 : own; c < (own < 0 ? clusters.count : own + 1); c++) {
      let sum = 0;
      for (let d = 0; d < dims; d++) sum += values[p * dims + d]! * centres[c * dims + d]!;
      if (sum >= bestCosine) {
        best = c;
        bestCosine = sum;
      }
    }
    label[p] = best;
    cosine[p] = best < 0 ? 0 : bestCosine;
  }
  return { label, cosine };
}

function pickRows(points: DensePoints, rows: Uint32Array): DensePoints {
  const { dims } = points;
  const values = new Float32Array(rows.length * dims);
  rows.forEach((from, to) => values.set(points.values.subarray(from * dims, (from + 1) * dims), to * dims));
  return { count: rows.length, dims, values };
}
