/** What the case worker offers: the life of a case around the questions of pipeline/contract.ts. */
import type { LostPart } from '../evidence/lost-blocks.ts';
import type { CaseApi, ImportProgress, ImportReport } from '../pipeline/contract.ts';
import type { Comparison, CrossCaseApi } from '../pipeline/crosscase-contract.ts';
import type { FormatApi } from '../pipeline/format-contract.ts';
import type { IndexStanding } from '../pipeline/search-desk.ts';
import type { AheadFile, ReadAheadApi } from '../pipeline/read-ahead-contract.ts';
import type { Opener, SlotAnswer, SlotChange } from '../vault/cases.ts';
import type { Stays } from '../vault/generation/migrate.ts';
import type { Secret } from '../vault/keys.ts';
import type { ErasedRecord } from '../vault/schema.ts';
import type { NewPassphrase, SlotListing } from '../vault/slots.ts';
import type { AuditView } from './case-audit.ts';
import type {
  Answered,
  BackupMade,
  BackupProgress,
  BackupStanding,
  BackupWish,
  FileFault,
  FileLook,
  RestoreProgress
} from './case-files.ts';
import type { CopyRoom } from './copy-room.ts';

export type { AuditView, ErasedRecord, Opener, SlotAnswer, SlotChange, SlotListing };
export type { Answered, BackupMade, BackupProgress, BackupStanding, BackupWish, FileFault, FileLook, RestoreProgress };

/** The first passphrase of a case and whose it is. */
export interface FirstOfficer extends NewPassphrase {
  readonly name: string;
}

export interface CaseListing {
  readonly id: string;
  /** The label on the door: stands in clear, so that a locked case can be picked. Officers are told so. */
  readonly label: string;
  readonly createdAtMs: number;
  readonly isSample: boolean;
}

/** What the disk did to a case, found while it was opened. */
export interface CaseHarm {
  /** Blocks that were damaged and came back whole. */
  readonly mended: number;
  /** Blocks that did not come back; the rest of the case is open. */
  readonly lost: readonly LostPart[];
  /** Newer blocks that this device once had and has no more; nobody knows what stood in them. */
  readonly beyond: number;
  /** Why the case keeps its blocks in an older form; null where it need not. See [Note: Generations]. */
  readonly stays: Stays | null;
}

export type OpenResult =
  | { readonly ok: true; readonly readOnly: boolean; readonly harm: CaseHarm }
  | {
      readonly ok: false;
      readonly reason: 'wrong-passphrase' | 'not-found' | 'newer-schema' | 'damaged';
      readonly message: string;
    };

/** What comparing with another case of this device gave. */
export type CompareResult = { readonly ok: true; readonly comparison: Comparison } | Exclude<OpenResult, { readonly ok: true }>;

export interface StoppedImports {
  /** In the order in which they go on. */
  readonly waiting: readonly { readonly number: number; readonly name: string; readonly sizeBytes: number }[];
  /** Names of files whose imports were stopped so often that they are not begun again. */
  readonly givenUp: readonly string[];
}

export interface LoadProgress {
  readonly rowsDone: number;
  readonly rowsTotal: number;
  /** True before the rows are read, while the case's blocks are written in a newer form and read back. */
  readonly isMoving?: boolean;
}

/** One file of the sample case as static/sample/manifest.json lists it. */
export interface SampleFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256Hex: string;
}

