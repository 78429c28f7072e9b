import { describe, expect, it } from 'vitest';

describe('a case of the first version, on a disk of the browser', () => {
  it('moves into files beside a window that reads it, and its rows go once it was read again and nobody reads them', async () => {
    const worker = new Worker(new URL('../../../../tests/browser/migration.worker.ts', import.meta.url), { type: 'module' });
    const told = await new Promise<Record<string, unknown>>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown>>) => resolve(data));
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
    });
    worker.terminate();
    expect(told['failure']).toBeUndefined();
    const expected = told['expected'] as string[];
    const { length } = expected;
    // Whoever gives no ear to its progress moves nothing, as the window that looks at another case.
    expect(told['stayed']).toEqual([false, false]);
    expect(told['moved']).toEqual([1, length, null]);
    expect(told['told']).toEqual(Array.from({ length: 2 * length }, (_, i) => i + 1));
    expect(told['afterMove']).toEqual(expected);
    expect(told['keptRows']).toBe(length);
    expect(told['beside']).toEqual(expected);
    expect(told['afterReopening']).toEqual([...expected, 'later']);
    expect(told['rowsWhileRead']).toBe(length);
    expect(told['rowsAfter']).toBe(0);
    expect(told['record']).toEqual([4, 1, 'segments', [true, true]]);
    expect(told['wiped']).toEqual([...expected, 'later']);
    expect(told['names']).toEqual([
      'g1-journal',
      'g1-parity',
      'g1-reserve',
      ...Array.from({ length: 16 }, (_, i) => `g1-segment-${String(i).padStart(2, '0')}`),
      'record-0',
      'record-1'
    ]);
    expect([told['leftRows'], told['leftFolders'], told['heads']]).toEqual([0, [], 0]);
  });
});
