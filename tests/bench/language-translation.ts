/**
 * The embedded model through our engine beside a bare loop over the same ONNX Runtime sessions and beside the library's
 * own pipeline, each with the same batches and greedy, one thread, one run; then with the search and the batches that ship:
 *   npm run -s bench -- translation
 * Lines: held-out sentences of the optional folder ../shared (about 31 characters a line), else the golden lines.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AutoModelForSeq2SeqLM, AutoTokenizer, pipeline, Tensor } from '@huggingface/transformers';
import { planBatches } from '../../src/lib/language/batch.ts';
import { loadTransformersEngine } from '../../src/lib/language/engine-transformers.ts';
import type { RuntimeSession } from '../../src/lib/language/decoder-run.ts';
import type { RuntimeTensor } from '../../src/lib/language/runtime-tensor.ts';
import { openTranslator, readManifest } from '../../src/lib/language/open.ts';
import { against, type Figure } from './figure.ts';
import { stepFigures } from './translation-steps.ts';

const root = new URL('../../', import.meta.url).pathname;
const modelsRoot = join(root, 'models');
const corpus = join(root, '../shared/corpora/test_strict.tsv.xz');
const golden = join(root, 'tests/golden/language/romance-en.sources.tsv');
const LINES_PER_LANGUAGE = 200;
const BATCH = { maxRows: 16, maxTokens: 16 * 64 };
const ROUNDS = 3;

async function lines(languages: readonly string[]): Promise<string[]> {
  const tsv = existsSync(corpus)
    ? execFileSync('xz', ['-dc', corpus], { encoding: 'utf8', maxBuffer: 1 << 28 })
    : await readFile(golden, 'utf8');
  const rows = tsv.split('\n').map((line) => line.split('\t'));
  return languages.flatMap((wanted) =>
    rows
      .filter(([language, source = '']) => language === wanted && source.length <= 140)
      .slice(0, LINES_PER_LANGUAGE)
      .map(([, source = '']) => source)
  );
}

interface Sessions {
  readonly encoder: RuntimeSession;
  readonly decoder: RuntimeSession;
  readonly heads: number;
  readonly headWidth: number;
}

const tensor = (
  type: 'int64' | 'float32' | 'bool',
  data: BigInt64Array | Float32Array | Uint8Array,
  dims: number[]
): RuntimeTensor => new Tensor(type, data, dims).ort_tensor;

/** The least a greedy loop must do: padded batch, caches passed on, best of the logits, until every row has ended. */
async function bareLoop(
  { encoder, decoder, heads, headWidth }: Sessions,
  batch: readonly (readonly number[])[]
): Promise<number> {
  const rows = batch.length;
  const longest = Math.max(...batch.map((ids) => ids.length));
  const ids = new BigInt64Array(rows * longest);
  const mask = new BigInt64Array(rows * longest);
  batch.forEach((line, row) =>
    line.forEach((token, i) => {
      ids[row * longest + i] = BigInt(token);
      mask[row * longest + i] = 1n;
    })
  );
  const attention = tensor('int64', mask, [rows, longest]);
  const encoded = await encoder.run({ input_ids: tensor('int64', ids, [rows, longest]), attention_mask: attention }, [
    'last_hidden_state'
  ]);
  const past: Record<string, RuntimeTensor> = {};
  for (const name of decoder.inputNames) {
    if (name.startsWith('past_')) past[name] = tensor('float32', new Float32Array(0), [rows, heads, 0, headWidth]);
  }
  let input = new BigInt64Array(rows).fill(1n);
  let tokens = 0;
  for (let step = 0; step < 62; step++) {
    const wanted = Object.keys(past).filter((name) => step === 0 || name.includes('decoder'));
    const feeds = {
      input_ids: tensor('int64', input, [rows, 1]),
      encoder_attention_mask: attention,
      encoder_hidden_states: encoded['last_hidden_state'] as RuntimeTensor,
      use_cache_branch: tensor('bool', Uint8Array.of(step > 0 ? 1 : 0), [1]),
      ...past
    };
    const out = await decoder.run(feeds, ['logits', ...wanted.map((name) => name.replace('past_key_values', 'present'))]);
    for (const name of wanted) past[name] = out[name.replace('past_key_values', 'present')] as RuntimeTensor;
    const logits = out['logits'] as RuntimeTensor;
    const scores = logits.data as Float32Array;
    const vocabulary = logits.dims[2] ?? 0;
    input = new BigInt64Array(rows);
    let live = 0;
    for (let row = 0; row < rows; row++) {
      let best = 0;
      let top = Number.NEGATIVE_INFINITY;
      for (let v = 0, at = row * vocabulary; v < vocabulary; v++, at++) {
        const score = scores[at] as number;
        if (score > top) [best, top] = [v, score];
      }
      input[row] = BigInt(best);
      if (best !== 2) live++;
    }
    tokens += live;
    if (live === 0) break;
  }
  return tokens;
}

