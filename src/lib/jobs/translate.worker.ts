/** Wiring of the translation worker: the models, the runtime's files on our own origin, and one call. */
import { expose, type ProxyMarked } from 'comlink';
import gpuModule from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import gpuWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import runtimeModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import runtimeWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { LanguageCode, ModelUse, TranslatedLine, TranslateProgress } from '../language/contract.ts';
import type { TrialOutcome } from '../language/device-choice.ts';
import type { ModelManifest } from '../language/manifest.ts';
import { ModelFault } from '../language/model-fault.ts';
import { openEmbedded, openPack, openTranslator, readManifest, type PickedPack } from '../language/open.ts';
import { tryEncoder } from '../language/embedding/trial.ts';
import { PackRefused } from '../language/packs/refusal.ts';
import { tryPack } from '../language/packs/trial.ts';
import type { Device } from '../language/seq2seq.ts';
import { trySpeech } from '../language/speech/trial.ts';
import type { LineToTranslate, LineTranslator } from '../language/translate.ts';
import { PackShelf } from '../vault/pack-shelf.ts';
import { beginWorker } from './begin.ts';
import { BERGAMOT_HERE } from './bergamot.ts';
import { packDoor, shelvedManifest } from './pack-door.ts';
import { openEncoderPack } from './encoder-pack.ts';
import { openSpeechPack } from './speech-pack.ts';

beginWorker();

/** A pack that was picked, and the languages it was picked for. */
export interface Pick {
  readonly modelSha256Hex: string;
  readonly languages: readonly LanguageCode[];
}

export interface OpenRequest {
  /** Inside one operation. */
  readonly threads: number;
  readonly picks: readonly Pick[];
  /** 'webgpu' where one of the packs runs faster there; the worker keeps to it. */
  readonly device: Device;
  /** Where the embedded model runs; 'wasm' where nothing is said. */
  readonly embeddedDevice?: Device;
}

/** What is tried: a pack on the shelf, or a model that ships with the app. */
export type TrialOf = { readonly pack: string } | { readonly embedded: string };

export interface TranslateResult {
  readonly lines: readonly TranslatedLine[];
  /** Distinct segments that ran through a model; the rest came from its memory. */
  readonly unique: number;
  readonly uses: readonly ModelUse[];
}

/** How a call failed, where a model is to blame; views have the words. */
export interface ModelTrouble {
  readonly code: string;
  readonly detail: string;
}

export type TranslateAnswer =
  { readonly ok: true; readonly result: TranslateResult } | { readonly ok: false; readonly trouble: ModelTrouble };

export interface TranslateWorkerApi {
  /** Makes ready; models are loaded when the first line in one of their languages comes. */
  open(request: OpenRequest): Promise<{ languages: readonly string[] }>;
  translate(
    lines: readonly LineToTranslate[],
    onProgress: (((progress: TranslateProgress) => void) & ProxyMarked) | null
  ): Promise<TranslateAnswer>;
  /** Usual language of each writer of each conversation, by their longer lines. */
  usualLanguages(conversations: readonly (readonly (readonly string[])[])[]): (LanguageCode | undefined)[][];
  /** Makes the running call reject between two batches. */
  cancel(): void;
  /** Runs one model, of a pack whether it counts yet or not, over its own probe lines. */
  trial(of: TrialOf, device: Device): Promise<TrialOutcome>;
}

const MODELS_ROOT = '/models/';
let translator: LineTranslator | null = null;
let running = new AbortController();

function opened(): LineTranslator {
  if (translator === null) throw new Error('the translation models are not open');
  return translator;
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`${MODELS_ROOT}${path}`);
  if (!response.ok) throw new Error(`${MODELS_ROOT}${path} is missing (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The runtime for the graphics card is twice as large: it is fetched only where it is used. */
function wasmPathsOf(device: Device): { mjs: string; wasm: string } {
  const [mjs, wasm] = device === 'webgpu' ? [gpuModule, gpuWasm] : [runtimeModule, runtimeWasm];
  return { mjs: new URL(mjs, location.href).href, wasm: new URL(wasm, location.href).href };
}

const troubleOf = (error: unknown): ModelTrouble | null => {
  if (error instanceof ModelFault) return { code: error.code, detail: error.detail };
  return error instanceof PackRefused ? { code: error.refusal.code, detail: error.refusal.file } : null;
};

const api: TranslateWorkerApi = {
  async open({ threads, picks, device, embeddedDevice = 'wasm' }) {
    const wasmPaths = wasmPathsOf(embeddedDevice === 'webgpu' ? embeddedDevice : device);
    const common = { read, modelsRoot: MODELS_ROOT, threads, wasmPaths, device, embeddedDevice, bergamot: BERGAMOT_HERE };
    if (picks.length === 0) translator = await openTranslator(common);
    else {
      const shelf = await PackShelf.open();
      const manifests = new Map<string, ModelManifest>();
      const picked: PickedPack[] = [];
      for (const { modelSha256Hex, languages } of picks) {
        const manifest = await shelvedManifest(shelf, modelSha256Hex);
        manifests.set(modelSha256Hex, manifest);
        picked.push({ manifest, languages });
      }
      translator = await openTranslator({ ...common, picked, open: packDoor(shelf, MODELS_ROOT, manifests) });
    }
    return { languages: translator.languages };
  },
  usualLanguages: (conversations) => opened().usualLanguages(conversations),
  async translate(lines, onProgress) {
    const open = opened();
    running = new AbortController();
    let unique = 0;
    try {
      const done = await open.translate(lines, {
        signal: running.signal,
        onProgress: (progress) => {
          unique = progress.unique;
          void onProgress?.(progress);
        }
      });
      return { ok: true, result: { lines: done, unique, uses: open.uses } };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      return { ok: false, trouble };
    }
  },
  cancel() {
    running.abort();
  },
  async trial(of, device) {
    try {
      if ('embedded' in of) {
        const { manifest } = await readManifest(read, of.embedded);
        const files = { read, modelsRoot: MODELS_ROOT, threads: 1, wasmPaths: wasmPathsOf(device), embeddedDevice: device };
        return { ok: true, ...(await tryPack(manifest, await openEmbedded(manifest, files))) };
      }
      const modelSha256Hex = of.pack;
      const shelf = await PackShelf.open();
      const manifest = await shelvedManifest(shelf, modelSha256Hex);
      if (manifest.kind === 'transcription') {
        return { ok: true, ...(await trySpeech(await openSpeechPack(shelf, modelSha256Hex, device, wasmPathsOf(device)))) };
      }
      if (manifest.kind === 'embedding') {
        return { ok: true, ...(await tryEncoder(manifest, await openEncoderPack(shelf, manifest, wasmPathsOf('wasm')))) };
      }
      const open = packDoor(shelf, MODELS_ROOT, new Map([[modelSha256Hex, manifest]]));
      const engine = await openPack(manifest, {
        modelsRoot: MODELS_ROOT,
        threads: 1,
        wasmPaths: wasmPathsOf(device),
        device,
        open,
        bergamot: BERGAMOT_HERE
      });
      return { ok: true, ...(await tryPack(manifest, engine)) };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null)
        return { ok: false, code: 'run-failed', detail: error instanceof Error ? error.message : String(error) };
      return { ok: false, code: trouble.code as Extract<TrialOutcome, { ok: false }>['code'], detail: trouble.detail };
    }
  }
};

expose(api);
