/**
 * Files of a shipped model that lie deflated.
 *
 * [Note: Deflated lists] The lists of phrases, words and hints are text and a third of the size when deflated (zlib, RFC
 * 1950); what they leave of the 25 MB is room for weights. The name is no `.gz`, because many hosts serve that with
 * `Content-Encoding: gzip`: the browser would hand on other bytes than the manifest lists.
 */
import type { ModelManifest } from './manifest.ts';

const SUFFIX = '.deflate';

/** Where the manifest lists `name`, deflated or as it is; null where it does not. */
export function listedPath(manifest: Pick<ModelManifest, 'files'>, name: string): string | null {
  return manifest.files.find(({ path }) => path === name || path === name + SUFFIX)?.path ?? null;
}

/**
 * The content of a file of that path, whose bytes were checked before.
 * @throws Error naming the path, where it should be deflated and is not, or only in part
 */
export async function contentOf(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (!path.endsWith(SUFFIX)) return bytes;
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  try {
    return new Uint8Array(await new Response(inflated).arrayBuffer());
  } catch (cause) {
    throw new Error(`${path} cannot be inflated`, { cause });
  }
}

/**
 * Reads a shipped model's file by the name of its content, its hash left unchecked.
 * @throws Error where the manifest does not list it
 */
export async function readContent(
  read: (path: string) => Promise<Uint8Array<ArrayBuffer>>,
  manifest: Pick<ModelManifest, 'id' | 'files'>,
  name: string
): Promise<Uint8Array<ArrayBuffer>> {
  const path = listedPath(manifest, name);
  if (path === null) throw new Error(`${manifest.id}/manifest.json does not list ${name}`);
  return contentOf(path, await read(`${manifest.id}/${path}`));
}
