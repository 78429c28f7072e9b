/** Damage to a case in words: which rows of which files, or what an officer wrote. */
import { ownTable } from '$lib/evidence/own-table.ts';
import type { LostPart } from '$lib/evidence/lost-blocks.ts';
import type { CaseHarm } from '$lib/jobs/case.contract.ts';
import { m } from '$lib/paraglide/messages.js';
import { formatCount } from '$lib/ui/format.ts';

/** Kinds that an officer knows by name. */
const KINDS: Readonly<Record<string, () => string>> = ownTable({
  translations: m.harm_kind_translations,
  transcripts: m.harm_kind_transcripts,
  certified: m.harm_kind_certified,
  identity: m.harm_kind_identity,
  attributions: m.harm_kind_attributions,
  glossary: m.harm_kind_glossary,
  searches: m.harm_kind_searches,
  audit: m.harm_kind_audit
});

/** One sentence a block that is gone, and one for what is missing at the end; none where nothing is gone. */
export function harmLines({ lost, beyond }: CaseHarm): string[] {
  return [...lost.map(lineOf), ...(beyond > 0 ? [m.harm_beyond({ count: formatCount(beyond) })] : [])];
}

const STAYS: Readonly<Record<NonNullable<CaseHarm['stays']>, () => string>> = {
  'no-room': m.harm_stays_no_room,
  damaged: m.harm_stays_damaged,
  failed: m.harm_stays_failed
};

/** Why a case keeps its blocks in an older form. */
export const staysLine = (why: NonNullable<CaseHarm['stays']>): string => STAYS[why]();

function lineOf({ seq, kind, rows, sources }: LostPart): string {
  const block = formatCount(seq);
  const files = sources.length === 0 ? m.harm_file_unknown() : sources.join(', ');
  if (rows !== null) {
    const range = { block, from: formatCount(rows.from + 1), to: formatCount(rows.to), files };
    return kind === 'calls' ? m.harm_calls(range) : m.harm_messages(range);
  }
  const words = KINDS[kind];
  return words === undefined ? m.harm_import({ block, files }) : m.harm_records({ block, what: words() });
}
