/** The database of encrypted cases. Evidence never stands in it in clear; labels do, and officers are told so. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeySlot } from './keys.ts';

/** Raised with every change of stores or of what a block means; an app that is older than the data refuses it. */
export const SCHEMA = 1;
const NAME = 'skein';

export interface CaseRecord {
  readonly id: string;
  /** The label on the door, in clear, so that a locked case can be picked. */
  readonly label: string;
  readonly createdAtMs: number;
  readonly isSample: boolean;
  readonly schema: number;
  readonly slots: readonly KeySlot[];
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

/** What was committed: enough to name a block that is missing or changed. */
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

/** What stays of a case that was erased: that there was one, and when it went. */
export interface ErasedRecord {
  readonly id: string;
  readonly erasedAtMs: number;
}

export interface VaultSchema extends DBSchema {
  cases: { key: string; value: CaseRecord };
  blocks: { key: [string, number]; value: BlockRecord };
  commits: { key: [string, number]; value: CommitRecord };
  erased: { key: string; value: ErasedRecord };
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
        if (oldVersion >= 1) return;
        db.createObjectStore('cases', { keyPath: 'id' });
        db.createObjectStore('blocks', { keyPath: ['caseId', 'seq'] });
        db.createObjectStore('commits', { keyPath: ['caseId', 'seq'] });
        db.createObjectStore('erased', { keyPath: 'id' });
      }
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'VersionError') throw new NewerVault();
    throw error;
  }
}

/** Keys of all rows of one case, for ranges over stores keyed by [caseId, seq]. */
export const rangeOf = (caseId: string): IDBKeyRange => IDBKeyRange.bound([caseId, 0], [caseId, Number.MAX_SAFE_INTEGER]);
