/**
 * [Note: Key slots]
 * Each case has one random data key. A slot holds that key wrapped by something an officer has: a passphrase (through
 * argon2id, 64 MiB, at least the 3 passes that RFC 9106 advises for memory-constrained machines; PBKDF2-SHA-256 with 1,000,000
 * rounds or more where WebAssembly is blocked or only approved algorithms are allowed), the printed recovery key, or a passkey
 * of this device (the 32 bytes that its authenticator makes of the slot's own input, by WebAuthn's PRF, through HKDF).
 * Each officer has a slot and a passphrase of their own; a supervisor may have one too. Changing a passphrase rewrites
 * one slot and no evidence. A passkey is never the only way in: devices are lost, and their passkeys with them.
 */
import { argon2id } from 'hash-wasm';

export type Derivation =
  | { readonly name: 'argon2id'; readonly memoryKiB: number; readonly passes: number; readonly lanes: number }
  | { readonly name: 'pbkdf2-sha256'; readonly rounds: number }
  | { readonly name: 'hkdf-sha256' };

/** Passphrases of officers and of a supervisor are made alike; who holds which is said by the slot. */
export type SlotKind = 'passphrase' | 'supervisor' | 'recovery' | 'passkey';

export interface KeySlot {
  /** What is bound into the seal: 1 binds case and kind, 2 the slot's id and name as well. */
  readonly version: 1 | 2;
  /** Names the slot within its case. */
  readonly id: string;
  readonly kind: SlotKind;
  /** Whose slot it is, in clear like the label of the case; '' where nobody said. */
  readonly name: string;
  readonly derivation: Derivation;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly wrapped: Uint8Array<ArrayBuffer>;
  /** Id of a passkey's credential, by which the authenticator finds it; in passkey slots alone. */
  readonly credential?: Uint8Array<ArrayBuffer>;
}

export interface Wrapped {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

/** Who a slot is for. */
export type SlotOwner = Pick<KeySlot, 'id' | 'kind' | 'name'>;

export type Secret =
  | { readonly passphrase: string }
  | { readonly recoveryKey: string }
  /** What the authenticator made of `passkeyInput`: 32 bytes. */
  | { readonly passkey: Uint8Array<ArrayBuffer> };

/** What an authenticator is asked about for one slot. Another case or slot asks about something else. */
export const passkeyInput = (caseId: string, slotId: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`skein passkey ${JSON.stringify([caseId, slotId])}`);

const ARGON2ID: Derivation = { name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1 };
const PBKDF2: Derivation = { name: 'pbkdf2-sha256', rounds: 1_000_000 };

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
/** Crockford's Base32: no I, L, O or U, so that a printed key can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;
/** Characters that 256 bits take. */
const KEY_CHARACTERS = 52;

export const randomBytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));

/** 32 random bytes: the data key before it is imported. The caller zeroes it after use. */
export const newDataKey = (): Uint8Array<ArrayBuffer> => randomBytes(KEY_BYTES);

/** The key in use: cannot be read out again. */
export function importDataKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** The smallest WebAssembly module: whether it compiles says whether the page's policy allows WebAssembly at all. */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/**
 * The least derivation for a new passphrase; key-cost.ts fits it to the device. argon2id is WebAssembly: where that is missing or a policy blocks it, the
 * approved algorithm stands in.
 * @param approvedOnly only algorithms of NIST SP 800-132 and FIPS 140: PBKDF2 in place of argon2id
 */
export async function preferredDerivation(approvedOnly: boolean): Promise<Derivation> {
  if (approvedOnly) return PBKDF2;
  try {
    await WebAssembly.compile(EMPTY_MODULE);
    return ARGON2ID;
  } catch {
    return PBKDF2;
  }
}

/** 256 random bits and 20 bits of checksum in groups of four characters, for paper. */
export async function newRecoveryKey(): Promise<string> {
  const text = base32(randomBytes(KEY_BYTES));
  return (text + (await checkCharacters(text))).replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
}

/** Whether a typed text can be a recovery key: a slip of the pen is told from the key of another case. */
export async function isRecoveryKey(typed: string): Promise<boolean> {
  const text = plainRecoveryKey(typed);
  return text.length === KEY_CHARACTERS + GROUP && text.endsWith(await checkCharacters(text.slice(0, KEY_CHARACTERS)));
}

async function checkCharacters(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return base32(new Uint8Array(digest)).slice(0, GROUP);
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET[(held << (5 - bits)) & 31];
}

