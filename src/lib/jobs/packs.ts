/** Typed handle of the packs worker, and the trial that every pack passes before it counts. */
import { proxy, wrap } from 'comlink';
import { chooseDevice, type DeviceChoice, type TrialOutcome } from '../language/device-choice.ts';
import type { ModelManifest } from '../language/manifest.ts';
import type { PackRefusal } from '../language/packs/refusal.ts';
import type { Device } from '../language/seq2seq.ts';
import type { DroppedFile, IntakeResult } from '../pipeline/pack-intake.ts';
import { hasRealAdapter } from './graphics.ts';
import type { InstalledPack, IntakeProgress, PackInstalled, PacksWorkerApi } from './packs.contract.ts';
import { endedWithPage } from './page-left.ts';
import { toldWhile } from './told-while.ts';
import { startTrial } from './translate.ts';
import type { TrialOf } from './translate.worker.ts';

/** A model that has said nothing for so long will not do for a case either. */
const TRIAL_MS = 120_000;

export type TakeStage =
  { readonly at: 'checking'; readonly progress: IntakeProgress } | { readonly at: 'trying'; readonly device: Device };

export type TakeResult =
  | { readonly ok: true; readonly pack: InstalledPack; readonly leftOut: number }
  | { readonly ok: false; readonly refusal: PackRefusal };

export interface PackKeeper {
  list(): Promise<InstalledPack[]>;
  /**
   * Takes a pack in: checked, written, tried, and only then there. Rejects with the signal's reason on abort; whatever is
   * wrong with the pack is a refusal and leaves nothing behind.
   */
  take(files: readonly DroppedFile[], signal: AbortSignal, onStage: (stage: TakeStage) => void): Promise<TakeResult>;
  /** Tries a pack's devices again and keeps the result. */
  tryAgain(pack: InstalledPack): Promise<TakeResult>;
  /** Tries the devices for a model that ships with the app. Where the outcome is kept is the caller's. */
  tryEmbedded(manifest: ModelManifest): Promise<Tried>;
  remove(modelSha256Hex: string): Promise<void>;
  end(): void;
}

export function startPackKeeper(): PackKeeper {
  const worker = endedWithPage(new Worker(new URL('./packs.worker.ts', import.meta.url), { type: 'module', name: 'packs' }));
  const api = wrap<PacksWorkerApi>(worker);
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  worker.addEventListener('error', (event) => ended.reject(new Error(event.message || 'the packs worker failed')));
  // Every call settles, also when the worker dies in the middle of it.
  const call = async <T>(asked: T | Promise<T>): Promise<T> => Promise.race([asked, ended.promise]);
  const keep = async (pack: Omit<InstalledPack, 'choice'>, choice: DeviceChoice): Promise<InstalledPack> => {
    const installed: PackInstalled = { takenAtMs: pack.takenAtMs, signature: pack.signature, choice };
    await call(api.install(pack.modelSha256Hex, installed));
    return { ...pack, choice };
  };
  return {
    list: () => call(api.list()),
    async take(files, signal, onStage) {
      signal.throwIfAborted();
      const stop = (): void => void api.cancel();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const staged: IntakeResult = await toldWhile(
          (progress: IntakeProgress) => onStage({ at: 'checking', progress }),
          (listening) => call<IntakeResult>(api.stage(files, proxy(listening)))
        );
        if (!staged.ok) return staged;
        const { manifest, card, signature, modelSha256Hex, leftOut } = staged.pack;
        try {
          const tried = await tryDevices(manifest, { pack: modelSha256Hex }, signal, (device) =>
            onStage({ at: 'trying', device })
          );
          if (!tried.ok) {
            await call(api.abandon(modelSha256Hex));
            return tried;
          }
          const pack = await keep({ manifest, card, signature, modelSha256Hex, takenAtMs: Date.now() }, tried.choice);
          return { ok: true, pack, leftOut };
        } catch (error) {
          await call(api.abandon(modelSha256Hex));
          throw error;
        }
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    async tryAgain(pack) {
      const tried = await tryDevices(pack.manifest, { pack: pack.modelSha256Hex }, new AbortController().signal, () => {});
      return tried.ok ? { ok: true, pack: await keep(pack, tried.choice), leftOut: 0 } : tried;
    },
    tryEmbedded: (manifest) => tryDevices(manifest, { embedded: manifest.id }, new AbortController().signal, () => {}),
    remove: (modelSha256Hex) => call(api.remove(modelSha256Hex)),
    end() {
      worker.terminate();
      ended.reject(new DOMException('The packs worker was ended.', 'AbortError'));
    }
  };
}

export type Tried = { readonly ok: true; readonly choice: DeviceChoice } | { readonly ok: false; readonly refusal: PackRefusal };

/** Each device in a worker of its own: one worker keeps to one device all its life. */
async function tryDevices(
  manifest: ModelManifest,
  of: TrialOf,
  signal: AbortSignal,
  onDevice: (device: Device) => void
): Promise<Tried> {
  onDevice('wasm');
  const wasm = await outcomeOf(of, 'wasm', signal);
  if (!wasm.ok) return { ok: false, refusal: { code: wasm.code, file: '', detail: wasm.detail } };
  if (wasm.texts.every((text) => text === '')) return { ok: false, refusal: { code: 'trial-empty', file: '', detail: '' } };
  if (manifest.runtime?.dtype.webgpu === undefined) return { ok: true, choice: chooseDevice(wasm, 'no-gpu-weights') };
  if (!(await hasRealAdapter())) return { ok: true, choice: chooseDevice(wasm, 'no-adapter') };
  onDevice('webgpu');
  return { ok: true, choice: chooseDevice(wasm, await outcomeOf(of, 'webgpu', signal)) };
}

async function outcomeOf(of: TrialOf, device: Device, signal: AbortSignal): Promise<TrialOutcome> {
  const trial = startTrial(of, device);
  const silent = Promise.withResolvers<TrialOutcome>();
  const timer = setTimeout(() => silent.resolve({ ok: false, code: 'trial-silent', detail: device }), TRIAL_MS);
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(signal.reason);
  stopped.promise.catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([trial.outcome, silent.promise, stopped.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    trial.end();
  }
}
