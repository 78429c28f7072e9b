import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockKey } from '../../../../tests/fixtures/fault-run.ts';
import { MemoryDisk } from '../../../../tests/fixtures/memory-disk.ts';
import { PIECE_BYTES, StagedFile, type PieceSum } from './staged-file.ts';

const key = await blockKey();
const signal = new AbortController().signal;
const SIZE = PIECE_BYTES * 2 + 1234;
const bytes = Uint8Array.from({ length: SIZE }, (_, i) => (i * 31) ^ (i >> 9));
const sum = (): PieceSum => {
  const hash = createHash('sha256');
  return { update: (piece) => void hash.update(piece), hex: () => hash.digest('hex') };
};
const SHA256 = createHash('sha256').update(bytes).digest('hex');
const word = { name: 'canary-report.xml', sizeBytes: SIZE, formatId: 'ufed-xml', options: { zone: 'Europe/London' }, tries: 0 };

async function staged(): Promise<{ disk: MemoryDisk; file: StagedFile }> {
  const disk = new MemoryDisk();
  const file = new StagedFile(disk.folder, 'a case', key);
  expect(await file.put(new Blob([bytes]), word, sum(), signal)).toBe(SHA256);
  return { disk, file };
}

describe('a staged file', () => {
  it('comes back with its word, slice by slice, as text and as a stream', async () => {
    const { file } = await staged();
    const taken = await file.take();
    expect(taken?.word).toEqual({ ...word, sha256Hex: SHA256, tries: 1 });
    const blob = taken?.blob as Blob;
    expect(blob.size).toBe(SIZE);
    expect(Buffer.compare(new Uint8Array(await blob.arrayBuffer()), bytes)).toBe(0);
    const plain = new Blob([bytes]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -SIZE, max: SIZE + 9 }), fc.integer({ min: 0, max: 5000 }), async (start, length) => {
        const end = start + length;
        // A slice that ends at nought begins where it ends, for both.
        if (start < 0 && end >= 0) return;
        const ours = await blob.slice(start, end).arrayBuffer();
        const theirs = await plain.slice(start, end).arrayBuffer();
        expect(Buffer.compare(new Uint8Array(ours), new Uint8Array(theirs))).toBe(0);
      }),
      { numRuns: 40 }
    );
    let streamed = 0;
    for await (const part of blob.slice(10).stream()) streamed += part.length;
    expect(streamed).toBe(SIZE - 10);
    expect((await file.take())?.word.tries).toBe(2);
  });

  it('stands nowhere in clear, not even by name', async () => {
    const { disk } = await staged();
    const all = [...disk.files.values()].map((one) => new TextDecoder('latin1').decode(one)).join('');
    expect(all).not.toContain('canary-report');
    expect(all).not.toContain(new TextDecoder('latin1').decode(bytes.subarray(5000, 5040)));
  });

  it('counts for nothing where it was cut off, and leaves nothing where there is no room', async () => {
    const { disk, file } = await staged();
    disk.files.set('staged-word', disk.files.get('staged-word')?.slice(0, 30) ?? new Uint8Array());
    expect(await file.take()).toBeNull();
    expect([...disk.files.keys()]).toEqual([]);
    disk.quotaBytes = SIZE / 2;
    await expect(file.put(new Blob([bytes]), word, sum(), signal)).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect([...disk.files.keys()]).toEqual([]);
  });

  it('refuses a piece that was changed or put in another place', async () => {
    const { disk, file } = await staged();
    const data = disk.files.get('staged') as Uint8Array<ArrayBuffer>;
    data[40] = (data[40] as number) ^ 1;
    const taken = await file.take();
    await expect(taken?.blob.slice(0, 10).arrayBuffer()).rejects.toThrow();
    expect(new Uint8Array((await taken?.blob.slice(PIECE_BYTES, PIECE_BYTES + 9).arrayBuffer()) ?? new ArrayBuffer())).toEqual(
      bytes.slice(PIECE_BYTES, PIECE_BYTES + 9)
    );
  });

  it('is dropped when its import ends', async () => {
    const { disk, file } = await staged();
    await file.clear();
    expect(await file.take()).toBeNull();
    expect(disk.files.size).toBe(0);
  });
});
