/** Folders of cases in the origin's private file system, one a case, written by sync access handles, which only workers have. */
import type { SyncAccess, SyncFile } from '../sync-access.ts';
import type { Disk, SegmentFile, SegmentFolder } from './ports.ts';

const FOLDER = 'cases';
/** A worker that was just ended lets its files go a moment later. */
const PATIENCE_MS = 5_000;
const TRY_AGAIN_MS = 20;

/** Null where this browser, or this window, cannot write files in place: blocks then go to IndexedDB. */
export async function opfsDisk(folder = FOLDER): Promise<Disk | null> {
  const canWrite = 'FileSystemFileHandle' in globalThis && 'createSyncAccessHandle' in FileSystemFileHandle.prototype;
  if (!canWrite) return null;
  try {
    const origin = await navigator.storage.getDirectory();
    const cases = await origin.getDirectoryHandle(folder, { create: true });
    return {
      folder: async (caseId) => opfsFolder(await cases.getDirectoryHandle(caseId, { create: true })),
      async cases() {
        const ids: string[] = [];
        for await (const [id, handle] of cases.entries()) if (handle.kind === 'directory') ids.push(id);
        return ids.sort();
      },
      remove: (caseId) =>
        patiently(() => cases.removeEntry(caseId, { recursive: true }))
          .catch(whenMissing)
          .then(() => {})
    };
  } catch {
    // Private windows of some browsers have the interface and refuse its use.
    return null;
  }
}

function opfsFolder(folder: FileSystemDirectoryHandle): SegmentFolder {
  return {
    async open(name) {
      const file = (await folder.getFileHandle(name, { create: true })) as SyncFile;
      return writableFile(await patiently(() => file.createSyncAccessHandle()));
    },
    async peek(name) {
      const handle = await folder.getFileHandle(name).catch(whenMissing);
      return handle === null ? null : readableFile(handle);
    },
    remove: (name) =>
      folder
        .removeEntry(name)
        .catch(whenMissing)
        .then(() => {}),
    async names() {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    }
  };
}

function writableFile(handle: SyncAccess): SegmentFile {
  return {
    size: async () => handle.getSize(),
    async read(at, length) {
      const room = Math.max(0, Math.min(length, handle.getSize() - at));
      const bytes = new Uint8Array(room);
      const count = handle.read(bytes, { at });
      return count === room ? bytes : bytes.slice(0, count);
    },
    async write(bytes, at) {
      const count = handle.write(bytes, { at });
      if (count < bytes.length) throw new DOMException('The file took fewer bytes than it was given.', 'QuotaExceededError');
    },
    truncate: async (length) => handle.truncate(length),
    flush: async () => handle.flush(),
    close: () => handle.close()
  };
}

/** Looked at through a snapshot that is taken anew for each read: the writing window lengthens the file meanwhile. */
function readableFile(handle: FileSystemFileHandle): SegmentFile {
  const refused = (): Promise<never> => Promise.reject(new TypeError('This file was opened for reading.'));
  return {
    size: async () => (await handle.getFile()).size,
    read: (at, length) =>
      patiently(async () => new Uint8Array(await (await handle.getFile()).slice(at, at + length).arrayBuffer())),
    write: refused,
    truncate: refused,
    flush: refused,
    close: () => {}
  };
}

/** Tries again while another still holds the file, or it was lengthened between look and read. */
async function patiently<R>(work: () => Promise<R>): Promise<R> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isBusy = error instanceof DOMException && ['NoModificationAllowedError', 'NotReadableError'].includes(error.name);
      if (!isBusy || performance.now() > until) throw error;
    }
    await new Promise((over) => setTimeout(over, TRY_AGAIN_MS));
  }
}

/** A missing entry is an answer; anything else is a fault. */
function whenMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null;
  throw error;
}
