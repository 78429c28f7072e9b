/**
 * Beam search: the likeliest few beginnings of each line are carried on side by side, and the likeliest whole one wins.
 *
 * [Note: Why a beam] A small model is often unsure of a word and right about the sentence. Taking the likeliest token at
 * every step, as greedy search does, cannot take a bad word back. What it gains and costs is printed by
 * `npm run -s bench -- translation`. A line's beginnings are compared with each other alone, so its text depends on no
 * other line of the batch. Whole outputs are compared by log probability over tokens to the power of `lengthPower`;
 * without that division the shortest one would win.
 */
import { checkAnswer, DecoderRun, outputOf, type DecodedLine, type Seq2SeqModel } from './decoder-run.ts';
import type { Examples } from './examples/mix.ts';
import { float32Of, type RuntimeTensor } from './runtime-tensor.ts';

export interface BeamShape {
  /** Beginnings carried on at once. */
  readonly width: number;
  /** Power of the length by which log probabilities are divided. */
  readonly lengthPower: number;
  /** Natural-log probability a token that an output loses when nothing in it answers the source's words: see choose.ts. */
  readonly unansweredWeight?: number;
}

interface Beginning {
  readonly ids: readonly number[];
  readonly logProb: number;
  /** Of the steps taken so far. */
  readonly scatter: number;
  /** Row of the batch that holds its caches. */
  readonly row: number;
}

/** An output that ended. */
interface Whole {
  readonly ids: readonly number[];
  readonly logProb: number;
  readonly scatter: number;
  readonly score: number;
}

const LIKELIEST = ['top_tokens', 'top_log_probs'];
const STATE = 'last_state';

/** A line on its way. */
interface Search {
  readonly index: number;
  /** Output tokens that are given: the search goes on from there. */
  readonly lead: readonly number[];
  live: readonly Beginning[];
  /** Best first; of equals the one that ended first. */
  readonly whole: Whole[];
}

/** Tokens that could follow each row, likeliest first: `stride` a row, of which `each` are looked at. */
interface Followers {
  readonly tokens: ArrayLike<number | bigint>;
  readonly logProbs: ArrayLike<number>;
  readonly stride: number;
  readonly each: number;
  /** See [Note: Scattered]; of each row. */
  readonly scatter: (row: number) => number;
}

export interface BeamHelp {
  /** Of the lines' language; no use with a graph that does not give its states. */
  readonly examples?: Examples | undefined;
  /** Output tokens that each line begins with, in no output and in no probability: see [Note: The message before]. */
  readonly leads?: readonly (readonly number[])[];
}

/**
 * Translates one batch.
 * @param sources token ids of each line, end token included, none empty
 * @param limits most output tokens of each line, without those of its lead
 * @throws ModelFault when the model answers with what is no token or no probability
 */
export async function decodeByBeam(
  model: Seq2SeqModel,
  sources: readonly (readonly number[])[],
  limits: readonly number[],
  shape: BeamShape,
  signal: AbortSignal,
  { examples, leads = [] }: BeamHelp = {}
): Promise<DecodedLine[]> {
  signal.throwIfAborted();
  const lines: DecodedLine[] = sources.map(() => ({ ids: [], logProb: 0, ended: false }));
  const forced = model.forced ?? [];
  const run = await DecoderRun.begin(model, sources);
  let searches = sources.map((_, index): Search => ({
    index,
    lead: leads[index] ?? [],
    live: [{ ids: [], logProb: 0, scatter: 0, row: index }],
    whole: []
  }));
  let input: BigInt64Array = new BigInt64Array(sources.length).fill(BigInt(model.startToken));

  for (let step = 0; searches.length > 0; step++) {
    const out = await run.step(input, examples === undefined ? LIKELIEST : [...LIKELIEST, STATE]);
    signal.throwIfAborted();
    if (step < forced.length) {
      input = new BigInt64Array(input.length).fill(BigInt(forced[step] as number));
      continue;
    }
    const given = searches.map(({ lead }) => lead[step - forced.length]);
    const isGiven = new Set(searches.flatMap(({ live }, i) => (given[i] === undefined ? [] : live.map(({ row }) => row))));
    const followers = followersOf(out, model, shape.width + 1, { examples, isAsked: (row) => !isGiven.has(row) });
    const open: Search[] = [];
    const rows: number[] = [];
    const next: bigint[] = [];
    for (const [i, search] of searches.entries()) {
      const token = given[i];
      if (token !== undefined) {
        // One beginning as yet: nothing was chosen.
        search.live = search.live.map((beginning) => ({ ...beginning, row: rows.push(beginning.row) - 1 }));
        next.push(BigInt(token));
        open.push(search);
        continue;
      }
      advance(search, followers, model, shape);
      if (isOver(search, limits[search.index] ?? 0, shape)) lines[search.index] = lineOf(search);
      else {
        // From here on a row is a beginning: the caches of its parent, and its own newest token.
        search.live = search.live.map((beginning) => {
          rows.push(beginning.row);
          next.push(BigInt(beginning.ids.at(-1) as number));
          return { ...beginning, row: rows.length - 1 };
        });
        open.push(search);
      }
    }
    searches = open;
    if (searches.length > 0) run.take(rows);
    input = BigInt64Array.from(next);
  }
  return lines;
}

