/**
 * [Note: Word and character vectors]
 * Each window becomes a sparse vector of two parts: TF-IDF of its words, and TF-IDF of the character 3- to 5-grams of
 * its words, hashed. The characters make "deliver", "delivery" and "dilevery" neighbours, which chat and machine
 * translation need. Each part has length 1 before it is weighed, so that long windows are not more of anything.
 */
import { Column } from '../../evidence/columns.ts';

/** Sparse rows: row r has indices[offsets[r] .. offsets[r+1]) with values at the same places. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

export interface VectoriseOptions {
  /** Buckets of the character part; a power of two. */
  readonly gramBuckets?: number;
  /** Share of the squared length that words get; the rest is characters'. */
  readonly wordShare?: number;
  /** Words in more than this share of the windows say nothing. */
  readonly maxShare?: number;
}

/**
 * @param texts the words of each text, as topicWords gives them
 * @returns one row a text; a row without any word that two texts share and without grams is empty.
 */
export function vectorise(texts: readonly (readonly string[])[], options: VectoriseOptions = {}): SparseRows {
  const buckets = options.gramBuckets ?? 1 << 15;
  const wordShare = options.wordShare ?? 0.7;
  const maxShare = options.maxShare ?? 0.3;
  const { vocabulary, numbersOf } = numberWords(texts);
  const words = countFeatures(numbersOf, vocabulary.length, (word, add) => add(word));
  // A word stands in many windows: its grams are hashed once.
  const gramsOf = vocabulary.map((word) => wordGrams(word, buckets));
  const grams = countFeatures(numbersOf, buckets, (word, add) => {
    for (const gram of gramsOf[word]!) add(gram);
  });
  const limit = Math.max(2, maxShare * texts.length);
  const wordBlock = weigh(words, texts.length, 2, limit);
  const gramBlock = weigh(grams, texts.length, 2, limit);

  const offsets = new Uint32Array(texts.length + 1);
  const indices = new Column(Uint32Array);
  const values = new Column(Float64Array);
  // Only columns in use get a number: a small case has few of the hashed ones.
  let columns = 0;
  const parts = [
    { ...wordBlock, share: wordShare, columnOf: new Int32Array(words.features).fill(-1) },
    { ...gramBlock, share: 1 - wordShare, columnOf: new Int32Array(grams.features).fill(-1) }
  ];
  for (let r = 0; r < texts.length; r++) {
    for (const part of parts) {
      let squares = 0;
      for (let k = part.offsets[r]!; k < part.offsets[r + 1]!; k++) squares += part.values[k]! ** 2;
      if (squares === 0) continue;
      const scale = Math.sqrt(part.share / squares);
      for (let k = part.offsets[r]!; k < part.offsets[r + 1]!; k++) {
        if (part.values[k] === 0) continue;
        const feature = part.indices[k]!;
        if (part.columnOf[feature]! < 0) part.columnOf[feature] = columns++;
        indices.push(part.columnOf[feature]!);
        values.push(part.values[k]! * scale);
      }
    }
    offsets[r + 1] = indices.length;
  }
  return { rows: texts.length, columns, offsets, indices: indices.view().slice(), values: Float32Array.from(values.view()) };
}

interface Counts {
  readonly features: number;
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  /** How often the feature stands in the row. */
  readonly values: Float32Array;
}

/** The distinct words in order of first use, and each text as their numbers. */
function numberWords(texts: readonly (readonly string[])[]): { vocabulary: string[]; numbersOf: Uint32Array[] } {
  const numbers = new Map<string, number>();
  const vocabulary: string[] = [];
  const numbersOf = texts.map((text) =>
    Uint32Array.from(text, (word) => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      numbers.set(word, vocabulary.length);
      return vocabulary.push(word) - 1;
    })
  );
  return { vocabulary, numbersOf };
}

function countFeatures(
  texts: readonly Uint32Array[],
  features: number,
  featuresOf: (word: number, add: (feature: number) => void) => void
): Counts {
  const offsets = new Uint32Array(texts.length + 1);
  const indices = new Column(Uint32Array);
  const values = new Column(Uint32Array);
  // Counts of one row at a time, and the features that are not 0 in it, in order of first use.
  const inRow = new Uint32Array(features);
  const used = new Column(Uint32Array);
  const add = (feature: number): void => {
    if (inRow[feature]!++ === 0) used.push(feature);
  };
  texts.forEach((text, r) => {
    for (const word of text) featuresOf(word, add);
    for (const feature of used.view()) {
      indices.push(feature);
      values.push(inRow[feature]!);
      inRow[feature] = 0;
    }
    used.truncate(0);
    offsets[r + 1] = indices.length;
  });
  return { features, offsets, indices: indices.view().slice(), values: Float32Array.from(values.view()) };
}

/** Sublinear TF times smoothed IDF; features in fewer than `least` or more than `most` rows weigh 0. */
function weigh(counts: Counts, rows: number, least: number, most: number): Counts {
  const rowsWith = new Uint32Array(counts.features);
  for (const feature of counts.indices) rowsWith[feature]!++;
  const values = counts.values.map((count, k) => {
    const df = rowsWith[counts.indices[k]!]!;
    return df < least || df > most ? 0 : (1 + Math.log(count)) * (1 + Math.log((1 + rows) / (1 + df)));
  });
  return { ...counts, values };
}

/** FNV-1a over the UTF-16 units of each 3- to 5-gram of the word with its ends marked. */
function wordGrams(word: string, buckets: number): Uint32Array {
  const marked = `^${word}$`;
  const grams: number[] = [];
  for (let size = 3; size <= 5; size++) {
    for (let start = 0; start + size <= marked.length; start++) {
      let hash = 0x811c_9dc5;
      for (let i = start; i < start + size; i++) hash = Math.imul(hash ^ marked.charCodeAt(i), 0x0100_0193);
      grams.push((hash ^ (hash >>> 15)) & (buckets - 1));
    }
  }
  return Uint32Array.from(grams);
}
