/** The stable codes of findings in the reader's language; the sentence beside them names file and place. */
import type { FindingCode, Severity } from '$lib/evidence/findings.ts';
import { m } from '$lib/paraglide/messages.js';

const TITLES: Readonly<Record<FindingCode, () => string>> = {
  'not-recognised': m.finding_not_recognised,
  'empty-file': m.finding_empty_file,
  'damaged-container': m.finding_damaged_container,
  'wrong-password': m.finding_wrong_password,
  'encrypted-without-key': m.finding_encrypted_without_key,
  'too-large': m.finding_too_large,
  'ratio-too-high': m.finding_ratio_too_high,
  'too-many-entries': m.finding_too_many_entries,
  'nested-too-deep': m.finding_nested_too_deep,
  'not-utf8': m.finding_not_utf8,
  'damaged-xml': m.finding_damaged_xml,
  'damaged-csv': m.finding_damaged_csv,
  'damaged-json': m.finding_damaged_json,
  'damaged-database': m.finding_damaged_database,
  'log-read': m.finding_log_read,
  'document-hashed': m.finding_document_hashed,
  'cut-short': m.finding_cut_short,
  'item-unreadable': m.finding_item_unreadable,
  'time-unreadable': m.finding_time_unreadable,
  'time-without-zone': m.finding_time_without_zone,
  'time-ambiguous': m.finding_time_ambiguous,
  'date-order-undecided': m.finding_date_order_undecided,
  'number-damaged': m.finding_number_damaged,
  'cell-cut': m.finding_cell_cut,
  'count-disagrees': m.finding_count_disagrees,
  'unknown-type': m.finding_unknown_type,
  'duplicate-folded': m.finding_duplicate_folded,
  'entry-skipped': m.finding_entry_skipped,
  'header-guessed': m.finding_header_guessed,
  'not-included': m.finding_not_included,
  'not-saved': m.finding_not_saved
};

const SEVERITIES: Readonly<Record<Severity, () => string>> = {
  note: m.finding_note,
  warning: m.finding_warning,
  refusal: m.finding_refusal,
  failure: m.finding_failure
};

export function findingTitle(code: FindingCode): string {
  return TITLES[code]();
}

export function severityWord(severity: Severity): string {
  return SEVERITIES[severity]();
}
