/** A case file as a whole: made of a case's blocks, read back, and made a case of again. See [Note: Case file]. */
import { createSHA256 } from 'hash-wasm';
import { BUILD_ID } from '../../evidence/build-id.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import type { Arriving } from '../arrivals.ts';
import type { BlockStore } from '../blocks.ts';
import type { Opener, Vault } from '../cases.ts';
import { importDataKey, newDataKey, newRecoveryKey, unwrapWith, type KeySlot } from '../keys.ts';
import { openSlots, passphraseSlot, readSlot, recoverySlot, type NewPassphrase } from '../slots.ts';
import {
  ContentRoot,
  readCase,
  writeCase,
  type CaseManifest,
  type CaseTaker,
  type ContentSum,
  type PlainBlock
} from './case-content.ts';
import { readDoor, RefusedFile, type Door, type FileHeader } from './layout.ts';
import { FileSealer, OpenedFile, type ByteSink } from './seal-file.ts';

const purposeOf = (fileId: string): string => `skein case file key ${fileId}`;

/** A passphrase of the file alone, and whose it is. */
export interface FilePassphrase extends NewPassphrase {
  readonly name: string;
}

export interface CaseFileParts {
  readonly kind: FileHeader['kind'];
  readonly manifest: CaseManifest;
  readonly blocks: AsyncIterable<PlainBlock> | Iterable<PlainBlock>;
  readonly checkpoints: readonly Checkpoint[];
  /** The case's own slots, sealed under `caseId`, and its store, which wraps the file key; null for a subset. */
  readonly own: { readonly caseId: string; readonly slots: readonly KeySlot[]; readonly store: BlockStore } | null;
  readonly passphrase: FilePassphrase | null;
  readonly nowMs: number;
}

export interface WrittenFile extends ContentSum {
  readonly fileId: string;
  readonly sizeBytes: number;
  readonly sha256Hex: string;
  /** Opens the file again for reading it back; the caller zeroes it. */
  readonly fileKey: Uint8Array<ArrayBuffer>;
}

/** Writes a file into the sink. @throws RangeError where nobody could ever open it */
export async function writeCaseFile(
  sink: ByteSink,
  { kind, manifest, blocks, checkpoints, own, passphrase, nowMs }: CaseFileParts,
  onBlock: (done: number) => void
): Promise<WrittenFile> {
  if (own === null && passphrase === null) throw new RangeError('A case file needs a slot of the case or a passphrase.');
  const fileId = crypto.randomUUID();
  const fileKey = newDataKey();
  const owner = { id: crypto.randomUUID(), kind: 'passphrase', name: passphrase?.name ?? '' } as const;
  const header: FileHeader = {
    fileId,
    kind,
    caseId: own?.caseId ?? fileId,
    madeAt: new Date(nowMs).toISOString(),
    build: BUILD_ID,
    caseSlots: own?.slots ?? [],
    byCase: own === null ? null : await own.store.wrap(fileKey, purposeOf(fileId)),
    fileSlots: passphrase === null ? [] : [await passphraseSlot(fileKey, fileId, owner, passphrase)]
  };
  const sealer = await FileSealer.begin(sink, header, fileKey);
  const sum = await writeCase(sealer, manifest, blocks, checkpoints, onBlock);
  return { ...sum, ...(await sealer.end()), fileId, fileKey };
}

const DEAF: CaseTaker = { manifest: async () => {}, block: async () => {}, checkpoint: async () => {} };

/** Reads a file back, to the last byte, and holds it against what was written. @throws RefusedFile where it differs */
export async function verifyWritten(file: Blob, written: WrittenFile, onBlock: (done: number) => void): Promise<void> {
  const opened = await OpenedFile.open(file, await readDoor(file), written.fileKey);
  let done = 0;
  const sum = await readCase(opened, { ...DEAF, block: async () => onBlock(++done) });
  if (sum.root !== written.root || (await sha256Of(file)) !== written.sha256Hex) {
    throw new RefusedFile({ code: 'damaged', part: 'end', chunk: null, byteOffset: file.size });
  }
}

/** A file with the key that a secret opened. */
interface Unlocked {
  readonly door: Door;
  readonly fileKey: Uint8Array<ArrayBuffer>;
  /** The case's data key where one of its own slots opened the file; null where a slot of the file did. */
  readonly dataKey: Uint8Array<ArrayBuffer> | null;
}

