/** A speech pack of the shelf as a model: its files go through the door that checks each. */
import type { Device } from '../language/seq2seq.ts';
import type { Transcriber } from '../language/speech/contract.ts';
import { loadWhisper } from '../language/speech/whisper.ts';
import type { PackShelf } from '../vault/pack-shelf.ts';
import { packDoor, shelvedManifest } from './pack-door.ts';

const MODELS_ROOT = '/models/';

/** @throws PackRefused when the pack is gone or changed, ModelFault when it is no speech model */
export async function openSpeechPack(
  shelf: PackShelf,
  modelSha256Hex: string,
  device: Device,
  wasmPaths: { readonly mjs: string; readonly wasm: string }
): Promise<Transcriber> {
  const manifest = await shelvedManifest(shelf, modelSha256Hex);
  const open = packDoor(shelf, MODELS_ROOT, new Map([[modelSha256Hex, manifest]]));
  const readJson = async (path: string): Promise<unknown> => {
    const response = await open(`${MODELS_ROOT}${modelSha256Hex}/${path}`);
    return (await response?.json()) as unknown;
  };
  const files = { modelsRoot: MODELS_ROOT, folder: modelSha256Hex, threads: 1, wasmPaths, device, open };
  return loadWhisper({ manifest, readJson, ...files });
}
