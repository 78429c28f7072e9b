/** Which of the files that wait for their import there is room to lay aside; see [Note: Staged file]. */
import type { SourcePart } from '../pipeline/contract.ts';

/** A source as its import will be asked for it. */
export interface SourceFiles {
  readonly file: Blob;
  readonly part?: SourcePart;
}

export interface CopyRoom {
  /** That further copies may take. */
  readonly bytes: number;
  /** Zips that are laid aside already, by their hashes: their sources need no further room. */
  readonly held: readonly string[];
}

/** Sources of one zip need it once; anything else is a copy of its own. */
export const sharedAs = (part: SourcePart | undefined): string | null => part?.inside?.sha256Hex ?? null;

/** What is laid aside of a source: the file and what lies beside it, a folder's documents, or the zip that it lies in. */
export function filesToCopy({ file, part }: SourceFiles): Blob[] {
  if (part?.folder !== undefined) return part.folder.filter(({ isDocument }) => isDocument).map(({ blob }) => blob);
  return [file, ...(part?.beside ?? []).map(({ blob }) => blob)];
}

/** @returns bytes that each would take, in their order; null where there is no room for it */
export function copiesThatFit(sources: readonly SourceFiles[], { bytes, held }: CopyRoom): (number | null)[] {
  const shared = new Set(held);
  let left = bytes;
  return sources.map((source) => {
    const key = sharedAs(source.part);
    const size = key !== null && shared.has(key) ? 0 : filesToCopy(source).reduce((sum, blob) => sum + blob.size, 0);
    if (size > left) return null;
    left -= size;
    if (key !== null) shared.add(key);
    return size;
  });
}
