/** Identifiers, uses and refusals in the reader's language. */
import { m } from '$lib/paraglide/messages.js';
import type { CompareResult } from '$lib/jobs/case.contract.ts';
import type { ExchangeRefusal, IdentifierKind, IdentifierUse } from '$lib/pipeline/crosscase-contract.ts';
import { formatCount } from '$lib/ui/format.ts';

const KINDS: Readonly<Record<IdentifierKind, () => string>> = {
  number: m.crosscase_kind_number,
  email: m.crosscase_kind_email,
  handle: m.crosscase_kind_handle,
  imei: () => 'IMEI',
  imsi: () => 'IMSI'
};

export function kindWords(kind: IdentifierKind, service: string | null): string {
  return service === null ? KINDS[kind]() : `${KINDS[kind]()} (${service})`;
}

/** `12 messages · 3 calls · 1 address book entry · the device's own` */
export function useWords({ messages, calls, contacts, isOwn }: IdentifierUse): string {
  const parts = [
    messages > 0 ? m.crosscase_use_messages({ count: messages, shown: formatCount(messages) }) : '',
    calls > 0 ? m.crosscase_use_calls({ count: calls, shown: formatCount(calls) }) : '',
    contacts > 0 ? m.crosscase_use_contacts({ count: contacts, shown: formatCount(contacts) }) : '',
    isOwn ? m.crosscase_use_own() : ''
  ].filter((part) => part !== '');
  return parts.length === 0 ? m.crosscase_use_listed() : parts.join(' · ');
}

const REFUSALS: Readonly<Record<ExchangeRefusal, () => string>> = {
  'not-an-exchange-file': m.crosscase_no_file,
  'newer-version': m.crosscase_newer,
  'wrong-length': m.crosscase_cut,
  changed: m.crosscase_changed,
  malformed: m.crosscase_malformed,
  'malformed-point': m.crosscase_malformed,
  'unknown-exchange': m.crosscase_unknown,
  'wrong-step': m.crosscase_wrong_step,
  'does-not-follow': m.crosscase_does_not_follow,
  'another-device': m.crosscase_another_device,
  'too-many': m.crosscase_too_many,
  'nothing-to-compare': m.crosscase_nothing,
  'read-only': m.shell_read_only
};

export const refusalWords = (refusal: ExchangeRefusal): string => REFUSALS[refusal]();

export function faultWords({ reason, message }: Extract<CompareResult, { ok: false }>): string {
  const words = {
    'wrong-passphrase': m.unlock_wrong,
    'not-found': m.unlock_not_found,
    'newer-schema': m.unlock_newer,
    damaged: m.unlock_damaged
  };
  return `${words[reason]()}${reason === 'damaged' ? ` ${message}` : ''}`;
}
