/** Vectors of texts by workers of their own, which the case worker starts and ends: the evidence goes through no page. */
import { wrap, type Remote } from 'comlink';
import type { EmbedTexts } from '../pipeline/window-vectors.ts';
import type { EmbedWorkerApi } from './embed.worker.ts';
import { translationWorkers } from './model-workers.ts';
import { endedWithPage } from './page-left.ts';

/** Texts handed to a worker at a time: few enough that progress is seen and the last worker is not waited for. */
const TEXTS_A_TURN = 8;

/** Which worker takes a text changes nothing of its vector. Settles also where a worker dies; all are gone afterwards. */
export const embedApart: EmbedTexts = async (modelSha256Hex, texts, { signal, onProgress }) => {
  signal?.throwIfAborted();
  const workers: Worker[] = [];
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  const stop = (): void => ended.reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const start = (): Remote<EmbedWorkerApi> => {
    const worker = endedWithPage(new Worker(new URL('./embed.worker.ts', import.meta.url), { type: 'module', name: 'encoding' }));
    worker.addEventListener('error', (event) =>
      ended.reject(new Error(`The encoding worker ended: ${event.message || 'out of memory or blocked'}`))
    );
    workers.push(worker);
    return wrap<EmbedWorkerApi>(worker);
  };
  try {
    const first = start();
    const { model, dims } = await Promise.race([first.open(modelSha256Hex), ended.promise]);
    const values = new Float32Array(texts.length * dims);
    let next = 0;
    let done = 0;
    const run = async (api: Remote<EmbedWorkerApi>): Promise<void> => {
      while (next < texts.length) {
        const from = next;
        next += TEXTS_A_TURN;
        const some = texts.slice(from, next);
        values.set(await Promise.race([api.embed(some), ended.promise]), from * dims);
        done += some.length;
        onProgress?.(done / texts.length);
      }
    };
    const count = Math.min(translationWorkers(), Math.ceil(texts.length / TEXTS_A_TURN));
    const others = Array.from({ length: Math.max(0, count - 1) }, async () => {
      const api = start();
      await Promise.race([api.open(modelSha256Hex), ended.promise]);
      await run(api);
    });
    await Promise.all([run(first), ...others]);
    return { model, dims, values };
  } finally {
    signal?.removeEventListener('abort', stop);
    for (const worker of workers) worker.terminate();
  }
};
