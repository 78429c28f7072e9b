import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decodeByBeam } from './beam.ts';
import { bytesOf, evenBelief } from '../../../tests/fixtures/examples-table.ts';
import { Examples } from './examples/mix.ts';
import { readExamples } from './examples/table.ts';
import type { RuntimeSession, Seq2SeqModel } from './decoder-run.ts';
import { decodeGreedily } from './greedy.ts';
import type { RuntimeTensor } from './runtime-tensor.ts';

const END = 2;
const VOCABULARY = 6;
/** A state's first number is its beginning, read as digits. */
const STATE_WIDTH = 4;
const never = new AbortController().signal;

/** Log probabilities of what follows a beginning of the line that begins with `first`. */
type Table = (first: number, beginning: readonly number[]) => readonly number[];

/** A model that is a table. Its cache holds the tokens that each row was given, so a row that took another's would be seen. */
function tableModel(table: Table, offersTop: boolean, top = VOCABULARY): Seq2SeqModel {
  const tensor: Seq2SeqModel['tensor'] = (_type, data, dims) => ({ data, dims });
  const encoder: RuntimeSession = {
    inputNames: ['input_ids', 'attention_mask'],
    outputNames: ['last_hidden_state'],
    run: async (feeds) => {
      const ids = feeds['input_ids'] as RuntimeTensor;
      return { last_hidden_state: tensor('float32', Float32Array.from(ids.data as BigInt64Array, Number), [...ids.dims, 1]) };
    }
  };
  const decoder: RuntimeSession = {
    inputNames: ['input_ids', 'encoder_hidden_states', 'use_cache_branch', 'past_key_values.0.decoder.key'],
    outputNames: offersTop ? ['logits', 'top_tokens', 'top_log_probs', 'last_state'] : ['logits'],
    run: async (feeds, fetches) => {
      const hidden = feeds['encoder_hidden_states'] as RuntimeTensor;
      const [rows = 0, longest = 0] = hidden.dims;
      const past = feeds['past_key_values.0.decoder.key'] as RuntimeTensor;
      const input = (feeds['input_ids'] as RuntimeTensor).data as BigInt64Array;
      const step = past.dims[2] ?? 0;
      const logits = new Float32Array(rows * VOCABULARY);
      const cache = new Float32Array(rows * (step + 1));
      const states = new Float32Array(rows * STATE_WIDTH);
      const likeliest = { tokens: new BigInt64Array(rows * top), logProbs: new Float32Array(rows * top) };
      for (let row = 0; row < rows; row++) {
        const given = [...(past.data as Float32Array).subarray(row * step, (row + 1) * step), Number(input[row])];
        cache.set(given, row * (step + 1));
        states[row * STATE_WIDTH] = given.slice(1).reduce((sum, token) => 10 * sum + token, 0);
        const scores = table((hidden.data as Float32Array)[row * longest] ?? 0, given.slice(1));
        logits.set(scores, row * VOCABULARY);
        const order = scores.map((_, v) => v).sort((a, b) => (scores[b] as number) - (scores[a] as number));
        order.slice(0, top).forEach((v, i) => {
          likeliest.tokens[row * top + i] = BigInt(v);
          likeliest.logProbs[row * top + i] = scores[v] as number;
        });
      }
      const all: Record<string, RuntimeTensor> = {
        logits: tensor('float32', logits, [rows, 1, VOCABULARY]),
        top_tokens: tensor('int64', likeliest.tokens, [rows, top]),
        top_log_probs: tensor('float32', likeliest.logProbs, [rows, top]),
        last_state: tensor('float32', states, [rows, STATE_WIDTH])
      };
      for (const name of fetches) {
        if (name.startsWith('present')) all[name] = tensor('float32', cache, [rows, 1, step + 1, 1]);
      }
      return Object.fromEntries(fetches.map((name) => [name, all[name] as RuntimeTensor]));
    }
  };
  const shape = { layers: 1, heads: 1, headWidth: 1, startToken: 1, endToken: END, padToken: 0, vocabulary: VOCABULARY };
  return { encoder, decoder, tensor, ...shape };
}

