/**
 * [Note: Case file]
 * A case outside of the browser is one file with the ending `.skein`. Everything is a stated length or a fixed one:
 *
 *   magic 8 | version u16 | length of the header u32 | header, JSON | SHA-256 32 | HMAC-SHA-256 32 | chunks
 *
 * (numbers are big-endian). Magic, version, length, header and SHA-256 keep their places in every later version, so
 * that a damaged file is told from one of a newer version without a passphrase. The header says in clear what the file
 * key is wrapped by; the HMAC, under a key derived from the file key, binds it to that key. Chunks are 64 KiB of
 * content each, sealed with AES-256-GCM under a second derived key, whose salt is the HMAC: chunks of one file fit
 * under no other header. The nonce is the chunk's number and one byte that is 1 in the last chunk, as in age's
 * STREAM: a chunk that is changed, moved, left out or put on is found at its place.
 *
 * The file key is random, one a file. It is wrapped by the case's data key, whose slots stand in the header (who can
 * open the case can open the file, with the passphrase of the day on which it was made), and by slots of the file
 * alone, for somebody who has no slot in the case.
 */
import { toHex } from '../audit/merkle.ts';
import type { KeySlot, Wrapped } from '../keys.ts';
import { readHeader } from './header-shape.ts';

/** 'SKEIN', then bytes that a transfer as text would change. */
export const MAGIC = Uint8Array.of(0x53, 0x4b, 0x45, 0x49, 0x4e, 0x0d, 0x0a, 0x1a);
export const VERSION = 1;
export const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
export const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;
/** A header of sixty slots has some 30 kB. */
const MOST_HEADER_BYTES = 1 << 20;
const DOOR_BYTES = 14;
const HASH_BYTES = 32;

/** What stands in clear. The label of the case does not: it is inside. */
export interface FileHeader {
  readonly fileId: string;
  readonly kind: 'case' | 'subset';
  /** Id under which the case's own slots are sealed. */
  readonly caseId: string;
  /** The device's clock, ISO 8601 in UTC. */
  readonly madeAt: string;
  readonly build: string;
  /** Slots of the case; none in a subset, whose reader is somebody else. */
  readonly caseSlots: readonly KeySlot[];
  /** The file key under the case's data key; null where there are no slots of the case. */
  readonly byCase: Wrapped | null;
  /** Slots of this file alone; they wrap the file key itself and are bound to `fileId`. */
  readonly fileSlots: readonly KeySlot[];
}

/** Why a file is refused. Numbers of chunks are from 1, bytes from 0. */
export type FileFault =
  | { readonly code: 'no-case-file' }
  | { readonly code: 'newer-version' }
  | { readonly code: 'wrong-secret' }
  | {
      readonly code: 'damaged';
      /** 'content': every chunk is as it was sealed, and what stands in them is no whole case. */
      readonly part: 'header' | 'chunk' | 'end' | 'content';
      readonly chunk: number | null;
      readonly byteOffset: number;
    };

/** Thrown inside the vault; becomes a typed answer where a case file is asked for. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';
  readonly fault: FileFault;
  constructor(fault: FileFault) {
    super(`The case file is refused: ${JSON.stringify(fault)}`);
    this.fault = fault;
  }
}

const damagedHeader = (byteOffset: number): RefusedFile =>
  new RefusedFile({ code: 'damaged', part: 'header', chunk: null, byteOffset });

/** Magic, version, length, header and its SHA-256: all that the HMAC is over. */
export async function packDoor(header: FileHeader): Promise<Uint8Array<ArrayBuffer>> {
  const json = new TextEncoder().encode(JSON.stringify(header, inHex));
  const door = new Uint8Array(DOOR_BYTES + json.length + HASH_BYTES);
  const view = new DataView(door.buffer);
  door.set(MAGIC);
  view.setUint16(8, VERSION);
  view.setUint32(10, json.length);
  door.set(json, DOOR_BYTES);
  const end = DOOR_BYTES + json.length;
  door.set(new Uint8Array(await crypto.subtle.digest('SHA-256', door.subarray(0, end))), end);
  return door;
}

export interface Door {
  readonly header: FileHeader;
  /** The bytes that the HMAC is over. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mac: Uint8Array<ArrayBuffer>;
  /** Where the first chunk begins. */
  readonly chunksAt: number;
}

/** Reads what can be read without a secret. @throws RefusedFile */
export async function readDoor(file: Blob): Promise<Door> {
  const start = new Uint8Array(await file.slice(0, DOOR_BYTES).arrayBuffer());
  const differs = MAGIC.findIndex((byte, i) => start[i] !== byte);
  if (differs !== -1) {
    // Five letters of the name are enough to say that it was a case file once.
    throw differs < 5 ? new RefusedFile({ code: 'no-case-file' }) : damagedHeader(differs);
  }
  if (start.length < DOOR_BYTES) throw damagedHeader(start.length);
  const view = new DataView(start.buffer);
  const headerBytes = view.getUint32(10);
  const end = DOOR_BYTES + headerBytes;
  const chunksAt = end + 2 * HASH_BYTES;
  if (headerBytes > MOST_HEADER_BYTES) throw damagedHeader(10);
  if (chunksAt > file.size) throw damagedHeader(file.size);
  const whole = new Uint8Array(await file.slice(0, chunksAt).arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', whole.subarray(0, end)));
  if (!isEqual(hash, whole.subarray(end, end + HASH_BYTES))) throw damagedHeader(8);
  if (view.getUint16(8) > VERSION) throw new RefusedFile({ code: 'newer-version' });
  const header = readHeader(new TextDecoder().decode(whole.subarray(DOOR_BYTES, end)));
  if (header === null) throw damagedHeader(DOOR_BYTES);
  return { header, bytes: whole.slice(0, end + HASH_BYTES), mac: whole.slice(end + HASH_BYTES), chunksAt };
}

export interface FileKeys {
  readonly mac: Uint8Array<ArrayBuffer>;
  readonly chunks: CryptoKey;
}

/** Derives both keys of a file from its file key. */
export async function fileKeys(fileKey: Uint8Array<ArrayBuffer>, door: Uint8Array<ArrayBuffer>): Promise<FileKeys> {
  const root = await crypto.subtle.importKey('raw', fileKey, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const derivation = (salt: Uint8Array<ArrayBuffer>, info: string): HkdfParams => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt,
    info: new TextEncoder().encode(info)
  });
  const macKey = await crypto.subtle.deriveKey(
    derivation(new Uint8Array(HASH_BYTES), 'skein case file header'),
    root,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign']
  );
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', macKey, door));
  const aes = { name: 'AES-GCM', length: 256 };
  const chunks = await crypto.subtle.deriveKey(derivation(mac, 'skein case file chunks'), root, aes, false, [
    'encrypt',
    'decrypt'
  ]);
  return { mac, chunks };
}

/** Twelve bytes: the chunk's number from 0, and 1 for the last one. */
export function chunkNonce(chunk: number, isLast: boolean): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, chunk);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Hashes are no secret here; the time that a comparison takes says nothing. */
export const isEqual = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

const inHex = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? toHex(value) : value);
