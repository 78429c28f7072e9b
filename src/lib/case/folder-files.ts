/** The files of a folder that is one source, as its reader gets them. */
import type { FolderFile } from '../formats/contract.ts';
import { topOf } from '../formats/drop/folders.ts';
import type { DropItem } from '../pipeline/contract.ts';
import type { OfferedFile } from './companions.ts';

/** Files beside the documents that are listed for their sizes; an export of more pictures goes without. */
const MOST_BESIDE = 20_000;

/**
 * Paths count from the folder that was dropped, as those of a zip count from the zip.
 * @param root the folder of the export, without a slash at its end
 */
export function folderFiles(
  offered: readonly OfferedFile[],
  root: string,
  { documents, hides }: NonNullable<DropItem['folder']>
): readonly FolderFile[] {
  const own = new Set(documents);
  const hidden = new Set(hides);
  const start = topOf(root).length + 1;
  const files: FolderFile[] = [];
  const beside: FolderFile[] = [];
  for (const [index, one] of offered.entries()) {
    if (hidden.has(index) || !one.name.startsWith(`${root}/`)) continue;
    const isDocument = own.has(index);
    (isDocument ? files : beside).push({ path: one.name.slice(start), blob: one.file, isDocument });
    if (isDocument)
      for (const log of one.beside ?? []) files.push({ path: log.name.slice(start), blob: log.blob, isDocument: true });
  }
  return beside.length > MOST_BESIDE ? files : [...files, ...beside];
}