/** Probabilities to log probabilities; what is not named shares the rest. */
function odds(named: Readonly<Record<number, number>>): number[] {
  const rest = (1 - Object.values(named).reduce((a, b) => a + b, 0)) / (VOCABULARY - Object.keys(named).length);
  return Array.from({ length: VOCABULARY }, (_, v) => Math.log(Math.max(named[v] ?? rest, 1e-9)));
}

/** 3 looks best at first, but whatever follows it is unlikely; 4 is followed by the end almost surely. */
const gardenPath: Table = (_first, beginning) =>
  beginning.length === 0 ? odds({ 3: 0.5, 4: 0.4 }) : beginning[0] === 3 ? odds({}) : odds({ [END]: 0.95 });

/** A table drawn by a seed: any beginning of any line has its own odds. */
const drawn =
  (seed: number): Table =>
  (first, beginning) => {
    let state = beginning.reduce((h, token) => Math.imul(h ^ (token + 1), 16777619), Math.imul(seed ^ first, 2654435761) >>> 0);
    const weights = Array.from({ length: VOCABULARY }, () => {
      state = Math.imul(state ^ (state >>> 15), 2246822519) + 374761393;
      return 0.05 + ((state >>> 8) % 1000) / 1000;
    });
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => Math.log(w / sum));
  };

/** Every output of up to `limit` tokens that ends, and the likeliest of them by the whole log probability. */
function exhaustive(table: Table, first: number, limit: number): { ids: number[]; logProb: number } {
  let best = { ids: [] as number[], logProb: Number.NEGATIVE_INFINITY };
  const walk = (ids: number[], logProb: number): void => {
    table(first, ids).forEach((p, token) => {
      if (token === END) {
        if (logProb + p > best.logProb) best = { ids, logProb: logProb + p };
      } else if (ids.length + 1 < limit) walk([...ids, token], logProb + p);
    });
  };
  walk([], 0);
  return best;
}

describe.each([true, false])('decodeByBeam (likeliest tokens from the graph: %s)', (offersTop) => {
  const model = (table: Table): Seq2SeqModel => tableModel(table, offersTop);

  it('takes back a word that greedy search cannot', async () => {
    const sources = [[5, END]];
    const [greedy] = await decodeGreedily(model(gardenPath), sources, [4], never);
    const [beam] = await decodeByBeam(model(gardenPath), sources, [4], { width: 3, lengthPower: 1 }, never);
    expect(greedy?.ids[0]).toBe(3);
    expect(beam).toMatchObject({ ids: [4], ended: true });
    expect(beam?.logProb).toBeCloseTo(Math.log(0.4 * 0.95), 5);
  });

  it('is greedy search when it is one wide', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(fc.integer({ min: 3, max: 5 }), { minLength: 1, maxLength: 6 }),
        async (seed, firsts) => {
          const sources = firsts.map((first) => [first, END]);
          const limits = sources.map((_, i) => 3 + i);
          const greedy = await decodeGreedily(model(drawn(seed)), sources, limits, never);
          const beam = await decodeByBeam(model(drawn(seed)), sources, limits, { width: 1, lengthPower: 1 }, never);
          expect(beam.map(({ ids, ended }) => ({ ids, ended }))).toEqual(greedy.map(({ ids, ended }) => ({ ids, ended })));
          beam.forEach((line, i) => expect(line.logProb).toBeCloseTo(greedy[i]?.logProb ?? 0, 4));
        }
      ),
      { numRuns: 60 }
    );
  });

  it('finds the likeliest output of all when it is wide enough to hold every beginning', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 3, max: 5 }), async (seed, first) => {
        const table = drawn(seed);
        const [found] = await decodeByBeam(model(table), [[first, END]], [3], { width: 125, lengthPower: 0 }, never);
        const wanted = exhaustive(table, first, 3);
        expect(found?.ids).toEqual(wanted.ids);
        expect(found?.logProb).toBeCloseTo(wanted.logProb, 4);
      }),
      { numRuns: 60 }
    );
  });

  it('gives a line the same text whatever stands beside it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(fc.integer({ min: 3, max: 5 }), { minLength: 2, maxLength: 5 }),
        async (seed, firsts) => {
          const shape = { width: 3, lengthPower: 1 };
          const sources = firsts.map((first) => [first, END]);
          const limits = firsts.map((_, i) => 2 + 2 * i);
          const together = await decodeByBeam(model(drawn(seed)), sources, limits, shape, never);
          for (const [i, source] of sources.entries()) {
            const [alone] = await decodeByBeam(model(drawn(seed)), [source], [limits[i] as number], shape, never);
            expect(alone).toEqual(together[i]);
          }
        }
      ),
      { numRuns: 40 }
    );
  });

  it('says so when nothing ended within the limit, and begins with the code of a language where one is forced', async () => {
    const endless: Table = (_first, beginning) => odds({ [3 + (beginning.length % 2)]: 0.9, [END]: 1e-8 });
    const [line] = await decodeByBeam(model(endless), [[5, END]], [4], { width: 2, lengthPower: 1 }, never);
    expect(line).toMatchObject({ ids: [3, 4, 3, 4], ended: false });
    const coded = { ...model((_first, [code, ...rest]) => gardenPath(code ?? 0, rest)), forced: [5] };
    const [told] = await decodeByBeam(coded, [[5, END]], [4], { width: 3, lengthPower: 1 }, never);
    expect(told).toMatchObject({ ids: [4], ended: true });
  });
});

