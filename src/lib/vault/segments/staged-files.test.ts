import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockKey } from '../../../../tests/fixtures/fault-run.ts';
import { MemoryDisk } from '../../../../tests/fixtures/memory-disk.ts';
import { PIECE_BYTES } from './staged-blob.ts';
import { StagedFiles, type PieceSum, type StagedEntry, type StagedSource } from './staged-files.ts';

const key = await blockKey();
const never = new AbortController().signal;
const SIZE = PIECE_BYTES * 2 + 1234;
const bytes = Uint8Array.from({ length: SIZE }, (_, i) => (i * 31) ^ (i >> 9));
const log = new TextEncoder().encode('canary-log '.repeat(500));
const sum = (): PieceSum => {
  const hash = createHash('sha256');
  return { update: (piece) => void hash.update(piece), hex: () => hash.digest('hex') };
};
const SHA256 = createHash('sha256').update(bytes).digest('hex');
const note = { name: 'canary-report.xml', options: { zone: 'Europe/London', password: 'canary-password' } };

const source = (files: readonly Blob[], sharedAs: string | null = null): StagedSource => ({
  files,
  sharedAs,
  sum: sharedAs === null ? sum() : null,
  noteOf: (sha256Hex) => ({ ...note, sha256Hex })
});
const on = (disk: MemoryDisk): StagedFiles => new StagedFiles(disk.folder, 'a case', key);
const lay = (files: StagedFiles, one: StagedSource): Promise<StagedEntry> => files.lay(one, never, () => {});

async function looked(disk: MemoryDisk): Promise<StagedFiles> {
  const files = on(disk);
  await files.look();
  return files;
}

/** A database of three pieces with its log behind it in the same copy. */
async function staged(): Promise<{ disk: MemoryDisk; files: StagedFiles; entry: StagedEntry }> {
  const disk = new MemoryDisk();
  const files = await looked(disk);
  return { disk, files, entry: await lay(files, source([new Blob([bytes]), new Blob([log])])) };
}

describe('staged files', () => {
  it('come back with their note, slice by slice, as text and as a stream', async () => {
    const { disk } = await staged();
    const again = await looked(disk);
    expect(again.entries).toMatchObject([{ number: 1, note: { ...note, sha256Hex: SHA256 }, begun: [] }]);
    expect(again.bytes).toBe(SIZE + log.length);
    const [blob, beside] = (await again.open((again.entries[0] as StagedEntry).copy)) ?? [];
    if (blob === undefined || beside === undefined) throw new Error('A file is missing.');
    expect(blob.size).toBe(SIZE);
    expect(Buffer.compare(new Uint8Array(await blob.arrayBuffer()), bytes)).toBe(0);
    expect(await beside.text()).toBe('canary-log '.repeat(500));
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
  });

  it('stand nowhere in clear: neither bytes, nor a name, nor a password', async () => {
    const { disk, files, entry } = await staged();
    await files.begin(entry, 3);
    const all = [...disk.files].map(([name, one]) => name + new TextDecoder('latin1').decode(one)).join('');
    expect(all).not.toContain('canary');
    expect(all).not.toContain(new TextDecoder('latin1').decode(bytes.subarray(5000, 5040)));
  });

  it('keep their order, their beginnings and one copy for the sources of a zip, until the last of those has ended', async () => {
    const disk = new MemoryDisk();
    const files = await looked(disk);
    const zip = new Blob(['zip']);
    const [one, two, three] = [
      await lay(files, source([zip], 'abc')),
      await lay(files, source([zip], 'abc')),
      await lay(files, source([new Blob(['x'])]))
    ];
    for (let i = 0; i < 9; i++) await lay(files, source([zip], 'abc'));
    expect(files.bytes).toBe(4);
    expect([files.holds('abc'), files.holds(null), files.holds('abd')]).toEqual([true, false, false]);
    expect([...disk.files.keys()].filter((name) => name.startsWith('staged-copy')).length).toBe(2);
    await files.begin(one, 5);
    await files.begin(one, 6);
    const again = await looked(disk);
    expect(again.entries.map(({ number, begun }) => [number, begun])).toEqual(
      Array.from({ length: 12 }, (_, i) => [i + 1, i === 0 ? [5, 6] : []])
    );
    for (const entry of [one, three]) await again.leave(entry);
    expect(again.holds('abc')).toBe(true);
    expect(await again.open(two.copy)).not.toBeNull();
    for (const entry of again.entries) await again.leave(entry);
    expect([...disk.files.keys()]).toEqual([]);
  });

  it('count for nothing where they were cut off, and leave nothing where there is no room', async () => {
    const { disk } = await staged();
    disk.files.set('staged-entry-1', disk.files.get('staged-entry-1')?.slice(0, 30) ?? new Uint8Array());
    const again = await looked(disk);
    expect(again.entries).toEqual([]);
    expect([...disk.files.keys()]).toEqual([]);
    disk.quotaBytes = SIZE / 2;
    await expect(lay(again, source([new Blob([bytes])]))).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect([...disk.files.keys()]).toEqual([]);
  });

  it('stay where they cannot be read for the moment, and are not written over', async () => {
    const { disk } = await staged();
    const before = [...disk.files.keys()];
    disk.fault = { at: disk.calls + 2, kind: 'unknown', when: 'before' };
    await expect(on(disk).look()).rejects.toMatchObject({ name: 'UnknownError' });
    expect([...disk.files.keys()]).toEqual(before);
    expect((await looked(disk)).entries.length).toBe(1);
  });

  it('refuse a piece that was changed or put in another place', async () => {
    const { disk, files, entry } = await staged();
    const data = disk.files.get(entry.copy.file) as Uint8Array<ArrayBuffer>;
    data[40] = (data[40] as number) ^ 1;
    const [blob] = (await files.open(entry.copy)) ?? [];
    await expect(blob?.slice(0, 10).arrayBuffer()).rejects.toThrow();
    expect(new Uint8Array((await blob?.slice(PIECE_BYTES, PIECE_BYTES + 9).arrayBuffer()) ?? new ArrayBuffer())).toEqual(
      bytes.slice(PIECE_BYTES, PIECE_BYTES + 9)
    );
    const other = await lay(files, source([new Blob([bytes])]));
    disk.files.set(entry.copy.file, disk.files.get(other.copy.file) ?? new Uint8Array());
    await expect(blob?.slice(0, 10).arrayBuffer()).rejects.toThrow();
  });
});
