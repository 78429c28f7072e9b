/**
 * Our search against transformers.js's own generate(), token by token, on the same packs of random weights; the layout of
 * two files, which generate() cannot load, against the merged one of the same weights.
 */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AutoModelForSeq2SeqLM, AutoTokenizer } from '@huggingface/transformers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAMILIES, tinyPack, type Family, type TinyPack } from '../../../tests/fixtures/packs/tiny-packs.ts';
import { loadTransformersEngine } from './engine-transformers.ts';
import { decodeGreedily } from './greedy.ts';
import { openSeq2Seq, type Seq2Seq } from './seq2seq.ts';

const LINES = ['unde esti', 'te rog vino maine', 'x', 'am nevoie de banii aceia, da?', 'we run', 'nu stiu unde', 'ma duc', 'Ω'];
const never = new AbortController().signal;
let modelsRoot = '';

beforeAll(() => {
  modelsRoot = mkdtempSync(join(tmpdir(), 'skein-layouts-'));
});
afterAll(() => rmSync(modelsRoot, { recursive: true, force: true }));

function onDisk(pack: TinyPack): TinyPack {
  for (const [path, bytes] of pack.files) {
    const target = join(modelsRoot, pack.manifest.id, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return pack;
}

interface Encoded {
  readonly input_ids: { tolist(): bigint[][] };
}
interface LibraryTokenizer {
  (text: string): Encoded;
  _build_translation_inputs(text: string, options: { padding: boolean }, codes: Record<string, unknown>): Encoded;
}

/** Source and output ids by the library alone. */
async function byLibrary({ manifest }: TinyPack): Promise<{ source: number[]; output: number[] }[]> {
  const options = { local_files_only: true } as const;
  const tokenizer = (await AutoTokenizer.from_pretrained(manifest.id, options)) as unknown as LibraryTokenizer;
  const dtype = manifest.runtime?.dtype.wasm ?? 'fp32';
  const model = await AutoModelForSeq2SeqLM.from_pretrained(manifest.id, { ...options, dtype, device: 'cpu' });
  const { prefix = '', sourceCodes, targetCode } = manifest.runtime ?? {};
  const found = [];
  for (const line of LINES) {
    const settings: Record<string, unknown> = { max_new_tokens: 40, src_lang: sourceCodes?.['ron'], tgt_lang: targetCode };
    const inputs =
      targetCode === undefined
        ? tokenizer(`${prefix}${line}`)
        : tokenizer._build_translation_inputs(`${prefix}${line}`, { padding: true }, settings);
    const output = (await model.generate({ ...inputs, ...settings })) as unknown as { tolist(): bigint[][] };
    found.push({ source: (inputs.input_ids.tolist()[0] ?? []).map(Number), output: (output.tolist()[0] ?? []).map(Number) });
  }
  await model.dispose();
  return found;
}

/** The same by our search: start, forced tokens and end put back for the comparison. `rows` lines in one batch. */
async function byOurs(seq2seq: Seq2Seq, rows: number): Promise<{ source: number[]; output: number[] }[]> {
  const { model } = seq2seq;
  const sources = LINES.map((line) => seq2seq.encode(line, 'ron'));
  const found = [];
  for (let from = 0; from < LINES.length; from += rows) {
    const batch = sources.slice(from, from + rows);
    const lines = await decodeGreedily(
      model,
      batch,
      batch.map(() => 40 - (model.forced?.length ?? 0)),
      never
    );
    for (const [i, line] of lines.entries()) {
      const output = [model.startToken, ...(model.forced ?? []), ...line.ids, ...(line.ended ? [model.endToken] : [])];
      found.push({ source: batch[i] as number[], output });
    }
  }
  return found;
}

const files = (): { modelsRoot: string; threads: number } => ({ modelsRoot, threads: 1 });

describe.each(FAMILIES)('%s', (family: Family) => {
  it.each(['fp32', 'q8', 'fp16'] as const)('gives the tokens of generate(), one by one and in batches (%s)', async (dtype) => {
    for (const seed of [1, 2, 3]) {
      const pack = onDisk(tinyPack(family, { dtype, seed, id: `${family}-${dtype}-${seed}` }));
      const seq2seq = await openSeq2Seq(pack.manifest, files());
      const expected = await byLibrary(pack);
      expect(await byOurs(seq2seq, 1)).toEqual(expected);
      expect(await byOurs(seq2seq, LINES.length)).toEqual(expected);
      // The packs are worth comparing: lines differ in length and in what they say.
      expect(new Set(expected.map(({ output }) => output.length)).size).toBeGreaterThan(1);
      await seq2seq.dispose();
    }
  });

  it.each(['fp32', 'fp16'] as const)('gives the same in the layout of two decoder files (%s)', async (dtype) => {
    const merged = onDisk(tinyPack(family, { dtype, id: `${family}-${dtype}-one` }));
    const pair = onDisk(tinyPack(family, { dtype, layout: 'pair', id: `${family}-${dtype}-two` }));
    const [one, two] = await Promise.all([merged, pair].map(({ manifest }) => openSeq2Seq(manifest, files())));
    if (one === undefined || two === undefined) throw new Error('both were opened');
    expect(two.model.laterDecoder?.inputNames).not.toContain('encoder_hidden_states');
    expect(await byOurs(two, LINES.length)).toEqual(await byOurs(one, LINES.length));
    await Promise.all([one.dispose(), two.dispose()]);
  });

  it('gives a line the same text whatever stands beside it', async () => {
    const { manifest } = onDisk(tinyPack(family, { id: `${family}-replay` }));
    const engine = await loadTransformersEngine({ ...files(), manifest });
    const together = await engine.translate(LINES, never, 'ron');
    for (const [i, line] of LINES.entries()) {
      const [alone] = await engine.translate([line], never, 'ron');
      expect(alone?.text, line).toBe(together[i]?.text);
      expect(alone?.meanLogProb).toBeCloseTo(together[i]?.meanLogProb ?? 0, 5);
    }
    expect((await engine.translate(['', '  '], never, 'ron')).map((x) => x.text)).toEqual(['', '']);
    expect(together.at(-1)?.unknownTokens).toBeGreaterThan(0);
    await engine.dispose();
  });
});

it('tells the model which language a line is in', async () => {
  const { manifest } = onDisk(tinyPack('nllb', { id: 'coded' }));
  const seq2seq = await openSeq2Seq(manifest, files());
  const [ron, fra, none] = ['ron', 'fra', undefined].map((language) => seq2seq.encode('te rog', language)[0]);
  expect(new Set([ron, fra]).size).toBe(2);
  expect(none).toBeDefined();
  expect(seq2seq.model.forced).toHaveLength(1);
  await seq2seq.dispose();
});
