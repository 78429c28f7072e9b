import { describe, expect, it } from 'vitest';
import { lockOf } from '../vault/schema.ts';
import { readOtherCase } from './other-case.ts';

/** What the writing window says next. */
function said<R>(window: Worker): Promise<R> {
  return new Promise((resolve, reject) => {
    window.addEventListener('message', ({ data }: MessageEvent<R>) => resolve(data), { once: true });
    window.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
  });
}

describe('a case that another window has open for writing', () => {
  it('is compared by its finished imports alone, without its lock and without a byte written', async () => {
    const writer = new Worker(new URL('../../../tests/browser/held-case.worker.ts', import.meta.url), { type: 'module' });
    try {
      const held = await said<{ id: string; isReadOnly: boolean; seq: number }>(writer);
      expect(held.isReadOnly).toBe(false);
      const opener = { secret: { passphrase: 'correct horse' }, slotId: null };
      const keys = ['number:+447700900111', 'number:+447700900122'];
      const ask = (): ReturnType<typeof readOtherCase> =>
        readOtherCase(held.id, opener, keys, () => {}, new AbortController().signal);
      const first = await ask();
      if (!first.ok) throw new Error(first.message);
      expect(first.other.hasUnfinished).toBe(true);
      expect(first.other.uses.map(({ key, use }) => [key, use.files])).toEqual([[keys[0], [{ name: 'first.xml', count: 1 }]]]);

      // The lock is the writer's still, and it goes on writing.
      const { held: locks = [] } = await navigator.locks.query();
      expect(locks.filter(({ name }) => name === lockOf(held.id))).toHaveLength(1);
      writer.postMessage('write');
      expect((await said<{ seq: number }>(writer)).seq).toBeGreaterThan(held.seq);
      expect(await ask()).toEqual(first);

      const identifiers = first.other.identifiers * 2;
      writer.postMessage({ identifiers });
      const after = await said<{ kinds: string[]; lines: { what: string; n: number }[]; lost: number[]; last: number }>(writer);
      expect([after.lost, after.last]).toEqual([[], after.kinds.length]);
      expect(new Set(after.kinds.slice(held.seq))).toEqual(new Set(['settings', 'audit']));
      // That it was read goes by the window that writes, for each reading; those of one minute are one line.
      const read = after.lines.filter(({ what }) => what.startsWith('identifiers read for a comparison'));
      expect(read.reduce((sum, { n }) => sum + n, 0)).toBe(identifiers);
    } finally {
      writer.terminate();
    }
  });
});
