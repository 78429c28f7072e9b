/** A sentence encoder of the shelf as a model: its files go through the door that checks each. */
import type { SentenceEncoder } from '../language/embedding/contract.ts';
import { loadEncoder } from '../language/embedding/encoder.ts';
import { modelSha256Hex, type ModelManifest } from '../language/manifest.ts';
import type { PackShelf } from '../vault/pack-shelf.ts';
import { packDoor } from './pack-door.ts';

const MODELS_ROOT = '/models/';

/** @throws PackRefused when a file of the pack changed, ModelFault when it is no encoder */
export async function openEncoderPack(
  shelf: PackShelf,
  manifest: ModelManifest,
  wasmPaths: { readonly mjs: string; readonly wasm: string }
): Promise<SentenceEncoder> {
  const folder = await modelSha256Hex(manifest);
  const open = packDoor(shelf, MODELS_ROOT, new Map([[folder, manifest]]));
  return loadEncoder({ manifest, modelsRoot: MODELS_ROOT, folder, threads: 1, wasmPaths, open });
}
