/** An import that waits or was stopped, as the data that lies beside its copy; see [Note: Staged file]. */
import type { FolderFile, ReadOptions } from '../formats/contract.ts';
import { pathOf, type InsideRoute } from '../formats/drop/route.ts';
import type { SourcePart } from '../pipeline/contract.ts';
import type { AheadFile } from '../pipeline/read-ahead-contract.ts';

export interface StagedImport {
  readonly name: string;
  readonly sizeBytes: number;
  readonly formatId: string;
  /** With the password, where there is one: who can unseal it can unseal the copy that it opens. */
  readonly options: ReadOptions;
  /** Of the file, taken while it was laid aside; null of a part of a zip, which has the zip's, and of a folder. */
  readonly sha256Hex: string | null;
  /** Names of the files behind the first one in the copy: logs and journals of a database. */
  readonly beside?: readonly string[];
  /** The copy is then the zip around the source. */
  readonly inside?: InsideRoute;
  /** The copy then holds the documents among these, in their order. */
  readonly folder?: readonly { readonly path: string; readonly sizeBytes: number; readonly isDocument: boolean }[];
}

export function noteOf({ name, sizeBytes, formatId, options, part }: AheadFile, sha256Hex: string | null): StagedImport {
  const { beside, inside, folder } = part ?? {};
  return {
    name,
    sizeBytes,
    formatId,
    options,
    sha256Hex,
    ...(beside === undefined ? {} : { beside: beside.map((one) => one.name) }),
    ...(inside === undefined ? {} : { inside }),
    ...(folder === undefined
      ? {}
      : { folder: folder.map(({ path, blob, isDocument }) => ({ path, sizeBytes: blob.size, isDocument })) })
  };
}

/** The source again. @param blobs the files of its copy, one at least */
export function sourceOf(
  { sha256Hex, beside, inside, folder }: StagedImport,
  blobs: readonly Blob[]
): { readonly file: Blob; readonly part: SourcePart } {
  const [file, ...more] = blobs as readonly [Blob, ...Blob[]];
  const documents = [...blobs];
  const part: SourcePart = {
    ...(sha256Hex === null ? {} : { sha256Hex }),
    ...(beside === undefined ? {} : { beside: beside.map((name, i) => ({ name, blob: more[i] as Blob })) }),
    ...(inside === undefined ? {} : { inside }),
    ...(folder === undefined
      ? {}
      : {
          folder: folder.map(({ path, sizeBytes, isDocument }): FolderFile => ({
            path,
            isDocument,
            blob: isDocument ? (documents.shift() as Blob) : new SizeAlone(sizeBytes)
          }))
        })
  };
  return { file, part };
}

/**
 * Whether a case has the source that an import would have been. A folder has no hash before it is read, and one that is
 * there already is known by it then.
 * @param at the place that it has if its import came to its end
 */
export function isSourceAt(
  sources: readonly { readonly sha256Hex: string; readonly inside?: string }[],
  at: number,
  { sha256Hex, inside }: StagedImport
): boolean {
  const source = sources[at];
  if (source === undefined) return false;
  return source.sha256Hex === (inside?.sha256Hex ?? sha256Hex) && source.inside === (inside && pathOf(inside));
}

/** In the place of a picture beside the documents of a folder, which is known by its size and never opened. */
class SizeAlone extends Blob {
  readonly #size: number;

  constructor(size: number) {
    super();
    this.#size = size;
  }

  override get size(): number {
    return this.#size;
  }

  override slice(start = 0, end = this.#size): Blob {
    return new SizeAlone(Math.max(0, Math.min(end, this.#size) - start));
  }

  /** What is read around a document takes some of what lies beside it along. */
  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(new ArrayBuffer(this.#size));
  }
}
