/**
 * Passkeys of this device, by WebAuthn's PRF: the authenticator makes 32 bytes of a question, the same each time, and only
 * after it has verified who sits there. Nothing goes to a server: the challenge, which is for servers, is random and
 * thrown away.
 */

/** 'unsupported': no WebAuthn here. 'no-prf': this authenticator makes no keys. 'refused': cancelled, timed out or none is there. */
export type PasskeyFault = 'unsupported' | 'no-prf' | 'refused';
export type PasskeyAnswer<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly fault: PasskeyFault };

type Bytes = Uint8Array<ArrayBuffer>;
export interface MadePasskey {
  /** Id of the credential. */
  readonly credential: Bytes;
  /** What it makes of the question: 32 bytes. */
  readonly made: Bytes;
}

/** ECDSA on P-256 and RSA, the two that every authenticator has one of; nothing is ever verified by them here. */
const ALGORITHMS = [-7, -257].map((alg) => ({ type: 'public-key' as const, alg }));
const PATIENCE_MS = 60_000;

export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis;

/** Makes a passkey on this device and asks it. @param name shown by the authenticator */
export async function makePasskey(input: Bytes, name: string): Promise<PasskeyAnswer<MadePasskey>> {
  return answered<MadePasskey>(async () => {
    const credential = (await navigator.credentials.create({
      publicKey: {
        rp: { name: 'Skein' },
        user: { id: random(16), name, displayName: name },
        challenge: random(32),
        pubKeyCredParams: ALGORITHMS,
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        attestation: 'none',
        timeout: PATIENCE_MS,
        extensions: { prf: { eval: { first: input } } }
      }
    })) as PublicKeyCredential | null;
    if (credential === null) return { ok: false, fault: 'refused' };
    const id = new Uint8Array(credential.rawId);
    const { prf } = credential.getClientExtensionResults();
    if (prf?.enabled !== true) return { ok: false, fault: 'no-prf' };
    // Some make a key at once, others only when they are asked a second time.
    const first = madeOf(prf.results?.first);
    if (first !== null) return { ok: true, credential: id, made: first };
    const asked = await askPasskey({ credential: id, input });
    return asked.ok ? { ok: true, credential: id, made: asked.made } : asked;
  });
}

/** Asks a passkey that was made before. */
export async function askPasskey(question: {
  readonly credential: Bytes;
  readonly input: Bytes;
}): Promise<PasskeyAnswer<{ readonly made: Bytes }>> {
  return answered<{ readonly made: Bytes }>(async () => {
    const credential = (await navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: question.credential }],
        userVerification: 'required',
        timeout: PATIENCE_MS,
        extensions: { prf: { eval: { first: question.input } } }
      }
    })) as PublicKeyCredential | null;
    const made = madeOf(credential?.getClientExtensionResults().prf?.results?.first);
    return made === null ? { ok: false, fault: 'no-prf' } : { ok: true, made };
  });
}

async function answered<T>(ask: () => Promise<PasskeyAnswer<T>>): Promise<PasskeyAnswer<T>> {
  if (!hasPasskeys()) return { ok: false, fault: 'unsupported' };
  try {
    return await ask();
  } catch (error) {
    // The browser tells a cancelled question and a missing authenticator alike, on purpose.
    if (error instanceof DOMException)
      return { ok: false, fault: error.name === 'NotSupportedError' ? 'unsupported' : 'refused' };
    throw error;
  }
}

function madeOf(value: BufferSource | undefined): Bytes | null {
  if (value === undefined) return null;
  const bytes =
    value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return bytes.length === 32 ? bytes.slice() : null;
}

const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));
