import { describe, expect, it } from 'vitest';
import type { TranslateWorker } from './translate.ts';
import type { OpenRequest } from './translate.worker.ts';
import { warmTranslation } from './warm.ts';

const REQUEST: OpenRequest = { threads: 1, picks: [], device: 'wasm' };

function toyWorker(fails = false): TranslateWorker & { asked: number[]; ended: number } {
  const worker = {
    asked: [] as number[],
    ended: 0,
    usualLanguages: async () => [],
    languages: ['ron'],
    translate: async (lines: readonly unknown[]) => {
      worker.asked.push(lines.length);
      if (fails) throw new Error('not a model');
      const uses = [{ modelSha256Hex: 'ff', segments: lines.length, characters: 30 * lines.length, spent_ms: 10 }];
      return { lines: [], unique: lines.length, uses };
    },
    end: () => void worker.ended++
  };
  return worker;
}

describe('a worker made ready ahead', () => {
  it('runs a first batch, times a second, and is handed over once', async () => {
    const worker = toyWorker();
    const warm = warmTranslation(REQUEST, true, () => Promise.resolve(worker));
    expect(await warm.trial).toEqual([{ modelSha256Hex: 'ff', segments: 16, characters: 480, spent_ms: 10 }]);
    expect(worker.asked).toEqual([4, 16]);
    expect(await warm.take({ ...REQUEST })).toBe(worker);
    expect(await warm.take(REQUEST)).toBeNull();
    warm.end();
    await Promise.resolve();
    expect(worker.ended).toBe(0);
  });

  it('runs the first batch alone where the device was measured before', async () => {
    const worker = toyWorker();
    const warm = warmTranslation(REQUEST, false, () => Promise.resolve(worker));
    expect(await warm.take(REQUEST)).toBe(worker);
    expect(await warm.trial).toEqual([]);
    expect(worker.asked).toEqual([4]);
  });

  it('is ended where other models are wanted, or nobody takes it', async () => {
    const other = toyWorker();
    const warm = warmTranslation(REQUEST, true, () => Promise.resolve(other));
    expect(await warm.take({ ...REQUEST, picks: [{ modelSha256Hex: 'aa', languages: ['ron'] }] })).toBeNull();
    await expect.poll(() => other.ended).toBe(1);
    const idle = toyWorker();
    warmTranslation(REQUEST, true, () => Promise.resolve(idle)).end();
    await expect.poll(() => idle.ended).toBe(1);
  });

  it('that failed is not handed over: the run starts anew and says why', async () => {
    const broken = toyWorker(true);
    const warm = warmTranslation(REQUEST, true, () => Promise.resolve(broken));
    expect(await warm.take(REQUEST)).toBeNull();
    await expect(warm.trial).rejects.toThrow('not a model');
    await expect.poll(() => broken.ended).toBe(1);
    const none = warmTranslation(REQUEST, true, () => Promise.reject(new Error('no WebAssembly')));
    expect(await none.take(REQUEST)).toBeNull();
  });
});
