/** What a source is known by before it is read: of a part of a container the container's hash, of a folder its list's. */
import type { SourcePart } from './contract.ts';
import { sha256Hex } from './hash.ts';
import { packedFolder } from './packed-folder.ts';

/** @returns 64 hex digits */
export async function fingerprint(file: Blob, part: SourcePart | undefined, signal: AbortSignal): Promise<string> {
  if (part?.inside !== undefined) return part.inside.sha256Hex;
  if (part?.folder === undefined) return await sha256Hex(file, signal);
  const { folder } = await packedFolder('', part.folder, signal);
  return folder?.sha256Hex ?? '';
}
