import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damages, noise, ofVersion, rewrittenHeader, sealedFile } from '../../../../tests/fixtures/case-file-damages.ts';
import type { BlockPort } from '../block-port.ts';
import { BlockStore } from '../blocks.ts';
import { importDataKey, newDataKey, newRecoveryKey, randomBytes } from '../keys.ts';
import type { BlockRecord, CommitRecord } from '../schema.ts';
import { passphraseSlot, recoverySlot } from '../slots.ts';
import { readCase, type PlainBlock } from './case-content.ts';
import { verifyWritten, writeCaseFile, type CaseFileParts } from './case-file.ts';
import { CHUNK_BYTES, isEqual, readDoor, RefusedFile, type FileFault } from './layout.ts';
import { OpenedFile } from './seal-file.ts';

const KEY = new Uint8Array(32).fill(7);

async function contentOf(file: Blob, key: Uint8Array<ArrayBuffer>): Promise<PlainBlock[]> {
  const blocks: PlainBlock[] = [];
  const opened = await OpenedFile.open(file, await readDoor(file), key);
  await readCase(opened, { manifest: async () => {}, checkpoint: async () => {}, block: async (one) => void blocks.push(one) });
  return blocks;
}

async function faultOf(work: Promise<unknown>): Promise<FileFault | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof RefusedFile) return error.fault;
    throw error;
  }
}

/** Random bytes do not deflate: the file is as long as they are. */
const someBlocks = (lengths: readonly number[]): PlainBlock[] =>
  lengths.map((length, i) => ({
    kind: ['messages', 'audit', 'directory'][i % 3] ?? '',
    bytes: noise(length, i + 1)
  }));

const isSame = (a: readonly PlainBlock[], b: readonly PlainBlock[]): boolean =>
  a.length === b.length && a.every(({ kind, bytes }, i) => kind === b[i]?.kind && isEqual(bytes, b[i].bytes));

describe('a case file', () => {
  it('gives back what went in, whatever the lengths', async () => {
    const edge = fc.integer({ min: -3, max: 3 }).map((by) => CHUNK_BYTES + by);
    const length = fc.oneof(fc.nat(300), edge, fc.nat(3 * CHUNK_BYTES));
    await fc.assert(
      fc.asyncProperty(fc.array(length, { maxLength: 6 }), async (lengths) => {
        const blocks = someBlocks(lengths);
        const { file, sizeBytes, root } = await sealedFile(blocks, KEY);
        expect(file.size).toBe(sizeBytes);
        expect(isSame(await contentOf(file, KEY), blocks)).toBe(true);
        expect((await sealedFile(blocks, randomKey())).root).toBe(root);
      }),
      { numRuns: 25 }
    );
  });

  it('is found damaged at its place: 70 damages of seven kinds', async () => {
    const { file } = await sealedFile(someBlocks([200_000, 90_000, 120_000]), KEY);
    let tried = 0;
    for await (const { name, file: damaged, part, chunk } of damages(file, 20_260_302, 70)) {
      tried++;
      expect(await faultOf(contentOf(damaged, KEY)), name).toMatchObject({ code: 'damaged', part, chunk });
    }
    expect(tried).toBe(70);
  });

  it('names the byte at which the bad chunk begins', async () => {
    const { file } = await sealedFile(someBlocks([200_000]), KEY);
    const { chunksAt } = await readDoor(file);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const at = chunksAt + 65_552 * 2 + 500;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const fault = await faultOf(contentOf(new Blob([bytes]), KEY));
    expect(fault).toEqual({ code: 'damaged', part: 'chunk', chunk: 3, byteOffset: chunksAt + 65_552 * 2 });
  });

  it('is found where its header was rewritten with a new sum, and refused in a newer version', async () => {
    const { file } = await sealedFile(someBlocks([10]), KEY);
    const rewritten = await rewrittenHeader(file, '2026-03-02', '2025-03-02');
    expect(await faultOf(contentOf(rewritten, KEY))).toMatchObject({ code: 'damaged', part: 'header' });
    expect(await faultOf(readDoor(await ofVersion(file, 2, KEY)))).toEqual({ code: 'newer-version' });
  });

  it('is no case file where it is something else, and a cut one at every length of its header', async () => {
    expect(await faultOf(readDoor(new Blob(['PK\u0003\u0004 a zip'])))).toEqual({ code: 'no-case-file' });
    expect(await faultOf(readDoor(new Blob([])))).toEqual({ code: 'no-case-file' });
    const { file } = await sealedFile(someBlocks([10]), KEY);
    const { chunksAt } = await readDoor(file);
    for (let length = 8; length < chunksAt; length += 7) {
      expect(await faultOf(readDoor(file.slice(0, length)))).toMatchObject({ code: 'damaged', part: 'header' });
    }
    expect(await faultOf(contentOf(file.slice(0, chunksAt), KEY))).toMatchObject({ code: 'damaged', part: 'end' });
  });

  it('tells a hostile header from a good one: what would take hours or gigabytes is none', async () => {
    const { file } = await made({ passphrase: { name: 'DC 1', passphrase: 'pass', approvedOnly: true } });
    const { derivation } = (await readDoor(file)).header.fileSlots[0] ?? {};
    const rounds = `"rounds":${derivation?.name === 'pbkdf2-sha256' ? derivation.rounds : ''}`;
    const hostile = await rewrittenHeader(file, rounds, '"rounds":9999999999');
    expect(await faultOf(readDoor(hostile))).toMatchObject({ code: 'damaged', part: 'header' });
    const same = await rewrittenHeader(file, rounds, '"rounds":0000000');
    expect(await faultOf(readDoor(same))).toMatchObject({ code: 'damaged', part: 'header' });
  });

  it('is read back after it was written, and found out where the disk kept something else', async () => {
    const { file, written } = await made({ passphrase: { name: 'DC 1', passphrase: 'pass', approvedOnly: true } });
    await verifyWritten(file, written, () => {});
    const bytes = new Uint8Array(await file.arrayBuffer());
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 4;
    expect(await faultOf(verifyWritten(new Blob([bytes]), written, () => {}))).toMatchObject({ code: 'damaged', part: 'chunk' });
  });

  it('opens by nobody where nobody was named', async () => {
    await expect(made({})).rejects.toThrow('needs a slot');
  });
});

