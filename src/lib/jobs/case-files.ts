/** Case files of the case that a worker has open, and cases out of files. See [Note: Case file] in vault/backup. */
import type { CaseFilter } from '../pipeline/contract.ts';
import type { CaseSession } from '../pipeline/session.ts';
import type { AuditLine } from '../vault/audit/line.ts';
import type { PlainBlock } from '../vault/backup/case-content.ts';
import {
  restoreCaseFile,
  verifyWritten,
  writeCaseFile,
  type CaseFileParts,
  type FilePassphrase,
  type Restored
} from '../vault/backup/case-file.ts';
import { readDoor, RefusedFile, type FileFault } from '../vault/backup/layout.ts';
import type { ByteSink } from '../vault/backup/seal-file.ts';
import type { BlockStore } from '../vault/blocks.ts';
import type { Opener, Vault } from '../vault/cases.ts';
import { listSlots, readSlot, type SlotListing } from '../vault/slots.ts';
import type { CaseAudit } from './case-audit.ts';

export type { FileFault };

export interface BackupWish {
  readonly part:
    | { readonly kind: 'case' }
    /**
     * The messages of a filter, or those that an officer marked. `rule` says which in the officer's words, `label` is
     * for the door of the new case.
     */
    | {
        readonly kind: 'subset';
        readonly which: { readonly filter: CaseFilter } | { readonly marked: readonly number[] };
        readonly rule: string;
        readonly label: string;
      };
  /** Of the file alone; a subset must have one. */
  readonly passphrase: FilePassphrase | null;
}

export interface BackupProgress {
  readonly stage: 'writing' | 'reading-back';
  readonly done: number;
  readonly total: number;
}

export interface BackupMade {
  readonly sizeBytes: number;
  readonly sha256Hex: string;
  readonly messages: number;
  /** Root over the content of all blocks: the same after it was restored. */
  readonly root: string;
  /** What was written where no place was picked, for the browser's own download; null where one was. */
  readonly file: File | null;
}

/** When a file of the whole case was last read back, and what came since; by the audit log. */
export interface BackupStanding {
  readonly lastAtMs: number | null;
  readonly importsSince: number;
}

/** What a file says without a secret. */
export interface FileLook {
  readonly kind: 'case' | 'subset';
  readonly madeAtMs: number;
  readonly slots: readonly SlotListing[];
}

export interface RestoreProgress {
  readonly done: number;
  /** 0 while the file is read to its end, before anything is written. */
  readonly total: number;
}

export type Answered<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly fault: FileFault };

interface OpenParts {
  readonly id: string;
  readonly vault: Vault;
  readonly blocks: BlockStore;
  readonly session: CaseSession;
  readonly audit: CaseAudit;
  readonly clock: () => number;
}

const WHOLE = 'case file of the whole case';
const SUBSET = 'case file of a subset';
const READ_BACK = new RegExp(`^${WHOLE}: read back, SHA-256 [0-9a-f]{64}(?:; reason: .*)?$`, 's');

/** Folder of files that wait for a download, sealed as they are; emptied before the next one is made. */
const OUTGOING = 'outgoing';

/**
 * Writes a file, reads it back to its last byte, and says so in the audit log.
 * @param target a file that the officer picked; null: one of the browser's own, for a download
 */
export async function makeCaseFile(
  open: OpenParts,
  target: FileSystemFileHandle | null,
  wish: BackupWish,
  onProgress: (progress: BackupProgress) => void
): Promise<BackupMade> {
  const { audit, session } = open;
  const { trail } = audit;
  if (trail === null) throw new TypeError('This case is open for writing in another window: make the file there.');
  const made = wish.part.kind === 'case' ? await wholeCase(open) : await subset(open, wish.part);
  const words = wish.part.kind === 'case' ? WHOLE : SUBSET;
  // On disk before the first byte goes out.
  await audit.sink.note('disclosure', `${words}: begun`, made.messages);
  const place = target === null ? await ownPlace() : await placeAt(target);
  try {
    const parts: CaseFileParts = { ...made.parts, passphrase: wish.passphrase, nowMs: open.clock() };
    const total = made.total;
    const written = await writeCaseFile(place.sink, parts, (done) => onProgress({ stage: 'writing', done, total }));
    const file = await place.finish();
    await verifyWritten(file, written, (done) => onProgress({ stage: 'reading-back', done, total }));
    written.fileKey.fill(0);
    const { sizeBytes, sha256Hex, root } = written;
    await audit.sink.note('disclosure', `${words}: read back, SHA-256 ${sha256Hex}`, made.messages);
    return { sizeBytes, sha256Hex, root, messages: made.messages, file: target === null ? file : null };
  } catch (error) {
    await place.abandon();
    await audit.sink.note('disclosure', `${words}: not finished, and nothing handed out`, session.store.committed.messages);
    throw error;
  }
}

