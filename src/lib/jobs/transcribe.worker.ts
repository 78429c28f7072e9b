/** Wiring of the transcription worker: one speech pack of this device, the decoders of the browser, and one call. */
import { expose, type ProxyMarked } from 'comlink';
import gpuModule from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import gpuWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import runtimeModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import runtimeWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { AudioFault } from '../audio/fault.ts';
import { ModelFault } from '../language/model-fault.ts';
import { PackRefused } from '../language/packs/refusal.ts';
import type { Device } from '../language/seq2seq.ts';
import type { Transcriber } from '../language/speech/contract.ts';
import { transcribeFile, type FileHeard } from '../pipeline/transcribe.ts';
import { PackShelf } from '../vault/pack-shelf.ts';
import { beginWorker } from './begin.ts';
import { openSpeechPack } from './speech-pack.ts';

beginWorker();

/** How a call failed; views have words for the codes. `of` says whether the file or the model is to blame. */
export interface HearingTrouble {
  readonly of: 'sound' | 'model';
  readonly code: string;
  readonly detail: string;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: HearingTrouble };

export interface TranscribeWorkerApi {
  open(modelSha256Hex: string, device: Device): Promise<Answer<{ modelId: string }>>;
  transcribe(file: Blob, onProgress: ((done_ms: number) => void) & ProxyMarked): Promise<Answer<FileHeard>>;
}

let transcriber: Transcriber | null = null;

const wasmPathsOf = (device: Device): { mjs: string; wasm: string } => {
  const [mjs, wasm] = device === 'webgpu' ? [gpuModule, gpuWasm] : [runtimeModule, runtimeWasm];
  return { mjs: new URL(mjs, location.href).href, wasm: new URL(wasm, location.href).href };
};

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof AudioFault) return { ok: false, trouble: { of: 'sound', code: error.code, detail: error.detail } };
    if (error instanceof ModelFault) return { ok: false, trouble: { of: 'model', code: error.code, detail: error.detail } };
    if (error instanceof PackRefused) {
      return { ok: false, trouble: { of: 'model', code: error.refusal.code, detail: error.refusal.file } };
    }
    throw error;
  }
}

const api: TranscribeWorkerApi = {
  open: (modelSha256Hex, device) =>
    answer(async () => {
      transcriber = await openSpeechPack(await PackShelf.open(), modelSha256Hex, device, wasmPathsOf(device));
      return { modelId: transcriber.id };
    }),
  transcribe: (file, onProgress) =>
    answer(() => {
      if (transcriber === null) throw new Error('the speech model is not open');
      return transcribeFile(transcriber, file, new AbortController().signal, (done_ms) => void onProgress(done_ms));
    })
};

expose(api);
