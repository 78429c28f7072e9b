/** Blinds identifiers in workers of their own, one for each core up to four, which the case worker starts and ends. */
import { proxy, wrap } from 'comlink';
import { POINT_BYTES, type Bytes } from '../analysis/crosscase/group.ts';
import type { Blinder } from '../analysis/crosscase/protocol.ts';
import { endedWithPage } from './page-left.ts';
import { untilEnd } from './told-while.ts';

const MOST_WORKERS = 4;
/** Below this the start of a second worker costs more than it saves. */
const SHARE_LEAST = 128;

/** Where a worker dies, or the signal is aborted, every call settles and all workers are gone. */
export function blinderApart(signal: AbortSignal): Blinder {
  return {
    blind: (session, keys, secret, onProgress) =>
      shared(keys.length, signal, onProgress, (worker, from, to, told) =>
        worker.blind(session, keys.slice(from, to), secret, told)
      ),
    raise: (points, secret, onProgress) =>
      shared(points.length / POINT_BYTES, signal, onProgress, (worker, from, to, told) =>
        worker.raise(points.slice(from * POINT_BYTES, to * POINT_BYTES), secret, told)
      )
  };
}

type Work = (worker: Blinder, from: number, to: number, told: (share: number) => void) => Promise<Bytes>;

async function shared(count: number, signal: AbortSignal, onProgress: (share: number) => void, work: Work): Promise<Bytes> {
  signal.throwIfAborted();
  const shares = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency, Math.ceil(count / SHARE_LEAST)));
  const done = new Float64Array(shares);
  const heard = untilEnd(onProgress);
  const workers: Worker[] = [];
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  stopped.catch(() => {});
  try {
    const parts = Array.from({ length: shares }, (_, i) => {
      const worker = endedWithPage(new Worker(new URL('./blind.worker.ts', import.meta.url), { type: 'module', name: 'blind' }));
      workers.push(worker);
      const died = new Promise<never>((_, reject) => {
        worker.addEventListener('error', (event) =>
          reject(new Error(`Comparing stopped: ${event.message || 'out of memory or blocked'}`))
        );
      });
      const [from, to] = [Math.floor((count * i) / shares), Math.floor((count * (i + 1)) / shares)];
      const told = proxy((share: number): void => {
        done[i] = share;
        heard.listening(done.reduce((sum, one) => sum + one, 0) / shares);
      });
      return Promise.race([work(wrap<Blinder>(worker) as unknown as Blinder, from, to, told), died, stopped]);
    });
    const points = new Uint8Array(count * POINT_BYTES);
    for (const [i, part] of (await Promise.all(parts)).entries())
      points.set(part, Math.floor((count * i) / shares) * POINT_BYTES);
    return points;
  } finally {
    heard.end();
    for (const worker of workers) worker.terminate();
  }
}
