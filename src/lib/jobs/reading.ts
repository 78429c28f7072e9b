/** Workers that read files ahead of their import; the case worker starts and ends them. */
import { proxy, wrap } from 'comlink';
import type { AsideReader, ReadAheadLimits } from '../pipeline/read-ahead.ts';
import { endedWithPage } from './page-left.ts';
import type { ReadWorkerApi } from './read.worker.ts';
import { toldWhile } from './told-while.ts';

const MOST_READERS = 4;
/** Of each gigabyte of the device: what waits is beside the case itself, the models and the search index. */
const WAITING_BYTES_A_GB = 32 * 2 ** 20;
/** Where the browser does not say: what a small laptop has. */
const ASSUMED_GB = 4;
/** A reader takes some 50 MB of code and buffers, beside what it reads. */
const GB_A_READER = 2;

/** One reader a core, at most four, and fewer where memory is short. */
export function limitsOfDevice(cores: number, memory_GB: number | undefined): ReadAheadLimits {
  const memory = memory_GB ?? ASSUMED_GB;
  const readers = Math.max(1, Math.min(MOST_READERS, cores, Math.floor(memory / GB_A_READER)));
  return { readers, waitingBytes: memory * WAITING_BYTES_A_GB };
}

export function readerApart(): AsideReader {
  const worker = endedWithPage(new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module', name: 'reading' }));
  let gone: (why: Error) => void = () => {};
  const died = new Promise<never>((_, reject) => (gone = reject));
  // Nobody listens between two files.
  died.catch(() => {});
  worker.addEventListener('error', (event) =>
    gone(new Error(`The reader ended: ${event.message || 'out of memory or blocked'}`))
  );
  const api = wrap<ReadWorkerApi>(worker);
  return {
    read: (file, emit, onProgress) => {
      const take = (block: Parameters<typeof emit>[0]): Promise<void> => {
        emit(block);
        return Promise.resolve();
      };
      return toldWhile(onProgress, (listening) => Promise.race([api.read(file, proxy(take), proxy(listening)), died]));
    },
    end: () => {
      worker.terminate();
      gone(new Error('The reader was ended.'));
    }
  };
}
