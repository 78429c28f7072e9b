import { describe, expect, it } from 'vitest';

describe('a file that is laid aside until it is imported', () => {
  it('is no part of the size of its case, of its case file, or of what its erasure counts, and goes with it', async () => {
    const worker = new Worker(new URL('../../../../tests/browser/staged.worker.ts', import.meta.url), { type: 'module' });
    const told = await new Promise<Record<string, unknown>>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown>>) => resolve(data));
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
    });
    worker.terminate();
    expect(told['failure']).toBeUndefined();
    // A copy and its entry were really there.
    expect(told['laid']).toEqual([3_000_000, 2]);
    expect(told['before']).toMatchObject({ size: { blocks: 3 } });
    expect(told['after']).toEqual(told['before']);
    expect(told['comeBack']).toEqual([]);
    expect(told['erased']).toBe(3);
    expect(told['left']).toEqual([]);
  });
});
