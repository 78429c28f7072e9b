/** Typed handle of one translation worker: it holds the model once and translates what it is handed. */
import { proxy, wrap } from 'comlink';
import type { TranslateProgress } from '../language/contract.ts';
import type { LineToTranslate } from '../language/translate.ts';
import type { TranslateResult, TranslateWorkerApi } from './translate.worker.ts';

export interface TranslateWorker {
  readonly modelId: string;
  readonly modelSha256Hex: string;
  /** Source languages with a model. */
  readonly languages: readonly string[];
  /** One result a line, in order. On abort it rejects with the signal's reason, and so it does when the worker ends. */
  translate(
    lines: readonly LineToTranslate[],
    signal?: AbortSignal,
    onProgress?: (progress: TranslateProgress) => void
  ): Promise<TranslateResult>;
  /** Ends the worker at once and makes an open call reject. */
  end(): void;
}

/**
 * Starts a worker and loads the embedded model into it.
 * @param threads inside one operation; more than one needs a cross-origin isolated page
 * @throws Error when a model file is missing or is not what its manifest lists
 */
export async function startTranslateWorker(threads = 1): Promise<TranslateWorker> {
  const worker = new Worker(new URL('./translate.worker.ts', import.meta.url), { type: 'module', name: 'translate' });
  const api = wrap<TranslateWorkerApi>(worker);
  const ended = Promise.withResolvers<never>();
  // Handled wherever it is raced; alone it is no fault.
  ended.promise.catch(() => undefined);
  worker.addEventListener('error', (event) => ended.reject(new Error(event.message || 'the translation worker failed')));
  const end = (): void => {
    worker.terminate();
    ended.reject(new DOMException('The translation worker was ended.', 'AbortError'));
  };

  let about;
  try {
    about = await Promise.race([api.open(threads), ended.promise]);
  } catch (error) {
    end();
    throw error;
  }
  return {
    ...about,
    async translate(lines, signal, onProgress) {
      signal?.throwIfAborted();
      const report = onProgress === undefined ? null : proxy(onProgress);
      const aborted = Promise.withResolvers<never>();
      aborted.promise.catch(() => undefined);
      const onAbort = (): void => {
        void api.cancel();
        aborted.reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        return await Promise.race([api.translate(lines, report), ended.promise, aborted.promise]);
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    end
  };
}
