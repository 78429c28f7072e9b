/**
 * [Note: Word and character vectors]
 * Each window becomes a sparse vector of two parts: TF-IDF of its words, and TF-IDF of the character 3- to 5-grams of
 * its words, hashed. The characters make "deliver", "delivery" and "dilevery" neighbours, which chat and machine
 * translation need. Each part has length 1 before it is weighed, so that long windows are not more of anything.
 */
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
  // A word stands in many windows: its grams are hashed once.
  const gramsOf = vocabulary.map((word) => wordGrams(word, buckets));
  const limit = Math.max(2, maxShare * texts.length);
  const parts = [
    partOf(numbersOf, vocabulary.length, (word, add) => add(word), limit, wordShare),
    partOf(
      numbersOf,
      buckets,
      (word, add) => {
        for (const gram of gramsOf[word]!) add(gram);
      },
      limit,
      1 - wordShare
    )
  ];

  const offsets = new Uint32Array(texts.length + 1);
  // How many numbers there will be is known: a large case would not bear arrays that grow by doubling.
  const most = parts.reduce((sum, part) => sum + part.entries, 0);
  const indices = new Uint32Array(most);
  const values = new Float32Array(most);
  let length = 0;
  // Only columns in use get a number: a small case has few of the hashed ones.
  let columns = 0;
  for (let r = 0; r < texts.length; r++) {
    for (const { rowOf, inverse, columnOf, share } of parts) {
      const { features, counts } = rowOf(numbersOf[r]!);
      const weights = features.map((feature, i) =>
        inverse[feature] === 0 ? 0 : Math.fround((1 + Math.log(counts[i]!)) * inverse[feature]!)
      );
      let squares = 0;
      for (const weight of weights) squares += weight ** 2;
      if (squares === 0) continue;
      const scale = Math.sqrt(share / squares);
      for (let i = 0; i < weights.length; i++) {
        if (weights[i] === 0) continue;
        const feature = features[i]!;
        if (columnOf[feature]! < 0) columnOf[feature] = columns++;
        indices[length] = columnOf[feature]!;
        values[length++] = weights[i]! * scale;
      }
    }
    offsets[r + 1] = length;
  }
  return { rows: texts.length, columns, offsets, indices: indices.subarray(0, length), values: values.subarray(0, length) };
}

/** Words, or the grams of words, with how rare each is. */
interface Part {
  /** Features of a text in order of first use, and how often each stands in it; valid until the next call. */
  readonly rowOf: (words: Uint32Array) => { readonly features: number[]; readonly counts: number[] };
  /** Smoothed IDF of each feature; 0 for those in fewer than two texts or in too many. */
  readonly inverse: Float64Array;
  /** Column of each feature, -1 while it has none. */
  readonly columnOf: Int32Array;
  /** Of the squared length of a row. */
  readonly share: number;
  /** Numbers that the part can give in all. */
  readonly entries: number;
}

/** Looks through all texts once for how rare each feature is; nothing but that is kept. */
function partOf(
  texts: readonly Uint32Array[],
  size: number,
  featuresOf: (word: number, add: (feature: number) => void) => void,
  limit: number,
  share: number
): Part {
  const inRow = new Uint32Array(size);
  let features: number[] = [];
  const add = (feature: number): void => {
    if (inRow[feature]!++ === 0) features.push(feature);
  };
  const rowOf = (words: Uint32Array): { features: number[]; counts: number[] } => {
    features = [];
    for (const word of words) featuresOf(word, add);
    const counts = features.map((feature) => inRow[feature]!);
    for (const feature of features) inRow[feature] = 0;
    return { features, counts };
  };
  const textsWith = new Uint32Array(size);
  for (const text of texts) for (const feature of rowOf(text).features) textsWith[feature]!++;
  const inverse = new Float64Array(size);
  let entries = 0;
  textsWith.forEach((df, feature) => {
    if (df < 2 || df > limit) return;
    inverse[feature] = 1 + Math.log((1 + texts.length) / (1 + df));
    entries += df;
  });
  return { rowOf, inverse, columnOf: new Int32Array(size).fill(-1), share, entries };
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
