/** What stands in a model's manifest.json: the whole list of its files, so that any other byte is refused. */
import type { BeamShape } from './beam.ts';
import type { BeforeShape, PassageShape } from './contract.ts';
import type { ExampleShape } from './examples/mix.ts';
import type { HintMarks } from './hints.ts';
import { canonicalJson } from './packs/canonical-json.ts';
import type { QualityThresholds } from './quality.ts';

export interface ModelFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256Hex: string;
}

/** Number type of the weights; each stands for a file ending that transformers.js knows ('' , '_fp16', '_quantized', '_q4'). */
export type WeightType = 'fp32' | 'fp16' | 'q8' | 'q4';

/** How a model is driven; what the shipped model is, where the manifest says nothing. */
export interface ModelRuntime {
  /** 'merged': decoder_model_merged; 'pair': decoder_model and decoder_with_past_model. */
  readonly layout: 'merged' | 'pair';
  /** Weights on the processor, and on WebGPU where the pack has some that suit it. */
  readonly dtype: { readonly wasm: WeightType; readonly webgpu?: WeightType };
  /** Words put before each line, as T5 wants them and Marian with several targets (">>eng<< "). */
  readonly prefix?: string;
  /** The model's own code of each language of the pack, where it has to be told the source; such as 'ron_Latn'. */
  readonly sourceCodes?: Readonly<Record<string, string>>;
  /** The model's own code of the target, whose token begins every output. */
  readonly targetCode?: string;
  /** Most source tokens; else what config.json says. */
  readonly longestLine?: number;
  /** Tokens that may never be an answer: `bad_words_ids` and `suppress_tokens` of generation_config.json. */
  readonly suppressedTokens?: readonly number[];
  /** Beam search in place of greedy search. */
  readonly beam?: BeamShape;
  /** For a shipped model that was trained on several sentences at once: see passages.ts. */
  readonly passages?: PassageShape;
  /** For a shipped model that gains by it: see before.ts. */
  readonly before?: BeforeShape;
  /** For a shipped model that was trained on digits as well as on placeholders: see [Note: Written numbers] in mask.ts. */
  readonly readsDigits?: boolean;
  /** For a shipped model with tables of examples, one a language: see [Note: Examples mixed in]. */
  readonly examples?: ExampleShape;
  /** For a shipped model with hints.json: see [Note: Hints] in hints.ts. */
  readonly hintMarks?: HintMarks;
}

/** A model in Marian's own format, which Bergamot runs. Paths are files of the pack. */
export interface BergamotLayout {
  /** Marian's binary file. */
  readonly model: string;
  /** SentencePiece files: one for both sides, or the source's and the target's. */
  readonly vocabularies: readonly string[];
  /** Binary lexical shortlist: faster, at the price of every measure of confidence. */
  readonly shortlist?: string;
}

/** A sentence encoder in ONNX: `onnx/model*`, run on the processor. */
export interface EmbeddingLayout {
  readonly dtype: WeightType;
  /** How the vectors of tokens become one. */
  readonly pooling: 'mean';
  /** Numbers in a vector. */
  readonly dims: number;
  /** Most tokens of a piece, special ones included. */
  readonly longest: number;
  /** Words that the model wants before each text, such as 'query: '. */
  readonly prefix?: string;
}

/** Ed25519 over the manifest without this member: see packs/README.md. */
export interface ManifestSignature {
  readonly algorithm: 'Ed25519';
  readonly publicKeyHex: string;
  readonly signatureHex: string;
}

export interface ModelManifest {
  readonly id: string;
  readonly version: string;
  readonly kind: 'translation' | 'language-identification' | 'transcription' | 'embedding';
  readonly title: string;
  /** Source languages (ISO 639-3) it is offered for: those above the card's threshold. */
  readonly languages: readonly string[];
  readonly targetLanguage: string | null;
  readonly licence: string;
  readonly attribution: string;
  /** What it was made from and by which script. */
  readonly revision: string;
  /** First and one past the last token id that stands for a single byte: letters outside the vocabulary. */
  readonly byteTokens?: readonly [number, number];
  /** Marks the model was trained to carry over in place of numbers and names, in the order in which a line gets them. */
  readonly placeholders?: readonly string[];
  readonly runtime?: ModelRuntime;
  /** In place of `runtime`, for a model in Marian's own format. */
  readonly bergamot?: BergamotLayout;
  /** In place of `runtime`, for a sentence encoder. */
  readonly embedding?: EmbeddingLayout;
  /** A short line in one of its languages on which a device is tried before the first case. */
  readonly probe?: { readonly language: string; readonly text: string };
  /** True where the licence forbids use for money, which an officer has to be told. */
  readonly isNonCommercial?: boolean;
  readonly signature?: ManifestSignature;
  /** Where the doubts about this model's lines begin; chosen by models/train/thresholds.ts. */
  readonly quality?: QualityThresholds;
  readonly files: readonly ModelFile[];
}

/**
 * The text whose SHA-256 names a model: one line a file, sorted by path, and how the files are driven where the manifest
 * says so, so that it depends on nothing but what decides a line's text. Every machine line and the translation memory
 * are keyed by that hash.
 */
function modelFingerprint(manifest: ModelManifest): string {
  const files = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const listed = files.map((f) => `${f.sha256Hex}  ${f.path}\n`).join('');
  const driven = manifest.runtime ?? manifest.bergamot ?? manifest.embedding;
  return driven === undefined ? listed : `${listed}${canonicalJson(driven)}\n`;
}

/** SHA-256 of `modelFingerprint`, in hex. */
export async function modelSha256Hex(manifest: ModelManifest): Promise<string> {
  return sha256Hex(new TextEncoder().encode(modelFingerprint(manifest)));
}

/**
 * Checks one file's bytes against the manifest.
 * @throws Error naming the file when it is not listed, has another size or another hash
 */
export async function verifyModelFile(manifest: ModelManifest, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const listed = manifest.files.find((f) => f.path === path);
  if (listed === undefined) throw new Error(`${manifest.id}: ${path} is not listed in the manifest`);
  if (bytes.length !== listed.sizeBytes) {
    throw new Error(`${manifest.id}: ${path} has ${bytes.length} bytes, the manifest says ${listed.sizeBytes}`);
  }
  if ((await sha256Hex(bytes)) !== listed.sha256Hex) throw new Error(`${manifest.id}: ${path} is not the listed file`);
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}