const randomKey = (): Uint8Array<ArrayBuffer> => randomBytes(32);

async function made(parts: Partial<CaseFileParts>) {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const written = await writeCaseFile(
    { write: async (bytes) => void pieces.push(bytes) },
    {
      kind: 'case',
      manifest: { label: 'Heron', createdAtMs: 5, isSample: false },
      blocks: someBlocks([100, 70_000]),
      checkpoints: [],
      own: null,
      passphrase: null,
      nowMs: 0,
      ...parts
    },
    () => {}
  );
  return { written, file: new Blob(pieces) };
}

function memoryPort(): BlockPort {
  const rows: { block: BlockRecord; commit: CommitRecord }[] = [];
  return {
    beyond: 0,
    refresh: async () => {},
    rebuilt: async () => null,
    rewrite: async () => {},
    close: () => {},
    last: async () => rows.at(-1)?.commit ?? null,
    kinds: async () => rows.map(({ commit }) => commit.kind),
    read: async (seq) => rows[seq - 1] ?? { block: undefined, commit: undefined },
    append: async (block, commit) => void rows.push({ block, commit }),
    size: async () => ({ blocks: rows.length, bytes: 0 })
  };
}

describe('a case file of a whole case', () => {
  it('holds the label inside and not in clear, and the slots of the case beside the file key', async () => {
    const raw = newDataKey();
    const store = await BlockStore.open(memoryPort(), 'the-case', await importDataKey(raw), { now: () => 0, isReadOnly: false });
    for (const { kind, bytes } of someBlocks([50, 60])) await store.put(kind, bytes);
    const owner = { id: 'a', kind: 'passphrase', name: 'DC 4411' } as const;
    const recoveryKey = await newRecoveryKey();
    const slots = [
      await passphraseSlot(raw, 'the-case', owner, { passphrase: 'kettle', approvedOnly: true }),
      await recoverySlot(raw, 'the-case', recoveryKey)
    ];
    const { file, written } = await made({ own: { caseId: 'the-case', slots, store }, blocks: store.readAll() });
    const { header } = await readDoor(file);
    expect(header.caseSlots).toEqual(slots);
    expect(header.fileSlots).toEqual([]);
    expect(new TextDecoder('latin1').decode(await file.arrayBuffer())).not.toContain('Heron');
    await verifyWritten(file, written, () => {});
  });
});
