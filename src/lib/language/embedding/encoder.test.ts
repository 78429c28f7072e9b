/** Our encoder beside transformers.js's own pipeline, on packs of random weights in the layout of exporters. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AutoTokenizer, PreTrainedModel } from '@huggingface/transformers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyEncoder, TINY_DIMS, type TinyEncoderChoices } from '../../../../tests/fixtures/packs/tiny-encoder.ts';
import type { TinyPack } from '../../../../tests/fixtures/packs/tiny-packs.ts';
import { float32Of, type RuntimeTensor } from '../runtime-tensor.ts';
import { makeTensor } from '../seq2seq.ts';
import type { SentenceEncoder } from './contract.ts';
import { loadEncoder } from './encoder.ts';
import { MOST_UNITS } from './pieces.ts';
import { tryEncoder } from './trial.ts';

const never = new AbortController().signal;
let modelsRoot = '';

beforeAll(() => {
  modelsRoot = mkdtempSync(join(tmpdir(), 'skein-encoder-'));
});
afterAll(() => rmSync(modelsRoot, { recursive: true, force: true }));

function onDisk(choices: TinyEncoderChoices): TinyPack {
  const pack = tinyEncoder(choices);
  for (const [path, bytes] of pack.files) {
    const target = join(modelsRoot, pack.manifest.id, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return pack;
}

const open = (choices: TinyEncoderChoices): Promise<SentenceEncoder> =>
  loadEncoder({ manifest: onDisk(choices).manifest, modelsRoot, threads: 1 });

/** The mean of the tokens where the mask is 1: the library's tokenizer and session. */
async function byLibrary(id: string, texts: readonly string[]): Promise<number[][]> {
  const options = { local_files_only: true } as const;
  const tokenizer = await AutoTokenizer.from_pretrained(id, options);
  const model = await PreTrainedModel.from_pretrained(id, {
    ...options,
    config: { model_type: 'custom' } as never,
    model_file_name: 'model',
    dtype: 'fp32',
    device: 'cpu'
  });
  const { input_ids: ids, attention_mask: mask } = (await tokenizer([...texts], { padding: true })) as Record<
    string,
    { data: BigInt64Array; dims: number[] }
  >;
  if (ids === undefined || mask === undefined) throw new Error('the tokenizer gave no ids');
  const session = (model.sessions as unknown as { model: { run(feeds: object): Promise<Record<string, RuntimeTensor>> } }).model;
  const out = await session.run({
    input_ids: makeTensor('int64', ids.data, ids.dims),
    attention_mask: makeTensor('int64', mask.data, mask.dims),
    token_type_ids: makeTensor('int64', new BigInt64Array(ids.data.length), ids.dims)
  });
  const states = float32Of(out['last_hidden_state']!);
  const long = ids.dims[1]!;
  await model.dispose();
  return texts.map((_, row) => {
    const mean = Array.from({ length: TINY_DIMS }, (__, d) => {
      let sum = 0;
      for (let t = 0; t < long; t++) if (mask.data[row * long + t] === 1n) sum += states[(row * long + t) * TINY_DIMS + d]!;
      return sum;
    });
    const length = Math.hypot(...mean);
    return mean.map((value) => value / length);
  });
}

