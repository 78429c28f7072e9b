/** The life of a case at rest: make, list, open, change the passphrase, erase. */
import { BlockStore } from './blocks.ts';
import {
  importDataKey,
  isRecoveryKey,
  newDataKey,
  newRecoveryKey,
  preferredDerivation,
  unwrapKey,
  wrapKey,
  type KeySlot,
  type Secret
} from './keys.ts';
import { openDatabase, rangeOf, SCHEMA, type CaseRecord, type VaultDatabase } from './schema.ts';

export type UnlockResult =
  | { readonly ok: true; readonly blocks: BlockStore; readonly isReadOnly: boolean; close(): void }
  | { readonly ok: false; readonly reason: 'wrong-passphrase' | 'not-found' | 'newer-schema'; readonly message: string };

export class Vault {
  readonly #db: VaultDatabase;
  readonly #now: () => number;

  private constructor(db: VaultDatabase, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** @param now the device's clock, milliseconds since 1970. */
  static async open(now: () => number, name?: string): Promise<Vault> {
    return new Vault(await openDatabase(name), now);
  }

  close(): void {
    this.#db.close();
  }

  async list(): Promise<CaseRecord[]> {
    return (await this.#db.getAll('cases')).sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  /** Makes a case with a passphrase slot and a recovery slot. The recovery key is returned once and kept nowhere. */
  async create(label: string, passphrase: string, isSample: boolean): Promise<{ id: string; recoveryKey: string }> {
    const id = crypto.randomUUID();
    const recoveryKey = await newRecoveryKey();
    const raw = newDataKey();
    const slots = [
      await wrapWithPassphrase(raw, passphrase, id),
      await wrapKey(raw, { recoveryKey }, { name: 'hkdf-sha256' }, id)
    ];
    raw.fill(0);
    await this.#db.add('cases', { id, label, createdAtMs: this.#now(), isSample, schema: SCHEMA, slots });
    return { id, recoveryKey };
  }

  /**
   * Opens a case. One window may write: it holds the case's lock until `close`; any other reads only.
   */
  async unlock(id: string, secret: Secret): Promise<UnlockResult> {
    const record = await this.#db.get('cases', id);
    if (record === undefined) return { ok: false, reason: 'not-found', message: 'This case is no longer on this device.' };
    if (record.schema > SCHEMA) {
      return {
        ok: false,
        reason: 'newer-schema',
        message: 'This case was written by a newer version of Skein. Update Skein, then open it.'
      };
    }
    const raw = await this.#dataKey(record, secret);
    if (raw === null) return { ok: false, reason: 'wrong-passphrase', message: await whyNot(secret) };
    const key = await importDataKey(raw);
    raw.fill(0);
    const release = await takeLock(`skein.case.${id}`);
    const blocks = await BlockStore.open(this.#db, id, key, { now: this.#now, isReadOnly: release === null });
    return { ok: true, blocks, isReadOnly: release === null, close: () => release?.() };
  }

  /** Rewrites the passphrase slot alone. @returns false when `secret` does not open the case. */
  async changePassphrase(id: string, secret: Secret, passphrase: string): Promise<boolean> {
    const record = await this.#db.get('cases', id);
    const raw = record === undefined ? null : await this.#dataKey(record, secret);
    if (record === undefined || raw === null) return false;
    const slot = await wrapWithPassphrase(raw, passphrase, id);
    raw.fill(0);
    await this.#db.put('cases', { ...record, slots: [slot, ...record.slots.filter((other) => other.kind !== 'passphrase')] });
    return true;
  }

  /**
   * Erases a case: first its key slots, which alone makes every block unreadable for good, then the blocks. A line
   * that it was erased stays. Copies outside this device are not reached.
   */
  async erase(id: string): Promise<void> {
    const keys = this.#db.transaction(['cases', 'erased'], 'readwrite', { durability: 'strict' });
    await Promise.all([
      keys.objectStore('cases').delete(id),
      keys.objectStore('erased').put({ id, erasedAtMs: this.#now() }),
      keys.done
    ]);
    const rest = this.#db.transaction(['blocks', 'commits'], 'readwrite', { durability: 'strict' });
    await Promise.all([
      rest.objectStore('blocks').delete(rangeOf(id)),
      rest.objectStore('commits').delete(rangeOf(id)),
      rest.done
    ]);
  }

  async #dataKey(record: CaseRecord, secret: Secret): Promise<Uint8Array<ArrayBuffer> | null> {
    const kind: KeySlot['kind'] = 'passphrase' in secret ? 'passphrase' : 'recovery';
    for (const slot of record.slots) {
      const raw = slot.kind === kind ? await unwrapKey(slot, secret, record.id) : null;
      if (raw !== null) return raw;
    }
    return null;
  }
}

async function whyNot(secret: Secret): Promise<string> {
  const isMistyped = 'recoveryKey' in secret && !(await isRecoveryKey(secret.recoveryKey));
  return isMistyped
    ? 'That is not a recovery key: a character is missing, too many or mistyped.'
    : 'That does not open this case.';
}

async function wrapWithPassphrase(raw: Uint8Array<ArrayBuffer>, passphrase: string, id: string): Promise<KeySlot> {
  return wrapKey(raw, { passphrase }, await preferredDerivation(), id);
}

/** Takes the lock if it is free and keeps it until the returned function is called; null when another holds it. */
function takeLock(name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
