/** Reasons and refusals in words. Each says what a file holds; none says who somebody is. */
import type {
  IdentityAnswer,
  IdentityParty,
  SeenName,
  SeenReasonAgainst,
  SeenReasonFor
} from '$lib/pipeline/identity-contract.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount } from '$lib/ui/format.ts';
import type { Clock } from '../filter/clock.ts';
import { isolated } from '../filter/sentence.ts';

const DAY_MS = 86_400_000;

/** A party in a sentence: its label, and its number where the label is another. */
export function partyName({ label, identifiers }: Pick<IdentityParty, 'label' | 'identifiers'>): string {
  const [first] = identifiers;
  return isolated(first === undefined || first === label ? label : `${label} (${first})`);
}

export function reasonWords(reason: SeenReasonFor | SeenReasonAgainst, clock: Clock): string {
  const day = (ms: number | null): string => (ms === null ? m.people_undated() : clock.shortDay(ms));
  const counted = (count: number): { count: number; shown: string } => ({ count, shown: formatCount(count) });
  switch (reason.kind) {
    case 'one-entry':
      return m.identity_one_entry({ name: isolated(reason.entry.name), file: isolated(reason.entry.file) });
    case 'one-device':
      return m.identity_one_device({ file: isolated(reason.file) });
    case 'said-so':
      return m.identity_said_so({ name: isolated(reason.speaker.label) });
    case 'number-given':
      return m.identity_number_given({ name: isolated(reason.speaker.label) });
    case 'one-number':
      return m.identity_one_number({ spellings: reason.spellings.map(isolated).join(', ') });
    case 'takes-over':
      return m.identity_takes_over({
        ...counted(reason.contacts.length),
        of: formatCount(reason.of),
        later: isolated(reason.later.label),
        earlier: isolated(reason.earlier.label),
        first: day(reason.firstMs),
        silent: day(reason.silentFromMs)
      });
    case 'one-name':
      return m.identity_one_name();
    case 'one-shown-name':
      return m.identity_one_shown_name();
    case 'shared-contacts':
      return m.identity_shared_contacts(counted(reason.contacts.length));
    case 'wrote-to-each-other':
      return m.identity_wrote(counted(reason.count));
    case 'named-apart':
      return m.identity_named_apart();
    case 'group-together':
      return m.identity_group_together({
        ...counted(reason.groups),
        days: formatCount(Math.max(1, Math.round(reason.overlap_ms / DAY_MS)))
      });
    case 'common-name':
      return m.identity_common_name({ name: isolated(reason.name), shown: formatCount(reason.parties) });
  }
}

export function nameWords({ name, file, isContact }: SeenName): string {
  const values = { name: isolated(name), file: isolated(file) };
  return isContact ? m.identity_name_in(values) : m.identity_name_shown_in(values);
}

export function refusalWords({ fault, decision }: Extract<IdentityAnswer, { ok: false }>): string {
  switch (fault) {
    case 'import-under-way':
      return m.identity_fault_import();
    case 'out-of-date':
      return m.identity_fault_out_of_date();
    case 'joined-by-others':
      return m.identity_fault_joined();
    case 'decided-before':
      return m.identity_fault_decided({ number: decision?.number ?? 0, by: isolated(decision?.decidedBy ?? '') });
    case 'kept-apart':
      return m.identity_fault_kept_apart({
        number: decision?.number ?? 0,
        by: isolated(decision?.decidedBy ?? ''),
        a: decision === null ? '' : partyName(decision.a),
        b: decision === null ? '' : partyName(decision.b)
      });
  }
}