it('sums what every step of an output left to the tokens outside the likeliest, the end of it included', async () => {
  const TOP = 4;
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.array(fc.integer({ min: 3, max: 5 }), { minLength: 1, maxLength: 5 }),
      async (seed, firsts) => {
        const table = drawn(seed);
        const scattered = (first: number, ids: readonly number[], ended: boolean): number => {
          const steps = Array.from({ length: ids.length + (ended ? 1 : 0) }, (_, n) => table(first, ids.slice(0, n)));
          const outside = steps.map((odds) => [...odds].sort((a, b) => a - b).slice(0, VOCABULARY - TOP));
          return outside.flat().reduce((sum, logProb) => sum + Math.exp(logProb), 0);
        };
        const sources = firsts.map((first) => [first, END]);
        const limits = firsts.map((_, i) => 2 + i);
        const shape = { width: 3, lengthPower: 1 };
        const lines = await decodeByBeam(tableModel(table, true, TOP), sources, limits, shape, never);
        lines.forEach((line, i) => {
          expect(line.scatter).toBeCloseTo(scattered(firsts[i] ?? 0, line.ids, line.ended), 4);
          for (const other of line.others ?? []) expect(other.scatter).toBeCloseTo(scattered(firsts[i] ?? 0, other.ids, true), 4);
        });
        // A graph that gives scores alone says nothing of it: how many tokens are looked at is then the search's own choice.
        const [plain] = await decodeByBeam(tableModel(table, false), sources, limits, shape, never);
        expect(plain).not.toHaveProperty('scatter');
      }
    ),
    { numRuns: 40 }
  );
});

it('names a model that answers with what is no probability', async () => {
  const broken = tableModel(() => Array<number>(VOCABULARY).fill(Number.NaN), true);
  const run = decodeByBeam(broken, [[5, END]], [4], { width: 2, lengthPower: 1 }, never);
  await expect(run).rejects.toMatchObject({ code: 'not-a-number' });
});

it('rejects with the reason of an aborted signal', async () => {
  const shape = { width: 2, lengthPower: 1 };
  await expect(decodeByBeam(tableModel(gardenPath, true), [[5, END]], [4], shape, AbortSignal.abort('why'))).rejects.toBe('why');
});