interface Made {
  readonly parts: Omit<CaseFileParts, 'passphrase' | 'nowMs'>;
  readonly messages: number;
  /** Blocks to write. */
  readonly total: number;
}

async function wholeCase({ id, vault, blocks, session }: OpenParts): Promise<Made> {
  const record = (await vault.list()).find((one) => one.id === id);
  if (record === undefined) throw new Error('This case is no longer on this device.');
  const { label, createdAtMs, isSample, slots, sealedAs } = record;
  return {
    parts: {
      kind: 'case',
      manifest: { label, createdAtMs, isSample },
      blocks: blocks.readAll(),
      checkpoints: await vault.checkpoints(id),
      own: { caseId: sealedAs ?? id, slots: slots.map(readSlot), store: blocks }
    },
    messages: session.store.committed.messages,
    total: blocks.lastSeq
  };
}

async function subset(
  { id, vault, session, audit, clock }: OpenParts,
  { which, rule, label }: Extract<BackupWish['part'], { kind: 'subset' }>
): Promise<Made> {
  const ids = 'marked' in which ? Uint32Array.from(which.marked) : await session.messagesOf(which.filter);
  const record = (await vault.list()).find((one) => one.id === id);
  const nowMs = clock();
  const origin = {
    kind: 'subset',
    rule,
    filter: which,
    messages: ids.length,
    ofMessages: session.store.committed.messages,
    fromLabel: record?.label ?? '',
    madeBy: audit.who,
    madeAtMs: nowMs,
    auditRoot: (await audit.trail?.root()) ?? ''
  } as const;
  const blocks = [...session.subsetBlocks(ids, origin)].map(({ kind, bytes }): PlainBlock => ({ kind, bytes: bytes.slice() }));
  const manifest = { label, createdAtMs: nowMs, isSample: record?.isSample ?? false };
  return {
    parts: { kind: 'subset', manifest, blocks, checkpoints: [], own: null },
    messages: ids.length,
    total: blocks.length
  };
}

interface Place {
  readonly sink: ByteSink;
  /** The file as it can be read again. */
  finish(): Promise<File>;
  abandon(): Promise<void>;
}

/** What was there under the name stays until the new file is whole. */
async function placeAt(handle: FileSystemFileHandle): Promise<Place> {
  const writable = await handle.createWritable();
  return {
    sink: { write: (bytes) => writable.write(bytes) },
    async finish() {
      await writable.close();
      return handle.getFile();
    },
    // Closed already where reading back found the fault: then the words on screen say that the file is bad.
    abandon: () => writable.abort().catch(() => {})
  };
}

/** A file of the browser's own, sealed as it is, until it is downloaded and the next one is made. */
async function ownPlace(): Promise<Place> {
  const root = await navigator.storage.getDirectory();
  const clear = (): Promise<void> => root.removeEntry(OUTGOING, { recursive: true }).catch(() => {});
  await clear();
  const folder = await root.getDirectoryHandle(OUTGOING, { create: true });
  const place = await placeAt(await folder.getFileHandle('case.skein', { create: true }));
  return { ...place, abandon: () => place.abandon().then(clear) };
}

/** @param log oldest line first */
export function backupStanding(log: readonly AuditLine[]): BackupStanding {
  const last = log.findLastIndex(({ what }) => READ_BACK.test(what));
  const since = log.slice(last + 1).filter(({ op }) => op === 'collection');
  return { lastAtMs: last === -1 ? null : Date.parse(log[last]?.t ?? ''), importsSince: since.length };
}

export function lookAtFile(file: Blob): Promise<Answered<{ readonly look: FileLook }>> {
  return answered(async () => {
    const { kind, madeAt, caseId, caseSlots, fileId, fileSlots } = (await readDoor(file)).header;
    const slots = [...listSlots(caseSlots.map(readSlot), caseId), ...listSlots(fileSlots, fileId)];
    return { look: { kind, madeAtMs: Date.parse(madeAt), slots } };
  });
}

export function restoreFile(
  vault: Vault,
  file: Blob,
  opener: Opener,
  onProgress: (progress: RestoreProgress) => void
): Promise<Answered<Restored>> {
  return answered(() => restoreCaseFile(vault, file, opener, (done, total) => onProgress({ done, total })));
}

async function answered<T>(work: () => Promise<T>): Promise<Answered<T>> {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    if (error instanceof RefusedFile) return { ok: false, fault: error.fault };
    throw error;
  }
}
