import { appendFileSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskBlob } from './disk-blob.ts';

const folder = mkdtempSync(join(tmpdir(), 'skein-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file on disk', () => {
  it('is whole beyond four gigabytes', async () => {
    const path = join(folder, 'large.csv');
    const size = 5 * 2 ** 30;
    // Holes: the disk holds a few kilobytes of it.
    writeFileSync(path, 'first');
    truncateSync(path, size);
    const last = openSync(path, 'r+');
    writeSync(last, 'last', size - 4);
    const blob = await diskBlob(path);
    expect(blob.size).toBe(size);
    expect(await blob.slice(0, 5).text()).toBe('first');
    expect(await blob.slice(-4).text()).toBe('last');
    expect(
      await blob
        .slice(size - 10)
        .slice(6)
        .text()
    ).toBe('last');
  });

  it('gives the same as a Blob in memory, whichever way it is asked', async () => {
    const path = join(folder, 'small.bin');
    const bytes = Uint8Array.from({ length: 3 * 2 ** 20 + 7 }, (_, i) => (i * 31) & 255);
    writeFileSync(path, bytes);
    const [disk, memory] = [await diskBlob(path), new Blob([bytes])];
    const isSame = (a: ArrayBuffer, b: ArrayBuffer | Uint8Array): boolean => Buffer.from(a).equals(new Uint8Array(b));
    expect(isSame(await new Response(disk.stream()).arrayBuffer(), bytes)).toBe(true);
    for (const [from, to] of [[], [5], [-9], [2, 2], [9, 3], [-20, -4], [2 ** 20 - 1, 2 ** 20 + 1], [0, 2 ** 40]]) {
      const piece = disk.slice(from, to);
      expect(piece.size).toBe(memory.slice(from, to).size);
      expect(isSame(await piece.arrayBuffer(), await memory.slice(from, to).arrayBuffer())).toBe(true);
    }
    const reader = disk.stream().getReader();
    await reader.read();
    await reader.cancel();
  });

  it('is not read on when it changed meanwhile', async () => {
    const path = join(folder, 'growing.txt');
    writeFileSync(path, 'one');
    const blob = await diskBlob(path);
    appendFileSync(path, ' two');
    await expect(blob.text()).rejects.toThrow('growing.txt changed while it was being read');
    await expect(diskBlob(join(folder, 'none.txt'))).rejects.toThrow('ENOENT');
  });
});
