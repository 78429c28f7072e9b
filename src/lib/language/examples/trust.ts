/**
 * How far the nearest examples are believed at a step: what share of the probability they get together, and how much each
 * of them counts.
 *
 * [Note: Trust] models/train/trust.py learns it and says why. Two small networks of one hidden layer (rectified) look at
 * distances, at how many of the places name the same token, and at what the model itself gives to it; never at the tokens
 * themselves or at the text. What they look at is written down twice, here and in `features` of trust.py, in the same order.
 */
import type { Nearest } from './nearest.ts';

/** What the model itself says at a step: its likeliest tokens from `from` on, `count` of them, with log probabilities. */
export interface OwnStep {
  readonly tokens: ArrayLike<number>;
  readonly logProbs: Float32Array;
  readonly from: number;
  readonly count: number;
}

export interface Belief {
  /** Of all the examples together, 0 to 1. */
  share: number;
  /** Of each example; those of the found ones add up to 1. */
  readonly weights: Float64Array;
}

/** Answers with what its next call overwrites. */
export type BeliefRule = (nearest: Nearest, tokens: ArrayLike<number>, own: OwnStep) => Belief;

/** One layer: a row of weights for each number that comes out, and what is added to it. */
export interface Layer {
  readonly weights: readonly (readonly number[])[];
  readonly added: readonly number[];
}

/** Content of examples/trust.json. */
export interface TrustFile {
  readonly place: readonly [Layer, Layer];
  readonly step: readonly [Layer, Layer];
}

const OF_A_PLACE = 7;
/** Numbers about a step besides the model's likeliest tokens. */
const OF_A_STEP = 11;
/** Ranks whose distances, and leading places whose different tokens, say how a step stands. */
const RANKS = [0, 1, 3, 7, 15] as const;
const LEADING = [4, 8, 16] as const;
/** What the two networks start from: see trust.py. */
const REACH = 5;
const FIRST_SHARE = -0.4;
const MOST_SHARP = 5;

/**
 * @param path the file, for the error
 * @param nearest examples asked at a step
 * @throws Error naming the file when it holds no two such networks
 */
export function readTrust(path: string, bytes: Uint8Array, nearest: number): BeliefRule {
  let file: TrustFile;
  try {
    file = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as TrustFile;
  } catch (cause) {
    throw new Error(`${path} is no trust in examples: it is no JSON`, { cause });
  }
  const wrong = (what: string): Error => new Error(`${path} is no trust in examples: ${what}`);
  const place = layersOf(file?.place);
  const step = layersOf(file?.step);
  if (place === undefined || step === undefined) throw wrong('a network is missing or its layers do not fit');
  if (place.inputs !== OF_A_PLACE || place.outputs !== 1) throw wrong(`a place has ${OF_A_PLACE} numbers`);
  if (step.inputs <= OF_A_STEP || step.outputs !== 2) throw wrong(`a step has more than ${OF_A_STEP} numbers`);
  return ruleOf(new Network(place), new Network(step), nearest);
}

interface Shaped {
  readonly layers: readonly [Layer, Layer];
  readonly inputs: number;
  readonly outputs: number;
}

function layersOf(layers: unknown): Shaped | undefined {
  if (!Array.isArray(layers) || layers.length !== 2) return undefined;
  const sizes = (layers as unknown[]).map((layer) => {
    const { weights, added } = (layer ?? {}) as Partial<Layer>;
    if (!Array.isArray(weights) || !Array.isArray(added) || weights.length !== added.length || added.length === 0)
      return undefined;
    const inputs = (weights[0] as readonly number[] | undefined)?.length ?? 0;
    const fits = weights.every((row) => Array.isArray(row) && row.length === inputs && row.every(Number.isFinite));
    return fits && added.every(Number.isFinite) ? { inputs, outputs: added.length } : undefined;
  });
  const [first, second] = sizes;
  if (first === undefined || second === undefined || first.outputs !== second.inputs) return undefined;
  return { layers: layers as unknown as readonly [Layer, Layer], inputs: first.inputs, outputs: second.outputs };
}

/** A hidden layer and what comes out, into the same arrays at every call. */
class Network {
  readonly input: Float64Array;
  readonly #hidden: Dense;
  readonly #last: Dense;

  constructor({ layers: [hidden, last], inputs }: Shaped) {
    this.input = new Float64Array(inputs);
    this.#hidden = new Dense(hidden, inputs);
    this.#last = new Dense(last, hidden.added.length);
  }

