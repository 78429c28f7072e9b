/** Slots in the reader's language. */
import type { PasskeyFault } from '$lib/case/passkey.ts';
import type { SlotListing } from '$lib/jobs/case.contract.ts';
import { m } from '$lib/paraglide/messages.js';

export function ownerWords({ kind, name }: Pick<SlotListing, 'kind' | 'name'>): string {
  if (kind === 'recovery') return m.unlock_key();
  const said = name === '' ? m.safety_nameless() : name;
  if (kind === 'passkey') return m.safety_passkey_of({ name: said });
  return kind === 'supervisor' ? m.safety_supervisor({ name: said }) : said;
}

export function passkeyWords(fault: PasskeyFault): string {
  return { unsupported: m.passkey_unsupported, 'no-prf': m.passkey_no_prf, refused: m.passkey_refused }[fault]();
}

/** Names of algorithms are the same in every language. */
export function derivationWords(derivation: SlotListing['derivation']): string {
  return {
    argon2id: 'argon2id, 64 MiB, 3',
    'pbkdf2-sha256': `PBKDF2-SHA-256, 1 000 000 (${m.safety_approved_short()})`,
    'hkdf-sha256': `HKDF-SHA-256, 256 bit (${m.safety_approved_short()})`
  }[derivation];
}
