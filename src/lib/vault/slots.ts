/**
 * The slots of one case, as lists: which of them a secret opens, and the list after a change. See [Note: Key slots].
 *
 * [Note: Equal cost] Every slot that a secret could be for is tried, also after one of them opened. A wrong passphrase
 * then takes as long as a right one, and the time says nothing about whose it was. Where an officer says which slot is
 * theirs, that one alone is tried.
 */
import { derivationHere } from './key-cost.ts';
import {
  passkeyInput,
  unwrapKey,
  wrapKey,
  type Derivation,
  type KeySlot,
  type Secret,
  type SlotKind,
  type SlotOwner
} from './keys.ts';

/** Slots as the first version of a case wrote them: one passphrase and one recovery key, without id or name. */
export type FirstSlot = Omit<KeySlot, 'version' | 'id' | 'name' | 'kind'> & { readonly kind: 'passphrase' | 'recovery' };

/** What may be known of a slot without opening it. */
export interface SlotListing extends SlotOwner {
  readonly derivation: Derivation;
  /** Which credential an authenticator is to use, and what it is asked about; in passkey slots alone. */
  readonly passkey?: PasskeyQuestion;
}

export interface PasskeyQuestion {
  readonly credential: Uint8Array<ArrayBuffer>;
  readonly input: Uint8Array<ArrayBuffer>;
}

export interface OpenedSlot {
  readonly slot: KeySlot;
  /** The data key; the caller zeroes it after use. */
  readonly raw: Uint8Array<ArrayBuffer>;
}

/** Why a list of slots cannot be changed as asked. */
export type SlotFault = 'wrong-passphrase' | 'not-found' | 'name-taken' | 'last-passphrase';

/** A passphrase of an officer or a supervisor. */
export interface NewPassphrase {
  readonly passphrase: string;
  /** Approved algorithms alone: PBKDF2 in place of argon2id. */
  readonly approvedOnly: boolean;
}

/** Reads a slot of any version. A slot of the first version is found by its kind, which was given once a case. */
export function readSlot(slot: KeySlot | FirstSlot): KeySlot {
  return 'version' in slot ? slot : { ...slot, version: 1, id: slot.kind, name: '' };
}

/** @param sealedAs id of the case under which its slots were made */
export function listSlots(slots: readonly KeySlot[], sealedAs: string): SlotListing[] {
  return slots.map(({ id, kind, name, derivation, credential }) => ({
    id,
    kind,
    name,
    derivation,
    ...(credential === undefined ? {} : { passkey: { credential, input: passkeyInput(sealedAs, id) } })
  }));
}

/** Kinds of slots that a secret could be for. */
function kindsFor(secret: Secret): readonly SlotKind[] {
  if ('passphrase' in secret) return ['passphrase', 'supervisor'];
  return 'passkey' in secret ? ['passkey'] : ['recovery'];
}

/** @param slotId the one slot that is tried; null tries all that the secret could be for. See [Note: Equal cost]. */
export async function openSlots(
  slots: readonly KeySlot[],
  secret: Secret,
  caseId: string,
  slotId: string | null
): Promise<OpenedSlot | null> {
  const kinds = kindsFor(secret);
  let opened: OpenedSlot | null = null;
  for (const slot of slots) {
    if (!kinds.includes(slot.kind) || (slotId !== null && slot.id !== slotId)) continue;
    const raw = await unwrapKey(slot, secret, caseId);
    if (raw === null) continue;
    if (opened === null) opened = { slot, raw };
    else raw.fill(0);
  }
  return opened;
}

export async function passphraseSlot(
  raw: Uint8Array<ArrayBuffer>,
  caseId: string,
  owner: SlotOwner,
  { passphrase, approvedOnly }: NewPassphrase
): Promise<KeySlot> {
  return wrapKey(raw, { passphrase }, await derivationHere(approvedOnly), caseId, owner);
}

/** A slot for a printed key: 256 random bits, so that its derivation is an approved one anyway. */
export function recoverySlot(raw: Uint8Array<ArrayBuffer>, caseId: string, recoveryKey: string): Promise<KeySlot> {
  return wrapKey(raw, { recoveryKey }, { name: 'hkdf-sha256' }, caseId, { id: crypto.randomUUID(), kind: 'recovery', name: '' });
}

/** A slot for a passkey of this device. @param made what its authenticator made of `passkeyInput` of this slot */
export async function passkeySlot(
  raw: Uint8Array<ArrayBuffer>,
  caseId: string,
  owner: SlotOwner,
  { credential, made }: { readonly credential: Uint8Array<ArrayBuffer>; readonly made: Uint8Array<ArrayBuffer> }
): Promise<KeySlot> {
  return { ...(await wrapKey(raw, { passkey: made }, { name: 'hkdf-sha256' }, caseId, owner)), credential };
}

/** The list with `slot` in the place of the one that has its id, or after the others. */
export function withSlot(slots: readonly KeySlot[], slot: KeySlot): KeySlot[] {
  return slots.some(({ id }) => id === slot.id) ? slots.map((one) => (one.id === slot.id ? slot : one)) : [...slots, slot];
}

/** Two officers of one name could not be told apart in the audit log. */
export function isNameTaken(slots: readonly KeySlot[], name: string, exceptId: string): boolean {
  const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
  return slots.some(
    (slot) => slot.id !== exceptId && slot.kind !== 'recovery' && slot.kind !== 'passkey' && plain(slot.name) === plain(name)
  );
}

/** The list without one slot. The last passphrase stays: paper alone would lock a case in at the first lost sheet. */
export function withoutSlot(slots: readonly KeySlot[], slotId: string): readonly KeySlot[] | SlotFault {
  const slot = slots.find(({ id }) => id === slotId);
  if (slot === undefined) return 'not-found';
  const rest = slots.filter(({ id }) => id !== slotId);
  return rest.some(({ kind }) => kind === 'passphrase') ? rest : 'last-passphrase';
}