/**
 * Wraps the data key for one secret. Case, id, kind and name are bound in: a slot moved to another case, or put under
 * another officer's name, does not open.
 */
export async function wrapKey(
  raw: Uint8Array<ArrayBuffer>,
  secret: Secret,
  derivation: Derivation,
  caseId: string,
  owner: SlotOwner
): Promise<KeySlot> {
  const { id, kind, name } = owner;
  const salt = randomBytes(16);
  const nonce = randomBytes(NONCE_BYTES);
  const slot = { version: 2, id, kind, name, derivation, salt, nonce } as const;
  const wrapping = await deriveKey(secret, derivation, salt);
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: slotContext(caseId, slot) },
    wrapping,
    raw
  );
  return { ...slot, wrapped: new Uint8Array(wrapped) };
}

/** The data key, or null when the secret is not the slot's. */
export async function unwrapKey(slot: KeySlot, secret: Secret, caseId: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const wrapping = await deriveKey(secret, slot.derivation, slot.salt);
  try {
    const raw = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: slot.nonce, additionalData: slotContext(caseId, slot) },
      wrapping,
      slot.wrapped
    );
    return new Uint8Array(raw);
  } catch (error) {
    // WebCrypto says only that the tag does not fit: the secret is wrong or the slot was changed.
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}

/** A few bytes under a key in use. @param purpose bound into the seal */
export async function wrapWith(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>, purpose: string): Promise<Wrapped> {
  const nonce = randomBytes(NONCE_BYTES);
  const additionalData = new TextEncoder().encode(purpose);
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, bytes);
  return { nonce, wrapped: new Uint8Array(wrapped) };
}

/** Null where key or purpose is another. */
export async function unwrapWith(
  key: CryptoKey,
  { nonce, wrapped }: Wrapped,
  purpose: string
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const additionalData = new TextEncoder().encode(purpose);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, wrapped));
  } catch {
    return null;
  }
}

/** Seconds on the clock that a passphrase's derivation takes here. */
export async function deriving_s(derivation: Derivation): Promise<number> {
  const from = performance.now();
  await deriveBytes({ passphrase: 'a passphrase of usual length' }, derivation, new Uint8Array(16));
  return (performance.now() - from) / 1000;
}

async function deriveKey(secret: Secret, derivation: Derivation, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const bits = await deriveBytes(secret, derivation, salt);
  return crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

async function deriveBytes(
  secret: Secret,
  derivation: Derivation,
  salt: Uint8Array<ArrayBuffer>
): Promise<Uint8Array<ArrayBuffer>> {
  const password = secretBytes(secret);
  switch (derivation.name) {
    case 'argon2id': {
      const { memoryKiB: memorySize, passes: iterations, lanes: parallelism } = derivation;
      const bytes = await argon2id({
        password,
        salt,
        memorySize,
        iterations,
        parallelism,
        hashLength: KEY_BYTES,
        outputType: 'binary'
      });
      return new Uint8Array(bytes);
    }
    case 'pbkdf2-sha256': {
      const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
      const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: derivation.rounds };
      return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, KEY_BYTES * 8));
    }
    case 'hkdf-sha256': {
      // A printed key and what a passkey makes are 256 random bits already: there is nothing to slow down.
      const key = await crypto.subtle.importKey('raw', password, 'HKDF', false, ['deriveBits']);
      const use = 'passkey' in secret ? 'skein passkey' : 'skein recovery key';
      const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(use) };
      return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, KEY_BYTES * 8));
    }
  }
}

function secretBytes(secret: Secret): Uint8Array<ArrayBuffer> {
  if ('passkey' in secret) return secret.passkey;
  // The same passphrase typed on two keyboards can differ in form: NFKC makes one of them.
  const text = 'passphrase' in secret ? secret.passphrase.normalize('NFKC') : plainRecoveryKey(secret.recoveryKey);
  return new TextEncoder().encode(text);
}

/** As typed from paper: case, spaces and dashes do not matter, and O, I and L are read as 0 and 1. */
function plainRecoveryKey(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/** JSON keeps the parts apart whatever stands in a name. */
function slotContext(caseId: string, slot: Pick<KeySlot, 'version' | 'id' | 'kind' | 'name'>): Uint8Array<ArrayBuffer> {
  const { version, id, kind, name } = slot;
  const context =
    version === 1 ? `skein slot|${caseId}|${kind}` : `skein slot ${JSON.stringify([version, caseId, kind, id, name])}`;
  return new TextEncoder().encode(context);
}
