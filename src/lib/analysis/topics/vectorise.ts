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
  const words = countFeatures(texts, (word, add, number) => add(number(word)));
  const grams = countFeatures(texts, (word, add) => addGrams(word, buckets, add));
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

function countFeatures(
  texts: readonly (readonly string[])[],
  features: (word: string, add: (feature: number) => void, number: (word: string) => number) => void
): Counts {
  const numbers = new Map<string, number>();
  const number = (word: string): number => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, numbers.size);
    return numbers.size - 1;
  };
  const offsets = new Uint32Array(texts.length + 1);
  const indices = new Column(Uint32Array);
  const values = new Column(Uint32Array);
  let highest = 0;
  const inRow = new Map<number, number>();
  const add = (feature: number): void => void inRow.set(feature, (inRow.get(feature) ?? 0) + 1);
  texts.forEach((text, r) => {
    inRow.clear();
    for (const word of text) features(word, add, number);
    for (const [feature, count] of inRow) {
      if (feature >= highest) highest = feature + 1;
      indices.push(feature);
      values.push(count);
    }
    offsets[r + 1] = indices.length;
  });
  return {
    features: Math.max(numbers.size, highest),
    offsets,
    indices: indices.view().slice(),
    values: Float32Array.from(values.view())
  };
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
function addGrams(word: string, buckets: number, add: (feature: number) => void): void {
  const marked = `^${word}$`;
  for (let size = 3; size <= 5; size++) {
    for (let start = 0; start + size <= marked.length; start++) {
      let hash = 0x811c_9dc5;
      for (let i = start; i < start + size; i++) hash = Math.imul(hash ^ marked.charCodeAt(i), 0x0100_0193);
      add((hash ^ (hash >>> 15)) & (buckets - 1));
    }
  }
}