/** @throws RefusedFile */
async function unlock(file: Blob, { secret, slotId }: Opener): Promise<Unlocked> {
  const door = await readDoor(file);
  const { fileId, caseId, caseSlots, byCase, fileSlots } = door.header;
  // Every slot that the secret could be for is tried: see [Note: Equal cost].
  const byFile = await openSlots(fileSlots, secret, fileId, slotId);
  const byOwn = byCase === null ? null : await openSlots(caseSlots.map(readSlot), secret, caseId, slotId);
  if (byOwn !== null && byCase !== null) {
    const fileKey = await unwrapWith(await importDataKey(byOwn.raw), byCase, purposeOf(fileId));
    if (fileKey !== null) return { door, fileKey, dataKey: byOwn.raw };
  }
  if (byFile !== null) return { door, fileKey: byFile.raw, dataKey: null };
  throw new RefusedFile({ code: 'wrong-secret' });
}

export interface Restored extends ContentSum {
  readonly id: string;
  readonly label: string;
  /** A new one where the file's own passphrase opened it; null where the case's slots go on as they were. */
  readonly recoveryKey: string | null;
}

/**
 * Makes a case of a file, beside any that is here. The file is read to its end before the first block is written, and
 * the blocks that were written are read again at the end.
 * @param passphrase what to make a slot of where a passphrase of the file alone opened it
 * @throws RefusedFile
 */
export async function restoreCaseFile(
  vault: Vault,
  file: Blob,
  opener: Opener,
  onBlock: (done: number, total: number) => void
): Promise<Restored> {
  const { door, fileKey, dataKey } = await unlock(file, opener);
  const raw = dataKey ?? newDataKey();
  let arriving: Arriving | null = null;
  try {
    const opened = await OpenedFile.open(file, door, fileKey);
    let manifest: CaseManifest | null = null;
    let done = 0;
    const { blocks } = await readCase(opened, {
      ...DEAF,
      manifest: async (found) => void (manifest = found),
      block: async () => onBlock(++done, 0)
    });
    const { slots, sealedAs, recoveryKey } = await slotsFor(door.header, opener, dataKey, raw);
    // Assigned in a callback above, which the compiler does not follow.
    const { label, createdAtMs, isSample } = manifest as CaseManifest | null as CaseManifest;
    arriving = await vault.receive({ label, createdAtMs, isSample, slots, sealedAs }, raw);
    const into = arriving;
    let written = 0;
    const sum = await readCase(opened, {
      manifest: async () => {},
      block: async ({ kind, bytes }) => {
        await into.blocks.put(kind, bytes);
        onBlock(++written, blocks);
      },
      checkpoint: (checkpoint) => into.keepCheckpoint(checkpoint)
    });
    const root = new ContentRoot();
    for await (const block of into.blocks.readAll()) await root.add(block);
    if ((await root.sum()).root !== sum.root) throw new Error('The disk did not keep what was written to it.');
    await into.keep();
    return { id: into.id, label, ...sum, recoveryKey };
  } catch (error) {
    await arriving?.drop();
    throw error;
  } finally {
    raw.fill(0);
    fileKey.fill(0);
  }
}

/** The slots of the restored case: its own, or new ones where somebody opened the file who has none in the case. */
async function slotsFor(
  { caseId, caseSlots, fileSlots }: FileHeader,
  { secret, slotId }: Opener,
  dataKey: Uint8Array<ArrayBuffer> | null,
  raw: Uint8Array<ArrayBuffer>
): Promise<{ slots: KeySlot[]; sealedAs: string; recoveryKey: string | null }> {
  if (dataKey !== null) return { slots: caseSlots.map(readSlot), sealedAs: caseId, recoveryKey: null };
  const sealedAs = crypto.randomUUID();
  const recoveryKey = await newRecoveryKey();
  const slot = fileSlots.find(({ id }) => id === slotId) ?? fileSlots[0];
  const owner = { id: crypto.randomUUID(), kind: 'passphrase', name: slot?.name ?? '' } as const;
  if (!('passphrase' in secret)) throw new RefusedFile({ code: 'wrong-secret' });
  const approvedOnly = slot?.derivation.name === 'pbkdf2-sha256';
  const own = await passphraseSlot(raw, sealedAs, owner, { passphrase: secret.passphrase, approvedOnly });
  return { slots: [own, await recoverySlot(raw, sealedAs, recoveryKey)], sealedAs, recoveryKey };
}

const SLICE_BYTES = 4 << 20;

async function sha256Of(file: Blob): Promise<string> {
  const hash = await createSHA256();
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    hash.update(new Uint8Array(await file.slice(at, at + SLICE_BYTES).arrayBuffer()));
  }
  return hash.digest('hex');
}