describe('decodeByBeam with leads', () => {
  const shape = { width: 3, lengthPower: 1 };

  it('goes on from what is given, which is in no output, no probability and no scatter', async () => {
    const sources = [[5, END]];
    // Behind 3 nothing is likelier than the rest; behind 4 the end is almost sure.
    for (const lead of [[4], [4, 4]]) {
      const [line] = await decodeByBeam(tableModel(gardenPath, true, 3), sources, [4], shape, never, { leads: [lead] });
      expect(line).toMatchObject({ ids: [], ended: true });
      expect(line?.logProb).toBeCloseTo(Math.log(0.95), 5);
      expect(line?.scatter).toBeCloseTo(0.03, 5);
    }
    const [stopped] = await decodeByBeam(tableModel(gardenPath, true), sources, [2], shape, never, { leads: [[3, 3, 3]] });
    expect(stopped?.ids.length).toBeLessThanOrEqual(2);
  });

  it('finds what a table finds whose lines begin with the lead, whatever stands beside it', async () => {
    const token = fc.integer({ min: 3, max: 5 });
    const lines = fc.array(fc.tuple(token, fc.array(token, { maxLength: 3 })), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.integer(), lines, fc.boolean(), async (seed, asked, isCoded) => {
        const table = drawn(seed);
        // The code of a target language comes before every lead.
        const forced = isCoded ? [3] : [];
        const sources = asked.map(([first]) => [first, END]);
        const limits = asked.map((_, i) => 2 + i);
        const together = await decodeByBeam({ ...tableModel(table, true), forced }, sources, limits, shape, never, {
          leads: asked.map(([, lead]) => lead)
        });
        for (const [i, [, lead]] of asked.entries()) {
          const behind: Table = (first, beginning) => table(first, [...forced, ...lead, ...beginning]);
          const [alone] = await decodeByBeam(
            tableModel(behind, true),
            [sources[i] as number[]],
            [limits[i] as number],
            shape,
            never
          );
          expect(together[i]).toEqual(alone);
        }
      }),
      { numRuns: 60 }
    );
  });
});

describe('decodeByBeam with examples', () => {
  /** After the beginning that reads as `state` the token stood there, twice. */
  const examples = (...stood: readonly (readonly [state: number, token: number])[]): Examples => {
    const table = { width: STATE_WIDTH, dimensions: 4, parts: 4, centres: [[0, 0, 0, 0]], value: (code: number) => code };
    const all = stood.flatMap(([state, token]) => [1, 2].map(() => ({ list: 0, token, codes: [state, 0, 0, 0] })));
    const shape = { sure: 0.9, nearest: 2, probes: 1 };
    return new Examples(readExamples('a.bin', bytesOf({ ...table, examples: all }), VOCABULARY), shape, evenBelief(0.5, 0.1));
  };
  const shape = { width: 1, lengthPower: 1 };
  const found = (own: Examples | undefined, table: Table = gardenPath) =>
    decodeByBeam(
      tableModel(table, true),
      [
        [5, END],
        [4, END]
      ],
      [4, 4],
      shape,
      never,
      { examples: own }
    );

  it('follows them where the model is unsure, each beginning by its own state', async () => {
    // Alone, a search one wide goes for 3, and on from there knows nothing.
    expect((await found(undefined)).map(({ ids }) => ids[0])).toEqual([3, 3]);
    const lines = await found(examples([0, 4], [4, 5]));
    expect(lines.map(({ ids, ended }) => [ids, ended])).toEqual([
      [[4], true],
      [[4], true]
    ]);
    // Half of 40 % and half of all examples; after it the model is sure enough to be left alone.
    expect(lines[0]?.logProb).toBeCloseTo(Math.log(0.7 * 0.95), 5);
  });

  it('asks for none while a lead is given', async () => {
    const own = examples([0, 4]);
    const asked = vi.spyOn(own, 'mixedInto');
    await decodeByBeam(
      tableModel(gardenPath, true),
      [
        [5, END],
        [4, END]
      ],
      [2, 2],
      shape,
      never,
      { examples: own, leads: [[4, 4], []] }
    );
    const isAsked = asked.mock.calls.map(([, , wanted]) => [wanted?.(0), wanted?.(1)]);
    expect(isAsked.slice(0, 3)).toEqual([
      [false, true],
      [false, true],
      [true, true]
    ]);
  });

  it('leaves how scattered the model was as it was', async () => {
    const [line] = await decodeByBeam(tableModel(gardenPath, true, 3), [[5, END]], [4], shape, never, {
      examples: examples([0, 4])
    });
    const left = (probabilities: readonly number[]): number =>
      [...probabilities]
        .sort((a, b) => a - b)
        .slice(0, 3)
        .reduce((a, b) => a + Math.exp(b), 0);
    expect(line?.ids).toEqual([4]);
    expect(line?.scatter).toBeCloseTo(left(gardenPath(5, [])) + left(gardenPath(5, [4])), 5);
  });

  it('refuses a probability that is no number, as without them', async () => {
    const broken: Table = () => odds({}).map(() => Number.NaN);
    await expect(found(examples([0, 4]), broken)).rejects.toThrow('not-a-number');
  });
});
