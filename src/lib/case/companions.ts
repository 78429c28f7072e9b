/** Files that were dropped together and belong together: a database and what SQLite writes beside it. */
import type { ReadOptions } from '../formats/contract.ts';
import type { SourcePart } from '../pipeline/contract.ts';

export interface OfferedFile extends SourcePart {
  readonly file: Blob;
  readonly name: string;
  readonly options?: ReadOptions;
  /** Of a source inside the file; absent where the file is the source. */
  readonly sizeBytes?: number;
}

/** SQLite's own files beside a database (its log, the index of the log, its rollback journal), and a tool's beside its own. */
const COMPANION = /-(?:wal|shm|journal)$/i;
const LAVA = { database: '_lava_artifacts.db', description: '_lava_data.json' } as const;

/** Name of the database that a file would belong to; its own name where it belongs to none. */
function baseOf(name: string): string {
  return name.endsWith(LAVA.description) ? name.slice(0, -LAVA.description.length) + LAVA.database : name.replace(COMPANION, '');
}

/**
 * Puts each companion beside its database, told by its name. The index of a log says nothing that the log does not, and
 * is left out; a companion whose database was not dropped with it stands by itself, and recognition says what it is.
 */
export function withCompanions(files: readonly OfferedFile[]): readonly OfferedFile[] {
  const names = new Set(files.map((file) => file.name));
  const isCompanion = (name: string): boolean => baseOf(name) !== name && names.has(baseOf(name));
  return files
    .filter((file) => !isCompanion(file.name))
    .map((file) => {
      const beside = files
        .filter((other) => isCompanion(other.name) && baseOf(other.name) === file.name && !/-shm$/i.test(other.name))
        .map((other) => ({ name: other.name, blob: other.file }));
      return beside.length === 0 ? file : { ...file, beside };
    });
}
