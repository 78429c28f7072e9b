/**
 * What examples say comes next, mixed into what the model says.
 *
 * [Note: Examples mixed in] Where the model is unsure, the words that stood in the most similar places of lines that people
 * translated get a share of the probability (nearest-neighbour machine translation, Khandelwal et al., 2021). Why that
 * helps so small a model stands in models/train/examples.py, what it gains and costs is printed by
 * `npm run -s bench -- translation`. Where the model is sure nothing is looked up, and what it says stays as it is.
 */
import { ExampleSearch } from './nearest.ts';
import type { ExampleTable } from './table.ts';

export interface ExampleShape {
  /** Probability of the likeliest token from which on nothing is looked up. */
  readonly sure: number;
  /** Share of the examples in the mixture. */
  readonly share: number;
  /** Squared distance at which an example counts e times less than one in the same place. */
  readonly reach: number;
  /** Examples that are asked. */
  readonly nearest: number;
  /** Lists that are gone through. */
  readonly probes: number;
}

/** Tokens that could follow each row, likeliest first, `stride` a row, with natural-log probabilities. */
export interface Candidates {
  readonly tokens: ArrayLike<number | bigint>;
  readonly logProbs: Float32Array;
  readonly stride: number;
}

/** Examples of one language, for one search at a time. */
export class Examples {
  readonly #search: ExampleSearch;
  readonly #limit: number;

  constructor(
    private readonly table: ExampleTable,
    private readonly shape: ExampleShape
  ) {
    this.#search = new ExampleSearch(table, shape.nearest, shape.probes);
    this.#limit = Math.log(shape.sure);
  }

  /** Numbers in a state. */
  get width(): number {
    return this.table.width;
  }

  /**
   * The same rows with examples mixed in, as many tokens a row. What the model gives a token that is not among its own
   * likeliest is not known here and counts as nothing; a probability that is no number stays for the search to refuse.
   * @param states the decoder's last state of each row, [rows, width]
   */
  mixedInto({ tokens, logProbs, stride }: Candidates, states: Float32Array): Candidates {
    const mixed = { tokens: Int32Array.from(tokens, Number), logProbs: logProbs.slice(), stride };
    for (let from = 0; from < tokens.length; from += stride) {
      if (!((logProbs[from] as number) < this.#limit)) continue;
      const shares = this.#sharesAt(states, from / stride);
      for (let at = from; at < from + stride; at++) {
        const token = mixed.tokens[at] as number;
        shares.set(token, (shares.get(token) ?? 0) + (1 - this.shape.share) * Math.exp(logProbs[at] as number));
      }
      const ranked = [...shares].sort(([a, first], [b, second]) => second - first || a - b).slice(0, stride);
      ranked.forEach(([token, probability], i) => {
        mixed.tokens[from + i] = token;
        mixed.logProbs[from + i] = Math.log(probability);
      });
    }
    return mixed;
  }

  /** What the nearest examples give each token of the mixture. */
  #sharesAt(states: Float32Array, row: number): Map<number, number> {
    const { places, distances, found } = this.#search.find(states, row);
    const shares = new Map<number, number>();
    let all = 0;
    for (let i = 0; i < found; i++) {
      // Less the smallest distance, which is a factor of all of them: else far places would all come to nothing.
      const weight = Math.exp(((distances[0] as number) - (distances[i] as number)) / this.shape.reach);
      const token = this.table.tokens[places[i] as number] as number;
      shares.set(token, (shares.get(token) ?? 0) + weight);
      all += weight;
    }
    for (const [token, weight] of shares) shares.set(token, (weight / all) * this.shape.share);
    return shares;
  }
}
