/**
 * One file of the exchange. Bytes, numbers with the low byte first:
 *
 *     0   8  SKEINXCH
 *     8   1  version
 *     9   1  kind: 1 request, 2 answer, 3 result
 *    10  16  session, chosen by whoever asks
 *    26  32  SHA-256 of the file that this one answers; zeros in a request
 *    58   2  length of `from` in UTF-8, then 2 for `purpose`
 *    62   4  points of the asking side, then 4 for those of the answering side
 *    70  16  id of the build of the app that wrote it, zeros behind (a file of version 1 has none, and goes on here)
 *    86      from, purpose, points of the asking side, points of the answering side
 *   end      public key of the device (P-256, 65 bytes) and its signature over all before (64 bytes)
 *
 * All files of one kind and bucket have one shape. The signature shows that nothing was changed after the device wrote
 * it, not whose device that is: its fingerprint is for the officers to compare, over the telephone say.
 */
import { BUILD_ID } from '../../evidence/build-id.ts';
import { POINT_BYTES, SESSION_BYTES, type Bytes } from './group.ts';
import { areDistinct, isBucket, isStrictlyOrdered } from './protocol.ts';

const MAGIC = 'SKEINXCH';
const VERSION = 2;
const BUILD_BYTES = 16;
const BUILD_AT = 70;
const HEADER_BYTES = BUILD_AT + BUILD_BYTES;
const KEY_BYTES = 65;
const SIGNATURE_BYTES = 64;
/** Of `from` and `purpose`, each, in UTF-8. */
const MOST_WORDS_BYTES = 400;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const SIGNED = 'skein exchange file 1\n';

const EXCHANGE_KINDS = ['request', 'answer', 'result'] as const;
type ExchangeKind = (typeof EXCHANGE_KINDS)[number];

export interface ExchangeFile {
  readonly kind: ExchangeKind;
  readonly session: Bytes;
  /** SHA-256 of the file before; zeros in a request. */
  readonly previous: Bytes;
  /** Who sends it and what for, in that officer's words. */
  readonly from: string;
  readonly purpose: string;
  /** Request: blinded by the asking side. Answer: the same, raised by the answering side. Result: none. */
  readonly asking: Bytes;
  /** Request: none. Answer: blinded by the answering side. Result: the same, raised by the asking side. */
  readonly answering: Bytes;
}

export interface ReadExchangeFile extends ExchangeFile {
  /** Of the app that wrote it; '' in a file of version 1. */
  readonly build: string;
  readonly sha256: Bytes;
  /** SHA-256 of the device's public key. */
  readonly signer: Bytes;
}

export type ExchangeFault =
  /** It does not begin like one of ours. */
  | 'not-an-exchange-file'
  | 'newer-version'
  /** Shorter or longer than its own header says. */
  | 'wrong-length'
  /** The signature does not fit: a byte is not what the device wrote. */
  | 'changed'
  /** Sizes, order or repetition that no honest device writes. */
  | 'malformed';

export type ExchangeReading =
  { readonly ok: true; readonly file: ReadExchangeFile } | { readonly ok: false; readonly fault: ExchangeFault };

export async function writeExchangeFile(file: ExchangeFile, pair: CryptoKeyPair): Promise<Bytes> {
  const from = new TextEncoder().encode(file.from.toWellFormed());
  const purpose = new TextEncoder().encode(file.purpose.toWellFormed());
  if (Math.max(from.length, purpose.length) > MOST_WORDS_BYTES) throw new RangeError('These words are too long for the file.');
  const parts = [from, purpose, file.asking, file.answering];
  const signedLength = HEADER_BYTES + parts.reduce((sum, part) => sum + part.length, 0) + KEY_BYTES;
  const bytes = new Uint8Array(signedLength + SIGNATURE_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  bytes[8] = VERSION;
  bytes[9] = EXCHANGE_KINDS.indexOf(file.kind) + 1;
  bytes.set(file.session, 10);
  bytes.set(file.previous, 26);
  view.setUint16(58, from.length, true);
  view.setUint16(60, purpose.length, true);
  view.setUint32(62, file.asking.length / POINT_BYTES, true);
  view.setUint32(66, file.answering.length / POINT_BYTES, true);
  bytes.set(new TextEncoder().encode(BUILD_ID).subarray(0, BUILD_BYTES), BUILD_AT);
  let at = HEADER_BYTES;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes.set(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)), at);
  const signature = await crypto.subtle.sign(SIGNATURE, pair.privateKey, signedBytes(bytes.subarray(0, signedLength)));
  bytes.set(new Uint8Array(signature), signedLength);
  return bytes;
}

