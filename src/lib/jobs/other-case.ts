/** Another case of this device, read in a worker that the case worker starts and ends: nothing of it stays open. */
import { proxy, wrap } from 'comlink';
import type { Opener } from '../vault/cases.ts';
import type { LoadProgress } from './case.contract.ts';
import type { OtherCaseAnswer, OtherCaseApi } from './other-case.worker.ts';
import { endedWithPage } from './page-left.ts';
import { toldWhile } from './told-while.ts';

/** Settles also where the worker dies or the signal is aborted; the worker is gone afterwards. */
export async function readOtherCase(
  id: string,
  opener: Opener,
  keys: readonly string[],
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal
): Promise<OtherCaseAnswer> {
  signal.throwIfAborted();
  const worker = endedWithPage(
    new Worker(new URL('./other-case.worker.ts', import.meta.url), { type: 'module', name: 'other-case' })
  );
  const ended = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) =>
      reject(new Error(`The other case could not be read: ${event.message || 'out of memory or blocked'}`))
    );
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    return await toldWhile(onProgress, (listening) =>
      Promise.race([wrap<OtherCaseApi>(worker).read(id, opener, keys, proxy(listening)), ended])
    );
  } finally {
    worker.terminate();
  }
}
