/** The life of a case at rest: make, list, open, change its slots, erase. */
import { finishArrivals, receive, type Arrival, type Arriving } from './arrivals.ts';
import { bareCheckpoint, newInstallKey, type Checkpoint } from './audit/checkpoint.ts';
import { BlockStore } from './blocks.ts';
import { eraseCase, erasures, finishErasures } from './erasure.ts';
import {
  importDataKey,
  isRecoveryKey,
  newDataKey,
  newRecoveryKey,
  passkeyInput,
  type KeySlot,
  type Secret,
  type SlotOwner
} from './keys.ts';
import { generationOf } from './generation/generation.ts';
import { dropOlder } from './generation/leftovers.ts';
import { migrate, type Migrated, type Moved, type MoveProgress, type Stays } from './generation/migrate.ts';
import { shareLock, takeLock, waitForLock } from './locks.ts';
import {
  lockOf,
  openDatabase,
  rangeOf,
  readersOf,
  SCHEMA,
  type CaseRecord,
  type ErasedRecord,
  type FailedOpenings,
  type VaultDatabase
} from './schema.ts';
import {
  blocksOf,
  DATABASE_ALONE,
  derivedFiles,
  keepCopy,
  placesOf,
  restoreRecords,
  stagedFiles,
  type VaultStorage
} from './segments/attached.ts';
import type { DerivedFiles } from './segments/derived-files.ts';
import type { StagedFiles } from './segments/staged-files.ts';
import {
  isNameTaken,
  listSlots,
  openSlots,
  passkeySlot,
  passphraseSlot,
  readSlot,
  recoverySlot,
  withoutSlot,
  withSlot,
  type NewPassphrase,
  type SlotFault,
  type SlotListing
} from './slots.ts';

export type UnlockResult =
  | {
      readonly ok: true;
      readonly blocks: BlockStore;
      readonly isReadOnly: boolean;
      /** True where its blocks lie in segments. */
      readonly isInFiles: boolean;
      /** Whose slot opened it. */
      readonly slot: SlotOwner;
      /** Where files lie until they are imported; null in a window that only reads, and where a case has no folder. */
      readonly staged: StagedFiles | null;
      /** What can be made again from the case; null where a case has no folder. */
      readonly derived: DerivedFiles | null;
      /** What became of a case of an older generation that was opened for writing. */
      readonly migration: Pick<Migrated, 'moved' | 'stays'>;
      /** Takes older generations away where their time has come; to be called once all blocks were read. Never rejects. */
      retireOlder(): Promise<void>;
      close(): void;
    }
  | { readonly ok: false; readonly reason: 'wrong-passphrase' | 'not-found' | 'newer-schema'; readonly message: string };

/** A secret and the slot that it is for; null: any slot that it could be for. */
export interface Opener {
  readonly secret: Secret;
  readonly slotId: string | null;
  /** Why the case is opened, in the officer's words, for the audit log; absent where nobody said. */
  readonly reason?: string;
}

export type SlotChange =
  /** A new passphrase for a slot, and its holder's name where that changes. */
  | ({ readonly kind: 'rewrite'; readonly slotId: string; readonly name: string } & NewPassphrase)
  | ({ readonly kind: 'add'; readonly slot: 'passphrase' | 'supervisor'; readonly name: string } & NewPassphrase)
  /** A passkey that this device made for the slot: see `passkeyInput`. */
  | {
      readonly kind: 'add-passkey';
      readonly slotId: string;
      readonly name: string;
      readonly credential: Uint8Array<ArrayBuffer>;
      readonly made: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'remove'; readonly slotId: string }
  /** A new recovery key; the printed one opens nothing any more. */
  | { readonly kind: 'renew-recovery' };

export type SlotAnswer =
  | { readonly ok: true; readonly slots: readonly SlotListing[]; readonly recoveryKey: string | null }
  | { readonly ok: false; readonly fault: SlotFault };

export class Vault {
  readonly #db: VaultDatabase;
  readonly #now: () => number;
  readonly #storage: VaultStorage;

  private constructor(db: VaultDatabase, now: () => number, storage: VaultStorage) {
    this.#db = db;
    this.#now = now;
    this.#storage = storage;
  }

  /**
   * @param now the device's clock, milliseconds since 1970
   * @param storage where cases keep segments; without it new cases keep their blocks in the database
   */
  static async open(now: () => number, name?: string, storage: VaultStorage = DATABASE_ALONE): Promise<Vault> {
    const db = await openDatabase(name);
    await finishErasures(db, storage);
    await restoreRecords(db, storage);
    await finishArrivals(db, storage);
    return new Vault(db, now, storage);
  }

