/** Wiring of the encoding worker: one sentence encoder of this device, and one call. */
import { expose, transfer } from 'comlink';
import runtimeModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import runtimeWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { SentenceEncoder } from '../language/embedding/contract.ts';
import type { VectorModel } from '../pipeline/window-vectors.ts';
import { PackShelf } from '../vault/pack-shelf.ts';
import { beginWorker } from './begin.ts';
import { openEncoderPack } from './encoder-pack.ts';
import { shelvedManifest } from './pack-door.ts';

beginWorker();

let encoder: SentenceEncoder | null = null;
/** A stop ends the worker. */
const { signal } = new AbortController();

const api = {
  /** @throws Error whose message says what is wrong with the pack */
  async open(modelSha256Hex: string): Promise<{ model: VectorModel; dims: number }> {
    const shelf = await PackShelf.open();
    const manifest = await shelvedManifest(shelf, modelSha256Hex);
    const wasmPaths = { mjs: new URL(runtimeModule, location.href).href, wasm: new URL(runtimeWasm, location.href).href };
    encoder = await openEncoderPack(shelf, manifest, wasmPaths);
    const { id, title, version } = manifest;
    return { model: { id, title, version, modelSha256Hex }, dims: encoder.dims };
  },
  /** Vectors of the texts, one after another. */
  async embed(texts: readonly string[]): Promise<Float32Array<ArrayBuffer>> {
    if (encoder === null) throw new Error('the sentence encoder is not open');
    const values = new Float32Array(texts.length * encoder.dims);
    for (const [i, text] of texts.entries()) values.set(await encoder.embed(text, signal), i * encoder.dims);
    return transfer(values, [values.buffer]);
  }
};
export type EmbedWorkerApi = typeof api;

expose(api);
