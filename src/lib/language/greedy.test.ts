import { describe, expect, it } from 'vitest';
import type { RuntimeSession, Seq2SeqModel } from './decoder-run.ts';
import { decodeGreedily } from './greedy.ts';
import type { RuntimeTensor } from './runtime-tensor.ts';

const END = 2;
/** A toy that copies its source token by token: its own cache counts steps, its cross cache holds the source. */
function copier(offersChoice: boolean): { model: Seq2SeqModel; rowsAtStep: number[] } {
  const rowsAtStep: number[] = [];
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
    outputNames: offersChoice ? ['logits', 'next_token', 'next_log_prob'] : ['logits'],
    run: async (feeds, fetches) => {
      const hidden = feeds['encoder_hidden_states'] as RuntimeTensor;
      const [rows = 0, longest = 0] = hidden.dims;
      const step = (feeds['past_key_values.0.decoder.key'] as RuntimeTensor).dims[2] ?? 0;
      rowsAtStep.push(rows);
      const chosen = Array.from({ length: rows }, (_, row) => (hidden.data as Float32Array)[row * longest + step] ?? END);
      const logits = new Float32Array(rows * 10);
      chosen.forEach((token, row) => logits.set([Math.log(91)], row * 10 + token));
      const cache = tensor('float32', new Float32Array(rows * (step + 1)), [rows, 1, step + 1, 1]);
      const all: Record<string, RuntimeTensor> = {
        logits: tensor('float32', logits, [rows, 1, 10]),
        next_token: tensor('int64', BigInt64Array.from(chosen, BigInt), [rows]),
        next_log_prob: tensor('float32', new Float32Array(rows).fill(Math.log(0.91)), [rows])
      };
      for (const name of fetches) if (name.startsWith('present')) all[name] = cache;
      return Object.fromEntries(fetches.map((name) => [name, all[name] as RuntimeTensor]));
    }
  };
  const shape = { layers: 1, heads: 1, headWidth: 1, startToken: 1, endToken: END, padToken: 0, vocabulary: 10 };
  const model = { encoder, decoder, tensor, ...shape };
  return { model, rowsAtStep };
}

const sources = [
  [5, END],
  [5, 6, 7, 8, END],
  [9, END],
  [4, 4, END]
];
const never = new AbortController().signal;

describe.each([true, false])('decodeGreedily (choice in the graph: %s)', (offersChoice) => {
  it('gives each row its own tokens and probability, whenever it ends', async () => {
    const { model, rowsAtStep } = copier(offersChoice);
    const lines = await decodeGreedily(model, sources, [9, 9, 9, 9], never);
    expect(lines.map((l) => l.ids)).toEqual([[5], [5, 6, 7, 8], [9], [4, 4]]);
    expect(lines.every((l) => l.ended)).toBe(true);
    lines.forEach((l) => expect(l.logProb).toBeCloseTo((l.ids.length + 1) * Math.log(0.91), 5));
    // Finished rows leave the batch.
    expect(rowsAtStep).toEqual([4, 4, 2, 1, 1]);
  });

  it('stops a row at its own limit', async () => {
    const lines = await decodeGreedily(copier(offersChoice).model, sources, [9, 2, 9, 9], never);
    expect(lines.map((l) => l.ids)).toEqual([[5], [5, 6], [9], [4, 4]]);
    expect(lines.map((l) => l.ended)).toEqual([true, false, true, true]);
  });
});

it('rejects with the reason of an aborted signal', async () => {
  await expect(decodeGreedily(copier(true).model, sources, [9, 9, 9, 9], AbortSignal.abort('why'))).rejects.toBe('why');
});