  close(): void {
    this.#db.close();
  }

  async list(): Promise<CaseRecord[]> {
    const cases = (await this.#db.getAll('cases')).filter(({ isArriving }) => isArriving !== true);
    return cases.sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  /** Slots of a case, locked as it is; empty where there is no such case. */
  async slots(id: string): Promise<SlotListing[]> {
    const record = await this.#db.get('cases', id);
    return listSlots(record?.slots.map(readSlot) ?? [], sealedAs(record ?? { id }));
  }

  /** What an authenticator is asked about for a new passkey slot. */
  async passkeyInput(id: string, slotId: string): Promise<Uint8Array<ArrayBuffer>> {
    return passkeyInput(sealedAs((await this.#db.get('cases', id)) ?? { id }), slotId);
  }

  /** Begins a case that comes out of a file, beside any that is here. @param raw its data key; the caller zeroes it */
  receive(arrival: Arrival, raw: Uint8Array<ArrayBuffer>): Promise<Arriving> {
    return receive(this.#db, this.#storage, crypto.randomUUID(), arrival, raw, this.#now);
  }

  /** Makes a case with a passphrase slot and a recovery slot. The recovery key is returned once and kept nowhere. */
  async create(
    label: string,
    { name, ...first }: NewPassphrase & { readonly name: string },
    isSample: boolean
  ): Promise<{ id: string; recoveryKey: string }> {
    const id = crypto.randomUUID();
    const recoveryKey = await newRecoveryKey();
    const raw = newDataKey();
    const owner: SlotOwner = { id: crypto.randomUUID(), kind: 'passphrase', name };
    const slots = [await passphraseSlot(raw, id, owner, first), await recoverySlot(raw, id, recoveryKey)];
    raw.fill(0);
    const layout = this.#storage.disk === null ? {} : { layout: 'segments' as const };
    const record: CaseRecord = { id, label, createdAtMs: this.#now(), isSample, schema: SCHEMA, slots, ...layout };
    await this.#db.add('cases', record);
    await keepCopy(this.#storage, record);
    return { id, recoveryKey };
  }

  /**
   * Opens a case. One window may write: it holds the case's lock until `close`; any other reads only.
   * @param slotId the officer's own slot; null tries all that the secret could be for, see [Note: Equal cost].
   * @param onMove told how far a case is that moves to a newer generation; without it none moves
   */
  async unlock(
    id: string,
    secret: Secret,
    slotId: string | null = null,
    onMove: ((progress: MoveProgress) => void) | null = null
  ): Promise<UnlockResult> {
    const record = await this.#db.get('cases', id);
    if (record === undefined) return NOT_FOUND;
    if (record.schema > SCHEMA) {
      return {
        ok: false,
        reason: 'newer-schema',
        message: 'This case was written by a newer version of Skein. Update Skein, then open it.'
      };
    }
    const opened = await openSlots(record.slots.map(readSlot), secret, sealedAs(record), slotId);
    if (opened === null) {
      await this.#noteFailure(id, slotId);
      return { ok: false, reason: 'wrong-passphrase', message: await whyNot(secret) };
    }
    const key = await importDataKey(opened.raw);
    opened.raw.fill(0);
    const writing = await takeLock(lockOf(id));
    // Shared with other windows that read: as long as one does, the generation that it reads stays.
    const release = writing ?? (await shareLock(readersOf(id)));
    try {
      const opening = await this.#open(id, key, writing === null, onMove);
      if (opening === null) {
        release();
        return NOT_FOUND;
      }
      const { kind, name, id: opener } = opened.slot;
      const close = (): void => {
        opening.port.close();
        opening.derived?.close();
        release();
      };
      const { port: _, ...rest } = opening;
      return { ok: true, ...rest, slot: { id: opener, kind, name }, close };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Opens the blocks of a case whose lock is taken; null where the case went meanwhile. */
  async #open(id: string, key: CryptoKey, isReadOnly: boolean, onMove: ((progress: MoveProgress) => void) | null) {
    // Read again: deriving took a second, in which another window may have moved the case, or erased it.
    const found = await this.#db.get('cases', id);
    if (found === undefined) return null;
    const isMoving = !isReadOnly && onMove !== null;
    const { record, ...migration } = isMoving ? await this.#migrate(found, key, onMove) : { record: found, ...UNMOVED };
    const port = await blocksOf(this.#db, this.#storage, record, isReadOnly);
    const blocks = await BlockStore.open(port, id, key, { now: this.#now, isReadOnly });
    const isInFiles = record.layout === 'segments';
    const derived = await derivedFiles(this.#storage, record, key, isReadOnly);
    const staged = isReadOnly ? null : await stagedFiles(this.#storage, record, key);
    const isNew = generationOf(record).number !== generationOf(found).number;
    const retireOlder = async (): Promise<void> => {
      // One that was mended needs the older for another look.
      if (!isReadOnly && !isNew && generationOf(record).number > 0 && blocks.mended.length === 0) await this.#retire(record);
    };
    return { port, blocks, isReadOnly, isInFiles, derived, staged, migration, retireOlder };
  }

  /** See [Note: Generations]. */
  async #migrate(record: CaseRecord, key: CryptoKey, tell: (progress: MoveProgress) => void): Promise<Migrated> {
    // Every step so far is one into files.
    if (this.#storage.disk === null) return { record, ...UNMOVED };
    return migrate({ places: await placesOf(this.#db, this.#storage, record.id), record, key, tell });
  }

  /** Whatever stands in the way, the older generations go at another opening. */
  async #retire(record: CaseRecord): Promise<void> {
    const release = await takeLock(readersOf(record.id));
    if (release === null) return;
    try {
      await dropOlder(await placesOf(this.#db, this.#storage, record.id), record);
    } catch {
      // Nothing points to what is left of them.
    } finally {
      release();
    }
  }

  /** Counts a failed opening beside the case; a wrong secret of a window that only reads counts as any other. */
  async #noteFailure(id: string, slotId: string | null): Promise<void> {
    const transaction = this.#db.transaction('cases', 'readwrite', { durability: 'strict' });
    const record = await transaction.store.get(id);
    if (record === undefined) return;
    const name = record.slots.map(readSlot).find((slot) => slot.id === slotId)?.name ?? '';
    const others = (record.failures ?? []).filter((one) => one.name !== name);
    const count = (record.failures?.find((one) => one.name === name)?.count ?? 0) + 1;
    await transaction.store.put({ ...record, failures: [...others, { name, count, lastAtMs: this.#now() }] });
    await transaction.done;
  }

  /**
   * Hands the failed openings to the audit log of the case, now that it can be written, and forgets them once they stand
   * there.
   */
  async handOverFailures(id: string, note: (failures: readonly FailedOpenings[]) => Promise<void>): Promise<void> {
    const failures = (await this.#db.get('cases', id))?.failures ?? [];
    if (failures.length === 0) return;
    await note(failures);
    const transaction = this.#db.transaction('cases', 'readwrite', { durability: 'strict' });
    const record = await transaction.store.get(id);
    if (record === undefined) return;
    // Another window may have failed meanwhile: what was not handed over stays.
    const { failures: now = [], ...rest } = record;
    const left = now.flatMap((one) => {
      const count = one.count - (failures.find(({ name }) => name === one.name)?.count ?? 0);
      return count > 0 ? [{ ...one, count }] : [];
    });
    await transaction.store.put(left.length === 0 ? rest : { ...rest, failures: left });
    await transaction.done;
  }

  /** Changes one slot and no evidence. Whoever can open the case may change its slots; the audit log says who did. */
  async changeSlots(id: string, opener: Opener, change: SlotChange): Promise<SlotAnswer> {
    const record = await this.#db.get('cases', id);
    if (record === undefined || record.schema > SCHEMA) return { ok: false, fault: 'not-found' };
    const slots = record.slots.map(readSlot);
    const opened = await openSlots(slots, opener.secret, sealedAs(record), opener.slotId);
    if (opened === null) return { ok: false, fault: 'wrong-passphrase' };
    try {
      const made = await this.#made(slots, opened.raw, sealedAs(record), change);
      return 'fault' in made ? { ok: false, fault: made.fault } : await this.#write(id, change, made);
    } finally {
      opened.raw.fill(0);
    }
  }

  /** The new slot of a change, before anything is written. @param id the case's id as its slots have it bound in */
  async #made(slots: readonly KeySlot[], raw: Uint8Array<ArrayBuffer>, id: string, change: SlotChange): Promise<Made> {
    if (change.kind === 'add-passkey') {
      const owner = { id: change.slotId, kind: 'passkey', name: change.name.trim() } as const;
      return { slot: await passkeySlot(raw, id, owner, change), recoveryKey: null };
    }
    if (change.kind === 'remove') return { slot: null, recoveryKey: null };
    if (change.kind === 'renew-recovery') {
      const recoveryKey = await newRecoveryKey();
      return { slot: await recoverySlot(raw, id, recoveryKey), recoveryKey };
    }
    const before = change.kind === 'rewrite' ? slots.find((slot) => slot.id === change.slotId) : undefined;
    if (change.kind === 'rewrite' && (before === undefined || before.kind === 'recovery' || before.kind === 'passkey'))
      return { fault: 'not-found' };
    const kind = change.kind === 'add' ? change.slot : (before?.kind ?? 'passphrase');
    const owner = { id: before?.id ?? crypto.randomUUID(), kind, name: change.name.trim() };
    if (isNameTaken(slots, owner.name, owner.id)) return { fault: 'name-taken' };
    return { slot: await passphraseSlot(raw, id, owner, change), recoveryKey: null };
  }

  /** Deriving took a second, in which another window may have changed a slot: the list is read again as it is written. */
  async #write(
    id: string,
    change: SlotChange,
    { slot, recoveryKey }: { slot: KeySlot | null; recoveryKey: string | null }
  ): Promise<SlotAnswer> {
    const transaction = this.#db.transaction('cases', 'readwrite', { durability: 'strict' });
    const record = await transaction.store.get(id);
    if (record === undefined) return { ok: false, fault: 'not-found' };
    const now = record.slots.map(readSlot);
    const kept = change.kind === 'renew-recovery' ? now.filter(({ kind }) => kind !== 'recovery') : now;
    const slots = change.kind === 'remove' ? withoutSlot(kept, change.slotId) : slot === null ? kept : withSlot(kept, slot);
    if (typeof slots === 'string') return { ok: false, fault: slots };
    const changed = { ...record, schema: SCHEMA, slots };
    await transaction.store.put(changed);
    await transaction.done;
    await keepCopy(this.#storage, changed);
    return { ok: true, slots: listSlots(slots, sealedAs(record)), recoveryKey };
  }

  /**
   * Erases a case; see [Note: Erasure].
   * @throws TimeoutError where another window has it open
   */
  async erase(id: string, who: string): Promise<void> {
    const release = await waitForLock(lockOf(id));
    try {
      await eraseCase(this.#db, this.#storage, id, who, this.#now());
    } finally {
      release();
    }
  }

  /** Stubs of erased cases, in the order of their chain. */
  erased(): Promise<ErasedRecord[]> {
    return erasures(this.#db);
  }

  /** The key pair that signs checkpoints, made the first time. */
  async installKey(): Promise<CryptoKeyPair> {
    const kept = await this.#db.get('install', 'signing');
    if (kept !== undefined) return kept;
    const made = await newInstallKey();
    const transaction = this.#db.transaction('install', 'readwrite', { durability: 'strict' });
    // Another window may have been faster: the first one counts.
    const first = await transaction.store.get('signing');
    if (first === undefined) await transaction.store.put(made, 'signing');
    await transaction.done;
    return first ?? made;
  }

  async keepCheckpoint(caseId: string, checkpoint: Checkpoint): Promise<void> {
    const transaction = this.#db.transaction('checkpoints', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put({ ...checkpoint, caseId }), transaction.done]);
  }

  /** Checkpoints of a case's audit log, oldest first. */
  async checkpoints(caseId: string): Promise<Checkpoint[]> {
    const kept = await this.#db.getAll('checkpoints', rangeOf(caseId));
    return kept.map(bareCheckpoint);
  }
}

const NOT_FOUND = { ok: false, reason: 'not-found', message: 'This case is no longer on this device.' } as const;
const UNMOVED: { readonly moved: Moved | null; readonly stays: Stays | null } = { moved: null, stays: null };

type Made = { readonly slot: KeySlot | null; readonly recoveryKey: string | null } | { readonly fault: SlotFault };

/** The id that is bound into the seals of a case's slots. */
const sealedAs = (record: { readonly id: string; readonly sealedAs?: string }): string => record.sealedAs ?? record.id;

async function whyNot(secret: Secret): Promise<string> {
  const isMistyped = 'recoveryKey' in secret && !(await isRecoveryKey(secret.recoveryKey));
  return isMistyped
    ? 'That is not a recovery key: a character is missing, too many or mistyped.'
    : 'That does not open this case.';
}
