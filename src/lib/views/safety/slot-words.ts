/** Slots in the reader's language. */
import type { PasskeyFault } from '$lib/case/passkey.ts';
import type { SlotListing } from '$lib/jobs/case.contract.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount } from '$lib/ui/format.ts';

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
  switch (derivation.name) {
    case 'argon2id':
      return `argon2id, ${formatCount(derivation.memoryKiB / 1024)} MiB, ${formatCount(derivation.passes)}`;
    case 'pbkdf2-sha256':
      return `PBKDF2-SHA-256, ${formatCount(derivation.rounds)} (${m.safety_approved_short()})`;
    case 'hkdf-sha256':
      return `HKDF-SHA-256, 256 bit (${m.safety_approved_short()})`;
  }
}
