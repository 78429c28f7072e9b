/** Files of a drop, folders walked through. The names keep the folder's path, so that two files stay apart. */
export interface NamedFile {
  readonly file: File;
  readonly name: string;
}

export interface DroppedFiles {
  readonly files: readonly NamedFile[];
  /** Files beyond the most, which are counted and not offered. */
  readonly notListed: number;
}

/** A folder with the whole of a phone holds some hundred thousand files, a kilobyte of memory each. */
const MOST_FILES = 200_000;

export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFiles> {
  // Entries must be taken before the first wait: the browser empties the list after the event.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null)) return { files: plain.map((file) => ({ file, name: file.name })), notListed: 0 };
  const found = { files: [] as NamedFile[], notListed: 0 };
  for (const entry of entries) if (entry !== null) await walk(entry, '', found);
  return found;
}

async function walk(entry: FileSystemEntry, folder: string, found: { files: NamedFile[]; notListed: number }): Promise<void> {
  const name = `${folder}${entry.name}`;
  if (entry.isFile && found.files.length >= MOST_FILES) {
    found.notListed++;
    return;
  }
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.files.push({ file, name });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives a folder in portions until it gives none.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return;
    for (const child of portion) await walk(child, `${name}/`, found);
  }
}
