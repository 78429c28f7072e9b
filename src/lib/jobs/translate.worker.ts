/** Wiring of the translation worker: the model, the runtime's files on our own origin, and one call. */
import { expose, type ProxyMarked } from 'comlink';
import runtimeModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import runtimeWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { TranslatedLine, TranslateProgress } from '../language/contract.ts';
import { openTranslator } from '../language/open.ts';
import type { LineToTranslate, LineTranslator } from '../language/translate.ts';
import { closeWaysOut } from '../vault/lockdown.ts';
import { installDefaultPolicy } from '../vault/trusted-types.ts';

closeWaysOut(globalThis);
installDefaultPolicy();

export interface TranslateResult {
  readonly lines: readonly TranslatedLine[];
  /** Distinct segments that ran through the model; the rest came from its memory. */
  readonly unique: number;
}

export interface TranslateWorkerApi {
  /** Loads the embedded model with so many threads. */
  open(threads: number): Promise<{ modelId: string; modelSha256Hex: string; languages: readonly string[] }>;
  translate(
    lines: readonly LineToTranslate[],
    onProgress: (((progress: TranslateProgress) => void) & ProxyMarked) | null
  ): Promise<TranslateResult>;
  /** Makes the running call reject between two batches. */
  cancel(): void;
}

const MODELS_ROOT = '/models/';
let translator: LineTranslator | null = null;
let running = new AbortController();

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`${MODELS_ROOT}${path}`);
  if (!response.ok) throw new Error(`${MODELS_ROOT}${path} is missing (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

const api: TranslateWorkerApi = {
  async open(threads) {
    const wasmPaths = {
      mjs: new URL(runtimeModule, location.href).href,
      wasm: new URL(runtimeWasm, location.href).href
    };
    translator = await openTranslator({ read, modelsRoot: MODELS_ROOT, threads, wasmPaths });
    const { modelId, modelSha256Hex, languages } = translator;
    return { modelId, modelSha256Hex, languages };
  },
  async translate(lines, onProgress) {
    if (translator === null) throw new Error('the translation model is not open');
    running = new AbortController();
    let unique = 0;
    const done = await translator.translate(lines, {
      signal: running.signal,
      onProgress: (progress) => {
        unique = progress.unique;
        void onProgress?.(progress);
      }
    });
    return { lines: done, unique };
  },
  cancel() {
    running.abort();
  }
};

expose(api);
