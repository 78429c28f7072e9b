/** Who vouches for a pack: an Ed25519 signature over its manifest, which holds every file's hash. */
import type { ManifestSignature } from '../manifest.ts';
import { canonicalJson } from './canonical-json.ts';

export interface Signer {
  readonly name: string;
  readonly publicKeyHex: string;
}

/**
 * Keys that this build knows. None yet: no one has published a pack for Skein, and a key that nobody answers for would be
 * worth less than the plain words "unknown signer".
 */
export const KNOWN_SIGNERS: readonly Signer[] = [];

export type SignatureVerdict =
  | { readonly kind: 'unsigned' }
  /** Right, by a key this build knows. */
  | { readonly kind: 'known'; readonly signer: string; readonly publicKeyHex: string }
  /** Right, but anyone can make a key. */
  | { readonly kind: 'unknown'; readonly publicKeyHex: string }
  /** This browser has no Ed25519: nothing was found out. */
  | { readonly kind: 'unchecked'; readonly publicKeyHex: string }
  | { readonly kind: 'wrong' };

/** The bytes that are signed: the manifest without its signature, in canonical JSON. */
export function signedBytes(manifest: Readonly<Record<string, unknown>>): Uint8Array<ArrayBuffer> {
  const { signature: _, ...rest } = manifest;
  return new TextEncoder().encode(canonicalJson(rest));
}

/** @param raw the manifest as it came, so that members this version does not know are covered too */
export async function checkSignature(
  raw: Readonly<Record<string, unknown>>,
  signature: ManifestSignature | undefined,
  known: readonly Signer[] = KNOWN_SIGNERS
): Promise<SignatureVerdict> {
  if (signature === undefined) return { kind: 'unsigned' };
  const { publicKeyHex } = signature;
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('raw', bytesOf(publicKeyHex), { name: 'Ed25519' }, false, ['verify']);
  } catch (error) {
    const hasNone = error instanceof DOMException && error.name === 'NotSupportedError';
    return hasNone ? { kind: 'unchecked', publicKeyHex } : { kind: 'wrong' };
  }
  const isRight = await crypto.subtle.verify('Ed25519', key, bytesOf(signature.signatureHex), signedBytes(raw));
  if (!isRight) return { kind: 'wrong' };
  const signer = known.find((one) => one.publicKeyHex === publicKeyHex);
  return signer === undefined ? { kind: 'unknown', publicKeyHex } : { kind: 'known', signer: signer.name, publicKeyHex };
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
