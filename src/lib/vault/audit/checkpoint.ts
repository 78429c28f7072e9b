/**
 * A checkpoint: size and root of an audit log at a moment, signed by the key of this installation (ECDSA, P-256,
 * SHA-256). The private half is made in the browser, cannot be read out of it, and never leaves the device. A signature
 * says that this installation stood for this root; who sat before it is the word of the key slot.
 */
import { canonicalJson } from './line.ts';
import { fromHex, toHex } from './merkle.ts';

export interface Checkpoint {
  /** Lines that the root is over. */
  readonly size: number;
  readonly root: string;
  readonly t: string;
  readonly build: string;
  /** The public key: 65 bytes, uncompressed, in hex. */
  readonly key: string;
  /** Over the canonical JSON of the other members: r and s, 32 bytes each, in hex. */
  readonly signature: string;
}

/** The checkpoint alone, of a record that has more beside it. */
export const bareCheckpoint = ({ size, root, t, build, key, signature }: Checkpoint): Checkpoint => ({
  size,
  root,
  t,
  build,
  key,
  signature
});

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

export function newInstallKey(): Promise<CryptoKeyPair> {
  // The public half of a pair can always be read out; `false` is about the private one.
  return crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
}

const signedBytes = ({ size, root, t, build, key }: Omit<Checkpoint, 'signature'>): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(canonicalJson({ size, root, t, build, key }));

export async function signCheckpoint(
  pair: CryptoKeyPair,
  of: { readonly size: number; readonly root: string; readonly t: string; readonly build: string }
): Promise<Checkpoint> {
  const key = toHex(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const unsigned = { ...of, key };
  const signature = await crypto.subtle.sign(SIGNATURE, pair.privateKey, signedBytes(unsigned));
  return { ...unsigned, signature: toHex(new Uint8Array(signature)) };
}

export async function isSignedByItsKey(checkpoint: Checkpoint): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', fromHex(checkpoint.key), CURVE, true, ['verify']);
    return await crypto.subtle.verify(SIGNATURE, key, fromHex(checkpoint.signature), signedBytes(checkpoint));
  } catch {
    // No point of the curve, no hex, a number that is none: all are a checkpoint that nobody signed.
    return false;
  }
}
