/** The database of encrypted cases. Evidence never stands in it in clear; labels do, and officers are told so. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Checkpoint } from './audit/checkpoint.ts';
import type { KeySlot } from './keys.ts';
import type { FirstSlot } from './slots.ts';

/**
 * Raised with every change of stores or of a case's record; an app that is older than the data refuses it.
 *
 * [Note: Versions of a case] 2: slots with id and name, checkpoints, the stub of an erased case. A case of version 1
 * is read as it is, and its record is written anew when a slot of it changes or its blocks move: one strict transaction puts
 * the new record in the old one's place, so that there is never a moment with neither. Blocks are the same in both.
 * 3: a case may keep its blocks in segments.
 * 4: a case's record says which generation of its blocks counts. An app before that would take the rows and files of
 * generation 0 for the case, so it must not open any: see [Note: Generations].
 */
export const SCHEMA = 4;
const NAME = 'skein';

export interface CaseRecord {
  readonly id: string;
  /** The label on the door, in clear, so that a locked case can be picked. */
  readonly label: string;
  readonly createdAtMs: number;
  readonly isSample: boolean;
  readonly schema: number;
  readonly slots: readonly (KeySlot | FirstSlot)[];
  /** Where its blocks lie: see [Note: Segments]. Absent: in IndexedDB. */
  readonly layout?: 'segments';
  /** Which generation of its blocks counts: see [Note: Generations]. Absent: 0, the one that it was made with. */
  readonly generation?: number;
  /** Id that is bound into the seals of the slots, where that is another: of a case that came out of a file. */
  readonly sealedAs?: string;
  /** Openings that failed since the last one that did not, in clear: no key is there yet. By the slot that was tried. */
  readonly failures?: readonly FailedOpenings[];
  /** True while a case comes out of a file: it is not listed, and taken away again where that stopped. */
  readonly isArriving?: boolean;
}

export interface FailedOpenings {
  /** Name of the slot that was picked; '' where none was. */
  readonly name: string;
  readonly count: number;
  /** The device's clock, milliseconds since 1970. */
  readonly lastAtMs: number;
}

/** One encrypted block. */
export interface BlockRecord {
  readonly caseId: string;
  /** From 1, without gaps, in the order of commits. */
  readonly seq: number;
  readonly kind: string;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly isDeflated: boolean;
  readonly cipher: Uint8Array<ArrayBuffer>;
}

/** What was committed: enough to name a block that is missing or changed. Of a block in a segment, SegmentCommit. */
export interface CommitRecord {
  readonly caseId: string;
  readonly seq: number;
  readonly kind: string;
  /** Of the ciphertext. */
  readonly sha256Hex: string;
  /** sha256Hex of the commit before, '' for the first: no block can be taken out unseen. */
  readonly previous: string;
  readonly committedAtMs: number;
}

/** What stays of a case that was erased: that there was one, when it went, and what its audit log came to. */
export interface ErasedRecord {
  readonly id: string;
  readonly erasedAtMs: number;
  /** Absent in stubs of version 1. */
  readonly stub?: ErasureStub;
}

export interface ErasureStub {
  /** One line of the device's own log of erasures, canonical JSON, chained to the stub before it. */
  readonly line: string;
  /** The last checkpoint of the case's audit log; null where it never had one. */
  readonly checkpoint: Checkpoint | null;
  /** True once the blocks are gone too: the second step. */
  readonly isFinished: boolean;
}

export interface VaultSchema extends DBSchema {
  cases: { key: string; value: CaseRecord };
  blocks: { key: [string, number]; value: BlockRecord };
  commits: { key: [string, number]; value: CommitRecord };
  erased: { key: string; value: ErasedRecord };
  /** Signed roots of audit logs, in clear: they hold counts and hashes, and outlive the key of their case. */
  checkpoints: { key: [string, number]; value: Checkpoint & { readonly caseId: string } };
  /** The key pair of this installation, which signs checkpoints; its private half cannot be read out. */
  install: { key: string; value: CryptoKeyPair };
}

export type VaultDatabase = IDBPDatabase<VaultSchema>;

/** The cases on this device were written by a newer version of the app; nothing was touched. */
class NewerVault extends Error {
  override readonly name = 'NewerVault';
  constructor() {
    super('The cases on this device were written by a newer version of Skein. Update Skein, then open them.');
  }
}

/**
 * Opens the database, making it where there is none. Rejects with NewerVault when its stores are of a later schema,
 * and waits while another window holds an older one open.
 */
export async function openDatabase(name = NAME): Promise<VaultDatabase> {
  try {
    return await openDB<VaultSchema>(name, SCHEMA, {
      upgrade(db, oldVersion) {
        if (oldVersion < 1) {
          db.createObjectStore('cases', { keyPath: 'id' });
          db.createObjectStore('blocks', { keyPath: ['caseId', 'seq'] });
          db.createObjectStore('commits', { keyPath: ['caseId', 'seq'] });
          db.createObjectStore('erased', { keyPath: 'id' });
        }
        if (oldVersion < 2) {
          db.createObjectStore('checkpoints', { keyPath: ['caseId', 'size'] });
          db.createObjectStore('install');
        }
      }
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'VersionError') throw new NewerVault();
    throw error;
  }
}

/** Keys of all rows under one first key, for ranges over stores keyed by [caseId, seq]. */
export const rangeOf = (rows: string): IDBKeyRange => IDBKeyRange.bound([rows, 0], [rows, Number.MAX_SAFE_INTEGER]);

/** Sorts before `AFTER_IT`, which is the next character, and stands in no id. */
const BEHIND_ID = '.';
const AFTER_IT = '/';

/** The `caseId` of a generation's blocks and commits: of generation 0 the case's own. See [Note: Generations]. */
export const rowsOf = (caseId: string, generation: number): string =>
  generation === 0 ? caseId : `${caseId}${BEHIND_ID}${generation}`;

/** Keys of the rows of all generations of a case. */
export const allRowsOf = (caseId: string): IDBKeyRange =>
  IDBKeyRange.bound([caseId, 0], [`${caseId}${AFTER_IT}`, 0], false, true);

/** The generation whose rows have this first key. */
export const generationOfRows = (caseId: string, rows: string): number =>
  rows === caseId ? 0 : Number(rows.slice(caseId.length + BEHIND_ID.length));

/** Name of the Web Lock that the window which writes a case holds. */
export const lockOf = (caseId: string): string => `skein.case.${caseId}`;

/** Name of the Web Lock that windows share which only read a case: while one does, no older generation goes. */
export const readersOf = (caseId: string): string => `skein.readers.${caseId}`;