/** Nothing of a file is used before its length, its signature and its shape are right. */
export async function readExchangeFile(bytes: Bytes): Promise<ExchangeReading> {
  const bad = (fault: ExchangeFault): ExchangeReading => ({ ok: false, fault });
  if (new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) return bad('not-an-exchange-file');
  if (bytes.length < BUILD_AT + KEY_BYTES + SIGNATURE_BYTES) return bad('wrong-length');
  const version = bytes[8]!;
  if (version > VERSION) return bad('newer-version');
  const headerBytes = version === 1 ? BUILD_AT : HEADER_BYTES;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengths = [
    view.getUint16(58, true),
    view.getUint16(60, true),
    view.getUint32(62, true) * POINT_BYTES,
    view.getUint32(66, true) * POINT_BYTES
  ];
  const body = lengths.reduce((sum, length) => sum + length, 0);
  if (bytes.length !== headerBytes + body + KEY_BYTES + SIGNATURE_BYTES) return bad('wrong-length');
  if (!(await isSigned(bytes))) return bad('changed');
  let at = headerBytes;
  const [from, purpose, asking, answering] = lengths.map((length) => bytes.slice(at, (at += length))) as [
    Bytes,
    Bytes,
    Bytes,
    Bytes
  ];
  const kind = EXCHANGE_KINDS[bytes[9]! - 1];
  if (version === 0 || kind === undefined || !isShapely(kind, asking, answering)) return bad('malformed');
  // As they were written: a mark at the beginning of words is one of them.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const key = bytes.subarray(bytes.length - KEY_BYTES - SIGNATURE_BYTES, bytes.length - SIGNATURE_BYTES);
  return {
    ok: true,
    file: {
      kind,
      build: decoder.decode(bytes.subarray(BUILD_AT, headerBytes)).replace(/\0+$/, ''),
      session: bytes.slice(10, 10 + SESSION_BYTES),
      previous: bytes.slice(26, 58),
      from: decoder.decode(from),
      purpose: decoder.decode(purpose),
      asking,
      answering,
      sha256: await sha256(bytes),
      signer: await sha256(key.slice())
    }
  };
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Which lists a kind has, each a bucket, each without repetition, and ordered where it was blinded once. */
function isShapely(kind: ExchangeKind, asking: Bytes, answering: Bytes): boolean {
  const [hasAsking, hasAnswering] = [kind !== 'result', kind !== 'request'];
  const fits = (points: Bytes, isThere: boolean): boolean =>
    isThere ? isBucket(points.length / POINT_BYTES) && areDistinct(points) : points.length === 0;
  return (
    fits(asking, hasAsking) &&
    fits(answering, hasAnswering) &&
    (kind !== 'request' || isStrictlyOrdered(asking)) &&
    (kind !== 'answer' || isStrictlyOrdered(answering))
  );
}

async function isSigned(bytes: Bytes): Promise<boolean> {
  const signedLength = bytes.length - SIGNATURE_BYTES;
  try {
    const key = await crypto.subtle.importKey('raw', bytes.slice(signedLength - KEY_BYTES, signedLength), ALGORITHM, true, [
      'verify'
    ]);
    return await crypto.subtle.verify(SIGNATURE, key, bytes.slice(signedLength), signedBytes(bytes.subarray(0, signedLength)));
  } catch {
    // A changed byte can make the key no point of the curve.
    return false;
  }
}

/** The words before it keep a signature of this key for another purpose from being one of a file. */
function signedBytes(bytes: Bytes): Bytes {
  const label = new TextEncoder().encode(SIGNED);
  const signed = new Uint8Array(label.length + bytes.length);
  signed.set(label);
  signed.set(bytes, label.length);
  return signed;
}
