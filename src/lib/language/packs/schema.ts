/**
 * A pack's manifest.json, checked before anything else of the pack is touched. It comes from outside and may say
 * anything: shape by the schema, sense by the rules below it.
 */
import * as v from 'valibot';
import type { BergamotLayout, EmbeddingLayout, ModelManifest, ModelRuntime, WeightType } from '../manifest.ts';
import { PackRefused } from './refusal.ts';

/**
 * The greatest model that runs in a browser at all holds 4 GiB (WebAssembly's memory), one file of it 2 GiB (ONNX's own
 * limit for one file). A pack has some ten files.
 */
export const PACK_LIMITS = {
  files: 64,
  fileBytes: 2 ** 31,
  packBytes: 2 ** 32,
  manifestBytes: 2 ** 20,
  cardBytes: 2 ** 18
} as const;

/** Models that ship with the app; no pack may pass for one of them. */
const BUILT_IN = ['romance-en', 'langid'];

const words = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const language = v.pipe(v.string(), v.regex(/^[a-z]{3}$/));
const code = v.pipe(v.string(), v.regex(/^[A-Za-z_-]{2,16}$/));
const weights = v.picklist(['fp32', 'fp16', 'q8', 'q4']);
const token = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000));

const RuntimeSchema = v.strictObject({
  layout: v.picklist(['merged', 'pair']),
  dtype: v.strictObject({ wasm: weights, webgpu: v.exactOptional(weights) }),
  prefix: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  sourceCodes: v.exactOptional(v.record(language, code)),
  targetCode: v.exactOptional(code),
  longestLine: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(4096))),
  suppressedTokens: v.exactOptional(v.pipe(v.array(token), v.maxLength(1000))),
  beam: v.exactOptional(
    v.strictObject({
      width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
      lengthPower: v.pipe(v.number(), v.minValue(0), v.maxValue(2))
    })
  )
});

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(1000));

const QualitySchema = v.strictObject({
  leastMeanLogProb: v.pipe(v.number(), v.minValue(-100), v.maxValue(0)),
  scattered: v.exactOptional(
    v.strictObject({ most: v.pipe(v.number(), v.minValue(0), v.maxValue(100)), perNat: share, perLogStep: share })
  ),
  ratios: v.pipe(v.array(v.strictObject({ from: amount, least: amount, most: amount })), v.maxLength(16)),
  mostUnknown: share,
  mostCopied: share,
  untranslatedFrom: amount,
  leastEnglish: v.pipe(v.number(), v.minValue(-100), v.maxValue(100)),
  englishFrom: amount,
  mostUnanswered: share,
  wordsFrom: amount,
  leastAgreement: v.pipe(v.number(), v.minValue(0), v.maxValue(100))
});

const packPath = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const BergamotSchema = v.strictObject({
  model: packPath,
  vocabularies: v.pipe(v.array(packPath), v.minLength(1), v.maxLength(2)),
  shortlist: v.exactOptional(packPath)
});

const EmbeddingSchema = v.strictObject({
  dtype: weights,
  pooling: v.literal('mean'),
  dims: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(4096)),
  longest: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(8192)),
  prefix: v.exactOptional(v.pipe(v.string(), v.maxLength(100)))
});

const ManifestSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)),
  version: words(40),
  kind: v.picklist(['translation', 'language-identification', 'transcription', 'embedding']),
  title: words(200),
  languages: v.pipe(v.array(language), v.minLength(1), v.maxLength(300)),
  targetLanguage: v.nullable(language),
  licence: words(2000),
  attribution: v.pipe(v.string(), v.maxLength(4000)),
  revision: words(500),
  byteTokens: v.exactOptional(v.tuple([token, token])),
  runtime: v.exactOptional(RuntimeSchema),
  quality: v.exactOptional(QualitySchema),
  bergamot: v.exactOptional(BergamotSchema),
  embedding: v.exactOptional(EmbeddingSchema),
  probe: v.exactOptional(v.object({ language, text: words(300) })),
  isNonCommercial: v.exactOptional(v.boolean()),
  signature: v.exactOptional(
    v.object({
      algorithm: v.literal('Ed25519'),
      publicKeyHex: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      signatureHex: v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/))
    })
  ),
  files: v.array(
    v.object({
      path: packPath,
      sizeBytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      sha256Hex
    })
  )
});

/** Plain segments, none hidden, none '..': what can only mean a place inside the pack. */
const SAFE_PATH = /^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*){0,3}$/;

const ENDINGS: Readonly<Record<WeightType, string>> = { fp32: '', fp16: '_fp16', q8: '_quantized', q4: '_q4' };