describe('vectors of texts', () => {
  const TEXTS = ['we run', 'unde esti acum', 'x', 'te rog'];

  it('are those of the library', async () => {
    const encoder = await open({ id: 'plain' });
    // The random graph does not mask its attention, so the texts go to it one by one.
    for (const text of TEXTS) {
      const [expected] = await byLibrary('plain', [text]);
      const vector = await encoder.embed(text, never);
      expect(vector).toHaveLength(TINY_DIMS);
      vector.forEach((value, d) => expect(value).toBeCloseTo(expected![d]!, 5));
    }
    await encoder.dispose();
  });

  it.each(['fp32', 'q8'] as const)('are the same bits in any company and order (%s)', async (dtype) => {
    const encoder = await open({ id: `order-${dtype}`, dtype });
    const alone = [];
    for (const text of TEXTS) alone.push(await encoder.embed(text, never));
    for (const i of [3, 1, 0, 2, 1]) expect(await encoder.embed(TEXTS[i]!, never)).toEqual(alone[i]);
    expect(new Set(alone.map((vector) => vector.join())).size).toBe(TEXTS.length);
    await encoder.dispose();
  });

  it('of a long text are the mean over the tokens of its pieces', async () => {
    // Six words a piece beside the two special tokens.
    const encoder = await open({ id: 'pieces', words: ['van', 'key', 'rent', 'six'], layout: { longest: 8 } });
    const wide = await open({ id: 'wide', words: ['van', 'key', 'rent', 'six'], layout: { longest: 64 } });
    const words = ['van', 'key', 'rent', 'six', 'van', 'rent', 'key', 'six', 'six', 'van', 'van', 'key'];
    const long = await encoder.embed(words.join(' '), never);
    const halves = await Promise.all([words.slice(0, 6), words.slice(6)].map((some) => wide.embed(some.join(' '), never)));
    expect(long).not.toEqual(await wide.embed(words.join(' '), never));
    // Both halves have eight tokens; their means differ from their unit vectors by their lengths alone.
    const [first, second] = halves as [Float32Array, Float32Array];
    let least = Infinity;
    for (let weight = 0.3; weight < 3; weight += 0.001) {
      const sum = Array.from(first, (value, d) => value + weight * second[d]!);
      const length = Math.hypot(...sum);
      least = Math.min(least, Math.max(...sum.map((value, d) => Math.abs(value / length - long[d]!))));
    }
    expect(least).toBeLessThan(1e-3);
    await Promise.all([encoder.dispose(), wide.dispose()]);
  });

  it('have the words that the model wants before each piece', async () => {
    const words = ['query', 'van', 'key'];
    const plain = await open({ id: 'no-prefix', words });
    const prefixed = await open({ id: 'prefix', words, layout: { prefix: 'query ' } });
    expect(await prefixed.embed('van key', never)).toEqual(await plain.embed('query van key', never));
    expect(await prefixed.embed('van key', never)).not.toEqual(await plain.embed('van key', never));
  });

  it('of nothing are zeros, of a pasted file those of its beginning', async () => {
    const encoder = await open({ id: 'ends', layout: { longest: 512 } });
    expect([...(await encoder.embed('', never))]).toEqual(Array(TINY_DIMS).fill(0));
    const long = 'te rog '.repeat(4000);
    expect(await encoder.embed(long, never)).toEqual(await encoder.embed(long.slice(0, MOST_UNITS), never));
  });

  it('end where a stop is asked for', async () => {
    const encoder = await open({ id: 'stopped' });
    await expect(encoder.embed('te rog', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('also come from graphs without types of tokens', async () => {
    const encoder = await open({ id: 'no-types', hasTypes: false });
    expect(Math.hypot(...(await encoder.embed('te rog', never)))).toBeCloseTo(1, 5);
  });
});

describe('a bad model is named', () => {
  const garbage = (files: Map<string, Uint8Array<ArrayBuffer>>): void =>
    void files.set('onnx/model.onnx', new Uint8Array(900).fill(7));

  it.each<[string, TinyEncoderChoices, string]>([
    ['weights that are garbage', { alter: garbage }, 'not-a-model'],
    ['another output', { ailment: 'other-output' }, 'output-missing'],
    ['an input that nobody knows', { ailment: 'other-input' }, 'unknown-input'],
    ['no room for words', { layout: { longest: 2 } }, 'config'],
    ['a tokenizer that is none', { alter: (files) => void files.set('tokenizer.json', new TextEncoder().encode('{}')) }, 'config']
  ])('%s', async (name, choices, code) => {
    await expect(open({ ...choices, id: `bad-${name.replaceAll(' ', '-')}` })).rejects.toMatchObject({ code });
  });

  it.each<[string, TinyEncoderChoices, string]>([
    ['what is no number', { ailment: 'not-a-number' }, 'not-a-number'],
    ['another number of numbers', { layout: { dims: 16 } }, 'config'],
    ['one vector for every text', { ailment: 'one-vector' }, 'not-a-model']
  ])('in its trial: %s', async (name, choices, code) => {
    const pack = onDisk({ ...choices, id: `tried-${name.replaceAll(' ', '-')}` });
    const encoder = await loadEncoder({ manifest: pack.manifest, modelsRoot, threads: 1 });
    await expect(tryEncoder(pack.manifest, encoder)).rejects.toMatchObject({ code });
  });

  it('and a good one passes', async () => {
    const { manifest } = onDisk({ id: 'good' });
    const tried = await tryEncoder(manifest, await loadEncoder({ manifest, modelsRoot, threads: 1 }));
    expect(tried.messagesPerSecond).toBeGreaterThan(0);
    expect(tried.texts[0]).toMatch(/^-?0\.\d{3}( -?0\.\d{3}){3}$/);
  });
});