const best = (rates: readonly number[]): number => Math.max(...rates);

export async function run(): Promise<Figure[]> {
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(join(modelsRoot, path)));
  const { manifest } = await readManifest(read, 'romance-en');
  const engine = await loadTransformersEngine({ modelsRoot, manifest, threads: 1, batch: BATCH, beam: null });
  const shipped = await loadTransformersEngine({ modelsRoot, manifest, threads: 1 });
  const tokenizer = await AutoTokenizer.from_pretrained(manifest.id, { local_files_only: true });
  const bare = await AutoModelForSeq2SeqLM.from_pretrained(manifest.id, {
    local_files_only: true,
    dtype: 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 }
  });
  const all = bare.sessions as Record<string, RuntimeSession>;
  const shape = bare.config as unknown as { decoder_attention_heads: number; d_model: number };
  const sessions: Sessions = {
    encoder: all['model'] as RuntimeSession,
    decoder: all['decoder_model_merged'] as RuntimeSession,
    heads: shape.decoder_attention_heads,
    headWidth: shape.d_model / shape.decoder_attention_heads
  };
  const library = await pipeline('translation', manifest.id, {
    local_files_only: true,
    dtype: 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 }
  });

  const sources = await lines(manifest.languages);
  const ids = sources.map((line) => tokenizer.encode(line).slice(0, 64));
  const plan = planBatches(
    ids.map((line) => line.length),
    BATCH
  );
  const never = new AbortController().signal;
  const rates = {
    engine: [] as number[],
    shipped: [] as number[],
    bare: [] as number[],
    library: [] as number[],
    whole: [] as number[],
    withoutExamples: [] as number[]
  };
  const timed = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
    const started = performance.now();
    await work();
    into.push((1000 * sources.length) / (performance.now() - started));
  };
  let tokens = 0;
  await engine.translate(sources.slice(0, 64), never);
  // Taken in turn, so that a drift of the machine meets all of them.
  for (let round = 0; round < ROUNDS; round++) {
    await timed(rates.bare, async () => {
      tokens = 0;
      for (const batch of plan)
        tokens += await bareLoop(
          sessions,
          batch.map((i) => ids[i] ?? [])
        );
    });
    await timed(rates.library, async () => {
      for (const batch of plan) await library(batch.map((i) => sources[i] ?? ''));
    });
    await timed(rates.engine, () => engine.translate(sources, never));
    await timed(rates.shipped, () => shipped.translate(sources, never));
    for (const [into, shape] of [
      [rates.whole, {}],
      [rates.withoutExamples, { examples: null }]
    ] as const) {
      const translator = await openTranslator({ read, modelsRoot, threads: 1, ...shape });
      await timed(into, () =>
        translator.translate(
          sources.map((text, id) => ({ id, text })),
          { signal: never }
        )
      );
      await translator.dispose();
    }
  }
  await Promise.all([engine.dispose(), shipped.dispose(), bare.dispose(), library.dispose()]);
  const ratio = against(
    'translation.engine',
    best(rates.engine),
    'messages/s',
    'bare ONNX Runtime loop, batch 16',
    best(rates.bare)
  );
  const beside = against(
    'translation.engine',
    best(rates.engine),
    'messages/s',
    "transformers.js's own pipeline, batch 16",
    best(rates.library)
  );
  return [
    { ...ratio, target: '>= 0.9 of the peer', met: (ratio.ratio ?? 0) >= 0.9 },
    { ...beside, target: '> the peer', met: (beside.ratio ?? 0) > 1 },
    against(
      'translation.engine.as-shipped',
      best(rates.shipped),
      `messages/s, ${manifest.runtime?.beam === undefined ? 'greedy' : `beam of ${manifest.runtime.beam.width}`}`,
      'the same engine, greedy, batch 16',
      best(rates.engine)
    ),
    against(
      'translation.lines',
      best(rates.whole),
      'lines/s, identified, masked, flagged',
      'bare ONNX Runtime loop, batch 16',
      best(rates.bare)
    ),
    against(
      'translation.examples',
      best(rates.whole),
      'lines/s, as in the product, with examples',
      'the same without them',
      best(rates.withoutExamples)
    ),
    { id: 'translation.tokens', value: (best(rates.engine) * tokens) / sources.length, unit: 'output tokens/s' },
    ...(await stepFigures({ read, modelsRoot, model: manifest.id }))
  ];
}
