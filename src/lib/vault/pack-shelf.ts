/**
 * Model packs on this device, in the origin's private file system; one folder a pack, named by its model's hash, its
 * files numbered as its manifest lists them, so that no name from outside ever becomes a name on disk. Weights are
 * public: they lie in clear.
 *
 * [Note: Final marker] A pack counts once `installed.json` stands in its folder, which is written last. A folder without
 * it is what a crash, a closed tab or a refusal left, and is swept away when the shelf is next opened, unless another tab
 * is taking a pack in at that moment.
 */
import type { SyncAccess, SyncFile } from './sync-access.ts';

const FOLDER = 'model-packs';
const MARKER = 'installed.json';
const LOCK = 'skein-model-packs';

export interface PackRecord {
  readonly modelSha256Hex: string;
  readonly manifestText: string;
  readonly card: string;
  /** What was written with the marker, as JSON. */
  readonly installed: unknown;
}

export interface PackWriter {
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export class PackShelf {
  readonly #root: FileSystemDirectoryHandle;

  private constructor(root: FileSystemDirectoryHandle) {
    this.#root = root;
  }

  static async open(): Promise<PackShelf> {
    const origin = await navigator.storage.getDirectory();
    return new PackShelf(await origin.getDirectoryHandle(FOLDER, { create: true }));
  }

  /** Holds the shelf against other tabs while `work` runs; null when one of them has it. */
  static async whileHeld<T>(work: () => Promise<T>): Promise<T | null> {
    return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock === null ? null : work()));
  }

  /** Removes what no marker stands in; call while the shelf is held. Returns how many folders went. */
  async sweep(): Promise<number> {
    let swept = 0;
    for (const name of await this.#names()) {
      if (await this.holds(name)) continue;
      await this.#root.removeEntry(name, { recursive: true });
      swept++;
    }
    return swept;
  }

  async holds(modelSha256Hex: string): Promise<boolean> {
    const folder = await this.#folder(modelSha256Hex);
    return folder !== null && (await textIn(folder, MARKER)) !== null;
  }

  async free(): Promise<number | null> {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? null : quota - usage;
  }

  /** An empty folder to write a pack into; what stood there without a marker is gone. */
  async room(modelSha256Hex: string): Promise<{ write(index: number): Promise<PackWriter>; abandon(): Promise<void> }> {
    if ((await this.#folder(modelSha256Hex)) !== null) await this.#root.removeEntry(modelSha256Hex, { recursive: true });
    const folder = await this.#root.getDirectoryHandle(modelSha256Hex, { create: true });
    let open: SyncAccess | null = null;
    return {
      async write(index) {
        const file = (await folder.getFileHandle(String(index), { create: true })) as SyncFile;
        const handle = (open = await file.createSyncAccessHandle());
        let at = 0;
        return {
          append: async (bytes) => {
            at += handle.write(bytes, { at });
          },
          close: async () => {
            handle.flush();
            handle.close();
            open = null;
          }
        };
      },
      abandon: async () => {
        open?.close();
        await this.#root.removeEntry(modelSha256Hex, { recursive: true });
      }
    };
  }

  /** Writes manifest and card beside the files: the pack can be tried, and does not count yet. */
  async describe(modelSha256Hex: string, manifestText: string, card: string): Promise<void> {
    const folder = await this.#root.getDirectoryHandle(modelSha256Hex);
    await writeText(folder, 'manifest.json', manifestText);
    await writeText(folder, 'card.md', card);
  }

  /** Writes the marker, or writes it anew: see [Note: Final marker]. */
  async install(modelSha256Hex: string, installed: unknown): Promise<void> {
    await writeText(await this.#root.getDirectoryHandle(modelSha256Hex), MARKER, JSON.stringify(installed));
  }

  /** The marker goes first: a removal that is cut short leaves nothing that counts. */
  async remove(modelSha256Hex: string): Promise<void> {
    const folder = await this.#folder(modelSha256Hex);
    if (folder === null) return;
    await folder.removeEntry(MARKER).catch(() => {});
    await this.#root.removeEntry(modelSha256Hex, { recursive: true });
  }

  /** Packs that count, by their hash. */
  async list(): Promise<PackRecord[]> {
    const records: PackRecord[] = [];
    for (const modelSha256Hex of await this.#names()) {
      const folder = await this.#root.getDirectoryHandle(modelSha256Hex);
      const installed = await textIn(folder, MARKER);
      if (installed === null) continue;
      const manifestText = (await textIn(folder, 'manifest.json')) ?? '';
      records.push({
        modelSha256Hex,
        manifestText,
        card: (await textIn(folder, 'card.md')) ?? '',
        installed: JSON.parse(installed) as unknown
      });
    }
    return records;
  }

  /** The manifest as it came, whether the pack counts or is being tried; null where there is no such pack. */
  async manifestText(modelSha256Hex: string): Promise<string | null> {
    const folder = await this.#folder(modelSha256Hex);
    return folder === null ? null : textIn(folder, 'manifest.json');
  }

  /** File number `index` of a pack; null where it is not there. */
  async file(modelSha256Hex: string, index: number): Promise<File | null> {
    const folder = await this.#folder(modelSha256Hex);
    return folder === null ? null : fileIn(folder, String(index));
  }

  async #names(): Promise<string[]> {
    const names: string[] = [];
    for await (const [name, handle] of this.#root.entries()) if (handle.kind === 'directory') names.push(name);
    return names.sort();
  }

  async #folder(name: string): Promise<FileSystemDirectoryHandle | null> {
    return this.#root.getDirectoryHandle(name).catch(whenMissing);
  }
}

/** A missing entry is an answer; anything else is a fault. */
function whenMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null;
  throw error;
}

async function fileIn(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  const handle = await folder.getFileHandle(name).catch(whenMissing);
  return handle === null ? null : handle.getFile();
}

async function textIn(folder: FileSystemDirectoryHandle, name: string): Promise<string | null> {
  const file = await fileIn(folder, name);
  return file === null ? null : file.text();
}

/** All of it or nothing: the browser puts the new file in place when it is closed. */
async function writeText(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  const file = await folder.getFileHandle(name, { create: true });
  const writable = await file.createWritable();
  await writable.write(text);
  await writable.close();
}
