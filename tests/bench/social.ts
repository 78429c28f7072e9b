/** A generated case for benchmarks: groups of people of all sizes, few who write much, ties mostly inside groups. */
import type { EventColumns, ThreadMembers } from '../../src/lib/analysis/network/events.ts';
import { SeededRandom } from '../../src/lib/analysis/random.ts';

export interface SocialCase {
  readonly parties: number;
  readonly events: EventColumns;
  readonly members: ThreadMembers;
  /** The group each party was put in. */
  readonly planted: Uint32Array;
}

/** Picks 0..n-1 by weight through a running sum. */
class WeightedChoice {
  readonly #sums: Float64Array;
  readonly #start: number;

  constructor(weights: Float64Array, start = 0, end = weights.length) {
    this.#start = start;
    this.#sums = new Float64Array(end - start);
    let sum = 0;
    for (let i = start; i < end; i++) this.#sums[i - start] = sum += weights[i]!;
  }

  pick(random: SeededRandom): number {
    const at = random.next() * this.#sums[this.#sums.length - 1]!;
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sums[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return this.#start + low;
  }
}

/**
 * One-to-one threads only, one a pair: `pairs` distinct pairs over `parties`, `count` messages spread over them with a
 * heavy tail. Party numbers are shuffled, so that neighbours in number are strangers, as in real imports.
 */
export function socialCase(parties: number, pairs: number, count: number, seed = 1): SocialCase {
  const random = new SeededRandom(seed);
  const name = new Uint32Array(parties);
  for (let i = 0; i < parties; i++) name[i] = i;
  random.shuffle(name);

  const planted = new Uint32Array(parties);
  const activity = new Float64Array(parties);
  for (let i = 0; i < parties; i++) activity[i] = Math.min(2000, (1 - random.next()) ** (-1 / 1.3));
  const choices: WeightedChoice[] = [];
  const groupOf = new Uint32Array(parties);
  for (let start = 0; start < parties;) {
    const size = Math.min(Math.floor(8 * (1 - random.next()) ** (-1 / 1.1)), Math.floor(parties / 20) + 8);
    const end = Math.min(parties, start + size);
    for (let i = start; i < end; i++) {
      groupOf[i] = choices.length;
      planted[name[i]!] = choices.length;
    }
    choices.push(new WeightedChoice(activity, start, end));
    start = end;
  }

  const anyone = new WeightedChoice(activity);
  const seen = new Set<number>();
  const ids = new Uint32Array(2 * pairs);
  const offsets = new Uint32Array(pairs + 1);
  for (let t = 0; t < pairs;) {
    const a = anyone.pick(random);
    const b = random.next() < 0.8 ? choices[groupOf[a]!]!.pick(random) : anyone.pick(random);
    const key = Math.min(a, b) * parties + Math.max(a, b);
    if (a === b || seen.has(key)) continue;
    seen.add(key);
    ids[2 * t] = name[a]!;
    ids[2 * t + 1] = name[b]!;
    offsets[++t] = 2 * t;
  }

  const volume = new Float64Array(pairs);
  for (let t = 0; t < pairs; t++) volume[t] = (1 - random.next()) ** (-1 / 1.2);
  const threads = new WeightedChoice(volume);
  const from = new Uint32Array(count);
  const thread = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const t = row < pairs ? row : threads.pick(random);
    thread[row] = t;
    from[row] = ids[2 * t + (random.next() < 0.5 ? 0 : 1)]!;
  }
  return { parties, events: { count, from, thread }, members: { offsets, ids }, planted };
}
