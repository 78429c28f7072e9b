/**
 * What examples say comes next, mixed into what the model says.
 *
 * [Note: Examples mixed in] Where the model is unsure, the words that stood in the most similar places of lines that people
 * translated get a share of the probability (nearest-neighbour machine translation, Khandelwal et al., 2021); how much,
 * [Note: Trust] says. Why that helps so small a model stands in models/train/examples.py, what it gains and costs is printed by
 * `npm run -s bench -- translation`. Where the model is sure nothing is looked up, and what it says stays as it is.
 */
import { ExampleSearch } from './nearest.ts';
import type { ExampleTable } from './table.ts';
import type { BeliefRule } from './trust.ts';

export interface ExampleShape {
  /** Probability of the likeliest token from which on nothing is looked up. */
  readonly sure: number;
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
  readonly #named: Uint16Array;

  /** @param believed how far the nearest examples of a step are to be believed */
  constructor(
    private readonly table: ExampleTable,
    { sure, nearest, probes }: ExampleShape,
    private readonly believed: BeliefRule
  ) {
    this.#search = new ExampleSearch(table, nearest, probes);
    this.#limit = Math.log(sure);
    this.#named = new Uint16Array(nearest);
  }

  /** Numbers in a state. */
  get width(): number {
    return this.table.width;
  }

  /**
   * The same rows with examples mixed in, as many tokens a row. What the model gives a token that is not among its own
   * likeliest is not known here and counts as nothing; a probability that is no number stays for the search to refuse.
   * @param states the decoder's last state of each row, [rows, width]
   * @param isAsked whether anything hangs on a row: others stay as they are
   */
  mixedInto(
    { tokens, logProbs, stride }: Candidates,
    states: Float32Array,
    isAsked: (row: number) => boolean = () => true
  ): Candidates {
    const own = Int32Array.from(tokens, Number);
    const mixed = { tokens: own.slice(), logProbs: logProbs.slice(), stride };
    for (let from = 0; from < own.length; from += stride) {
      if (!((logProbs[from] as number) < this.#limit) || !isAsked(from / stride)) continue;
      const nearest = this.#search.find(states, from / stride);
      if (nearest.found === 0) continue;
      for (let i = 0; i < nearest.found; i++) this.#named[i] = this.table.tokens[nearest.places[i] as number] as number;
      const { share, weights } = this.believed(nearest, this.#named, { tokens: own, logProbs, from, count: stride });
      const shares = new Map<number, number>();
      const give = (token: number, probability: number): void => void shares.set(token, (shares.get(token) ?? 0) + probability);
      for (let i = 0; i < nearest.found; i++) give(this.#named[i] as number, share * (weights[i] as number));
      for (let at = from; at < from + stride; at++) give(own[at] as number, (1 - share) * Math.exp(logProbs[at] as number));
      const ranked = [...shares].sort(([a, first], [b, second]) => second - first || a - b).slice(0, stride);
      ranked.forEach(([token, probability], i) => {
        mixed.tokens[from + i] = token;
        mixed.logProbs[from + i] = Math.log(probability);
      });
    }
    return mixed;
  }
}