/** Paths of the graphs that a runtime loads. */
export function graphPaths(runtime: ModelRuntime, device: 'wasm' | 'webgpu'): string[] {
  const ending = ENDINGS[runtime.dtype[device] ?? runtime.dtype.wasm];
  const decoders = runtime.layout === 'merged' ? ['decoder_model_merged'] : ['decoder_model', 'decoder_with_past_model'];
  return ['encoder_model', ...decoders].map((name) => `onnx/${name}${ending}.onnx`);
}

/** Path of an encoder's graph. */
export const encoderPath = ({ dtype }: EmbeddingLayout): string => `onnx/model${ENDINGS[dtype]}.onnx`;

/**
 * Reads and checks a manifest.
 * @returns the manifest, and the JSON as it came, which is what a signature covers
 * @throws PackRefused naming what is wrong
 */
export function parsePackManifest(text: string): { manifest: ModelManifest; raw: Record<string, unknown> } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new PackRefused('manifest-not-json', 'manifest.json');
  }
  const parsed = v.safeParse(ManifestSchema, raw);
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]);
    throw new PackRefused('manifest-shape', 'manifest.json', path ?? '');
  }
  const manifest = parsed.output;
  checkSense(manifest);
  return { manifest, raw: raw as Record<string, unknown> };
}

function checkSense(manifest: ModelManifest): void {
  const { files, languages, runtime, bergamot, embedding } = manifest;
  if (BUILT_IN.includes(manifest.id)) throw new PackRefused('id-built-in', 'manifest.json', manifest.id);
  const isSpeech = manifest.kind === 'transcription' && manifest.targetLanguage === null;
  const isEncoder = manifest.kind === 'embedding' && manifest.targetLanguage === null;
  if (!isSpeech && !isEncoder && (manifest.kind !== 'translation' || manifest.targetLanguage !== 'eng')) {
    throw new PackRefused('not-translation', 'manifest.json', `${manifest.kind}, ${manifest.targetLanguage ?? '-'}`);
  }
  if (files.length > PACK_LIMITS.files) throw new PackRefused('too-many-files', 'manifest.json', String(files.length));
  const seen = new Set<string>();
  let total = 0;
  for (const { path, sizeBytes } of files) {
    if (!SAFE_PATH.test(path) || path.toLowerCase() === 'manifest.json') throw new PackRefused('path-unsafe', path);
    // Some disks do not tell capitals apart: two such names would be one file there.
    if (seen.has(path.toLowerCase())) throw new PackRefused('name-twice', path);
    seen.add(path.toLowerCase());
    total += sizeBytes;
    if (sizeBytes > PACK_LIMITS.fileBytes) throw new PackRefused('too-large', path, String(sizeBytes));
  }
  if (total > PACK_LIMITS.packBytes) throw new PackRefused('too-large', 'manifest.json', String(total));
  const ways = [runtime, bergamot, embedding].filter((way) => way !== undefined).length;
  if (ways !== 1 || isEncoder !== (embedding !== undefined)) {
    const wrong = isEncoder ? 'embedding' : runtime === undefined ? 'runtime' : bergamot === undefined ? 'embedding' : 'bergamot';
    throw new PackRefused('manifest-shape', 'manifest.json', wrong);
  }
  // Marian translates; it hears nothing.
  if (isSpeech && runtime === undefined) throw new PackRefused('manifest-shape', 'manifest.json', 'runtime');
  const listed = new Set(files.map(({ path }) => path));
  const needed =
    embedding !== undefined
      ? ['config.json', 'tokenizer.json', 'tokenizer_config.json', encoderPath(embedding)]
      : runtime === undefined
        ? bergamotPaths(bergamot)
        : onnxPaths(runtime, isSpeech);
  for (const path of needed) if (!listed.has(path)) throw new PackRefused('graph-unlisted', path);
  if (runtime === undefined) return;
  const { sourceCodes, targetCode } = runtime;
  if (sourceCodes !== undefined && (targetCode === undefined || languages.some((one) => sourceCodes[one] === undefined))) {
    throw new PackRefused('manifest-shape', 'manifest.json', 'runtime.sourceCodes');
  }
}

function onnxPaths(runtime: ModelRuntime, isSpeech: boolean): string[] {
  const devices = runtime.dtype.webgpu === undefined ? (['wasm'] as const) : (['wasm', 'webgpu'] as const);
  const graphs = devices.flatMap((device) => graphPaths(runtime, device));
  // What languages and time codes a speech model has stands only there.
  const generation = isSpeech ? ['generation_config.json'] : [];
  return ['config.json', ...generation, 'tokenizer.json', 'tokenizer_config.json', ...graphs];
}

function bergamotPaths(layout: BergamotLayout | undefined): string[] {
  if (layout === undefined) return [];
  return [layout.model, ...layout.vocabularies, ...(layout.shortlist === undefined ? [] : [layout.shortlist])];
}