/** The likeliest followers of all live beginnings become the live ones; those that end are held against the best. */
function advance(search: Search, followers: Followers, model: Seq2SeqModel, { width, lengthPower }: BeamShape): void {
  const candidates = search.live.flatMap((beginning) => {
    const scatter = beginning.scatter + followers.scatter(beginning.row);
    return Array.from({ length: followers.each }, (_, i) => {
      const at = beginning.row * followers.stride + i;
      const token = Number(followers.tokens[at]);
      const logProb = followers.logProbs[at] ?? Number.NaN;
      checkAnswer(model, token, logProb);
      return { beginning, token, logProb: beginning.logProb + logProb, scatter };
    });
  });
  candidates.sort((a, b) => b.logProb - a.logProb || a.beginning.row - b.beginning.row || a.token - b.token);
  const live: Beginning[] = [];
  for (const { beginning, token, logProb, scatter } of candidates) {
    if (live.length === width) break;
    if (token !== model.endToken) {
      live.push({ ids: [...beginning.ids, token], logProb, scatter, row: beginning.row });
      continue;
    }
    const score = logProb / (beginning.ids.length + 1) ** lengthPower;
    const place = search.whole.findIndex((one) => score > one.score);
    search.whole.splice(place === -1 ? search.whole.length : place, 0, { ids: beginning.ids, logProb, scatter, score });
  }
  search.live = live;
}

/** Over at the limit, with as many whole outputs as the beam is wide, or when no beginning can beat the best by going on. */
function isOver(search: Search, limit: number, { width, lengthPower }: BeamShape): boolean {
  const first = search.live[0];
  if (first === undefined || first.ids.length >= limit || search.whole.length >= width) return true;
  const [best] = search.whole;
  return best !== undefined && first.logProb / (first.ids.length + 1) ** lengthPower <= best.score;
}

function lineOf({ whole, live }: Search): DecodedLine {
  const [best, ...others] = whole.map(said);
  if (best !== undefined) return { ...best, ended: true, others };
  const first = live[0];
  return first === undefined ? { ids: [], logProb: 0, ended: false } : { ...said(first), ended: false };
}

function said({ ids, logProb, scatter }: Omit<Whole, 'score'>): Pick<DecodedLine, 'ids' | 'logProb' | 'scatter'> {
  return { ids: [...ids], logProb, ...(Number.isNaN(scatter) ? {} : { scatter }) };
}

function followersOf(
  out: Record<string, RuntimeTensor>,
  model: Seq2SeqModel,
  wanted: number,
  { examples, isAsked }: { readonly examples: Examples | undefined; readonly isAsked: (row: number) => boolean }
): Followers {
  if (!('top_tokens' in out)) return likeliest(outputOf(out, 'logits'), model.suppressed ?? [], wanted);
  const tokens = outputOf(out, 'top_tokens');
  const stride = tokens.dims[1] ?? 0;
  const own = { tokens: tokens.data as BigInt64Array, logProbs: float32Of(outputOf(out, 'top_log_probs')), stride };
  return {
    ...(examples === undefined ? own : examples.mixedInto(own, float32Of(outputOf(out, STATE)), isAsked)),
    each: Math.min(wanted, stride),
    scatter: (row) => outside(row, own)
  };
}

/**
 * Probability of what could follow a row outside the likeliest tokens that the graph gives; a search without that list knows
 * none (NaN), since how long its own is depends on its width.
 *
 * [Note: Scattered] Where a model knows what comes next, what it does not give to the first words it gives to a few like
 * them; where it guesses, its probability is scattered over thousands. That shows even when the word it takes is likely, and
 * of lines that readers found wrong or right in part it finds more than likelihood does: `npm run -s bench -- flags`. It is
 * the model's own, before examples are mixed in: these say what to take and not how sure it was.
 */
function outside(row: number, { logProbs, stride }: Pick<Followers, 'logProbs' | 'stride'>): number {
  let inside = 0;
  for (let at = row * stride; at < (row + 1) * stride; at++) inside += Math.exp(logProbs[at] ?? Number.NaN);
  return Math.max(0, 1 - inside);
}

/** The same from `logits` [rows, positions, vocabulary], at the last position. */
function likeliest(logits: RuntimeTensor, suppressed: readonly number[], wanted: number): Followers {
  const [rows = 0, positions = 0, vocabulary = 0] = logits.dims;
  const each = Math.min(wanted, vocabulary);
  const scores = float32Of(logits);
  const tokens = new Int32Array(rows * each);
  const logProbs = new Float32Array(rows * each).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < rows; row++) {
    const from = (row * positions + positions - 1) * vocabulary;
    for (const token of suppressed) if (token < vocabulary) scores[from + token] = Number.NEGATIVE_INFINITY;
    const at = row * each;
    let sum = 0;
    let top = Number.NEGATIVE_INFINITY;
    for (let v = 0; v < vocabulary; v++) top = Math.max(top, scores[from + v] as number);
    for (let v = 0; v < vocabulary; v++) {
      const score = scores[from + v] as number;
      sum += Math.exp(score - top);
      let place = each;
      while (place > 0 && score > (logProbs[at + place - 1] as number)) place--;
      if (place === each) continue;
      logProbs.copyWithin(at + place + 1, at + place, at + each - 1);
      tokens.copyWithin(at + place + 1, at + place, at + each - 1);
      logProbs[at + place] = score;
      tokens[at + place] = v;
    }
    const shift = top + Math.log(sum);
    for (let i = at; i < at + each; i++) logProbs[i] = (logProbs[i] as number) - shift;
  }
  return { tokens, logProbs, stride: each, each, scatter: () => Number.NaN };
}