/** The questions about other cases write their own lines of the audit log, since the purpose must stand there first. */
export interface CaseWorkerApi extends CaseApi, CrossCaseApi, FormatApi, ReadAheadApi {
  list(): Promise<CaseListing[]>;
  /** Makes a case and opens it. The recovery key is shown once and kept nowhere. */
  create(label: string, first: FirstOfficer, isSample: boolean): Promise<{ id: string; recoveryKey: string }>;
  open(id: string, opener: Opener, onProgress: (p: LoadProgress) => void): Promise<OpenResult>;
  /**
   * Lays copies of files aside that will be imported in this order, so that their imports go on after a stop; an import that
   * begins meanwhile waits for it. Resolves to the numbers of those of which there is none. See [Note: Staged file].
   */
  layAside(files: readonly AheadFile[]): Promise<readonly number[]>;
  roomForCopies(): Promise<CopyRoom>;
  /** Imports that were stopped before they ended, by a crash or a closed window. */
  stoppedImports(): Promise<StoppedImports>;
  /** Goes on with one of them from its copy; null where it is there no more. */
  resumeImport(number: number, onProgress: (progress: ImportProgress) => void): Promise<ImportReport | null>;
  /** Gives one of them up, or cancels it where it goes on already; its copy goes. */
  leaveStopped(number: number): Promise<void>;
  /** Signs the audit log's root, then drops keys and evidence from memory; the page then ends the worker. */
  lock(): Promise<void>;
  /**
   * Reads another case of this device with its own secret, and keeps what both cases hold, in memory, until it is closed.
   * @param purpose stands in the audit log before the other case is opened
   */
  compareWith(id: string, opener: Opener, purpose: string, onProgress: (p: LoadProgress) => void): Promise<CompareResult>;
  /** Whose slots a case has; it need not be open. */
  slots(id: string): Promise<SlotListing[]>;
  /**
   * Changes a slot of the open case. Takes a secret again, since the key in use cannot be read out: the passphrase of the
   * slot that opened it, or the recovery key.
   */
  changeSlots(secret: Secret, change: SlotChange): Promise<SlotAnswer>;
  /** What an authenticator is to be asked about for a new passkey slot of the open case. */
  newPasskey(): Promise<{ slotId: string; input: Uint8Array<ArrayBuffer> }>;
  /** Null in a window that only reads: the log is the writing window's. */
  audit(): Promise<AuditView | null>;
  /** Takes a step of the audit log back, where `AuditView.undoable` names it; that is a step of its own. */
  undoStep(seq: number): Promise<void>;
  /** Disclosures of this sitting give this reason from here on, '' for none. A line of the log says that it changed. */
  changeReason(reason: string): Promise<void>;
  /** The audit log with its checkpoint and verifier, as one zip; null in a window that only reads. */
  exportAudit(): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>;
  /** Says that something of the evidence left the case by a way that the worker does not see, as by a copy. */
  disclosed(what: string, n: number): Promise<void>;
  /**
   * Writes a case file and reads it back; rejects where either failed.
   * @param target a file that the officer picked; null: the file comes back in the answer, for a download
   */
  makeCaseFile(
    target: FileSystemFileHandle | null,
    wish: BackupWish,
    onProgress: (p: BackupProgress) => void
  ): Promise<BackupMade>;
  /** Null in a window that only reads. */
  backupStanding(): Promise<BackupStanding | null>;
  /** What a case file says in clear; no case has to be open. */
  lookAtFile(file: Blob): Promise<Answered<{ readonly look: FileLook }>>;
  /** Makes a case of a file, beside those that are here, and opens it. The recovery key is null where the old one goes on. */
  restoreFile(
    file: Blob,
    opener: Opener,
    onProgress: (p: RestoreProgress) => void
  ): Promise<Answered<{ readonly id: string; readonly label: string; readonly recoveryKey: string | null }>>;
  /** Erases a case for good. @param who in the officer's words, for the stub that stays */
  remove(id: string, who: string): Promise<void>;
  /** Stubs of erased cases, in the order of their chain. */
  erased(): Promise<ErasedRecord[]>;
  /** Bytes the worker's evidence and indexes hold, by part, for "This device". */
  memory(): Promise<{ part: string; bytes: number }[]>;
  /** What an opened case's at-rest form takes; `isInFiles` where it lies in files with parity, and not in the database alone. */
  atRest(): Promise<{ blocks: number; bytes: number; isInFiles: boolean; index: IndexStanding }>;
}