  /** What it says of `input`. */
  run(): Float64Array {
    const hidden = this.#hidden.of(this.input);
    for (let i = 0; i < hidden.length; i++) if ((hidden[i] as number) < 0) hidden[i] = 0;
    return this.#last.of(hidden);
  }
}

class Dense {
  readonly #weights: Float64Array;
  readonly #added: Float64Array;
  readonly #out: Float64Array;

  constructor(
    { weights, added }: Layer,
    private readonly inputs: number
  ) {
    this.#weights = Float64Array.from(weights.flat());
    this.#added = Float64Array.from(added);
    this.#out = new Float64Array(added.length);
  }

  of(input: Float64Array): Float64Array {
    for (let row = 0, at = 0; row < this.#out.length; row++) {
      let sum = this.#added[row] as number;
      for (let i = 0; i < this.inputs; i++, at++) sum += (this.#weights[at] as number) * (input[i] as number);
      this.#out[row] = sum;
    }
    return this.#out;
  }
}

function ruleOf(place: Network, step: Network, nearest: number): BeliefRule {
  const often = new Int32Array(nearest);
  const isFirst = new Uint8Array(nearest);
  const belief: Belief = { share: 0, weights: new Float64Array(nearest) };

  return ({ distances, found }, tokens, own) => {
    countTokens(tokens, found, often, isFirst);
    describeStep(step.input, { distances, found, often, isFirst }, own);
    const [share = 0, sharpness = 0] = step.run();
    belief.share = 1 / (1 + Math.exp(-(share + FIRST_SHARE)));
    const sharp = Math.min(Math.exp(sharpness), MOST_SHARP);

    const closest = distances[0] as number;
    const ownTop = own.logProbs[own.from] as number;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < found; i++) {
      const distance = distances[i] as number;
      const at = placeOf(own, tokens[i] as number);
      const given = own.logProbs[at < 0 ? own.from + own.count - 1 : at] as number;
      const numbers = place.input;
      numbers[0] = distance / 10;
      numbers[1] = (distance - closest) / 10;
      numbers[2] = Math.log(often[i] as number);
      numbers[3] = i / found;
      numbers[4] = given / 5;
      numbers[5] = (given - ownTop) / 5;
      numbers[6] = at < 0 ? 0 : 1;
      const score = (place.run()[0] as number) * sharp - (distance - closest) / REACH;
      belief.weights[i] = score;
      if (score > highest) highest = score;
    }
    let all = 0;
    for (let i = 0; i < found; i++) all += belief.weights[i] = Math.exp((belief.weights[i] as number) - highest);
    for (let i = 0; i < found; i++) belief.weights[i] = (belief.weights[i] as number) / all;
    return belief;
  };
}

/** How many of the places name each one's token, and whether it is the first of them. */
function countTokens(tokens: ArrayLike<number>, found: number, often: Int32Array, isFirst: Uint8Array): void {
  for (let i = 0; i < found; i++) {
    often[i] = 0;
    isFirst[i] = 1;
    for (let other = 0; other < found; other++) {
      if (tokens[other] !== tokens[i]) continue;
      often[i] = (often[i] as number) + 1;
      if (other < i) isFirst[i] = 0;
    }
  }
}

interface Described {
  readonly distances: Float64Array;
  readonly found: number;
  readonly often: Int32Array;
  readonly isFirst: Uint8Array;
}

function describeStep(numbers: Float64Array, { distances, found, often, isFirst }: Described, own: OwnStep): void {
  let to = 0;
  for (const rank of RANKS) numbers[to++] = (distances[Math.min(rank, found - 1)] as number) / 10;
  let apart = 0;
  let agreeing = 0;
  for (let i = 0; i < found; i++) {
    apart += distances[i] as number;
    agreeing += often[i] as number;
  }
  numbers[to++] = apart / found / 10;
  for (const leading of LEADING) numbers[to++] = different(isFirst, Math.min(leading, found)) / found;
  numbers[to++] = different(isFirst, found) / found;
  numbers[to++] = agreeing / found / found;
  // A search that is given fewer tokens than the networks know knows of the rest only that they are less likely.
  for (let i = 0; to < numbers.length; i++) numbers[to++] = (own.logProbs[own.from + Math.min(i, own.count - 1)] as number) / 3;
}

function different(isFirst: Uint8Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += isFirst[i] as number;
  return sum;
}

/** Where the model's own list holds a token; -1 where it does not. */
function placeOf({ tokens, from, count }: OwnStep, token: number): number {
  for (let at = from; at < from + count; at++) if (tokens[at] === token) return at;
  return -1;
}
