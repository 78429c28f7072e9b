/** The door through which the model library reads packs: files of the shelf, each checked on its way in. */
import { modelSha256Hex, verifyModelFile, type ModelManifest } from '../language/manifest.ts';
import { parsePackManifest } from '../language/packs/schema.ts';
import { PackRefused } from '../language/packs/refusal.ts';
import type { PackShelf } from '../vault/pack-shelf.ts';

/**
 * Reads a pack's manifest from the shelf and makes sure that it still is that pack's.
 * @throws PackRefused 'damaged-here' when it is gone or changed
 */
export async function shelvedManifest(shelf: PackShelf, hash: string): Promise<ModelManifest> {
  const text = await shelf.manifestText(hash);
  if (text === null) throw new PackRefused('damaged-here', 'manifest.json');
  const { manifest } = parsePackManifest(text);
  if ((await modelSha256Hex(manifest)) !== hash) throw new PackRefused('damaged-here', 'manifest.json');
  return manifest;
}

/**
 * Answers addresses of the form `<root><hash>/<path>` for the given packs; null for any other. A file the manifest does not
 * list is 404, so that nothing of a pack is ever asked of a server; one that changed on the disk is refused.
 */
export function packDoor(
  shelf: PackShelf,
  root: string,
  packs: ReadonlyMap<string, ModelManifest>
): (address: string) => Promise<Response> | null {
  return (address) => {
    const [hash = '', ...rest] = address.slice(address.indexOf(root) + root.length).split('/');
    const manifest = packs.get(hash);
    return manifest === undefined ? null : answer(shelf, hash, manifest, rest.join('/'));
  };
}

async function answer(shelf: PackShelf, hash: string, manifest: ModelManifest, path: string): Promise<Response> {
  const index = manifest.files.findIndex((file) => file.path === path);
  const file = index === -1 ? null : await shelf.file(hash, index);
  if (file === null) return new Response(null, { status: 404 });
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    await verifyModelFile(manifest, path, bytes);
  } catch {
    throw new PackRefused('damaged-here', path);
  }
  return new Response(bytes, { headers: { 'Content-Length': String(bytes.length) } });
}
