/** Wiring of the packs worker: the intake into the shelf on this device. */
import { expose } from 'comlink';
import { parsePackManifest } from '../language/packs/schema.ts';
import { takePack } from '../pipeline/pack-intake.ts';
import { PackShelf } from '../vault/pack-shelf.ts';
import { beginWorker } from './begin.ts';
import type { InstalledPack, PackInstalled, PacksWorkerApi } from './packs.contract.ts';

beginWorker();

const shelf = PackShelf.open();
let running = new AbortController();
/** Ends the holding of the shelf that `stage` began. */
let letGo: () => void = () => {};

/** Holds the shelf until `letGo`; resolves with false at once where another tab has it. */
function hold(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    PackShelf.whileHeld(async () => {
      await new Promise<void>((release) => {
        letGo = release;
        resolve(true);
      });
    }).then((held) => {
      if (held === null) resolve(false);
    }, reject);
  });
}

const api: PacksWorkerApi = {
  async list() {
    const packs = await shelf;
    await PackShelf.whileHeld(() => packs.sweep());
    return (await packs.list()).map(({ modelSha256Hex, manifestText, card, installed }): InstalledPack => {
      const { manifest } = parsePackManifest(manifestText);
      return { modelSha256Hex, manifest, card, ...(installed as PackInstalled) };
    });
  },
  async stage(files, onProgress) {
    const packs = await shelf;
    if (!(await hold())) return { ok: false, refusal: { code: 'busy-elsewhere', file: '', detail: '' } };
    running = new AbortController();
    let isStaged = false;
    try {
      await packs.sweep();
      const result = await takePack(files, packs, { signal: running.signal, onProgress });
      if (result.ok) await packs.describe(result.pack.modelSha256Hex, result.pack.manifestText, result.pack.card);
      isStaged = result.ok;
      return result;
    } finally {
      if (!isStaged) letGo();
    }
  },
  cancel() {
    running.abort(new DOMException('The pack was not taken in.', 'AbortError'));
  },
  async install(modelSha256Hex, installed) {
    await (await shelf).install(modelSha256Hex, installed);
    letGo();
  },
  async abandon(modelSha256Hex) {
    await (await shelf).remove(modelSha256Hex);
    letGo();
  },
  async remove(modelSha256Hex) {
    await (await shelf).remove(modelSha256Hex);
  }
};

expose(api);
